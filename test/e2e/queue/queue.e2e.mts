import axios from 'axios';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOf, lisi, pdfOf, person } from '../../sandbox/kaifangqian/testing.mjs';
import { startKaifangqian, type KaifangqianSandbox } from '../../sandbox/kaifangqian/index.mjs';
import { until } from '../server/index.mjs';
import { startSink, type Sink } from './sink.mjs';
import { openQueueStage, type Execution, type QueueStage } from './stage.mjs';
import * as workflows from './workflows.mjs';

const CONTRACTS = 300;
/** Contracts of the second part. */
const REPEATED = 60;
/** What the node and the stand-in keep to, instead of the platform's 5. */
const CALLS_PER_SECOND = 50;

const figures: Array<[string, string | number]> = [];
const figure = (what: string, value: string | number) => void figures.push([what, value]);
const began = Date.now();
const seconds = (since: number) => ((Date.now() - since) / 1000).toFixed(1);
const say = (what: string) => console.log(`[${seconds(began)} s] ${what}`);

let stage: QueueStage | undefined;
let postgres: QueueStage['postgres'];
let redis: QueueStage['redis'];
let cluster: QueueStage['cluster'];
let executionsOf: QueueStage['executionsOf'];
let sandbox: KaifangqianSandbox;
let sink: Sink;

const unfinished = (workflowId: string): Execution[] =>
	executionsOf(workflowId).filter(({ status }) => ['new', 'running', 'waiting'].includes(status));

const tally = (values: string[]): string =>
	[...new Set(values)]
		.map((value) => `${value} ${values.filter((other) => other === value).length}`)
		.join(', ');

/** How many values the Remove Duplicates node of a workflow remembers. */
const listed = (workflowId: string): number => {
	const [{ value }] = postgres.query<{ value: string }>(
		`SELECT value::text FROM processed_data WHERE "workflowId" = '${workflowId}'`,
	);
	return (JSON.parse(value) as { data: string[] }).data.length;
};

/** How many there are too many. */
const repeatsIn = (values: string[]): number => values.length - new Set(values).size;

const isCompletion = (body: string): boolean =>
	(JSON.parse(body) as { callbackType: string }).callbackType === 'COMPLETE';

/** The deliveries, tried or done, of what says that a contract is completed. */
const completions = () => sandbox.callbacks.deliveries.filter(({ body }) => isCompletion(body));

beforeAll(async () => {
	stage = await openQueueStage(2);
	({ postgres, redis, cluster, executionsOf } = stage);
	say(`n8n ${stage.version} is running: main, 2 workers, 1 webhook process`);
	sandbox = await startKaifangqian({
		switches: { latencyMs: 20, throttleCalls: CALLS_PER_SECOND },
	});
	sink = await startSink(700);
});

afterAll(async () => {
	console.log(`\nQueue mode, figures (${seconds(began)} s in all):`);
	for (const [what, value] of figures) console.log(`  ${what}: ${value}`);
	await stage?.close();
	await Promise.all([sandbox?.close(), sink?.close()]);
});

const known = async () => ({
	credential: await cluster.main.rest.saveCredential('CN E-Sign account', {
		platform: 'kaifangqian',
		baseUrl: sandbox.baseUrl,
		appAuthToken: sandbox.token,
		secret: '',
		platformPublicKey: '',
	}),
	sink: sink.origin,
});

const post = async (path: string, body: unknown = {}) =>
	await axios.post(`${cluster.webhookUrl}/webhook/${path}`, body, {
		proxy: false,
		timeout: 30_000,
	});

const uploaded = async () => await clientOf(sandbox).upload(await pdfOf('1'));

/**
 * Which executions have brought which event to a place. *Retry* runs the interrupted step again in an
 * execution of its own; that is not a second event, so it counts for the one that it goes on with.
 */
const passages = (place: string, workflowId: string): string[] => {
	const roots = new Map(executionsOf(workflowId).map(({ id, retryOf }) => [id, retryOf ?? id]));
	const all = sink
		.at(place)
		.map(({ eventId, executionId }) => `${eventId} ${roots.get(executionId)}`);
	return [...new Set(all)].map((passage) => passage.split(' ')[0]);
};

