import { createSign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openJson } from '../../nodes/CnEsign/platforms/callbacks.js';
import { platforms } from '../../nodes/CnEsign/platforms/index.js';
import * as kaifangqian from '../../nodes/CnEsign/platforms/kaifangqian/callbacks/normalise.js';
import { verifySignature } from '../../nodes/CnEsign/platforms/kaifangqian/callbacks/prove.js';
import * as qiandun from '../../nodes/CnEsign/platforms/qiandun/callbacks/normalise.js';
import { rsaKeys } from '../unit/support.mjs';
import { figure } from './figures.mjs';
import { blockedBy, isUsual, RUNS } from './fuzzing.mjs';

// What the platforms send (docs/api/kaifangqian.md, 7.4; docs/api/qiandun.md, 6), to be spoiled.
const SAMPLES = [
	'{"contractId":"contract-0001","contractStatus":"SIGNING","callbackType":"SEND_SIGNING"}',
	'{"contractId":"contract-0001","contractStatus":"SIGNING","callbackType":"SUBMIT_SIGN","taskId":"task-0001","signerType":"PERSONAL","signer":{"name":"李四","contact":"13900139000","contactType":"MOBILE"}}',
	'{"contractId":1900000000000000001,"contractStatus":"REFUSAL_SIGN","callbackType":"REFUSAL_SIGN","taskId":1900000000000000002,"signerType":"ENTERPRISE","signerName":"某某科技有限公司","nodeType":"AGENT_SIGN","signer":{"name":"王五"},"reason":"条款不同意"}',
	'{"contractId":"contract-0001","contractStatus":"COMPLETE","callbackType":"COMPLETE"}',
	'{"contractId":"contract-0002","contractStatus":"SIGNING","callbackType":"EXPIRED"}',
	'{"transactionId":"TX-0001","businessType":"OPEN_CONTRACT_STATUS_CHANGED"}',
	'{"transactionId":1900000000000000003,"businessType":"OPEN_CONTRACT_SIGNED","contractId":"1"}',
];

const NAMES = [
	...['contractId', 'contractStatus', 'callbackType', 'taskId', 'signer', 'signerName', 'reason'],
	...['transactionId', 'businessType', 'accountId', 'nodeType', 'name', 'toString', 'length'],
];
const POISON = ['__proto__', 'constructor', 'prototype'];
const VALUES = [...Object.keys(kaifangqian.EVENTS), ...Object.keys(qiandun.EVENTS), 'COMPLETED'];

const strange = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 12 }),
	fc.constantFrom(
		'\u202e',
		'\u200b',
		'\ud800',
		'\udfff',
		'\u0000',
		'\ufeff',
		'..',
		'/',
		'?a=b',
		'#',
	),
);
const leaf = fc.oneof(
	strange,
	fc.constantFrom(...VALUES),
	fc.integer(),
	fc.double(),
	fc.bigInt({ min: 10n ** 15n, max: 10n ** 30n }).map((big) => ({ big })),
	fc.constantFrom<unknown>(true, false, null, '', 0, -0, 1e400, [], {}),
);

/** JSON as a text, so that names can come twice and numbers can have any length. */
const written = (value: unknown): string => {
	if (Array.isArray(value)) return `[${value.map(written).join(',')}]`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
	if ('big' in value) return String((value as { big: bigint }).big);
	if ('pairs' in value) {
		const { pairs } = value as { pairs: Array<[string, unknown]> };
		return `{${pairs.map(([key, entry]) => `${JSON.stringify(key)}:${written(entry)}`).join(',')}}`;
	}
	return JSON.stringify(value);
};

const key = fc.oneof(
	{ weight: 8, arbitrary: fc.constantFrom(...NAMES) },
	{ weight: 2, arbitrary: strange },
	{ weight: 1, arbitrary: fc.constantFrom(...POISON) },
);
const { tree } = fc.letrec((tie) => ({
	tree: fc.oneof(
		{ maxDepth: 4, withCrossShrink: true },
		leaf,
		fc.array(tie('tree'), { maxLength: 3 }),
		fc.record({ pairs: fc.array(fc.tuple(key, tie('tree')), { maxLength: 4 }) }),
	),
}));
const object = fc
	.array(fc.tuple(key, fc.oneof(leaf, tree)), { maxLength: 7 })
	.map((pairs) => written({ pairs }));

