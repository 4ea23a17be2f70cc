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

	methods = {
		listSearch: {
			async searchBusinessLines(
				this: ILoadOptionsFunctions,
				filter?: string,
			): Promise<INodeListSearchResult> {
				const search = await import('./platforms/kaifangqian/businessLineSearch.js');
				return await search.searchBusinessLines.call(this, filter);
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		// n8n loads every node whenever one of its processes starts, and there needs the description alone.
		// So what only runs is loaded when it runs, here and wherever else `import()` stands.
		const { runItems } = await import('./runtime/runner.js');
		return await runItems(this, platforms);
	}
}
