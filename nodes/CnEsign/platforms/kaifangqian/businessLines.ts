import {
	NodeOperationError,
	type IDataObject,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
	type INodeProperties,
} from 'n8n-workflow';
import type { Client } from '../../runtime/http/createClient';
import { CREDENTIAL } from '../../runtime/http/credential';
import { cleanContact } from '../../runtime/items/cleanText';
import { isContact } from './rules';
import type { KaifangqianCredential } from './signing';

/** Business line as resource locator: from the platform's list, or by ID. */
export const businessLineField: INodeProperties = {
	displayName: 'Business Line (业务线)',
	name: 'signReId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description:
		'The set of signing rules that the contract follows, made in the company console (企业管理后台). It must be enabled.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a business line...',
			hint: 'Shows the lines that the sender may use. Fill in the sender first, here or in the credential.',
			typeOptions: { searchListMethod: 'searchBusinessLines', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. line-0001',
			hint: 'In the company console: 企业管理后台 → 业务线管理 → copy 业务线ID',
			// No `validation`: n8n gives a pattern 250 ms of wall-clock time, and an execution on a busy
			// machine would end for it. The operation checks the length itself.
		},
	],
};

/** Lists the enabled lines of the operator (GET /signRes, docs/api/kaifangqian.md, 6.1). */
export async function searchBusinessLines(
	client: Client,
	context: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const given = String(context.getCurrentNodeParameter('operatorContact') ?? '').trim();
	const { senderContact = '' } = await context.getCredentials<KaifangqianCredential>(CREDENTIAL);
	const contact = cleanContact(given === '' ? senderContact : given);
	if (!isContact(contact))
		throw new NodeOperationError(
			context.getNode(),
			"Fill in 'Sender Phone or Email' first, here or in the credential",
			{
				description:
					'The platform lists the business lines of one person: it needs their mobile number or email address. With an expression there, choose By ID instead.',
			},
		);
	const lines = ((await client.get('/signRes', { contact })) ?? []) as IDataObject[];
	const wanted = filter.toLowerCase();
	return {
		results: lines
			.map(({ signReName, signReId }) => ({ name: String(signReName), value: String(signReId) }))
			.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted)),
	};
}