/** A real body with some bytes changed, cut out or put in. */
const spoiled = fc
	.tuple(
		fc.constantFrom(...SAMPLES),
		fc.array(
			fc.tuple(
				fc.nat(),
				fc.nat({ max: 3 }),
				fc.oneof(
					fc.constantFrom('"', '\\', '{', '}', '[', ',', ':', '\\u0000', '\\ud800', '9'.repeat(20)),
					strange,
				),
			),
			{ maxLength: 4 },
		),
	)
	.map(([sample, changes]) =>
		changes.reduce((text, [at, cut, put]) => {
			const place = at % (text.length + 1);
			return text.slice(0, place) + put + text.slice(place + cut);
		}, sample),
	);

const bytes = fc.oneof(
	{ weight: 5, arbitrary: object.map((text) => Buffer.from(text)) },
	{ weight: 4, arbitrary: spoiled.map((text) => Buffer.from(text)) },
	{ weight: 2, arbitrary: fc.uint8Array({ maxLength: 80 }).map((given) => Buffer.from(given)) },
	{ weight: 1, arbitrary: fc.json({ maxDepth: 4 }).map((text) => Buffer.from(text)) },
);

const known = new Set([
	'unknown',
	...platforms.flatMap(({ trigger }) => trigger.events.map(({ value }) => value)),
]);

const isTextOrNothing = (value: unknown) => value === undefined || typeof value === 'string';

const backwards = (value: unknown): unknown => {
	if (Array.isArray(value)) return value.map(backwards);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).reverse();
	return Object.fromEntries(entries.map(([name, entry]) => [name, backwards(entry)]));
};

const { pair, spki } = rsaKeys();
const globals = () =>
	[Object.prototype, Array.prototype, Function.prototype, String.prototype].map((prototype) =>
		Object.getOwnPropertyNames(prototype).join(),
	);

/** The body as it is read, or nothing where it is refused at the door. */
const bodyOf = (rawBody: Buffer) => {
	const opened = openJson({ rawBody, headers: {}, query: {} });
	return opened.kind === 'event' ? opened.body : undefined;
};

const check = (raw: Buffer, counts: { read: number; known: number }) => {
	const body = bodyOf(raw);
	expect(verifySignature(raw, raw.toString('base64'), spki)).toBe(false);
	if (body === undefined) return;
	counts.read += 1;
	const before = JSON.stringify(body);
	for (const normalise of [kaifangqian.normalise, qiandun.normalise]) {
		const event = normalise(body);
		if (event.event !== 'unknown') counts.known += 1;
		expect(known.has(event.event), event.event).toBe(true);
		expect(event.eventId).toMatch(/^[0-9a-f]{32}$/);
		expect(isTextOrNothing(event.contractId) && isTextOrNothing(event.contractStatus)).toBe(true);
		for (const value of Object.values(event.flat)) expect(typeof value).toBe('string');
		expect(Object.getPrototypeOf(event.flat)).toBe(Object.prototype);
		expect(Object.getPrototypeOf(event.full)).toBe(Object.prototype);
		const again = normalise(backwards(body) as typeof body);
		expect([again.event, again.eventId]).toEqual([event.event, event.eventId]);
	}
	const said = qiandun.normalise({ transactionId: 'T', contractId: 'claimed' }, body as never);
	expect(known.has(said.event)).toBe(true);
	// The body goes into the item as it arrived.
	expect(JSON.stringify(body)).toBe(before);
};

