import { afterAll, beforeAll, expect, it } from 'vitest';
import { nodeNamed } from '../../demo/workflow.mjs';
import { startKaifangqian, type KaifangqianSandbox } from '../../sandbox/kaifangqian/index.mjs';
import { workflowOf } from '../../workflows/index.mjs';
import { TABLE } from '../../workflows/register.mjs';
import { namesOf, wordsOf } from '../../workflows/workflow.mjs';
import { submitForm } from '../demo/form.mjs';
import { prepared, type ShippedWorkflow } from '../demo/import.mjs';
import { withSender } from '../demo/stand-ins.mjs';
import { itemsOf, until } from '../server/index.mjs';
import { samplePdf } from '../suite/workflows.mjs';
import { openQueueStage, type QueueStage } from './stage.mjs';

// The ready workflow that sends and waits, together with the one that receives the events: a worker that
// sleeping runs were begun on is killed, the webhook process is started anew, and all of them go on.

const RUNS = 12;
const WAITING = 'send-and-wait-until-signed';
const EVENTS = 'contract-events';

let stage: QueueStage | undefined;
let sandbox: KaifangqianSandbox;

beforeAll(async () => {
	stage = await openQueueStage(2);
	sandbox = await startKaifangqian({ switches: { throttle: false } });
});

afterAll(async () => await Promise.all([stage?.close(), sandbox?.close()]));

const callsNothing = {
	name: 'Nothing to do',
	nodes: [
		{
			id: 'called',
			name: 'Called',
			type: 'n8n-nodes-base.executeWorkflowTrigger',
			typeVersion: 1.1,
			position: [0, 0],
			parameters: { inputSource: 'passthrough' },
		},
	],
	connections: {},
};

const active = async (json: ShippedWorkflow | typeof callsNothing): Promise<string> => {
	const { rest } = stage!.cluster.main;
	const { id } = await rest.createWorkflow(json);
	await rest.activate(id);
	return id;
};

it(`${RUNS} runs sleep, a worker is killed, and each goes on with its own signed file`, async () => {
	const { cluster, executionsOf } = stage!;
	const { rest } = cluster.main;
	const cnEsignApi = await rest.saveCredential(
		'CN E-Sign account',
		withSender(
			{
				platform: 'kaifangqian',
				baseUrl: sandbox.baseUrl,
				appAuthToken: sandbox.token,
				secret: '',
				platformPublicKey: '',
			},
			sandbox,
		),
	);
	const nothing = await active(callsNothing);
	const calls = Object.fromEntries(
		['callLine', 'callSubject', 'callContract', 'callOthers'].map((key) => [key, nothing]),
	);
	const events = prepared(EVENTS, { cnEsignApi }, sandbox, { calls });
	const eventsId = await active(events);
	const { trigger } = namesOf(workflowOf(EVENTS), 'en');
	sandbox.control.setCallbackUrl(
		`${cluster.webhookUrl}/webhook/${nodeNamed(events, trigger).webhookId}/esign`,
	);
	const waiting = prepared(WAITING, { cnEsignApi }, sandbox);
	const waitingId = await active(waiting);
	const names = namesOf(workflowOf(WAITING), 'en');
	const word = wordsOf(workflowOf(WAITING), 'en');
	const pdf = new Blob([await samplePdf()], { type: 'application/pdf' });
	for (let at = 1; at <= RUNS; at += 1)
		await submitForm(
			cluster.webhookUrl,
			waiting,
			names.form,
			{
				[word('Title')]: `服务合同 ${at}`,
				PDF: pdf,
				[word('Signer Name')]: '李四',
				[word('Signer Phone or Email')]: '13900139000',
			},
			{ username: '', password: '' },
		);
	const statuses = () => executionsOf(waitingId).map(({ status }) => status);
	await until(
		'all runs sleep',
		() => statuses().filter((one) => one === 'waiting').length === RUNS,
		{
			timeoutMs: 90_000,
			everyMs: 500,
		},
	);
	// The event of each start has been dealt with: the worker is killed under sleeping runs, and under nothing else.
	const ofEvents = () => executionsOf(eventsId).map(({ status }) => status);
	const eventsDealtWith = async (count: number) => {
		await sandbox.callbacks.idle();
		await until('all events are dealt with', () => {
			const open = ofEvents().filter((one) => one === 'new' || one === 'running');
			return ofEvents().length >= count && open.length === 0;
		});
		expect(ofEvents().filter((one) => one !== 'success')).toEqual([]);
	};
	await eventsDealtWith(RUNS);
	const rows = await rest.tableRows(TABLE);
	expect(rows).toHaveLength(RUNS);
	// The address that wakes a run is that of the webhook process.
	for (const row of rows) expect(row.resumeUrl).toContain(cluster.webhookUrl);

	await cluster.workers[0].kill();
	await Promise.all([cluster.restartWebhooks(), cluster.addWorker()]);
	expect(statuses()).toEqual(Array.from({ length: RUNS }, () => 'waiting'));

	for (const { contractId } of rows) sandbox.control.sign(String(contractId), '13900139000');
	await until('all runs have ended', () => statuses().every((one) => one === 'success'), {
		timeoutMs: 120_000,
		everyMs: 500,
	});
	const ended = await Promise.all(
		executionsOf(waitingId).map(async ({ id }) => {
			const execution = await rest.execution(id);
			const [{ json }] = itemsOf(execution, names.outcome);
			const [{ binary }] = itemsOf(execution, names.download);
			expect(json.outcome).toBe('completed');
			expect((await rest.binary(binary!.data)).subarray(0, 5).toString()).toBe('%PDF-');
			return json.contractId;
		}),
	);
	expect(new Set(ended)).toEqual(new Set(rows.map(({ contractId }) => contractId)));
	// A run is woken before the event that woke it is written down.
	await eventsDealtWith(2 * RUNS);
	const after = await rest.tableRows(TABLE);
	expect(after.map(({ isOpen, event }) => [isOpen, event])).toEqual(
		after.map(() => [false, 'contract.completed']),
	);
}, 400_000);
