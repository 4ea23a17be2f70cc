/**
 * The trigger node through n8n's real contexts: `webhook()` in `WebhookContext`, the lifecycle in
 * `HookContext`. What n8n's server does around them is in `host.mts`.
 */
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import type {
	IDataObject,
	INode,
	INodeType,
	IWebhookData,
	IWebhookDescription,
	IWebhookResponseData,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import {
	additionalDataFor,
	buildWorkflow,
	core,
	nodeTypes,
	type EngineOptions,
	type WorkflowJson,
} from './engine.mjs';

export const TRIGGER = 'E-Sign Trigger';

const triggerNode = (parameters: IDataObject, more: Partial<INode> = {}): INode => ({
	id: 'trigger',
	name: TRIGGER,
	type: 'n8n-nodes-cn-esign.cnEsignTrigger',
	typeVersion: 1,
	position: [0, 0],
	parameters: parameters as INode['parameters'],
	credentials: { cnEsignApi: { id: '1', name: 'E-Sign' } },
	webhookId: '0f3c6f5e-9a58-4d0b-8a57-3d0a6c1b2e4f',
	...more,
});

export const triggerWorkflow = (parameters: IDataObject, more?: Partial<INode>): WorkflowJson => ({
	nodes: [triggerNode(parameters, more)],
	connections: {},
});

export interface LogLine {
	level: string;
	message: string;
	meta: IDataObject;
}

/** Stands in for n8n's logger. */
export const recordingLogger = (lines: LogLine[]) =>
	Object.fromEntries(
		['error', 'warn', 'info', 'debug'].map((level) => [
			level,
			(message: string, meta: IDataObject = {}) => void lines.push({ level, message, meta }),
		]),
	);

export const typeOf = (node: INode): INodeType =>
	nodeTypes.getByNameAndVersion(node.type, node.typeVersion) as INodeType;

export const webhookNamed = (type: INodeType, name: string): IWebhookDescription =>
	type.description.webhooks!.find((webhook) => webhook.name === name)!;

/** Runs `webhook()` of a node in n8n's real context. */
export const runWebhook = async (
	workflow: Workflow,
	node: INode,
	webhookDescription: IWebhookDescription,
	additionalData: IWorkflowExecuteAdditionalData,
	logs: LogLine[],
	mode: WorkflowExecuteMode = 'webhook',
): Promise<IWebhookResponseData> => {
	const webhookData = {
		httpMethod: webhookDescription.httpMethod,
		node: node.name,
		path: '',
		webhookDescription,
		workflowId: workflow.id,
		workflowExecuteAdditionalData: additionalData,
	} as IWebhookData;
	const context = new core.WebhookContext(
		workflow,
		node,
		additionalData,
		mode,
		webhookData,
		[],
		null,
	);
	Object.defineProperty(context, 'logger', { value: recordingLogger(logs) });
	return await typeOf(node).webhook!.call(context);
};

/** What n8n answers when the node has started an execution, evaluated as its server does. */
export const responseDataOf = (
	workflow: Workflow,
	node: INode,
	webhookDescription: IWebhookDescription,
): unknown =>
	workflow.expression.getComplexParameterValue(
		node,
		webhookDescription.responseData as string,
		'webhook',
		{},
		undefined,
		'firstEntryJson',
	);

/** A response such as Express hands out, written down instead of sent. */
const recordingResponse = () => {
	const headers: Record<string, string> = {};
	const response = Object.assign(new EventEmitter(), {
		statusCode: 200,
		body: undefined as unknown,
		headers,
		headersSent: false,
		status(code: number) {
			response.statusCode = code;
			return response;
		},
		setHeader(name: string, value: string) {
			headers[name.toLowerCase()] = value;
			return response;
		},
		getHeader: (name: string) => headers[name.toLowerCase()],
		type: (value: string) => response.setHeader('content-type', value),
		json(body: unknown) {
			response.type('application/json');
			return response.end(body);
		},
		send(body: unknown) {
			if (typeof body !== 'string') return response.json(body);
			response.type('text/html');
			return response.end(body);
		},
		end(body?: unknown) {
			if (response.headersSent) throw new Error('The request was answered twice');
			response.headersSent = true;
			response.body = body;
			queueMicrotask(() => response.emit('finish'));
			return response;
		},
	});
	return response;
};

export interface FakeRequest {
	/** `default` (POST) unless told. */
	webhook?: 'setup' | 'default';
	headers?: IncomingHttpHeaders;
	query?: Record<string, unknown>;
	/** Left out: there is no body, as n8n leaves it for a multipart request. */
	rawBody?: string | Buffer;
	readRawBody?: () => Promise<void>;
}

export interface Answer {
	result: IWebhookResponseData;
	/** Who sent the answer. */
	by: 'node' | 'n8n';
	status: number;
	body: unknown;
	/** Items that start the workflow. */
	items: IDataObject[];
	logs: LogLine[];
	staticData: IDataObject;
}

const parsed = (text: string | Buffer | undefined): unknown => {
	try {
		return JSON.parse(String(text)) as unknown;
	} catch {
		return undefined;
	}
};

/** One request to a trigger, answered as n8n would. Throws what the node throws. */
export const callWebhook = async (
	json: WorkflowJson,
	nodeName: string,
	request: FakeRequest,
	options: EngineOptions = {},
): Promise<Answer> => {
	// A workflow of its own: the node remembers in its process which events it has had for which workflow.
	const own = { ...json, id: randomUUID() };
	const workflow = buildWorkflow(own);
	const node = workflow.getNode(nodeName)!;
	const webhook = webhookNamed(typeOf(node), request.webhook ?? 'default');
	const additionalData = additionalDataFor(json, options);
	const response = recordingResponse();
	const { rawBody } = request;
	Object.assign(additionalData, {
		httpResponse: response,
		httpRequest: {
			method: webhook.httpMethod,
			headers: { 'content-type': 'application/json', ...request.headers },
			query: request.query ?? {},
			params: {},
			rawBody: rawBody === undefined ? undefined : Buffer.from(rawBody),
			body: parsed(rawBody),
			readRawBody: request.readRawBody,
		},
	});
	const logs: LogLine[] = [];
	const result = await runWebhook(workflow, node, webhook, additionalData, logs);
	const by = response.headersSent ? 'node' : 'n8n';
	if (by === 'n8n' && !result.noWebhookResponse)
		response.send(
			result.workflowData ? responseDataOf(workflow, node, webhook) : result.webhookResponse,
		);
	const items = (result.workflowData ?? []).flat().map((item) => item.json);
	const staticData = JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject;
	return { result, by, status: response.statusCode, body: response.body, items, logs, staticData };
};

export interface HookOptions extends EngineOptions {
	webhookBaseUrl?: string;
}

/** Runs a lifecycle method as activation and deactivation do. */
export const callHook = async (
	json: WorkflowJson,
	nodeName: string,
	method: 'checkExists' | 'create' | 'delete',
	{ webhookBaseUrl, ...options }: HookOptions = {},
): Promise<{ result: boolean; logs: LogLine[]; staticData: IDataObject }> => {
	const workflow = buildWorkflow(json);
	const node = workflow.getNode(nodeName)!;
	const additionalData = additionalDataFor(json, options);
	if (webhookBaseUrl) Object.assign(additionalData, { webhookBaseUrl });
	const context = new core.HookContext(workflow, node, additionalData, 'trigger', 'activate');
	const logs: LogLine[] = [];
	Object.defineProperty(context, 'logger', { value: recordingLogger(logs) });
	const result = await typeOf(node).webhookMethods!.default![method]!.call(context);
	const staticData = JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject;
	return { result, logs, staticData };
};
