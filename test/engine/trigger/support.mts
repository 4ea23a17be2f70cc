/** What the trigger's tests share: a stand-in per file, hosts that listen to it, contracts to act on. */
import type { IDataObject } from 'n8n-workflow';
import { afterAll, afterEach, beforeEach } from 'vitest';
import type { CallbackType, KaifangqianOptions } from '../../sandbox/kaifangqian/index.mjs';
import {
	autoSeal,
	clientOf,
	approvedBy,
	company,
	lisi,
	pdfOf,
	person,
} from '../../sandbox/kaifangqian/testing.mjs';
import type { QiandunOptions } from '../../sandbox/qiandun/index.mjs';
import { startHost, type Host, type HostOptions } from '../host.mjs';
import { credentialFor, startKaifangqian, type KaifangqianSandbox } from '../kaifangqian.mjs';
import {
	credentialFor as qiandunCredentialFor,
	startQiandun,
	type QiandunSandbox,
} from '../qiandun.mjs';
import { triggerWorkflow, type LogLine } from '../webhook.mjs';

export { approvedBy, company, lisi, person };

const placeOf = (controlType: string) => (docId: string) => ({
	positionParamList: [
		{
			controlType,
			signPositionType: 'POSITION',
			relationDocList: [{ docType: '1', docId }],
			pageConfig: '1',
			offsetX: '0.1',
			offsetY: '0.8',
		},
	],
});
const sealPlace = placeOf('SEAL');
export const signaturePlace = placeOf('SIGNATURE');

const pdf = await pdfOf('Contract');

export interface HostSettings extends HostOptions {
	/** The node's own parameters; `options` is its collection. */
	parameters?: IDataObject;
	credential?: IDataObject;
}

/** Hosts of one test, closed behind it. */
const hosting = () => {
	const open: Host[] = [];
	afterEach(async () => {
		await Promise.all(open.splice(0).map(async (host) => await host.close()));
	});
	return async (parameters: IDataObject, options: HostOptions): Promise<Host> => {
		const host = await startHost(triggerWorkflow(parameters), options);
		open.push(host);
		return host;
	};
};

export interface KaifangqianStage {
	sandbox: KaifangqianSandbox;
	secrets(credential?: IDataObject): ReturnType<typeof credentialFor>;
	/** A host whose production address the platform calls from now on. */
	host(settings?: HostSettings): Promise<Host>;
	/** A running contract with 李四 as its only signer, unless told; what is told may need the document's id. */
	contract(more?: IDataObject | ((docId: string) => IDataObject)): Promise<string>;
	/** Signers: our own seal, which is set automatically, then 李四. */
	sealed(docId: string): IDataObject;
	/** A call to the platform's API as another program would make it. */
	post(path: string, params: IDataObject): Promise<void>;
	/** Everything is delivered and every execution has ended. */
	settled(host: Host): Promise<void>;
	/** What the trigger asked the platform. */
	asked(): KaifangqianSandbox['requests'];
	/** The bodies that the platform sent, in order, a repeated one once for each attempt. */
	sent(): Array<{
		contractId: string;
		callbackType: CallbackType;
		contractStatus: string;
		taskId?: string;
	}>;
	/** A callback as the platform sent it, from the moment of `act` on. */
	recorded(act: () => unknown): Promise<Array<{ body: string; sign: string }>>;
}

