/**
 * A small n8n host over real HTTP on 127.0.0.1. Routing, body parsing, replies and static data belong
 * to n8n's server, which n8n-core does not contain: they are modelled here after n8n 2.41.1. The node's
 * `webhook()` and the workflow run in n8n's real engine.
 *
 * Modelled: path `/webhook/<webhookId>/<path>`; 404 for a path or method that no node has registered;
 * body limit; parsing by content type before the node is asked; the execution is created before the
 * answer, the answer is the evaluated `responseData`; static data is loaded for each request and saved
 * as a whole, without a lock, once the execution exists. Not modelled: Express's way of reading nested
 * query names, CORS, XML.
 */
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject, INodeExecutionData, IRun } from 'n8n-workflow';
import {
	additionalDataFor,
	buildWorkflow,
	core,
	extraTypes,
	wf,
	type Secrets,
	type WorkflowJson,
} from './engine.mjs';
import { expressLike, HttpRefusal, requestOf } from './hostHttp.mjs';
import { responseDataOf, runWebhook, typeOf, type LogLine } from './webhook.mjs';

export interface HostOptions {
	secrets?: Secrets;
	/** Bytes; 16 MB unless told, as N8N_PAYLOAD_SIZE_MAX. */
	payloadLimit?: number;
	/** Called after each node of an execution, with what it gave. */
	onNode?: (name: string, items: INodeExecutionData[]) => void;
	/** Called before an execution is stored; throwing stands for a database that cannot. */
	onCreate?: () => void;
}

export interface HostExecution {
	id: string;
	mode: 'webhook' | 'manual';
	/** What the trigger handed over. */
	items: IDataObject[];
	/** What arrived at the end of the workflow. */
	output?: IDataObject[];
	status: 'running' | 'success' | 'error';
	error?: string;
}

/** One thing that goes wrong with one POST. */
export type Trouble =
	/** Nothing is done. */
	| { kind: 'status'; status: number; body?: string }
	/** Everything is done, the answer says something else, comes late, never, or breaks off. */
	| { kind: 'wrongAnswer'; body: string }
	| { kind: 'late'; ms: number }
	| { kind: 'silent' }
	| { kind: 'cut' };

export interface Host {
	origin: string;
	/** The address that stands in the vendor's console. */
	productionUrl: string;
	testUrl: string;
	executions: HostExecution[];
	logs: LogLine[];
	/** Used up one by one by POSTs to the production address. */
	troubles: Trouble[];
	/** Answered requests: status and milliseconds. */
	answers: Array<{ status: number; ms: number }>;
	staticData(): IDataObject;
	setStaticData(data: IDataObject): void;
	/** *Listen for test event*: the test address works until an event has started the workflow. */
	listenForTestEvent(): void;
	failCreating(fail: boolean): void;
	/** Resolves when no request and no execution is under way. */
	idle(): Promise<void>;
	close(): Promise<void>;
}

