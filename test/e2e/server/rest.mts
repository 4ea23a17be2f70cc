import axios, { type AxiosResponse } from 'axios';
import { unflatten } from './flatted.mjs';
import { until } from './until.mjs';

/** The part of a stored execution that tests look at. */
export interface StoredExecution {
	id: string;
	status: string;
	mode: string;
	workflowId: string;
	startedAt: string;
	data: {
		resultData: {
			runData: Record<string, NodeRun[]>;
			error?: { message: string; description?: string };
			lastNodeExecuted?: string;
		};
	};
}

export interface BinaryEntry {
	id?: string;
	data: string;
	mimeType: string;
	fileName?: string;
	fileSize?: string;
}

export interface RunItem {
	json: Record<string, unknown>;
	binary?: Record<string, BinaryEntry>;
	error?: unknown;
}

interface NodeRun {
	data?: { main: Array<RunItem[] | null> };
	error?: { message: string; description?: string };
}

export interface WorkflowBody {
	name: string;
	nodes: unknown[];
	connections: unknown;
	settings?: unknown;
	pinData?: unknown;
}

export interface SavedWorkflow extends WorkflowBody {
	id: string;
	versionId: string;
	active: boolean;
}

export interface SavedCredential {
	id: string;
	name: string;
	type: string;
}

export interface Owner {
	email: string;
	password: string;
	firstName: string;
	lastName: string;
}

export const DEMO_OWNER: Owner = {
	email: 'demo@example.com',
	password: 'Demo-Password-1',
	firstName: 'Demo',
	lastName: 'Owner',
};

/** n8n ties a login to the browser that made it. */
export const BROWSER_ID = 'end-to-end';

/** Ended, one way or the other. */
const ENDED = ['success', 'error', 'crashed', 'canceled'];

