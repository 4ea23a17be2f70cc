import axios from 'axios';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf, reachable } from '../demo/examples.mjs';
import { itemsOf } from '../server/index.mjs';
import { sendContract, SIGNER } from './contract.mjs';
import { n8n, nextExecution, openStage, restartN8n, rest, type Stage } from './stage.mjs';
import {
	action,
	chain,
	manualTrigger,
	pdfSource,
	POSITIONS,
	samplePdf,
	START,
	trigger,
} from './workflows.mjs';

const WEBHOOK = '11111111-0000-4000-8000-000000000060';

let stage: Stage;
let transferId: string;
let triggerId: string;

const transfer = async ({ credential, kaifangqian }: Stage) => {
	const { operator, lines } = kaifangqian;
	const { name, contact } = SIGNER;
	return chain('Upload and download', [
		manualTrigger(),
		...pdfSource(await samplePdf()),
		action('Upload', credential, 'document', 'upload'),
		action('Create', credential, 'contract', 'create', {
			operatorName: operator.name,
			operatorContact: operator.contact,
			signReId: { __rl: true, mode: 'id', value: lines.free },
			subject: '端到端合同',
			signDocumentList: '={{ $json.docId }}',
			signers: {
				signer: [{ name, contact, details: { positions: POSITIONS } }],
			},
		}),
		action('Download', credential, 'contract', 'download', {
			contractId: '={{ $json.contractId }}',
			contact: operator.contact,
			options: { evenIfNotCompleted: true },
		}),
	]);
};

beforeAll(async () => {
	stage = await openStage('Binary');
	transferId = (await rest.createWorkflow(await transfer(stage))).id;
	const saved = await rest.createWorkflow({
		name: 'After a restart',
		nodes: [trigger(stage.credential, WEBHOOK)],
		connections: {},
	});
	triggerId = saved.id;
	await rest.activate(triggerId);
	await reachable(addressOf(n8n, WEBHOOK));
});

afterAll(async () => {
	await rest.deactivate(triggerId);
	await stage.close();
});

describe.each(['filesystem', 'database'])('with binary data in the %s', (mode) => {
	it('starts', async () => {
		await restartN8n({ N8N_DEFAULT_BINARY_DATA_MODE: mode });
	});

	it('uploads and downloads the same bytes', async () => {
		const execution = await rest.finished(await rest.start(transferId, START));
		expect(execution.data.resultData.error).toBeUndefined();
		expect(execution.status).toBe('success');
		const [{ json: uploaded }] = itemsOf(execution, 'Upload');
		const source = Buffer.from(await samplePdf());
		const { control } = stage.kaifangqian;
		expect(control.documentBytes(uploaded.docId as string).equals(source)).toBe(true);
		const [{ binary }] = itemsOf(execution, 'Download');
		expect(binary!.data.id).toMatch(new RegExp(`^${mode}`));
		// Nobody has signed yet: what comes back is what was sent.
		expect((await rest.binary(binary!.data)).equals(source)).toBe(true);
	});

	it('a workflow activated before the restart starts with a callback', async () => {
		const before = (await rest.executions(triggerId)).map(({ id }) => id);
		const contractId = await sendContract(stage.kaifangqian);
		const { status, data } = await axios.post(
			addressOf(n8n, WEBHOOK),
			{ contractId, contractStatus: 'SIGNING', callbackType: 'SEND_SIGNING' },
			{ proxy: false, validateStatus: () => true },
		);
		expect([status, data]).toEqual([200, 'success']);
		const execution = await nextExecution(triggerId, before);
		expect(execution.status).toBe('success');
		const [{ json }] = itemsOf(execution, 'CN E-Sign Trigger');
		expect(json).toMatchObject({ contractId, verified: 'platform' });
	});
});