describe(`${CONTRACTS} contracts, a worker killed and the webhook process restarted`, () => {
	let contractIds: string[];
	let followingId: string;
	let signing: number;
	/** The executions that a killed worker was at. */
	let first: string[];
	let second: string[];

	const done = () => sink.at('done').length;

	const killAt = async (who: string, index: number, count: number): Promise<string[]> => {
		const victim = cluster.workers[index];
		await until(
			`${who} is in the middle of something`,
			// On a busy machine the callbacks come one by one, and no worker ever has two at a time.
			() => done() >= count && victim.inFlight().length >= 1,
			{ timeoutMs: 240_000, everyMs: 50 },
		);
		await victim.kill();
		const killed = victim.inFlight();
		say(`${who} is killed at ${done()} of ${CONTRACTS}, with ${killed.length} executions`);
		return killed;
	};

	beforeAll(async () => {
		const { rest } = cluster.main;
		const all = await known();
		const active = async (body: ReturnType<typeof workflows.following>) => {
			const { id } = await rest.createWorkflow(body);
			await rest.activate(id);
			return id;
		};
		const startId = await active(
			workflows.startingContracts(all, 'start-contracts', { callsPerSecond: CALLS_PER_SECOND }),
		);
		followingId = await active(workflows.following(all, 'queue-mode'));
		const catchUpId = await active(workflows.catchingUp(all, 'catch-up'));

		const starting = Date.now();
		const { operator, lines } = sandbox;
		const docId = await uploaded();
		await post('start-contracts', {
			contracts: Array.from({ length: CONTRACTS }, (_, at) => ({
				operatorName: operator.name,
				operatorContact: operator.contact,
				signReId: lines.free,
				subject: `服务合同 ${at + 1}`,
				docId,
			})),
		});
		await until(
			'all contracts are started',
			() => executionsOf(startId).some(({ status }) => status === 'success'),
			{ timeoutMs: 90_000, everyMs: 500 },
		);
		contractIds = sandbox.control.contracts().map(({ contractId }) => contractId);
		figure('contracts started by one execution', `${contractIds.length} in ${seconds(starting)} s`);
		say(`${contractIds.length} contracts are started`);

		// Only now: nobody needs the callbacks about the start.
		sandbox.control.setCallbackUrl(
			`${cluster.webhookUrl}/webhook/${workflows.callbackPath('queue-mode')}`,
		);
		signing = Date.now();
		const sign = (ids: string[]) => ids.forEach((id) => sandbox.control.signAll(id));
		sign(contractIds.slice(0, CONTRACTS / 2));
		first = await killAt('the first worker', 0, CONTRACTS / 6);
		await cluster.addWorker();
		await until(
			'n8n has noticed that the worker is gone',
			() => unfinished(followingId).every(({ id }) => !first.includes(id)),
			{ timeoutMs: 120_000, everyMs: 500 },
		);
		say('n8n has noticed');

		sign(contractIds.slice(CONTRACTS / 2));
		second = await killAt('the second worker', 1, (CONTRACTS * 2) / 3);
		say('the webhook process is restarted');
		await Promise.all([cluster.restartWebhooks(), cluster.addWorker()]);
		say('the webhook process and a new worker are there');

		// The platform tries again what it could not deliver.
		await sandbox.callbacks.idle();
		await until(
			'everything is delivered',
			async () => {
				const open = new Set(completions().map(({ message }) => message));
				for (const { ok, message } of completions()) if (ok) open.delete(message);
				if (open.size > 0) await sandbox.callbacks.runScheduledJob();
				return open.size === 0;
			},
			{ timeoutMs: 150_000, everyMs: 1000 },
		);
		const attempts = completions();
		figure('callbacks COMPLETE', new Set(attempts.map(({ message }) => message)).size);
		figure('their deliveries tried', attempts.length);
		figure('  of these not accepted', attempts.filter(({ ok }) => !ok).length);
		figure('other callbacks', sandbox.callbacks.deliveries.length - attempts.length);
		say('everything is delivered');

		await until('no execution is open', () => unfinished(followingId).length === 0, {
			timeoutMs: 120_000,
			everyMs: 1000,
		});
		const executions = executionsOf(followingId);
		figure('executions', `${executions.length} (${tally(executions.map(({ status }) => status))})`);
		const fate = (ids: string[]) =>
			`${ids.length} (${tally(executions.filter(({ id }) => ids.includes(id)).map(({ status }) => status))})`;
		figure('executions of the worker killed first', fate(first));
		figure('executions of the one killed when the webhook process was restarted', fate(second));
		const broken = executions.filter(({ status }) => status !== 'success');
		const missing = () => {
			const seen = new Set(
				[...sink.at('done'), ...sink.at('caught-up')].map((one) => one.contractId),
			);
			return contractIds.filter((id) => !seen.has(id));
		};
		figure('completions that went with a killed worker', missing().length);

		// As somebody does with the button *Retry* in the list of executions.
		const retried: string[] = [];
		for (const { id } of broken) {
			const { data } = await rest.call('POST', `/executions/${id}/retry`, { loadWorkflow: false });
			retried.push(String(data?.data?.status ?? data?.message));
		}
		figure('Retry of those that failed', tally(retried));
		await until('no execution is open', () => unfinished(followingId).length === 0, {
			timeoutMs: 60_000,
			everyMs: 500,
		});
		figure('completions not done after Retry', missing().length);

		sink.open = missing;
		await post('catch-up');
		await until(
			'the catching up has ended',
			() => executionsOf(catchUpId).some(({ status }) => status === 'success'),
			{
				timeoutMs: 60_000,
				everyMs: 500,
			},
		);
		figure('caught up by asking the platform', sink.at('caught-up').length);
		figure('lost', missing().length);
		figure('from the first signature to the end', `${seconds(signing)} s`);
		const passed = passages('passed', followingId);
		figure(
			'events that Remove Duplicates let through',
			`${new Set(passed).size}, repeats ${repeatsIn(passed)}`,
		);
		const again = repeatsIn(sink.at('done').map(({ contractId }) => contractId));
		figure('last steps run again, by Retry', again);
		figure('events that Remove Duplicates has in its list', listed(followingId));
	});

	it('starts all contracts', () => {
		expect(contractIds).toHaveLength(CONTRACTS);
	});

	it('lets none be lost', () => {
		const ends = [...sink.at('done'), ...sink.at('caught-up')].map(({ contractId }) => contractId);
		expect(new Set(ends)).toEqual(new Set(contractIds));
	});

	it('lets each event through Remove Duplicates once', () => {
		const passed = passages('passed', followingId);
		expect(repeatsIn(passed)).toBe(0);
		expect(repeatsIn(passages('done', followingId))).toBe(0);
	});
});

