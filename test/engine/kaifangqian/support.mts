/** What the engine tests of Kaifangqian share: a stand-in per file, files to send, signers to name. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { afterAll, beforeEach, expect } from 'vitest';
import type {
	Fault,
	KaifangqianOptions,
	RecordedRequest,
} from '../../sandbox/kaifangqian/index.mjs';
import { pdfOf } from '../../sandbox/kaifangqian/testing.mjs';
import { fileItem } from '../engine.mjs';
import type { NodeRun } from '../node.mjs';
import { actingOn, startKaifangqian, type Act, type KaifangqianSandbox } from '../kaifangqian.mjs';
import { startServer } from '../localServer.mjs';
import { forgetTurns } from '../turns.mjs';

export const pdf = Buffer.from(await pdfOf('Contract', 'Second page'));

/** A member of the stand-in's company who signs, and a person from outside. */
export const lisi = { name: '李四', contactType: 'MOBILE', contact: '13900139000' };
export const wangwu = { name: '王五', contactType: 'EMAIL', contact: 'wangwu@example.com' };

export interface Setting {
	sandbox: KaifangqianSandbox;
	act: Act;
	/**
	 * Runs an operation that must succeed with one call, and gives its output and that call. Besides, it asks
	 * for the contract as often as `looks` says.
	 */
	done(
		resource: string,
		operation: string,
		parameters: IDataObject,
		looks?: { before?: number; after?: number },
	): Promise<{ json: IDataObject[]; request: RecordedRequest }>;
	/**
	 * Runs an operation that must be refused before anything is sent, and gives its words. No call was made
	 * for it, so no file and no draft of it is on the platform.
	 */
	refused(...call: Parameters<Act>): Promise<{ message: string; description: string }>;
	/** The requests to one path, in the order of their arrival. */
	sent(path?: string): RecordedRequest[];
	/** Uploads a PDF and returns its id. */
	upload(): Promise<string>;
	/** Starts a contract with 李四 as its only signer and returns its id. */
	contract(more?: IDataObject): Promise<string>;
}

/** A stand-in for this file's tests: cleared before each, closed after all. Throttled only on demand. */
export const stage = async (options: KaifangqianOptions = {}): Promise<Setting> => {
	const switches = { throttle: false, ...options.switches };
	const sandbox = await startKaifangqian({ ...options, switches });
	beforeEach(() => {
		sandbox.reset();
		forgetTurns();
	});
	afterAll(async () => await sandbox.close());
	const acting = actingOn(sandbox);
	// Nothing is throttled, so nothing need be paced.
	const act: Act = async (resource, operation, { options: chosen, ...parameters } = {}, more) =>
		await acting(
			resource,
			operation,
			{ options: { callsPerSecond: 0, ...(chosen as IDataObject) }, ...parameters },
			more,
		);

	const upload = async (): Promise<string> => {
		const { items, error } = await act('document', 'upload', {}, { input: [await pdfItem()] });
		if (error) throw error;
		return items[0].json.docId as string;
	};
	const contract = async (more: IDataObject = {}): Promise<string> => {
		const { items, error } = await act('contract', 'create', {
			...operatorOf(sandbox),
			signReId: fromList(sandbox.lines.free),
			subject: '服务合同',
			signDocumentList: await upload(),
			signersInput: 'json',
			signersJson: JSON.stringify([personSigner()]),
			...more,
		});
		if (error) throw error;
		return items[0].json.contractId as string;
	};
	const sent = (path?: string) =>
		sandbox.requests.filter((request) => path === undefined || request.path === path);
	const done: Setting['done'] = async (resource, operation, parameters, looks = {}) => {
		const { before = 0, after = 0 } = looks;
		const begin = sandbox.requests.length;
		const { items, error } = await act(resource, operation, parameters);
		if (error) throw error;
		const requests = sandbox.requests.slice(begin);
		expect(requests).toHaveLength(before + 1 + after);
		const [request] = requests.splice(before, 1);
		expect(request.unknownFields).toEqual([]);
		for (const look of requests) {
			const { contractId, options: chosen } = parameters;
			const { operatorAccount } = (chosen ?? {}) as IDataObject;
			expect([look.method, look.path]).toEqual(['GET', '/contract/tasks']);
			expect(queryOf(look)).toEqual({ contractId, operatorAccount });
		}
		for (const { pairedItem } of items) expect(pairedItem).toEqual({ item: 0 });
		return { json: items.map(({ json }) => json), request };
	};
	const refused: Setting['refused'] = async (...call) => {
		const before = [sandbox.requests.length, sandbox.control.contracts().length];
		const { run, items, error } = await act(...call);
		expect([sandbox.requests.length, sandbox.control.contracts().length]).toEqual(before);
		expect(items).toEqual([]);
		expect(run.status).toBe('error');
		expect(error?.name).toBe('NodeOperationError');
		expect(error?.context.itemIndex).toBe(0);
		expect(error?.context.outcomeUnknown).toBeUndefined();
		expect(error?.description).toBeTruthy();
		return { message: error?.message ?? '', description: error?.description ?? '' };
	};
	return { sandbox, act, done, refused, sent, upload, contract };
};

