import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCaller, type Call } from '../../sandbox/qiandun/caller.mjs';
import { BUSINESS_TYPES, startQiandun, type QiandunSandbox } from '../../sandbox/qiandun/index.mjs';

interface Received {
	method: string;
	headers: IncomingHttpHeaders;
	body: string;
}

let sandbox: QiandunSandbox;
let call: Call;
let server: Server;
let url: string;
let received: Received[] = [];
let answerStatus = 200;

beforeAll(async () => {
	sandbox = await startQiandun();
	call = createCaller(sandbox);
	server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const body = Buffer.concat(chunks).toString();
			received.push({ method: request.method ?? '', headers: request.headers, body });
			response.writeHead(answerStatus).end();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`;
});
afterAll(async () => {
	await sandbox.close();
	server.closeAllConnections();
	server.close();
});
beforeEach(() => {
	received = [];
	answerStatus = 200;
});
afterEach(() => sandbox.reset());

const notifications = () =>
	received
		.filter(({ method }) => method === 'POST')
		.map(({ body }) => JSON.parse(body) as { transactionId: string; businessType?: string });

const details = (transactionId: string) =>
	call('POST', sandbox.paths.details, { body: { transactionId } });
const confirm = (transactionId: string) =>
	call('POST', sandbox.paths.confirm, { body: { transactionId } });

/** One action for each of the eight types, and what #39 must then say. */
function actions(): Array<[string, () => string | null, object]> {
	const { control, seeds } = sandbox;
	const { contractId, unfinishedAccountId: accountId } = seeds.contract;
	const corp = seeds.unauthenticatedCompany.accountId;
	const psn = seeds.unauthenticatedPerson.accountId;
	const position = {
		fileCode: seeds.files.onePage,
		signFieldPosition: { positionPage: 1, positionX: 5, positionY: 6 },
	};
	return [
		[
			'OPEN_CORP_AUTHORIZATION_AUDIT_RESULT',
			() => control.authorizationReviewed({ accountId: corp, verifyStatus: 'un_passed' }),
			{ accountId: corp, verifyStatus: 'un_passed' },
		],
		[
			'OPEN_PSN_FACE_RECOGNITION_RESULT',
			() => control.faceDone({ serviceId: 'S9', businessCode: 'B9' }),
			{ serviceId: 'S9', businessCode: 'B9', verifyStatus: 'passed' },
		],
		[
			'OPEN_PSN_CERT_RESULT',
			() => control.passPerson({ accountId: psn, data: { psnName: '钱七' } }),
			{ accountId: psn, verifyStatus: 'passed' },
		],
		[
			'OPEN_CORP_CERT_RESULT',
			() => control.passCompany({ accountId: corp }),
			{ accountId: corp, verifyStatus: 'passed' },
		],
		[
			'OPEN_CONTRACT_STATUS_CHANGED',
			() => control.contractStatusChanged(contractId),
			{ contractId, businessCode: 'BIZ-0001' },
		],
		[
			'OPEN_CONTRACT_SIGNED',
			() => control.contractSigned(contractId, accountId),
			{ contractId, accountId, signStatus: 'finished' },
		],
		[
			'OPEN_CONTRACT_AUTO_SIGN_SEAL_AUTH',
			() => control.authorise(seeds.sealIds.company),
			{ sealId: seeds.sealIds.company, accountId: seeds.company.accountId },
		],
		[
			'OPEN_GET_SEAL_POSITION',
			() => control.positionsDragged(seeds.files.onePage, [position]),
			{ fileCode: seeds.files.onePage, signFields: [position] },
		],
	];
}

describe('notifications', () => {
	it('tests the connection with one GET before it enables an address', async () => {
		await sandbox.control.setCallbackUrl(url);
		expect(received.map(({ method }) => method)).toEqual(['GET']);
		expect(sandbox.callbacks.connectivityTests).toMatchObject([{ url, status: 200 }]);

		sandbox.reset();
		await expect(sandbox.control.setCallbackUrl('http://127.0.0.1:1/')).rejects.toThrow();
		expect(sandbox.control.unknownType('OPEN_X')).toBeNull();
	});

	it('produces all eight types, to be pulled and confirmed', async () => {
		await sandbox.control.setCallbackUrl(url);
		const all = actions();
		expect(all.map(([type]) => type)).toEqual(BUSINESS_TYPES);
		for (const [businessType, act, content] of all) {
			received = [];
			const transactionId = act();
			await sandbox.callbacks.idle();
			expect(notifications()).toEqual([{ transactionId, businessType }]);
			const [{ headers } = { headers: {} as IncomingHttpHeaders }] = received;
			expect(headers['content-type']).toBe('application/json;charset=UTF-8');
			expect(Object.keys(headers).filter((name) => name.startsWith('x-ca'))).toEqual([]);

			const pulled = await details(String(transactionId));
			expect(pulled.json).toMatchObject({
				code: '200',
				result: { transactionId, businessType, ...content },
			});
			expect(sandbox.callbacks.pending()).toEqual([transactionId]);
			expect((await confirm(String(transactionId))).json).toMatchObject({
				code: '200',
				success: true,
			});
			expect(sandbox.callbacks.pending()).toEqual([]);
			const own = sandbox.callbacks.log.filter((event) => event.transactionId === transactionId);
			expect(own.map(({ what }) => what)).toEqual(['queued', 'delivered', 'pulled', 'confirmed']);
		}
		// The actions were real.
		expect(sandbox.control.company('CORP_UNAUTH_001')?.authenticated).toBe(true);
		expect(sandbox.control.person('PSN_UNAUTH_001')).toMatchObject({
			authenticated: true,
			psnName: '钱七',
		});
		const face = await call('POST', '/open/psnCert/faceResult', { body: { businessCode: 'B9' } });
		expect(face.json?.result.serviceId).toBe('S9');
	});

	it('sends only types that are switched on', async () => {
		await sandbox.control.setCallbackUrl(url, ['OPEN_CONTRACT_SIGNED']);
		for (const [type, act] of actions()) {
			const transactionId = act();
			expect(transactionId === null).toBe(type !== 'OPEN_CONTRACT_SIGNED');
		}
		await sandbox.callbacks.idle();
		expect(notifications()).toHaveLength(1);
		await sandbox.control.setCallbackUrl(null);
		expect(sandbox.control.unknownType('OPEN_CONTRACT_SIGNED')).toBeNull();
	});

	it('sends a type nobody has heard of, without businessType or with unknown members', async () => {
		await sandbox.control.setCallbackUrl(url);
		sandbox.switches.extraFields = { fresh: { nested: true } };
		const first = sandbox.control.unknownType('OPEN_SOMETHING_NEW', {
			contractId: '1897893172027068416',
		});
		await sandbox.callbacks.idle();
		expect(notifications()).toEqual([
			{ transactionId: first, businessType: 'OPEN_SOMETHING_NEW', fresh: { nested: true } },
		]);
		sandbox.switches.extraFields = {};
		sandbox.switches.omitBusinessType = true;
		const second = sandbox.control.unknownType('OPEN_SOMETHING_NEW');
		await sandbox.callbacks.idle();
		expect(notifications().at(-1)).toEqual({ transactionId: second });
		sandbox.switches.bigIntegers = true;
		expect((await details(String(first))).text).toContain('"contractId":1897893172027068416');
	});

	it('retries what was not received, and can deliver twice', async () => {
		await sandbox.control.setCallbackUrl(url);
		Object.assign(sandbox.switches, { callbackRetries: 2, callbackRetryDelayMs: 5 });
		answerStatus = 503;
		sandbox.control.unknownType('OPEN_X');
		await sandbox.callbacks.idle();
		expect(sandbox.callbacks.deliveries).toMatchObject([
			{ attempt: 1, reason: 'first', status: 503, received: false },
			{ attempt: 2, reason: 'retry' },
			{ attempt: 3, reason: 'retry' },
		]);
		answerStatus = 200;
		sandbox.switches.duplicateNotifications = true;
		sandbox.control.unknownType('OPEN_Y');
		await sandbox.callbacks.idle();
		expect(sandbox.callbacks.deliveries.slice(3)).toMatchObject([
			{ reason: 'first', received: true },
			{ reason: 'duplicate', received: true },
		]);
	});

	it('redelivers until #40 is called, by switch or by hand', async () => {
		await sandbox.control.setCallbackUrl(url);
		Object.assign(sandbox.switches, {
			redeliverUntilConfirmed: true,
			redeliverDelayMs: 10,
			redeliverLimit: 500,
		});
		const transactionId = String(sandbox.control.unknownType('OPEN_X'));
		await expect.poll(() => notifications().length).toBeGreaterThan(2);
		await confirm(transactionId);
		await sandbox.callbacks.idle();
		const count = notifications().length;
		await sandbox.callbacks.redeliver();
		expect(notifications()).toHaveLength(count);

		sandbox.switches.redeliverUntilConfirmed = false;
		sandbox.control.unknownType('OPEN_Y');
		await sandbox.callbacks.idle();
		await sandbox.callbacks.redeliver();
		expect(sandbox.callbacks.deliveries.at(-1)).toMatchObject({ reason: 'manual', attempt: 2 });
	});

	it('serves #39 and #40 behind the gate, as POST and GET, and refuses unknown ids', async () => {
		await sandbox.control.setCallbackUrl(url);
		const transactionId = String(sandbox.control.unknownType('OPEN_X'));
		const query: Array<[string, string]> = [['transactionId', transactionId]];
		expect((await call('GET', sandbox.paths.details, { query })).json?.code).toBe('200');
		expect((await call('GET', sandbox.paths.confirm, { query })).json?.code).toBe('200');
		expect((await confirm(transactionId)).json?.code).toBe('200');
		expect((await details('none')).json?.code).toBe('400');
		expect((await confirm('none')).json?.code).toBe('400');
		expect((await call('POST', sandbox.paths.confirm, { body: {} })).json?.code).toBe('400');
		await call('GET', sandbox.paths.details, { query, secret: 'wrong' });
		expect(sandbox.requests.at(-1)?.outcome).toBe('gate:wrongSignature');
	});
});
