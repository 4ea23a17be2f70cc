/** Parameter sets through the operations, the client and the credential's signature, up to the wire. */
import { createHash, generateKeyPairSync, verify } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import {
	NodeOperationError,
	type IBinaryData,
	type IDataObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';
import { expect, it } from 'vitest';
import { CnEsignApi } from '../../credentials/CnEsignApi.credentials.js';
import type { PlatformDefinition } from '../../nodes/CnEsign/platforms/definition.js';
import { createClient } from '../../nodes/CnEsign/runtime/http/createClient.js';
import { openJournal } from '../../nodes/CnEsign/runtime/http/retryJournal.js';
import { readParameters } from '../../nodes/CnEsign/runtime/items/parameters.js';
import { bytesOf, expectedString, hmac } from '../unit/platforms/qiandun/support.mjs';
import { node } from '../unit/support.mjs';
import { figure } from './figures.mjs';
import { isUsual, RUNS } from './fuzzing.mjs';
import { answersTo, checkWay, fileAt, waysWalked, type Sent } from './fuzzedWays.mjs';
import { nearlyRight, valuesOf } from './parameterSets.mjs';

// Short, because tens of thousands of signatures are made with it.
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });

const TOKEN = 'PV9LQWZA';
const SECRET = 'demoSecret';
const credentials: Record<string, IDataObject & { baseUrl: string }> = {
	kaifangqian: {
		platform: 'kaifangqian',
		baseUrl: 'https://sign.example:8443/resrun-paas/kaifangqian/openAPI/V2',
		appAuthToken: TOKEN,
		secret: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
	},
	qiandun: {
		platform: 'qiandun',
		baseUrl: 'https://api.qiandun.example/api',
		appKey: 'demoKey',
		secret: SECRET,
	},
};

const settings = {
	itemsInParallel: 1,
	callsPerSecond: 0,
	retries: 0,
	timeout: 1000,
	signal: undefined,
};
const api = new CnEsignApi();
const PDF = Buffer.from('%PDF-1.4 made up');

/** One item with two files, the first under a name that a header or a path must not take as it is. */
const inputOf = (values: Record<string, unknown>): INodeExecutionData => {
	const file = (fileName: string): IBinaryData => ({
		data: PDF.toString('base64'),
		fileName,
		mimeType: 'application/pdf',
	});
	const first = file(String(values.fileName ?? 'a"\r\nb.pdf'));
	return { json: {}, binary: { data: first, more: file('more.pdf') } };
};

/** As it arrives, in bytes; whole at once, because the node waits a moment for more of a short one. */
const streamed = (bytes: Buffer) => Readable.from([bytes], { objectMode: false });

/** As much of an execution as operations use; what they send is signed by the credential, then kept. */
const execution = (
	values: Record<string, unknown>,
	platform: string,
	name: string,
	sent: Sent[],
) => {
	const input = inputOf(values);
	const memory: IDataObject = {};
	const result = answersTo(name, sent);
	return {
		getNode: () => node,
		getCredentials: async () => credentials[platform],
		getTimezone: () => 'Asia/Shanghai',
		getExecutionCancelSignal: () => undefined,
		addExecutionHints: () => {},
		logger: { warn: () => {} },
		getInputData: () => [input],
		getContext: () => memory,
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		getNodeParameter: (name: string, _index: number, fallback: unknown) =>
			Object.hasOwn(values, name) ? values[name] : fallback,
		helpers: {
			assertBinaryData(_index: number, field: unknown) {
				if (typeof field === 'string' && Object.hasOwn(input.binary!, field))
					return input.binary![field];
				throw new NodeOperationError(node, 'The item has no such binary field');
			},
			prepareBinaryData: async (bytes: Readable, fileName: string, mimeType: string) => ({
				data: (await buffer(bytes)).toString('base64'),
				fileName,
				mimeType,
			}),
			async httpRequestWithAuthentication(_type: string, options: IHttpRequestOptions) {
				const signed = (await (api.authenticate as (...args: unknown[]) => unknown)(
					credentials[platform],
					options,
				)) as IHttpRequestOptions & { uri?: string };
				const { body } = signed as { body?: unknown };
				sent.push({
					method: signed.method ?? 'GET',
					url: signed.uri ?? signed.url,
					headers: signed.headers as Record<string, string>,
					body: await bytesOf(body),
				});
				expect(signed.disableFollowRedirect).toBe(true);
				const code = platform === 'qiandun' ? '200' : 10000;
				const address = signed.uri ?? signed.url;
				const file = platform === 'kaifangqian' ? fileAt(address) : undefined;
				const json = JSON.stringify({ code, success: true, result: result(address) });
				return {
					statusCode: 200,
					headers: { 'content-type': file ? 'application/octet-stream' : 'application/json' },
					body:
						options.encoding === 'stream' ? streamed(file ?? Buffer.from('{}'.padEnd(2000))) : json,
				};
			},
		},
	} as unknown as IExecuteFunctions;
};

