/** Addresses at which no connection comes about, each in its own way. */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import net, { type AddressInfo, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { startFaultProxy } from './proxy.mjs';

const der = (tag: number, ...parts: Buffer[]): Buffer => {
	const body = Buffer.concat(parts);
	const length = body.length;
	const size =
		length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
	return Buffer.concat([Buffer.from([tag, ...size]), body]);
};
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const utcTime = (date: Date) =>
	der(0x17, Buffer.from(`${date.toISOString().replace(/\D/g, '').slice(2, 14)}Z`));

/** A certificate that nobody has signed but itself: X.509 v1, P-256, valid for a day. */
export const ownCertificate = (): { key: string; cert: string } => {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const ecdsaWithSha256 = der(0x30, oid('2a8648ce3d040302'));
	const name = der(0x30, der(0x31, der(0x30, oid('550403'), der(0x0c, Buffer.from('127.0.0.1')))));
	const now = Date.now();
	const day = 24 * 3600 * 1000;
	const serial = der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)]));
	const validity = der(0x30, utcTime(new Date(now - day)), utcTime(new Date(now + day)));
	const keyInfo = publicKey.export({ type: 'spki', format: 'der' });
	const content = der(0x30, serial, ecdsaWithSha256, name, validity, name, keyInfo);
	const signature = sign('sha256', content, privateKey);
	const whole = der(0x30, content, ecdsaWithSha256, der(0x03, Buffer.from([0]), signature));
	const lines = whole
		.toString('base64')
		.match(/.{1,64}/g)!
		.join('\n');
	return {
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
		cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
	};
};

interface Nowhere {
	/** Without a path. */
	origin: string;
	/** Requests that arrived in spite of it. */
	heard(): number;
	close(): Promise<void>;
}

/** Whether a connection comes about within a while; those that do not are left waiting. */
const connects = async (port: number, sockets: Socket[]): Promise<boolean> =>
	await new Promise((resolve) => {
		const socket = net.connect(port, '127.0.0.1', () => resolve(true));
		sockets.push(socket.on('error', () => {}));
		setTimeout(() => resolve(false), 150);
	});

/** A port that nobody answers at: its queue of waiting connections is full and stays so. */
const startDeaf = async (): Promise<Nowhere> => {
	// Blocked as soon as it listens: whatever runs in the same thread would accept.
	const code = `
		const { parentPort } = require('node:worker_threads');
		const server = require('node:net').createServer();
		server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
			parentPort.postMessage(server.address().port);
			Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
		});`;
	const worker = new Worker(code, { eval: true });
	const port = await new Promise<number>((resolve) => worker.once('message', resolve));
	const fillers: Socket[] = [];
	// Two in a row that wait: the queue is full.
	for (let waiting = 0; waiting < 2;) waiting = (await connects(port, fillers)) ? 0 : waiting + 1;
	return {
		origin: `http://127.0.0.1:${port}`,
		heard: () => 0,
		async close() {
			for (const socket of fillers) socket.destroy();
			await worker.terminate();
		},
	};
};

const startCutting = async (): Promise<Nowhere> => {
	const server = net.createServer((socket) => {
		socket.on('error', () => {});
		socket.once('data', () => socket.resetAndDestroy());
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
		heard: () => 0,
		close: async () => await new Promise<void>((resolve) => server.close(() => resolve())),
	};
};

/** `target` stands behind it, so that a call that came through would be seen. */
const startProxied = async (target: string, withCertificate: boolean): Promise<Nowhere> => {
	const certificate = withCertificate ? ownCertificate() : undefined;
	const proxy = await startFaultProxy(target, { isDone: () => true, certificate });
	return {
		origin: `https://${proxy.host}`,
		heard: () => proxy.heard.length,
		close: async () => await proxy.close(),
	};
};

export const startNowhere = async (fault: string, target: string): Promise<Nowhere> => {
	if (fault === 'no connection in time') return await startDeaf();
	if (fault === 'TLS: cut during the handshake') return await startCutting();
	return await startProxied(target, fault === 'TLS: a certificate of its own');
};