/** What the editor does, over the same REST API, with the same cookie. */
export const restClient = (origin: string, loggedInWith = '') => {
	let cookie = loggedInWith;

	const call = async (method: string, path: string, body?: unknown): Promise<AxiosResponse> => {
		const response = await axios.request({
			method,
			url: `${origin}/rest${path}`,
			data: body,
			headers: { 'browser-id': BROWSER_ID, ...(cookie ? { cookie } : {}) },
			proxy: false,
			timeout: 60_000,
			validateStatus: () => true,
		});
		const [fresh] = response.headers['set-cookie'] ?? [];
		if (fresh) cookie = fresh.split(';')[0];
		return response;
	};

	const request = async <T,>(method: string, path: string, body?: unknown): Promise<T> => {
		const { status, data } = await call(method, path, body);
		if (status >= 200 && status < 300) return (data?.data ?? data) as T;
		throw new Error(
			`${method} ${path} was answered with ${status}: ${JSON.stringify(data?.message ?? data).slice(0, 400)}`,
		);
	};

	/** Makes the owner of a fresh n8n, or logs in to one that has it. */
	const logIn = async (owner = DEMO_OWNER): Promise<void> => {
		// Where n8n has just become ready, the first call may still be too early.
		const { status } = await until('n8n answers the set-up of the owner', async () => {
			const answer = await call('POST', '/owner/setup', owner);
			return answer.status < 500 && answer.status !== 404 ? answer : undefined;
		});
		if (status === 200) return;
		await request('POST', '/login', {
			emailOrLdapLoginId: owner.email,
			password: owner.password,
		});
	};

	const credentials = async () => await request<SavedCredential[]>('GET', '/credentials');

	/** Creates the credential, or gives the one of this name these values. */
	const saveCredential = async (
		name: string,
		data: Record<string, unknown>,
		type = 'cnEsignApi',
	): Promise<SavedCredential> => {
		const existing = (await credentials()).find((entry) => entry.name === name);
		if (!existing)
			return await request<SavedCredential>('POST', '/credentials', { name, type, data });
		return await request<SavedCredential>('PATCH', `/credentials/${existing.id}`, {
			name,
			type,
			data,
		});
	};

	const testCredential = async (
		{ id, name, type }: SavedCredential,
		data: Record<string, unknown>,
	): Promise<{ status: string; message: string }> =>
		await request('POST', '/credentials/test', { credentials: { id, name, type, data } });

	const workflows = async () => await request<SavedWorkflow[]>('GET', '/workflows');

	const workflow = async (id: string) => await request<SavedWorkflow>('GET', `/workflows/${id}`);

	const createWorkflow = async (body: WorkflowBody): Promise<SavedWorkflow> =>
		await request<SavedWorkflow>('POST', '/workflows', {
			// n8n 1 has no default for it.
			active: false,
			settings: {},
			...body,
		});

	const updateWorkflow = async (id: string, body: WorkflowBody): Promise<SavedWorkflow> => {
		const { versionId } = await workflow(id);
		return await request<SavedWorkflow>('PATCH', `/workflows/${id}`, { ...body, versionId });
	};

	const activate = async (id: string): Promise<void> => {
		const { versionId } = await workflow(id);
		await request('POST', `/workflows/${id}/activate`, { versionId });
	};

	const deactivate = async (id: string): Promise<void> =>
		await request('POST', `/workflows/${id}/deactivate`, {});

	const execution = async (id: string): Promise<StoredExecution> => {
		const stored = await request<Omit<StoredExecution, 'data'> & { data: string }>(
			'GET',
			`/executions/${id}`,
		);
		return { ...stored, data: unflatten(stored.data) as StoredExecution['data'] };
	};

	/** Newest first. */
	const executions = async (
		workflowId: string,
	): Promise<Array<Pick<StoredExecution, 'id' | 'status' | 'mode'>>> => {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const found = await request<{ results: StoredExecution[] }>(
			'GET',
			`/executions?filter=${filter}&limit=100`,
		);
		return found.results;
	};

	const finished = async (id: string, timeoutMs = 60_000): Promise<StoredExecution> =>
		await until(
			`execution ${id} ends`,
			async () => {
				const stored = await execution(id);
				// n8n 1 may show the end a moment before the data.
				return ENDED.includes(stored.status) && stored.data ? stored : undefined;
			},
			{ timeoutMs },
		);

	/** Starts a workflow by its manual trigger, as *Execute workflow* does; returns the execution's id. */
	const start = async (id: string, triggerName: string): Promise<string> => {
		const { executionId } = await request<{ executionId: string }>('POST', `/workflows/${id}/run`, {
			workflowData: await workflow(id),
			triggerToStartFrom: { name: triggerName },
			startNodes: [],
		});
		return executionId;
	};

	/** Starts a workflow with what its chat trigger gives, as the chat beside the canvas does. */
	const startChat = async (
		id: string,
		triggerName: string,
		firstNode: string,
		chatInput: string,
	): Promise<string> => {
		const json = { sessionId: 'end-to-end', action: 'sendMessage', chatInput };
		const data = {
			startTime: Date.now(),
			executionTime: 0,
			executionIndex: 0,
			executionStatus: 'success',
			source: [null],
			data: { main: [[{ json }]] },
		};
		const { executionId } = await request<{ executionId: string }>('POST', `/workflows/${id}/run`, {
			workflowData: await workflow(id),
			triggerToStartFrom: { name: triggerName, data },
			startNodes: [{ name: firstNode, sourceData: null }],
		});
		return executionId;
	};

	/** The address of the rows of a data table, which is found by its name. */
	const rowsPath = async (name: string): Promise<string | undefined> => {
		const { data: tables } = await request<{
			data: Array<{ id: string; name: string; projectId: string }>;
		}>('GET', '/data-tables-global');
		const table = tables.find((entry) => entry.name === name);
		return table && `/projects/${table.projectId}/data-tables/${table.id}`;
	};

	/** All rows of a data table, oldest first; none where there is no such table. */
	const tableRows = async (name: string): Promise<Array<Record<string, unknown>>> => {
		const path = await rowsPath(name);
		const rows: Array<Record<string, unknown>> = [];
		for (let isLast = path === undefined; !isLast;) {
			const { data } = await request<{ data: Array<Record<string, unknown>> }>(
				'GET',
				`${path}/rows?skip=${rows.length}&take=100&sortBy=id:asc`,
			);
			rows.push(...data);
			isLast = data.length < 100;
		}
		return rows;
	};

	const addRow = async (name: string, row: Record<string, unknown>): Promise<void> => {
		await request('POST', `${await rowsPath(name)}/insert`, { data: [row], returnType: 'count' });
	};

	/** Changes the rows that have these values. */
	const changeRows = async (
		name: string,
		wanted: Record<string, unknown>,
		data: Record<string, unknown>,
	): Promise<void> => {
		const filters = Object.entries(wanted).map(([columnName, value]) => ({
			columnName,
			condition: 'eq',
			value,
		}));
		await request('PATCH', `${await rowsPath(name)}/rows`, {
			filter: { type: 'and', filters },
			data,
		});
	};

	/** The bytes of a binary entry, wherever n8n keeps them. */
	const binary = async (entry: BinaryEntry): Promise<Buffer> => {
		if (!entry.id) return Buffer.from(entry.data, 'base64');
		const { status, data } = await axios.get(`${origin}/rest/binary-data`, {
			params: { id: entry.id, action: 'download', fileName: entry.fileName ?? 'file' },
			headers: { 'browser-id': BROWSER_ID, cookie },
			responseType: 'arraybuffer',
			proxy: false,
			validateStatus: () => true,
		});
		if (status !== 200) throw new Error(`Binary data ${entry.id} was answered with ${status}`);
		return Buffer.from(data as ArrayBuffer);
	};

	/** Names of all nodes that the editor offers, those that n8n makes out of others among them. */
	const offeredNodes = async (): Promise<string[]> => {
		const { data } = await axios.get<Array<{ name: string }>>(`${origin}/types/nodes.json`, {
			headers: { 'browser-id': BROWSER_ID, cookie },
			proxy: false,
		});
		return data.map(({ name }) => name);
	};

	return {
		cookie: () => cookie,
		call,
		request,
		logIn,
		credentials,
		saveCredential,
		testCredential,
		workflows,
		workflow,
		createWorkflow,
		updateWorkflow,
		activate,
		deactivate,
		execution,
		executions,
		finished,
		start,
		startChat,
		tableRows,
		addRow,
		changeRows,
		binary,
		offeredNodes,
	};
};

export type RestClient = ReturnType<typeof restClient>;

/** The items that a node gave on its first output, in its last run. */
export const itemsOf = ({ data }: StoredExecution, node: string): RunItem[] =>
	data.resultData.runData[node]?.at(-1)?.data?.main[0] ?? [];