const poison = /"(?:__proto__|constructor|prototype)":/;

const pairsOf = (url: string): Array<[string, string]> =>
	(url.split('?')[1] ?? '')
		.split('&')
		.filter((pair) => pair !== '')
		.map((pair) => pair.split('=').map(decodeURIComponent) as [string, string]);

/** By docs/api/kaifangqian.md, 2.3, read off what goes over the wire. */
const checkKaifangqian = ({ method, url, headers, body }: Sent) => {
	const signature = Buffer.from(headers.sign, 'base64');
	const pairs = pairsOf(url);
	if (method === 'POST') {
		expect(verify('sha256', body, publicKey, signature)).toBe(true);
		const json = JSON.parse(body.toString()) as IDataObject;
		expect(json.appAuthToken).toBe(TOKEN);
		expect(json.uniqueCode).toMatch(/^[0-9a-f-]{36}$/);
		expect(body.toString().split('"appAuthToken":')[1].startsWith(`"${TOKEN}"`)).toBe(true);
		expect(pairs).toEqual([]);
	} else {
		const text = pairs
			.filter(([, value]) => value.trim() !== '')
			.map(([name, value], index) => ({ name, value, index }))
			.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.index - b.index))
			.map(({ name, value }) => `${name}=${value}`)
			.join('&');
		expect(verify('sha256', Buffer.from(text), publicKey, signature)).toBe(true);
		const tokens = pairs.filter(([name]) => name === 'appAuthToken');
		expect(tokens).toEqual([['appAuthToken', TOKEN]]);
		expect(pairs.filter(([name]) => name === 'uniqueCode')).toHaveLength(1);
		expect(body).toHaveLength(0);
	}
	expect(headers.appAuthToken).toBe(TOKEN);
};

/** By docs/api/qiandun.md, 2.2. */
const checkQiandun = (request: Sent) => {
	const { headers, body } = request;
	expect(headers['X-Ca-Signature']).toBe(hmac(SECRET, expectedString(request)));
	expect(headers['X-Ca-Key']).toBe('demoKey');
	if (headers['Content-MD5'] !== undefined)
		expect(headers['Content-MD5']).toBe(createHash('md5').update(body).digest('base64'));
	expect(JSON.stringify(headers)).not.toContain(SECRET);
};

