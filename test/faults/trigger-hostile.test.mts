import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Host } from '../engine/host.mjs';
import { kaifangqianStage, post, qiandunStage } from '../engine/trigger/support.mjs';
import { attacker, delayDuring, statuses, uncaught, type Shot } from './attack.mjs';
import { figure } from './figures.mjs';

const stage = await kaifangqianStage();
const { sandbox } = stage;
const qiandun = await qiandunStage();
const attack = attacker();
const nobodyCaught = uncaught();

const claim = (contractId: unknown, more: object = {}) =>
	JSON.stringify({ contractId, contractStatus: 'COMPLETE', callbackType: 'COMPLETE', ...more });

/** Bytes on a socket of their own, as no HTTP client would send them; gives the first line of the answer. */
const onSocket = async (origin: string, text: string): Promise<string> =>
	await new Promise((resolve) => {
		const { hostname, port } = new URL(origin);
		const socket = connect(Number(port), hostname);
		let heard = '';
		socket.on('data', (chunk) => (heard += chunk.toString('latin1')));
		socket.on('close', () => resolve(heard.split('\r\n')[0]));
		socket.on('error', () => resolve(heard.split('\r\n')[0]));
		socket.write(text);
		setTimeout(() => socket.destroy(), 1500);
	});

/** Everything that an address known to everybody has to bear. */
const hostileShots = (url: string, real: string): Shot[] => {
	const other = (path: string) => new URL(path, url).href;
	const bodies: Array<string | Buffer> = [
		...['', 'null', '0', '"x"', '[]', '{', '{"a":', '\ufeff{}', '{"a":1}{"a":2}', "{'a':1}"],
		...['[', '{"a":', '{"signer":['].map((part) => part.repeat(20_000)),
		claim(real, { reason: 'x'.repeat(64 * 1024) }),
		claim(real, { reason: 'x'.repeat(1024 * 1024) }),
		...['__proto__', 'constructor', 'prototype', '\\u005f_proto__'].flatMap((key) => [
			`{"${key}":{"polluted":1},${claim(real).slice(1)}`,
			`{"signer":{"x":[{"${key}":{"polluted":1}}]},${claim(real).slice(1)}`,
		]),
		...[
			' ',
			'\t',
			'\0',
			'\u200b',
			'\u200d',
			'\u202e',
			'\u2066',
			'\ufeff',
			'\ud800',
			'\udfff',
			'\u0301',
		].flatMap((mark) => [
			claim(real + mark),
			claim(mark + real),
			claim(real.slice(0, 9) + mark + real.slice(9)),
		]),
		...[
			'../',
			'/../../',
			'%2e%2e%2f',
			'?a=b',
			'#a',
			'&contractId=1',
			';a',
			'\r\nX: y',
			'@evil',
			'\\',
		].map((mark) => claim(real + mark)),
		claim([...real].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join('')),
		...[[real], { $eq: real }, true, 1e30, -1, { toString: real }].map((id) => claim(id)),
		claim(real).replace('{', `{"contractId":"${real}x",`).replace('COMPLETE","', 'RECALLED","'),
		Buffer.from([0xff, 0xfe, 0x00, 0x81, 0x8d]),
		Buffer.from(claim(real), 'utf16le'),
	];
	const shots: Shot[] = bodies.map((body) => ({ url, body }));
	const types = [
		'text/plain',
		'application/xml',
		'application/x-www-form-urlencoded',
		'a/b; charset=x',
	];
	shots.push(
		...types.map((type) => ({ url, body: claim(real), headers: { 'content-type': type } })),
		{
			url,
			body: `--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n${claim(real)}\r\n--x--\r\n`,
			headers: { 'content-type': 'multipart/form-data; boundary=x' },
		},
		// A bomb: 20 MB out of 20 KB.
		{
			url,
			body: gzipSync(Buffer.alloc(20 * 1024 * 1024, 32)),
			headers: { 'content-encoding': 'gzip' },
		},
		{ url, body: 'no gzip', headers: { 'content-encoding': 'gzip' } },
		{ url, body: claim(real), headers: { 'content-encoding': 'br' } },
		...['x'.repeat(8000), 'A'.repeat(344), '=', ','.repeat(2000)].map((sign) => ({
			url,
			body: claim(real),
			headers: { sign },
		})),
		{
			url,
			body: claim(real),
			headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' },
		},
		...['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'].map((method) => ({
			url,
			method,
			body: claim(real),
		})),
		{ url, method: 'GET', body: claim(real) },
		...[
			`${url}x`,
			`${url}/../esign`,
			other('/webhook/'),
			other('/webhook/esign'),
			`${url}%00`,
			`${url}/%2e%2e`,
		].map((address) => ({ url: address, body: claim(real) })),
		{
			url: `${url}?secret[]=a&secret=b&__proto__[polluted]=1&constructor.prototype.polluted=1`,
			body: claim(real),
		},
	);
	return shots;
};

