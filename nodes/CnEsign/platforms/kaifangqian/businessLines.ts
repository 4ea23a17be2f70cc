import {
	NodeOperationError,
	type IDataObject,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
	type INodeProperties,
	type IExecuteFunctions,
} from 'n8n-workflow';
import { connectKaifangqian } from './client';
import { EMAIL, MOBILE } from './rules';

/** Business line as resource locator: from the platform's list, or by ID. */
export const businessLineField: INodeProperties = {
	displayName: 'Business Line',
	name: 'signReId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description:
		'The set of signing rules that the contract follows (业务线), made in the web console. It must be enabled.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a business line...',
			hint: 'Shows the lines that the operator may use. Fill in the operator contact first.',
			typeOptions: { searchListMethod: 'searchBusinessLines', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. line-0001',
			hint: 'In the web console: 企业管理后台 → 业务线管理 → copy 业务线ID',
			// No `validation`: n8n gives a pattern 250 ms of wall-clock time, and an execution on a busy
			// machine would end for it. The operation checks the length itself.
		},
	],
};

const SETTINGS = {
	itemsInParallel: 1,
	callsPerSecond: 0,
	retries: 1,
	timeout: 20_000,
	signal: undefined,
};

/** Lists the enabled lines of the operator (GET /signRes, api/kaifangqian.md §6.1). */
export async function searchBusinessLines(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const contact = String(this.getCurrentNodeParameter('operatorContact') ?? '').trim();
	if (!MOBILE.test(contact) && !EMAIL.test(contact)) {
		throw new NodeOperationError(this.getNode(), "Fill in 'Operator Contact' first", {
			description:
				'The platform lists the business lines of one person: it needs their mobile number or e-mail address. With an expression there, choose By ID instead.',
		});
	}
	// The list is asked for in the editor, where only part of the execution's functions exists; the
	// client uses none of the others.
	const exec = this as unknown as IExecuteFunctions;
	const client = (await connectKaifangqian(exec, SETTINGS))(0);
	const lines = ((await client.get('/signRes', { contact })) ?? []) as IDataObject[];
	const wanted = (filter ?? '').toLowerCase();
	return {
		results: lines
			.map(({ signReName, signReId }) => ({ name: String(signReName), value: String(signReId) }))
			.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted)),
	};
}
