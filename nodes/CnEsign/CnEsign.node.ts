import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { platforms } from './platforms';
import { actionProperties } from './platforms/describe/actionProperties';
import { platformNames } from './platforms/describe/platformProperty';
import { listSearches } from './platforms/listSearches';
import { runItems } from './runtime/items/runItems';

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
		description: `Send contracts for signing, follow them and download them with ${platformNames(platforms)}`,
		builderHint: {
			searchHint:
				'For contracts and electronic signatures in China. Contract: Send Files for Signing uploads files, starts the contract and returns a signing link for each signer. It cannot be undone.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-cn-esign.cnEsignTrigger',
					relationHint:
						'Starts a workflow when a contract is signed, completed, declined or recalled',
				},
			],
		},
		defaults: { name: 'CN E-Sign' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'cnEsignApi', required: true }],
		properties: actionProperties(platforms),
	};

	methods = { listSearch: listSearches(platforms) };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this, platforms);
	}
}
