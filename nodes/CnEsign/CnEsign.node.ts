import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type INodeExecutionData,
	type INodeListSearchResult,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { kaifangqian } from './platforms/kaifangqian';
import { qiandun } from './platforms/qiandun';
import { assembleProperties } from './runtime/description';
import { lazily } from './runtime/lazily';
import type { Platform } from './runtime/types';

const runner = lazily(async () => await import('./runtime/runner.js'));
const businessLineSearch = lazily(
	async () => await import('./platforms/kaifangqian/businessLineSearch.js'),
);

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

	methods = {
		listSearch: {
			async searchBusinessLines(
				this: ILoadOptionsFunctions,
				filter?: string,
			): Promise<INodeListSearchResult> {
				const { searchBusinessLines } = await businessLineSearch();
				return await searchBusinessLines.call(this, filter);
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { runItems } = await runner();
		return await runItems(this, platforms);
	}
}