export const kaifangqianStage = async (
	options: KaifangqianOptions = {},
): Promise<KaifangqianStage> => {
	const sandbox = await startKaifangqian({
		...options,
		// One call after the other, so that starts need not take their time.
		switches: { throttle: false, startMs: 0, ...options.switches },
	});
	const client = clientOf(sandbox);
	const startOne = hosting();
	beforeEach(() => sandbox.reset());
	afterAll(async () => await sandbox.close());

	const settled = async (host: Host) => {
		await sandbox.callbacks.idle();
		await host.idle();
	};
	return {
		sandbox,
		secrets: (credential) => credentialFor(sandbox, credential),
		async host({ parameters, credential, ...rest } = {}) {
			const host = await startOne(
				{ platform: 'kaifangqian', ...parameters },
				{ secrets: credentialFor(sandbox, credential), ...rest },
			);
			sandbox.control.setCallbackUrl(host.productionUrl);
			return host;
		},
		async contract(more = {}) {
			const docId = await client.upload(pdf);
			return await client.draft({
				signDocumentList: [{ docId }],
				signerList: [person(lisi, '1')],
				...(typeof more === 'function' ? more(docId) : more),
			});
		},
		sealed: (docId) => ({
			signerList: [
				company('SENDER', '1', autoSeal('1', { sealId: sandbox.sealId, ...sealPlace(docId) })),
				person(lisi, '2'),
			],
		}),
		async post(path, params) {
			const { json } = await client.post(path, params);
			if (json.code !== 10000) throw new Error(json.message as string);
		},
		settled,
		asked: () => sandbox.requests.filter(({ path }) => path === '/contract/tasks'),
		sent: () => sandbox.callbacks.deliveries.map(({ body }) => JSON.parse(body)),
		async recorded(act) {
			const sink = await startHost(triggerWorkflow({}), { secrets: {} });
			sandbox.control.setCallbackUrl(sink.productionUrl);
			const before = sandbox.callbacks.deliveries.length;
			// Whatever this receiver answers ends the matter: the bodies are what is wanted.
			sink.troubles.push(
				...Array.from({ length: 2000 }, () => ({
					kind: 'status' as const,
					status: 200,
					body: 'success',
				})),
			);
			await act();
			await sandbox.callbacks.idle();
			sandbox.control.setCallbackUrl(undefined);
			await sink.close();
			return sandbox.callbacks.deliveries
				.splice(before)
				.map(({ body, headers }) => ({ body, sign: headers.sign }));
		},
	};
};

export interface QiandunStage {
	sandbox: QiandunSandbox;
	/** A host whose production address the platform calls from now on. */
	host(settings?: HostSettings): Promise<Host>;
	settled(host: Host): Promise<void>;
	/** Options *Details Path* and *Confirm Path* as the stand-in serves them. */
	paths: { detailsPath: string; confirmPath: string };
}

export const qiandunStage = async (options: QiandunOptions = {}): Promise<QiandunStage> => {
	const sandbox = await startQiandun(options);
	const startOne = hosting();
	beforeEach(() => sandbox.reset());
	afterAll(async () => await sandbox.close());
	return {
		sandbox,
		paths: { detailsPath: sandbox.paths.details, confirmPath: sandbox.paths.confirm },
		async host({ parameters, credential, ...rest } = {}) {
			const host = await startOne(
				{ platform: 'qiandun', ...parameters },
				{ secrets: qiandunCredentialFor(sandbox, credential), ...rest },
			);
			await sandbox.control.setCallbackUrl(host.productionUrl);
			return host;
		},
		async settled(host) {
			await sandbox.callbacks.idle();
			await host.idle();
		},
	};
};

/** Every item that started a workflow. */
export const itemsOf = (host: Host): IDataObject[] => host.executions.flatMap(({ items }) => items);

export const eventsOf = (host: Host): string[] => itemsOf(host).map(({ event }) => event as string);

export const warnings = (logs: LogLine[]): string[] =>
	logs.filter(({ level }) => level === 'warn').map(({ message }) => message);

export interface Reply {
	status: number;
	type: string;
	text: string;
	ms: number;
}

/** A POST as anybody on the internet can make it. */
export const post = async (
	url: string,
	body: string | Buffer | undefined,
	headers: Record<string, string> = {},
	method = 'POST',
): Promise<Reply> => {
	const began = performance.now();
	const response = await fetch(url, {
		method,
		headers: { 'content-type': 'application/json', ...headers },
		...(body === undefined ? {} : { body }),
	});
	const text = await response.text();
	return {
		status: response.status,
		type: response.headers.get('content-type') ?? '',
		text,
		ms: performance.now() - began,
	};
};

/** The platform waits this long for an answer (docs/api/kaifangqian.md, 7.1). */
export const PLATFORM_WAITS = 5000;
