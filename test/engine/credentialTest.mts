/**
 * The *Test* button of a credential: the credential's `test` request through n8n's real routing node,
 * its rules read as n8n's server reads them (that part is not in n8n-core).
 */
import { createRequire } from 'node:module';
import type { IDataObject, INode, INodeType, NodeApiError } from 'n8n-workflow';
import { additionalDataFor, core, loader, wf } from './engine.mjs';
import { requireFromN8n } from './whichN8n.mjs';

export interface Verdict {
	status: 'OK' | 'Error';
	message: string;
}

const failed = (message: string): Verdict => ({ status: 'Error', message });

/** A value in an answer, as n8n's server looks it up: `key` may be a path such as `message[0]`. */
const valueAt = createRequire(requireFromN8n.resolve('n8n-core'))('lodash/get') as (
	answer: unknown,
	key: string,
) => unknown;

export const testCredential = async (type: string, data: IDataObject): Promise<Verdict> => {
	const { test } = loader.getCredential(type).type;
	if (!test) throw new Error(`${type} has no test`);
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type: 'noOp',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [type]: { id: '1', name: 'E-Sign' } },
	};
	const nodeType = {
		description: {
			displayName: 'No Operation',
			name: 'noOp',
			group: ['organization'],
			version: 1,
			description: '',
			defaults: { name: 'No Operation' },
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: type, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					routing: { request: test.request },
					default: '',
				},
			],
		},
	} as unknown as INodeType;
	const nodeTypes = {
		getByName: () => nodeType,
		getByNameAndVersion: () => nodeType,
		getKnownTypes: () => ({}),
	};
	const json = { nodes: [node], connections: {} };
	const workflow = new wf.Workflow({ ...json, active: false, nodeTypes });
	const context = new core.ExecuteContext(
		workflow,
		node,
		additionalDataFor(json, { secrets: { [type]: data as never } }),
		'internal',
		wf.createRunExecutionData({}),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	const decrypted = { id: '1', name: 'E-Sign', type, data: data as never };
	try {
		const output = await new core.RoutingNode(context, nodeType, decrypted).runNode();
		const answer: unknown = output?.[0][0].json;
		const broken = test.rules?.find(
			(rule) =>
				rule.type === 'responseSuccessBody' &&
				valueAt(answer, rule.properties.key) === rule.properties.value,
		);
		return broken
			? failed(broken.properties.message)
			: { status: 'OK', message: 'Connection successful!' };
	} catch (error) {
		const { cause, message } = error as NodeApiError & {
			cause?: { code?: string; response?: { status: number; statusText: string } };
		};
		if (cause?.response) {
			const { status, statusText } = cause.response;
			const named = test.rules?.find(
				(rule) => rule.type === 'responseCode' && rule.properties.value === status,
			);
			return failed(
				named?.properties.message ?? (statusText || `Received HTTP status code: ${status}`),
			);
		}
		return failed(cause?.code ?? message);
	}
};
