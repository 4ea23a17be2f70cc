import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
} from 'n8n-workflow';
import { connectKaifangqian } from './client';
import { EMAIL, MOBILE } from './rules';

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
