/**
 * n8n's real engine for tests: the built package, loaded by n8n's own loader, run by `WorkflowExecute`.
 * Real expressions, parameters, credential code, HTTP and binary storage; no database, no server.
 */
import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type {
	IConnections,
	ICredentialDataDecryptedObject,
	ICredentials,
	IDataObject,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	INodeType,
	INodeTypes,
	IRun,
	IVersionedNodeType,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	Workflow,
} from 'n8n-workflow';
import { requireFromN8n } from './whichN8n.mjs';

// n8n-core reads these while its modules load.
process.env.N8N_USER_FOLDER = mkdtempSync(join(tmpdir(), 'engine-'));
process.env.N8N_ENCRYPTION_KEY = 'only-for-the-tests';
process.env.N8N_LOG_LEVEL ??= 'silent';
// The newest n8n's own choice; n8n 1 keeps files in memory unless told.
process.env.N8N_DEFAULT_BINARY_DATA_MODE ??= 'filesystem';

// CommonJS on purpose: one copy of every n8n class, shared with the built nodes.
export const core = requireFromN8n('n8n-core') as typeof import('n8n-core');
export const wf = requireFromN8n('n8n-workflow') as typeof import('n8n-workflow');
// The tree holds several copies of @n8n/di; only the one that n8n-core sees is the right one.
const fromCore = createRequire(requireFromN8n.resolve('n8n-core'));
const { Container } = fromCore('@n8n/di') as typeof import('@n8n/di');

export const projectRoot = resolve(import.meta.dirname, '../..');

export const loader = new core.PackageDirectoryLoader(projectRoot);
await loader.loadAll();
await Container.get(core.BinaryDataService).init();

const basic = (displayName: string, name: string, outputs: string[]): INodeType['description'] =>
	({
		displayName,
		name,
		group: ['trigger'],
		version: 1,
		description: displayName,
		defaults: { name: displayName },
		inputs: outputs.length > 0 && name !== 'manualTrigger' ? ['main'] : [],
		outputs,
		properties: [],
	}) as unknown as INodeType['description'];

const manualTrigger: INodeType = {
	description: basic('Manual Trigger', 'manualTrigger', ['main']),
	async execute() {
		return [this.getInputData()];
	},
};

/** Node types besides the package's own; tests may add to it. */
export const extraTypes = new Map<string, INodeType | IVersionedNodeType>([
	['n8n-nodes-base.manualTrigger', manualTrigger],
]);

const findType = (fullName: string): INodeType | IVersionedNodeType => {
	const extra = extraTypes.get(fullName);
	if (extra) return extra;
	const [packageName, shortName] = fullName.split('.');
	if (packageName === loader.packageName) return loader.getNode(shortName).type;
	throw new core.UnrecognizedNodeTypeError(packageName, shortName);
};

export const nodeTypes: INodeTypes = {
	getByName: findType,
	getByNameAndVersion: (name, version) =>
		wf.NodeHelpers.getVersionedNodeType(findType(name), version),
	getKnownTypes: () => ({}),
};

export type Secrets = Record<string, ICredentialDataDecryptedObject>;

/** Stands in for n8n's database-backed helper and runs the credential type's own code. */
class FixtureCredentials extends wf.ICredentialsHelper {
	constructor(private readonly secrets: Secrets) {
		super();
	}

	async getDecrypted(_data: unknown, _details: unknown, type: string) {
		return structuredClone(this.secrets[type]) as ICredentialDataDecryptedObject;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		type: string,
		options: IHttpRequestOptions,
	) {
		const { authenticate } = loader.getCredential(type).type;
		if (typeof authenticate !== 'function') throw new Error(`${type} does not sign by itself`);
		return await authenticate(credentials, options);
	}

	async preAuthentication() {
		return undefined;
	}

	getCredentialsProperties(type: string) {
		return loader.getCredential(type).type.properties;
	}

	getParentTypes() {
		return [];
	}

	isCredentialUsableByNode() {
		return true;
	}

	async runPreAuthentication() {
		return undefined;
	}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('not needed here');
	}

	async updateCredentials() {}

	async updateCredentialsOauthTokenData() {}
}

export interface WorkflowJson {
	nodes: INode[];
	connections: IConnections;
	staticData?: IDataObject;
}

export interface EngineOptions {
	secrets?: Secrets;
	input?: INodeExecutionData[];
	executionId?: string;
	/** Called with the function that cancels the run. */
	onStart?: (cancel: () => void) => void;
	/** Called after each node, with its name and its run. */
	onNode?: (name: string, error?: Error) => void;
}

