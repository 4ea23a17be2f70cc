import { sign } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { keyPair } from '../../sandbox/kaifangqian/keys.mjs';
import type { Host } from '../host.mjs';
import { gbk } from './gbk.mjs';
import { eventsOf, itemsOf, kaifangqianStage, PLATFORM_WAITS, post, warnings } from './support.mjs';

const stage = await kaifangqianStage();
const { platformPublicKey } = stage.sandbox;
const credential = { platformPublicKey };

let body: string;
let signature: string;
beforeEach(async () => {
	const contractId = await stage.contract();
	const [first] = await stage.recorded(() => stage.sandbox.control.refuseSign(contractId));
	({ body, sign: signature } = first);
	stage.sandbox.requests.length = 0;
});

const signed = (bytes: string | Buffer) =>
	sign('RSA-SHA256', Buffer.from(bytes), keyPair('platform').privateKey).toString('base64');

const refused = async (host: Host, sent: string | Buffer, headers: Record<string, string>) => {
	const reply = await post(host.productionUrl, sent, headers);
	expect(reply).toMatchObject({ status: 401, text: '{"message":"Not accepted"}' });
	expect(reply.ms).toBeLessThan(PLATFORM_WAITS);
	await host.idle();
	expect(host.executions).toEqual([]);
	expect(warnings(host.logs)).toEqual([
		'CN E-Sign Trigger did not accept a callback: contract.signRefused: the signature is missing or wrong',
	]);
	// With a key the platform's word is not needed, so a forger cannot make the node call it.
	expect(stage.asked()).toEqual([]);
};

const accepted = async (host: Host, sent: string | Buffer, headers: Record<string, string>) => {
	const reply = await post(host.productionUrl, sent, headers);
	await host.idle();
	expect(reply).toMatchObject({ status: 200, text: 'success' });
	expect(itemsOf(host)).toMatchObject([{ event: 'contract.signRefused', verified: 'signature' }]);
};

describe('signature of a callback', () => {
	it('valid: starts the workflow', async () => {
		await accepted(await stage.host({ credential }), body, { sign: signature });
	});

	it('valid, with the key as bare Base64 and with Windows line breaks', async () => {
		const bare = platformPublicKey.replace(/-----[A-Z ]+-----|\s/g, '');
		await accepted(await stage.host({ credential: { platformPublicKey: bare } }), body, {
			sign: signature,
		});
		const windows = platformPublicKey.replaceAll('\n', '\r\n');
		await accepted(await stage.host({ credential: { platformPublicKey: windows } }), body, {
			sign: signature,
		});
	});

	it('of another key: 401', async () => {
		const other = sign('RSA-SHA256', Buffer.from(body), keyPair('stranger').privateKey);
		await refused(await stage.host({ credential }), body, { sign: other.toString('base64') });
	});

	it('of another body: 401', async () => {
		await refused(await stage.host({ credential }), body, { sign: signed(`${body} `) });
	});

	it('one byte of the body changed: 401', async () => {
		const tampered = body.replace('"contractId":"1', '"contractId":"2');
		expect(tampered).not.toBe(body);
		await refused(await stage.host({ credential }), tampered, { sign: signature });
	});

	it('the same content written anew: 401', async () => {
		const again = JSON.stringify(JSON.parse(body), null, 1);
		await refused(await stage.host({ credential }), again, { sign: signature });
	});

	for (const [what, value] of [
		['empty', ''],
		['blanks', '   '],
		['garbage', '*** not a signature ***'],
		['Base64 of nothing much', 'AAAA'],
		['cut off', 'half'],
		['very long', 'A'.repeat(6000)],
	]) {
		it(`${what}: 401`, async () => {
			const sent = value === 'half' ? signature.slice(0, 100) : value;
			await refused(await stage.host({ credential }), body, { sign: sent });
		});
	}

	it('missing: 401', async () => {
		await refused(await stage.host({ credential }), body, {});
	});

	it('sent by the platform, wrong in each way it can be: nothing starts, the platform tries again', async () => {
		const host = await stage.host({ credential });
		for (const mode of ['wrong', 'otherKey', 'garbage', 'none'] as const) {
			stage.sandbox.switches.callbackSignature = mode;
			await stage.contract();
			await stage.settled(host);
		}
		expect(host.executions).toEqual([]);
		expect(stage.sandbox.callbacks.deliveries).toHaveLength(12);
		expect(
			stage.sandbox.callbacks.deliveries.every(({ ok, answer }) => !ok && answer?.status === 401),
		).toBe(true);
		// Once the key fits again, the scheduled job brings what was refused with a right signature.
		stage.sandbox.switches.callbackSignature = 'valid';
		await stage.contract();
		await stage.settled(host);
		expect(eventsOf(host)).toEqual(['contract.sent']);
	});

	it('a public key that is none: 503, and the log names the field', async () => {
		for (const broken of ['not a key', keyPair('platform').privateKey, 'A'.repeat(400)]) {
			const host = await stage.host({ credential: { platformPublicKey: broken } });
			const reply = await post(host.productionUrl, body, { sign: signature });
			expect(reply).toMatchObject({ status: 503, text: '{"message":"Try again later"}' });
			expect(warnings(host.logs)).toHaveLength(1);
			expect(warnings(host.logs)[0]).toContain("'Platform Public Key' in the credential");
			expect(host.logs[0].meta).toEqual({ node: 'E-Sign Trigger' });
			expect(JSON.stringify(host.logs)).not.toContain(broken.slice(0, 40));
			expect(host.executions).toEqual([]);
		}
	});

	it('a mended key: what was answered 503 arrives with the next try', async () => {
		const broken = await stage.host({ credential: { platformPublicKey: 'not a key' } });
		await stage.contract();
		await stage.settled(broken);
		expect(broken.executions).toEqual([]);
		const [{ url, body: waiting, headers }] = stage.sandbox.callbacks.deliveries;
		expect(url).toBe(broken.productionUrl);
		const mended = await stage.host({ credential });
		await post(mended.productionUrl, waiting, { sign: headers.sign });
		await mended.idle();
		expect(eventsOf(mended)).toEqual(['contract.sent']);
	});
});