describe('any bytes through reading, verify and normalise of both platforms', () => {
	it(`${RUNS.toLocaleString('en')} bodies: only known events, one id per event, nothing thrown, nothing polluted`, async () => {
		const before = globals();
		const counts = { read: 0, known: 0 };
		fc.assert(
			fc.property(bytes, (raw) => check(raw, counts)),
			{ numRuns: RUNS },
		);
		expect(globals()).toEqual(before);
		// A fuzzer whose bodies are all refused at the door finds nothing.
		console.log(`read as an object: ${counts.read}, known events: ${counts.known}`);
		expect(counts.read).toBeGreaterThan(RUNS / 4);
		expect(counts.known).toBeGreaterThan(RUNS / 50);
		await figure('fuzz', 'Bodies through reading, verify and normalise', RUNS, {
			measured: !isUsual,
		});
	});

	it('a signature fits the bytes that were signed, and no others', () => {
		fc.assert(
			fc.property(bytes, fc.nat(), (raw, at) => {
				const sign = createSign('sha256').update(raw).sign(pair.privateKey, 'base64');
				expect(verifySignature(raw, sign, spki)).toBe(true);
				const changed = Buffer.concat([raw, Buffer.from('x')]);
				changed[at % changed.length] ^= 1 + (at % 255);
				expect(verifySignature(changed, sign, spki)).toBe(false);
			}),
			{ numRuns: Math.ceil(RUNS / 100) },
		);
	});
});

describe('bodies made to take long', () => {
	const KB = 1024;
	const filled = (part: string, size: number) => part.repeat(Math.floor(size / part.length));
	const shapes: Array<[string, (size: number) => string]> = [
		['one long text', (size) => `{"a":"${filled('x', size)}"}`],
		['digits', (size) => `{"a":${filled('9', size)}}`],
		['numbers', (size) => `{"a":[${filled('12345678901234567890,', size)}1]}`],
		['numbers and letters', (size) => `{"a":"${filled('1234567890123456x', size)}"}`],
		['backslashes', (size) => `{"a":"${filled('\\\\', size)}"}`],
		['quotation marks', (size) => `{"a":"${filled('\\"', size)}1234567890123456"}`],
		['an open text', (size) => `{"a":"${filled('\\', size)}`],
		['brackets', (size) => filled('[', size)],
		['objects in objects', (size) => filled('{"a":', size)],
		['many fields', (size) => `{${filled('"a":1,', size)}"b":1234567890123456789}`],
		[
			'many different fields',
			(size) =>
				`{${Array.from({ length: size / 12 }, (_, index) => `"k${(index * 7919) % 99991}":1`).join()}}`,
		],
		['blanks', (size) => `{"a":1${filled(' ', size)}}`],
		['Chinese in GBK', (size) => `{"contractId":"${filled('\xc0\xee', size / 2)}"}`],
		['half pairs', (size) => `{"contractId":"${filled('\\ud800', size)}"}`],
		['lists', (size) => `{"signer":[${filled('[],', size)}[]]}`],
	];
	it(`${shapes.length} shapes of 64 KB and of 1 MB: the process goes on`, async () => {
		let longest = 0;
		for (const [what, make] of shapes) {
			for (const size of [64 * KB, KB * KB]) {
				const raw = Buffer.from(make(size), what.includes('GBK') ? 'latin1' : 'utf8');
				check(raw, { read: 0, known: 0 });
				// What the trigger does with one callback of Kaifangqian before it asks or hands over.
				const ms = blockedBy(() => {
					verifySignature(raw, raw.toString('base64'), spki);
					const body = bodyOf(raw);
					if (body) kaifangqian.normalise(body);
				});
				console.log(`${what}, ${size / KB} KB: ${ms.toFixed(1)} ms`);
				if (size === 64 * KB) longest = Math.max(longest, ms);
				// Far above what is measured; what grows with the square of the length takes minutes.
				expect(ms, what).toBeLessThan(size === 64 * KB ? 500 : 3000);
			}
		}
		const label = 'Longest work on one body of 64 KB, the most that is taken';
		await figure('fuzz', label, `${longest.toFixed(1)} ms`, { measured: true });
	});
});
