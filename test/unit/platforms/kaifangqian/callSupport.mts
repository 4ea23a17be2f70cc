import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { ItemContext } from '../../../../nodes/CnEsign/runtime/items/operation.js';
import { parametersOf } from '../../../../nodes/CnEsign/runtime/items/parameters.js';
import { fail, node } from '../../support.mjs';

export interface Sent {
	path: string;
	body: Record<string, unknown>;
}

/**
 * An item of an operation, without n8n. `sent` are the calls that it has made, `hints` what it has said
 * beside its output.
 */
export const callWith = (
	values: Record<string, unknown>,
	properties: INodeProperties[],
	{
		items = [{ json: {} }],
		indexes = [0],
		answer = () => undefined,
	}: {
		items?: INodeExecutionData[];
		indexes?: number[];
		answer?: (call: Sent) => unknown;
	} = {},
) => {
	const hints: string[] = [];
	const sent: Sent[] = [];
	const call = {
		exec: {
			getNode: () => node,
			getInputData: () => items,
			addExecutionHints: ({ message }: { message: string }) => void hints.push(message),
			helpers: {
				assertBinaryData: (item: number, field: string) => items[item].binary?.[field],
			},
		},
		index: indexes[0],
		indexes,
		parameters: parametersOf(values, properties, fail),
		client: {
			post: async (path: string, body: Record<string, unknown>) => {
				sent.push({ path, body });
				return answer({ path, body });
			},
		},
		credential: { baseUrl: 'https://sign.example', appAuthToken: 'PV9LQWZA' },
	};
	return { call: call as unknown as ItemContext, hints, sent };
};

/** A binary field as n8n keeps it in the item itself. */
export const binary = (fileName: string, content: string | Buffer = '%PDF-1.7') => ({
	data: Buffer.from(content).toString('base64'),
	mimeType: 'application/pdf',
	fileName,
});