describe('character sets', () => {
	const named = (name: string) => body.replace(/"name":"[^"]*"/, `"name":"${name}"`);

	it('GBK bytes, signed as UTF-8 text: accepted, and the name is read', async () => {
		const text = named('王小二');
		const bytes = gbk(text);
		expect(bytes).not.toEqual(Buffer.from(text));
		const host = await stage.host({ credential });
		await accepted(host, bytes, { sign: signed(text) });
		expect(itemsOf(host)[0].signerName).toBe('王小二');
	});

	it('GBK bytes, signed as they are: accepted', async () => {
		const bytes = gbk(named('王小二'));
		await accepted(await stage.host({ credential }), bytes, { sign: signed(bytes) });
	});

	it('GBK bytes with the signature of another text: 401', async () => {
		await refused(await stage.host({ credential }), gbk(named('王小二')), { sign: signature });
	});

	it('UTF-8 with and without a byte order mark, signed without: accepted', async () => {
		const text = named('王小二😀');
		for (const sent of [Buffer.from(text), Buffer.from(`\ufeff${text}`)]) {
			// Under application/json n8n itself refuses the mark.
			await accepted(await stage.host({ credential }), sent, {
				sign: signed(text),
				'content-type': 'application/octet-stream',
			});
		}
	});

	it('GBK whose second byte is a backslash is taken for broken JSON by n8n: 422', async () => {
		const bytes = gbk(named('淺')); // 9C 5C
		const host = await stage.host({ credential });
		const reply = await post(host.productionUrl, bytes, { sign: signed(bytes) });
		expect(reply.status).toBe(422);
		// Under another content type n8n leaves it alone, and the node reads it.
		const other = await stage.host({ credential });
		await accepted(other, bytes, { sign: signed(bytes), 'content-type': 'text/json' });
		expect(itemsOf(other)[0].signerName).toBe('淺');
	});
});

describe('COMPLETE with a signature', () => {
	const completion = async (more = {}) => {
		const contractId = await stage.contract(more);
		const recorded = await stage.recorded(() => stage.sandbox.control.sign(contractId));
		stage.sandbox.requests.length = 0;
		return {
			contractId,
			...recorded.find((one) => one.body.includes('"callbackType":"COMPLETE"'))!,
		};
	};

	it('status COMPLETE: taken as it is, the platform is not asked', async () => {
		const { body: complete, sign: mark } = await completion();
		const host = await stage.host({ credential });
		expect(complete).toContain('"contractStatus":"COMPLETE"');
		await post(host.productionUrl, complete, { sign: mark });
		expect(eventsOf(host)).toEqual(['contract.completed']);
		expect(stage.asked()).toEqual([]);
	});

	it('status SIGNING, but completed meanwhile: contract.completed', async () => {
		const { contractId, body: complete, sign: mark } = await completion({ autoFinish: 0 });
		const host = await stage.host({ credential });
		stage.sandbox.control.setCallbackUrl(undefined);
		expect(complete).toContain('"contractStatus":"SIGNING"');
		await stage.post('/contract/finish', { contractId });
		const reply = await post(host.productionUrl, complete, { sign: mark });
		expect(reply.text).toBe('success');
		expect(itemsOf(host)).toMatchObject([
			{ event: 'contract.completed', contractStatus: 'COMPLETE', verified: 'signature' },
		]);
		expect(stage.asked()).toHaveLength(1);
	});

	it('status SIGNING, and it goes on: contract.allSigned after a second look', async () => {
		const { body: complete, sign: mark } = await completion({ autoFinish: 0 });
		const host = await stage.host({ credential });
		const reply = await post(host.productionUrl, complete, { sign: mark });
		expect(reply.text).toBe('success');
		expect(reply.ms).toBeLessThan(PLATFORM_WAITS);
		expect(itemsOf(host)).toMatchObject([
			{ event: 'contract.allSigned', contractStatus: 'SIGNING', verified: 'signature' },
		]);
		expect(stage.asked()).toHaveLength(2);
	});

	it('status SIGNING, and the platform cannot be asked: 503, so that no completion is lost', async () => {
		const { contractId, body: complete, sign: mark } = await completion({ autoFinish: 0 });
		const host = await stage.host({ credential });
		stage.sandbox.control.setCallbackUrl(undefined);
		await stage.post('/contract/finish', { contractId });
		stage.sandbox.failNext('/contract/tasks', 'throttled1');
		const first = await post(host.productionUrl, complete, { sign: mark });
		expect(first).toMatchObject({ status: 503 });
		expect(host.executions).toEqual([]);
		const second = await post(host.productionUrl, complete, { sign: mark });
		expect(second.text).toBe('success');
		expect(eventsOf(host)).toEqual(['contract.completed']);
	});
});