const SINK = 'test.sink';
extraTypes.set(SINK, {
	description: {
		displayName: 'Sink',
		name: 'sink',
		group: ['transform'],
		version: 1,
		description: 'Passes its items on',
		defaults: { name: 'Sink' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	},
	async execute() {
		return [this.getInputData()];
	},
});

/** A workflow whose trigger is followed by one more node, so that a run can be seen to go on. */
const withSink = (json: WorkflowJson): WorkflowJson => ({
	...json,
	nodes: [
		...json.nodes,
		{ id: 'sink', name: 'Sink', type: SINK, typeVersion: 1, position: [200, 0], parameters: {} },
	],
	connections: {
		[json.nodes[0].name]: { main: [[{ node: 'Sink', type: 'main', index: 0 }]] },
	},
});

export async function startHost(given: WorkflowJson, options: HostOptions = {}): Promise<Host> {
	// A trigger alone gets one more node behind it; a whole workflow, trigger first, runs as it is.
	const whole = Object.keys(given.connections).length > 0 ? given : withSink(given);
	// Each host is a workflow of its own, with a memory of its own.
	const json = { ...whole, id: randomUUID() };
	const [trigger] = json.nodes;
	const limit = options.payloadLimit ?? 16 * 1024 * 1024;
	const executions: HostExecution[] = [];
	const logs: LogLine[] = [];
	const troubles: Trouble[] = [];
	const answers: Host['answers'] = [];
	const underWay = new Set<Promise<unknown>>();
	const timers = new Set<NodeJS.Timeout>();
	let storedStaticData = '{}';
	let testStaticData = '{}';
	let listening = false;
	let creatingFails = false;
	let origin = '';

	const track = (work: Promise<unknown>): void => {
		const settled = work.catch(() => undefined).finally(() => underWay.delete(settled));
		underWay.add(settled);
	};

	const webhooks = typeOf(trigger).description.webhooks!;
	const pathOf = (webhook: (typeof webhooks)[number]) => `${trigger.webhookId}/${webhook.path}`;
	const path = pathOf(webhooks[0]);

	const newAdditionalData = (executionId: string) =>
		Object.assign(additionalDataFor(json, { secrets: options.secrets, executionId }), {
			webhookBaseUrl: `${origin}/webhook`,
			webhookTestBaseUrl: `${origin}/webhook-test`,
		});

	/** The database row comes first; the run goes on by itself. */
	const start = (mode: HostExecution['mode'], data: INodeExecutionData[][], error?: Error) => {
		options.onCreate?.();
		if (creatingFails) throw new Error('The execution could not be stored');
		const id = String(executions.length + 1);
		const execution: HostExecution = {
			id,
			mode,
			items: data.flat().map((item) => structuredClone(item.json)),
			status: 'running',
		};
		executions.push(execution);
		if (error) {
			Object.assign(execution, { status: 'error', error: error.message });
			return;
		}
		const workflow = buildWorkflow(json);
		const node = workflow.getNode(trigger.name)!;
		const nodeExecutionStack = [{ node, data: { main: data }, source: null }];
		const state = wf.createRunExecutionData({ executionData: { nodeExecutionStack } });
		const additionalData = newAdditionalData(id);
		(additionalData.hooks as InstanceType<typeof core.ExecutionLifecycleHooks>).addHandler(
			'nodeExecuteAfter',
			async (name, run) => options.onNode?.(name, run.data?.main[0] ?? []),
		);
		const engine = new core.WorkflowExecute(additionalData, mode, state);
		const finish = ({ data: { resultData }, status }: IRun) => {
			const last = resultData.runData[resultData.lastNodeExecuted ?? '']?.[0]?.data?.main[0];
			execution.output = last?.map((item) => item.json);
			execution.status = status === 'success' ? 'success' : 'error';
			execution.error = resultData.error?.message;
		};
		try {
			// Throws at once when a node of the workflow is not set up.
			track(engine.processRunExecutionData(workflow).then(finish));
		} catch (thrown) {
			Object.assign(execution, { status: 'error', error: (thrown as Error).message });
			throw thrown;
		}
	};

	const answer = async (
		request: http.IncomingMessage,
		response: ReturnType<typeof expressLike>,
	): Promise<void> => {
		const url = new URL(request.url!, origin);
		const [, prefix, ...rest] = url.pathname.replace(/\/$/, '').split('/');
		const isTest = prefix === 'webhook-test';
		const known = rest.join('/') === path && (prefix === 'webhook' || (isTest && listening));
		const webhook = webhooks.find((one) => one.httpMethod === request.method);
		if (!known || !webhook) throw new HttpRefusal(404, 'The requested webhook is not registered.');

		const mode = isTest ? 'manual' : 'webhook';
		const stored = isTest ? testStaticData : storedStaticData;
		const workflow = buildWorkflow({ ...json, staticData: JSON.parse(stored) as IDataObject });
		const node = workflow.getNode(trigger.name)!;
		const httpRequest = await requestOf(request, url, limit);
		const additionalData = newAdditionalData('0');
		Object.assign(additionalData, { httpRequest, httpResponse: response });
		const save = () => {
			const text = JSON.stringify(workflow.staticData);
			if (isTest) testStaticData = text;
			else if (workflow.staticData.__dataChanged) storedStaticData = text;
		};
		let result;
		try {
			result = await runWebhook(workflow, node, webhook, additionalData, logs, mode);
		} catch (thrown) {
			start(mode, [[{ json: {} }]], thrown as Error);
			throw new Error('Workflow Webhook Error: Workflow could not be started!', { cause: thrown });
		}
		if (result.workflowData) {
			start(mode, result.workflowData);
			if (isTest) listening = false;
		}
		save();
		if (result.noWebhookResponse) return;
		response.send(
			result.workflowData
				? responseDataOf(workflow, node, webhook)
				: (result.webhookResponse ?? { message: 'Webhook call received' }),
		);
	};

	const handle = async (request: http.IncomingMessage, raw: http.ServerResponse) => {
		const began = performance.now();
		const response = expressLike(raw);
		response.once('finish', () =>
			answers.push({ status: response.statusCode, ms: performance.now() - began }),
		);
		const isCallback = request.method === 'POST' && request.url!.startsWith('/webhook/');
		const trouble = isCallback ? troubles.shift() : undefined;
		if (trouble?.kind === 'status') {
			request.resume();
			response.status(trouble.status).send(trouble.body ?? 'Bad Gateway');
			return;
		}
		if (trouble) spoil(response, trouble);
		try {
			await answer(request, response);
		} catch (thrown) {
			const status = thrown instanceof HttpRefusal ? thrown.status : 500;
			if (!response.headersSent)
				response.status(status).json({ code: 0, message: (thrown as Error).message });
		}
	};

	/** What is on its way between n8n and the platform: a proxy that is slow, wrong or gone. */
	const spoil = (response: http.ServerResponse, trouble: Trouble): void => {
		const end = response.end.bind(response) as (body?: unknown) => http.ServerResponse;
		response.end = ((body?: unknown) => {
			if (trouble.kind === 'wrongAnswer') return end(trouble.body);
			if (trouble.kind === 'cut') response.socket?.destroy();
			if (trouble.kind === 'late') {
				const timer = setTimeout(() => {
					timers.delete(timer);
					end(body);
				}, trouble.ms);
				timers.add(timer);
			}
			return response;
		}) as never;
	};

	const server = http.createServer((request, response) => track(handle(request, response)));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

	return {
		origin,
		productionUrl: `${origin}/webhook/${path}`,
		testUrl: `${origin}/webhook-test/${path}`,
		executions,
		logs,
		troubles,
		answers,
		staticData: () => JSON.parse(storedStaticData) as IDataObject,
		setStaticData: (data) => void (storedStaticData = JSON.stringify(data)),
		listenForTestEvent: () => void ([listening, testStaticData] = [true, '{}']),
		failCreating: (fail) => void (creatingFails = fail),
		async idle() {
			while (underWay.size > 0) await Promise.all(underWay);
		},
		async close() {
			timers.forEach(clearTimeout);
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