export const additionalDataFor = (
	json: WorkflowJson,
	{ secrets = {}, executionId = '1', onNode }: EngineOptions,
) => {
	const hooks = new core.ExecutionLifecycleHooks(
		'manual',
		executionId,
		json as unknown as IWorkflowBase,
	);
	if (onNode)
		hooks.addHandler('nodeExecuteAfter', async (name, run) =>
			onNode(name, run.error as Error | undefined),
		);
	return {
		hooks,
		executionId,
		credentialsHelper: new FixtureCredentials(secrets),
		webhookBaseUrl: 'http://n8n.test/webhook',
		webhookTestBaseUrl: 'http://n8n.test/webhook-test',
		webhookWaitingBaseUrl: 'http://n8n.test/webhook-waiting',
		formWaitingBaseUrl: 'http://n8n.test/form-waiting',
		restApiUrl: 'http://n8n.test/rest',
		instanceBaseUrl: 'http://n8n.test/',
		variables: {},
		setExecutionStatus: () => {},
	} as unknown as IWorkflowExecuteAdditionalData;
};

export const buildWorkflow = (json: WorkflowJson): Workflow =>
	new wf.Workflow({
		id: 'workflow-1',
		active: false,
		nodeTypes,
		settings: { executionOrder: 'v1', timezone: 'Asia/Shanghai' },
		...structuredClone(json),
	});

/** Runs a workflow from its first node. */
export const runWorkflow = async (
	json: WorkflowJson,
	options: EngineOptions = {},
): Promise<IRun> => {
	const node = buildWorkflow(json).getStartNode();
	if (!node) throw new Error('The workflow has no start node');
	return await runFrom(json, node.name, options.input ?? [{ json: {} }], options);
};

/** Runs a workflow from the node of this name, which is given these items. */
export const runFrom = async (
	json: WorkflowJson,
	name: string,
	input: INodeExecutionData[],
	options: EngineOptions = {},
): Promise<IRun> => {
	const workflow = buildWorkflow(json);
	const node = workflow.getNode(name);
	if (!node) throw new Error(`The workflow has no node '${name}'`);
	const main = [input];
	const executionData = { nodeExecutionStack: [{ node, data: { main }, source: null }] };
	const state = wf.createRunExecutionData({ executionData });
	const engine = new core.WorkflowExecute(additionalDataFor(json, options), 'manual', state);
	const running = engine.processRunExecutionData(workflow);
	options.onStart?.(() => (running as unknown as { cancel(): void }).cancel());
	return await running;
};

/** Goes on with an execution that has failed, as n8n does when somebody retries it: with what it has stored. */
export const retryRun = async (
	json: WorkflowJson,
	failed: IRun,
	options: EngineOptions = {},
): Promise<IRun> => {
	const state = JSON.parse(JSON.stringify(failed.data)) as IRun['data'];
	const { resultData } = state;
	delete resultData.error;
	resultData.runData[resultData.lastNodeExecuted!].pop();
	const workflow = buildWorkflow(json);
	// With the currently saved workflow: the one of the execution itself, where nothing was changed.
	for (const entry of state.executionData!.nodeExecutionStack)
		entry.node = workflow.getNode(entry.node.name)!;
	const engine = new core.WorkflowExecute(additionalDataFor(json, options), 'retry', state);
	return await engine.processRunExecutionData(workflow);
};

/** Bytes of a binary field, whatever the storage mode. */
export const binaryBytes = async (item: INodeExecutionData, field = 'data'): Promise<Buffer> =>
	await Container.get(core.BinaryDataService).getAsBuffer(item.binary![field]);

/** Stores bytes the way n8n's current storage mode does and returns an item that carries them. */
export const fileItem = async (
	bytes: Buffer,
	fileName: string,
	mimeType: string,
	json: IDataObject = {},
	field = 'data',
): Promise<INodeExecutionData> => {
	const service = Container.get(core.BinaryDataService);
	const location = { type: 'execution' as const, workflowId: 'workflow-1', executionId: '1' };
	const data = await service.store(location, bytes, {
		data: '',
		fileName,
		mimeType,
		fileExtension: fileName.split('.').pop(),
	});
	return { json, binary: { [field]: data } };
};

/** An item whose file lies in memory as Base64: the storage mode of older installations. */
export const memoryFileItem = (
	bytes: Buffer,
	fileName: string,
	mimeType: string,
): INodeExecutionData => ({
	json: {},
	binary: { data: { data: bytes.toString('base64'), fileName, mimeType } },
});