describe(`${REPEATED} events that all come twice at the same moment`, () => {
	beforeAll(async () => {
		const { rest } = cluster.main;
		const redisCredential = await rest.saveCredential(
			'Redis account',
			{ host: '127.0.0.1', port: redis.port, database: 0, user: '', password: '', ssl: false },
			'redis',
		);
		const { id } = await rest.createWorkflow(
			workflows.comparing({ ...(await known()), redis: redisCredential }, 'repeats'),
		);
		await rest.activate(id);
		sandbox.control.setCallbackUrl(undefined);
		const client = clientOf(sandbox);
		sandbox.switches.throttle = false;
		const docId = await uploaded();
		const contractIds: string[] = [];
		for (let at = 0; at < REPEATED; at += 1) {
			contractIds.push(
				await client.draft({
					subject: '服务合同',
					signDocumentList: [{ docId }],
					signerList: [person(lisi, '1')],
				}),
			);
		}
		// Without an address the stand-in only notes what it would have sent.
		for (const contractId of contractIds) sandbox.control.signAll(contractId);
		const bodies = sandbox.callbacks.dropped
			.map(({ body }) => body)
			.filter((body) => isCompletion(body));
		expect(bodies).toHaveLength(REPEATED);
		// While nobody works they pile up; the workers that come then begin with ten at once.
		await Promise.all(
			cluster.workers.filter((one) => one.isRunning()).map(async (one) => await one.stop()),
		);
		const path = workflows.callbackPath('repeats');
		while (bodies.length > 0) {
			const some = bodies.splice(0, 3).flatMap((body) => [body, body]);
			const answers = await Promise.all(
				some.map(async (body) => await post(path, JSON.parse(body))),
			);
			expect(answers.map(({ data }) => data as string)).toEqual(some.map(() => 'success'));
		}
		await Promise.all([cluster.addWorker(), cluster.addWorker()]);
		await until(
			'every execution has ended',
			() => executionsOf(id).length >= 2 * REPEATED && unfinished(id).length === 0,
			{ timeoutMs: 90_000, everyMs: 500 },
		);
		const executions = executionsOf(id);
		figure(
			'second part: executions',
			`${executions.length} (${tally(executions.map(({ status }) => status))})`,
		);
		figure('second part: events that Remove Duplicates has in its list', listed(id));
		for (const place of ['remove-duplicates', 'redis']) {
			const eventIds = sink.at(place).map(({ eventId }) => eventId!);
			figure(
				`second part: let through by ${place}`,
				`${new Set(eventIds).size}, repeats ${repeatsIn(eventIds)}`,
			);
		}
	});

	it('Remove Duplicates loses none; it may let repeats through', () => {
		const eventIds = sink.at('remove-duplicates').map(({ eventId }) => eventId!);
		expect(new Set(eventIds).size).toBe(REPEATED);
	});

	it('a counter in Redis lets each through once, even at the same moment', () => {
		const eventIds = sink.at('redis').map(({ eventId }) => eventId!);
		expect(new Set(eventIds).size).toBe(REPEATED);
		expect(eventIds).toHaveLength(REPEATED);
	});
});
