import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { kaifangqian } from './platforms/kaifangqian';
import { searchBusinessLines } from './platforms/kaifangqian/businessLines';
import { qiandun } from './platforms/qiandun';
import { assembleProperties } from './runtime/description';
import { runItems } from './runtime/runner';
import type { Platform } from './runtime/types';

const platforms = [kaifangqian, qiandun] as Array<Platform<unknown>>;

export class CnEsign implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'CN E-Sign',
		name: 'cnEsign',
		icon: { light: 'file:../../icons/cnEsign.svg', dark: 'file:../../icons/cnEsign.dark.svg' },
		group: ['output'],
		version: 1,
		// "get task link: contract", out of the values getTaskLink and contract.
		subtitle:
			'={{ ($parameter["operation"] + ": " + $parameter["resource"]).replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase() }}',
		description:
			'Send contracts for signing, follow them and download them with Kaifangqian (开放签) or Qiandun (签盾)',
		defaults: { name: 'CN E-Sign' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'cnEsignApi', required: true }],
		properties: assembleProperties(platforms),
	};

	methods = { listSearch: { searchBusinessLines } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this, platforms);
	}
}