const expectOnlyQuestions = () => {
	for (const { method, path, query, headers } of sandbox.requests) {
		expect([method, path]).toEqual(['GET', '/contract/tasks']);
		const own = ['appAuthToken', 'contractId', 'operatorAccount', 'uniqueCode'];
		expect(Object.keys(query).sort()).toEqual(own);
		expect(query.operatorAccount).toBe('n8n');
		expect(query.appAuthToken).toBe(sandbox.token);
		expect(headers.host).toBe(new URL(sandbox.origin).host);
	}
};

/** A contract that runs: nothing that says it is completed is true. */
const target = async (settings: Parameters<typeof stage.host>[0] = {}) => {
	sandbox.control.setCallbackUrl(undefined);
	const contractId = await stage.contract();
	const host = await stage.host(settings);
	sandbox.requests.length = 0;
	return { host, contractId };
};

const quietly = async (host: Host) => {
	await host.idle();
	expect(host.executions).toEqual([]);
	expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
	expect(JSON.stringify(host.logs)).not.toContain('polluted');
	expect(nobodyCaught.count).toBe(0);
};

describe('whatever is sent to the address', () => {
	it('starts nothing, steers no question elsewhere, pollutes nothing, and is answered', async () => {
		const { host, contractId } = await target();
		const shots = hostileShots(host.productionUrl, contractId);
		const { result: hits, p99, max } = await delayDuring(async () => await attack(shots, 20));
		const counts = statuses(hits);
		console.log(
			`${shots.length} kinds, answers`,
			counts,
			`delay ${p99.toFixed(1)} / ${max.toFixed(1)} ms`,
		);
		for (const [index, { status, text }] of hits.entries()) {
			const { method = 'POST' } = shots[index];
			expect(status, String(shots[index].body).slice(0, 200)).not.toBe(0);
			if (method !== 'GET') expect(text).not.toBe('success');
		}
		await quietly(host);
		const started = host.executions.length;
		expectOnlyQuestions();
		expect(host.staticData()).toEqual({});
		// The process is as well as before.
		sandbox.control.setCallbackUrl(host.productionUrl);
		sandbox.control.sign(contractId);
		await stage.settled(host);
		expect(host.executions).toHaveLength(2);
		await figure('trigger', 'Kinds of hostile requests, one by one', shots.length);
		await figure('trigger', '– that started an execution, or a question elsewhere', started);
	});

	it('with a signature demanded: nothing is asked at all', async () => {
		const { host, contractId } = await target({
			credential: { platformPublicKey: sandbox.platformPublicKey },
		});
		const hits = await attack(hostileShots(host.productionUrl, contractId), 20);
		for (const { status } of hits) expect(status).not.toBe(0);
		await quietly(host);
		expect(sandbox.requests).toEqual([]);
	});

	it('with a URL secret: not even a known contract is asked about, and the secret is in no answer', async () => {
		const { host, contractId } = await target({
			parameters: { options: { urlSecret: 'sesame' } },
		});
		const shots = hostileShots(host.productionUrl, contractId);
		const guesses = ['sesam', 'sesame%00', 'sesame&secret=x', 'SESAME', '%73esame%20', '__proto__'];
		shots.push(
			...guesses.map((guess) => ({
				url: `${host.productionUrl}?secret=${guess}`,
				body: claim(contractId),
			})),
		);
		const hits = await attack(shots, 20);
		for (const { text } of hits) expect(text).not.toContain('sesame');
		await host.idle();
		expect(host.executions).toEqual([]);
		expect(sandbox.requests).toEqual([]);
	});

	it('malformed HTTP and injected headers: the server refuses, no question carries them', async () => {
		const { host, contractId } = await target();
		const { pathname } = new URL(host.productionUrl);
		const body = claim(contractId);
		const head = `POST ${pathname} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`;
		const attempts = [
			`${head}Content-Length: ${body.length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${body}`,
			`${head}Content-Length: 5\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
			`${head}sign: a\r\n injected: b\r\nContent-Length: 2\r\n\r\n{}`,
			`${head}sign: a\x00b\r\nContent-Length: 2\r\n\r\n{}`,
			`${head}X: ${'y'.repeat(100_000)}\r\n\r\n`,
			`POST ${pathname}\r\nappAuthToken: X HTTP/1.1\r\n\r\n`,
			`${head}Content-Length: -1\r\n\r\n${body}`,
			`${head}Content-Length: 999999\r\n\r\n${body}`,
			'\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
		];
		const lines = await Promise.all(
			attempts.map(async (text) => await onSocket(host.origin, text)),
		);
		console.log(lines);
		for (const line of lines) expect(line).not.toContain('200');
		await quietly(host);
		expectOnlyQuestions();
	});

	it('300 bodies that drip in byte by byte do not keep true callbacks waiting', async () => {
		const { host, contractId } = await target();
		const { hostname, port, pathname } = new URL(host.productionUrl);
		const sockets = Array.from({ length: 300 }, () => {
			const socket = connect(Number(port), hostname);
			socket.on('error', () => {});
			socket.write(
				`POST ${pathname} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`,
			);
			return socket;
		});
		const drip = setInterval(() => sockets.forEach((socket) => socket.write(' ')), 20);
		await sleep(300);
		sandbox.control.setCallbackUrl(host.productionUrl);
		sandbox.control.sign(contractId);
		await sandbox.callbacks.idle();
		expect(host.executions).toHaveLength(2);
		expect(sandbox.callbacks.deliveries.every(({ ok, attempt }) => ok && attempt === 1)).toBe(true);
		clearInterval(drip);
		sockets.forEach((socket) => socket.destroy());
		await stage.settled(host);
		expect(host.executions).toHaveLength(2);
		expect(nobodyCaught.count).toBe(0);
	});
});

describe('Qiandun', () => {
	it('500 forged transactions at once: none starts anything, and the platform is asked 20 at a time', async () => {
		const host = await qiandun.host({ parameters: { options: qiandun.paths } });
		const shots = Array.from({ length: 500 }, (_, index) => ({
			url: host.productionUrl,
			body: JSON.stringify({
				transactionId: `../${index}\r\n?a=b#`,
				businessType: 'OPEN_CONTRACT_SIGNED',
				contractId: '1',
			}),
		}));
		const hits = await attack(shots, 500);
		for (const { status } of hits) expect([401, 503]).toContain(status);
		await quietly(host);
		const { requests } = qiandun.sandbox;
		expect(requests.length).toBeLessThanOrEqual(500);
		for (const { path } of requests) expect(path).toBe(`/api${qiandun.paths.detailsPath}`);
		expect((await post(host.productionUrl, undefined, {}, 'GET')).text).toBe('success');
		await figure(
			'trigger',
			'Forged transactions of Qiandun, 500 at once: executions',
			host.executions.length,
		);
	});
});
