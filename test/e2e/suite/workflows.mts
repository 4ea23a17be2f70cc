import { contractPdf } from '../../demo/contract-pdf.mjs';
import type { SavedCredential, WorkflowBody } from '../server/index.mjs';

type Parameters = Record<string, unknown>;

interface NodeJson {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Parameters;
	credentials?: Record<string, { id: string; name: string }>;
	webhookId?: string;
}

export const START = 'When clicking ‘Execute workflow’';

const node = (
	name: string,
	type: string,
	typeVersion: number,
	parameters: Parameters,
): NodeJson => ({
	id: crypto.randomUUID(),
	name,
	type,
	typeVersion,
	position: [0, 0],
	parameters,
});

const withCredential = (json: NodeJson, { id, name }: SavedCredential): NodeJson => ({
	...json,
	credentials: { cnEsignApi: { id, name } },
});

export const manualTrigger = (): NodeJson => node(START, 'n8n-nodes-base.manualTrigger', 1, {});

/** The action node. */
export const action = (
	name: string,
	credential: SavedCredential,
	resource: string,
	operation: string,
	parameters: Parameters = {},
): NodeJson =>
	withCredential(
		node(name, 'n8n-nodes-cn-esign.cnEsign', 1, {
			platform: 'kaifangqian',
			resource,
			operation,
			...parameters,
		}),
		credential,
	);

/** The trigger node. */
export const trigger = (
	credential: SavedCredential,
	webhookId: string,
	parameters: Parameters = {},
): NodeJson => ({
	...withCredential(
		node('CN E-Sign Trigger', 'n8n-nodes-cn-esign.cnEsignTrigger', 1, {
			platform: 'kaifangqian',
			events: ['*'],
			simplify: true,
			options: {},
			...parameters,
		}),
		credential,
	),
	webhookId,
});

export const httpRequest = (
	name: string,
	credential: SavedCredential,
	parameters: Parameters,
): NodeJson =>
	withCredential(
		node(name, 'n8n-nodes-base.httpRequest', 4.2, {
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'cnEsignApi',
			options: {},
			...parameters,
		}),
		credential,
	);

/** Two nodes that bring a PDF without a file: text, then bytes. */
export const pdfSource = (bytes: Uint8Array, fileName = '合同.pdf'): NodeJson[] => [
	node('Base64', 'n8n-nodes-base.set', 3.4, {
		assignments: {
			assignments: [
				{ id: '1', name: 'pdf', type: 'string', value: Buffer.from(bytes).toString('base64') },
			],
		},
		options: {},
	}),
	node('PDF', 'n8n-nodes-base.convertToFile', 1.1, {
		operation: 'toBinary',
		sourceProperty: 'pdf',
		options: { fileName, mimeType: 'application/pdf' },
	}),
];

// Made once: a PDF carries the time at which it was made.
const sample = contractPdf([]);

export const samplePdf = async (): Promise<Uint8Array> => await sample;

/** Where a signature goes when it does not matter. */
export const POSITIONS = {
	position: [{ signPositionType: 'POSITION', pageConfig: '1', x: '50', y: '50' }],
};

/** Nodes one after the other. */
export const chain = (name: string, nodes: NodeJson[]): WorkflowBody => ({
	name,
	nodes: nodes.map((entry, index) => ({ ...entry, position: [index * 220, 0] })),
	connections: Object.fromEntries(
		nodes
			.slice(0, -1)
			.map((entry, index) => [
				entry.name,
				{ main: [[{ node: nodes[index + 1].name, type: 'main', index: 0 }]] },
			]),
	),
	settings: { executionOrder: 'v1' },
});