export const pdfItem = async (json: IDataObject = {}): Promise<INodeExecutionData> =>
	await fileItem(pdf, '服务合同.pdf', 'application/pdf', json);

/**
 * A business line as chosen in the editor. Unlike `byId`, n8n checks it with no pattern: that check is
 * given 250 ms of wall time, which a busy machine can exceed.
 */
export const fromList = (value: string): IDataObject => ({ __rl: true, mode: 'list', value });

export const byId = (value: string): IDataObject => ({ __rl: true, mode: 'id', value });

export const operatorOf = ({ operator }: KaifangqianSandbox): IDataObject => ({
	operatorName: operator.name,
	operatorContact: operator.contact,
});

/** 李四 as signer without positions, in the wire's form. */
export const personSigner = (more: IDataObject = {}): IDataObject => ({
	signerType: 'RECEIVER_PERSONAL',
	signerName: lisi.name,
	signerOrder: '1',
	receiver: lisi,
	...more,
});

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export const isUuid = (value: unknown): boolean => typeof value === 'string' && UUID.test(value);

export const rawText = ({ rawBody }: RecordedRequest): string => {
	if (!Buffer.isBuffer(rawBody)) throw new Error('The body was too large to be recorded');
	return rawBody.toString('utf8');
};

/** Without what every call carries; an account that the user has set is the call's own. */
const own = (parameters: IDataObject): IDataObject => {
	const { appAuthToken: _token, uniqueCode: _code, operatorAccount, ...rest } = parameters;
	return operatorAccount === 'n8n' ? rest : { ...rest, operatorAccount };
};

/** The operation's own part of a JSON body, without the common fields. */
export const bodyOf = (request: RecordedRequest): IDataObject => own(JSON.parse(rawText(request)));

/** The operation's own part of a query, without the common fields. */
export const queryOf = ({ query }: RecordedRequest): IDataObject => own(query);

/** What the node said beside its output, without stopping. */
export const hintsOf = ({ run }: Pick<NodeRun, 'run'>): string[] =>
	(run.data.resultData.runData['E-Sign'][0].hints ?? []).map(({ message }) => message);

/** Another local server, which must hear nothing of what is meant for the platform. */
export const startOther = async (answer: { type: string; body: string } = asJson) => {
	const heard: string[] = [];
	const origin = await startServer((request, response) => {
		heard.push(`${request.method} ${request.url}`);
		response.writeHead(200, { 'Content-Type': answer.type }).end(answer.body);
	});
	return { origin, heard };
};

const asJson = { type: 'application/json', body: '{"code":10000,"message":"成功","result":[]}' };

export const redirectTo = (origin: string): Fault => ({
	status: 302,
	body: '',
	headers: { location: `${origin}/elsewhere` },
});