// A message made for a person, not what the engine says when something is not what it should be.
const CRASH =
	/Cannot (?:read|set|convert|destructure)|is not a function|is not iterable|undefined|Maximum call|Unexpected token|Invalid array|\[object/;

/** The operation that makes the most calls. */
const SENDING = 'contract.sendFiles';

const pathsSeen = new Map<string, Set<string>>();

const checkSent = (request: Sent, platform: string, name: string, choosesPath: boolean) => {
	const base = new URL(credentials[platform].baseUrl);
	const url = new URL(request.url);
	expect(url.origin).toBe(base.origin);
	expect(url.username + url.password + url.hash).toBe('');
	const path = decodeURIComponent(url.pathname);
	expect(path.startsWith(`${base.pathname}/`)).toBe(true);
	expect(path).not.toMatch(/(?:^|\/)\.\.?(?:\/|$)|\\|;/);
	if (!choosesPath) {
		const seen = pathsSeen.get(name) ?? new Set<string>();
		pathsSeen.set(name, seen.add(`${request.method} ${url.pathname}`));
		// Kaifangqian's operations may make several: checkWay says which.
		if (platform === 'qiandun') expect([...seen], name).toHaveLength(1);
	}
	expect(Object.entries(request.headers).flat().join(' ')).not.toMatch(/[\r\n\0]/);
	const isForm = request.headers['Content-Type']?.startsWith('multipart/') ?? false;
	if (!isForm) expect(request.body.toString()).not.toMatch(poison);
	expect(
		pairsOf(request.url).some(([key]) => /^(?:__proto__|constructor|prototype)$/.test(key)),
	).toBe(false);
	if (platform === 'qiandun') checkQiandun(request);
	else checkKaifangqian(request);
};

/** IDs given as text at the top: on the wire under the same name, digit by digit. */
const checkIds = ({ url, body }: Sent, values: Record<string, unknown>) => {
	const json =
		body.length > 0 && body[0] === 0x7b ? (JSON.parse(body.toString()) as IDataObject) : {};
	const onWire = { ...Object.fromEntries(pairsOf(url)), ...json };
	let found = 0;
	for (const name of ['contractId', 'taskId', 'signReId', 'accountId', 'orderNo', 'sealId']) {
		const given = values[name];
		if (typeof given !== 'string' || !/^19\d{17}$/.test(given) || !Object.hasOwn(onWire, name))
			continue;
		expect(onWire[name]).toBe(given);
		found += 1;
	}
	return found;
};

/** Nothing is sent with a preview, and with the ID of an earlier run nothing is started. */
const started = (properties: INodeProperties[]) =>
	nearlyRight(properties).map((values) => {
		const { contractId: _earlier, ...options } = (values.options ?? {}) as IDataObject;
		return { ...values, options: { ...options, previewPositions: false } };
	});

/** Parameter sets through all operations of a platform. */
export const fuzzRequests = (platform: PlatformDefinition): void => {
	const operations = platform.actions.resources.flatMap((resource) =>
		resource.operations.map((operation) => ({
			name: `${resource.value}.${operation.value}`,
			operation,
		})),
	);
	const parameterSet = fc.oneof(
		...operations.map(({ name, operation }) =>
			fc
				.oneof(
					{ weight: 2, arbitrary: valuesOf(operation.properties) },
					{ weight: 1, arbitrary: nearlyRight(operation.properties) },
					...(name === SENDING ? [{ weight: 3, arbitrary: started(operation.properties) }] : []),
				)
				.map((values) => ({ name, operation, values })),
		),
	);

	it(`${platform.name}: ${RUNS.toLocaleString('en')} parameter sets through ${operations.length} operations: each ends in a message, or in requests that are right`, async () => {
		const counts = { sent: 0, ids: 0, refused: 0 };
		const reached = new Set<string>();
		await fc.assert(
			fc.asyncProperty(parameterSet, async ({ name, operation, values }) => {
				const sent: Sent[] = [];
				const exec = execution(values, platform.value, name, sent);
				const credential = credentials[platform.value];
				const client = createClient(platform.actions.client, exec, settings, credential);
				const parameters = readParameters(exec, 0, operation.properties);
				try {
					await operation.run({
						exec,
						index: 0,
						indexes: [0],
						parameters,
						settings,
						credential,
						client: client.forItem(0, openJournal(exec).forItem(0)),
					});
				} catch (thrown) {
					const { message, name: kind } = thrown as Error;
					expect(kind, message).toMatch(
						/^(?:Node(?:Operation|Api)Error|UserError|OperationalError)$/,
					);
					expect(message).not.toMatch(CRASH);
					counts.refused += sent.length === 0 ? 1 : 0;
				}
				for (const request of sent) {
					const choosesPath = operation.properties.some((property) => property.name === 'path');
					checkSent(request, platform.value, name, choosesPath);
					counts.ids += checkIds(request, values);
					reached.add(name);
				}
				const { checkStarted } = (values.options ?? {}) as IDataObject;
				const looks = checkStarted !== false && checkStarted !== 'false';
				if (platform.value === 'kaifangqian') checkWay(name, sent, { looks });
				counts.sent += sent.length;
			}),
			{ numRuns: RUNS },
		);
		console.log(platform.name, counts);
		expect(counts.sent).toBeGreaterThan(RUNS / 10);
		expect(counts.ids).toBeGreaterThan(RUNS / 50);
		// Every operation's builder was reached, so none was only refused at the door.
		expect(operations.map(({ name }) => name).filter((name) => !reached.has(name))).toEqual([]);
		if (reached.has(SENDING)) {
			console.log(waysWalked);
			expect(Math.min(...Object.values(waysWalked))).toBeGreaterThan(RUNS / 10_000);
		}
		await figure('fuzz', `Parameter sets through the operations of ${platform.name}`, RUNS, {
			measured: !isUsual,
		});
		await figure('fuzz', `– requests signed and checked (${platform.name})`, counts.sent, {
			measured: true,
		});
	}, 600_000);
};
