/** Where calls may go and what files may be called, whatever parameters and headers say. */
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runNode } from '../engine/node.mjs';
import { operationOf, type Input } from './inputs/input.mjs';
import { startBystander, type Heard, type RequestFault } from './proxy.mjs';
import { kaifangqianStage, qiandunStage, type Stage } from './stages.mjs';
import { openField, type Field } from './strike.mjs';
import { runs } from '../seed.mjs';

const bystander = await startBystander();
afterAll(async () => await bystander.close());
const { host } = new URL(bystander.origin);

/** Pieces of what leads elsewhere, in front of, inside and behind what was meant. */
const hostile = [
	bystander.origin,
	`//${host}`,
	`@${host}/`,
	`\\\\${host}`,
	'/../../..',
	'%2e%2e%2f%2e%2e%2f',
	'..;/',
	'?appAuthToken=smuggled',
	'&appAuthToken=smuggled&X-Ca-Key=smuggled',
	'#',
	'\t\r\nHost: evil.example\r\n\r\n',
	'\u0000',
	'{"__proto__":{"smuggled":1},"appAuthToken":"smuggled"}',
	'[{"__proto__":{"smuggled":1},"appAuthToken":"smuggled","constructor":{"prototype":{"smuggled":1}}}]',
];

interface Place {
	path: string[];
	value: string;
}

/** Every text in the parameters and in the item, which the parameters are made of. */
const placesIn = (value: unknown, path: string[] = []): Place[] => {
	if (typeof value === 'string') return [{ path, value }];
	if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
	return Object.entries(value).flatMap(([key, entry]) => placesIn(entry, [...path, key]));
};

const withValue = <T,>(whole: T, path: string[], value: string): T => {
	const copy = structuredClone(whole);
	const last = path.at(-1)!;
	const parent = path.slice(0, -1).reduce((at, key) => at[key] as IDataObject, copy as IDataObject);
	parent[last] = value;
	return copy;
};

const run = async <Sandbox,>(
	{ stage, running, proxy }: Field<Sandbox>,
	name: string,
	parameters: IDataObject,
	item: IDataObject,
	binary?: object,
) => {
	const [resource, operation] = operationOf(name);
	const options = {
		...(parameters.options as IDataObject),
		...running.options,
		retries: 0,
		timeout: 10,
	};
	return await runNode(
		{ platform: stage.name, resource, operation, ...parameters, options },
		{
			secrets: running.credential(proxy.origin),
			input: [{ json: item, ...(binary ? { binary: binary as never } : {}) }],
		},
	);
};

/** Chosen by the user: what leads a call on purpose. */
const STEERING = new Set(['path', 'method', 'endpoint']);

const places = <Sandbox,>(stage: Stage<Sandbox>) => {
	describe.concurrent.each(Object.keys(stage.inputs))(`${stage.name} %s`, (name) => {
		const input: Input<Sandbox> = stage.inputs[name];
		let field: Field<Sandbox>;
		beforeAll(async () => {
			field = await openField(stage, bystander.origin);
		});
		afterAll(async () => {
			await field.proxy.close();
			await field.running.close();
		});

		it('goes where it always goes, whatever stands in a parameter', async () => {
			const { running, proxy } = field;
			running.reset();
			const { parameters, items } = await input.prepare(running.sandbox);
			const { json, binary } = items[0];
			const first = await run(field, name, parameters, json, binary);
			expect(first.error).toBeUndefined();
			const meant = proxy.heard.map(({ method, path }) => `${method} ${path}`);
			const targets = placesIn({ parameters, json }).filter(
				({ path }) => !STEERING.has(path.at(-1)!),
			);
			expect(targets.length).toBeGreaterThan(0);
			proxy.reset();
			let refused = 0;
			for (const { path, value } of targets) {
				for (const piece of hostile) {
					const given = withValue(
						{ parameters, json },
						path,
						value.startsWith('=') ? piece : `${value}${piece}`,
					);
					const { error } = await run(field, name, given.parameters, given.json, binary);
					refused += error ? 1 : 0;
				}
			}
			const gone = proxy.heard.map(({ method, path }) => `${method} ${path}`);
			expect([...new Set(gone)].filter((one) => !meant.includes(one))).toEqual([]);
			// Every call was sent, or refused before: nothing went another way.
			expect(gone.length + refused).toBeGreaterThanOrEqual(targets.length * hostile.length);
			expect(({} as IDataObject).smuggled).toBeUndefined();
			for (const heard of proxy.heard) expectOwnToken(stage.name, heard, running);
		});
	});
};

/** The token that counts is the credential's, wherever another one was put. */
const expectOwnToken = (
	platform: string,
	{ headers, text, method, path, query }: Heard,
	{ marks }: { marks: { secrets: string[]; personal: string[] } },
) => {
	if (platform === 'qiandun') return expect(headers['x-ca-key']).toBe(marks.personal[0]);
	const [token] = marks.secrets;
	expect(headers.appauthtoken).toBe(token);
	if (method !== 'POST') {
		expect(text).toContain(`appAuthToken=${token}&`);
		return expect(new URLSearchParams(query).get('operatorAccount')).toMatch(/\S/);
	}
	const body = JSON.parse(text.slice(text.indexOf('\n') + 1)) as IDataObject;
	expect(body.appAuthToken).toBe(token);
	// Without an account the server hides its reasons; only the hosted site's own call has none.
	if (!path.endsWith('/auth/corp/ident/link')) expect(body.operatorAccount).toMatch(/\S/);
};

places(kaifangqianStage);
places(qiandunStage);

const nasty = fc.constantFrom(
	...[
		...hostile,
		'/',
		'.',
		'..',
		'//',
		'\\',
		'%2e',
		'%2f',
		'%5c',
		'%252e',
		'@',
		':',
		';',
		'?',
		'#',
	],
	...['\t', '\n', '．', '\u2028', 'http:', ' ', 'a', 'contract', '%', '%00', host],
);
const paths = fc.oneof(
	fc.array(nasty, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('')),
	fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
	fc.webPath(),
);
const keys = fc.constantFrom(
	...[
		'appAuthToken',
		'uniqueCode',
		'__proto__',
		'constructor',
		'prototype',
		'sign',
		'x',
		'X-Ca-Key',
	],
);
const json = fc.dictionary(keys, fc.oneof(fc.string(), fc.constant('smuggled')), { maxKeys: 4 });

describe.each<[string, Stage<unknown>, string]>([
	['kaifangqian', kaifangqianStage as Stage<unknown>, '/resrun-paas/kaifangqian/openAPI/V2/'],
	['qiandun', qiandunStage as Stage<unknown>, '/api/'],
])('%s api.request', (_name, stage, base) => {
	let field: Field<unknown>;
	beforeAll(async () => {
		field = await openField(stage, bystander.origin);
	});
	afterAll(async () => {
		await field.proxy.close();
		await field.running.close();
	});

	const request = async (method: string, path: string, content: unknown) => {
		const text = JSON.stringify(content);
		const parameters = { endpoint: 'other', method, path, query: '{}', body: '{}' };
		return await run(
			field,
			'api.request',
			{ ...parameters, [method === 'GET' ? 'query' : 'body']: text },
			{},
		);
	};

	it('stays below the base URL, whatever the path', async () => {
		let sent = 0;
		await fc.assert(
			fc.asyncProperty(fc.constantFrom('GET', 'POST'), paths, async (method, path) => {
				field.proxy.heard = [];
				// n8n reads a text that begins with = as an expression, and lets no node run without a path.
				await request(method, `/${path}`.replace(/^\/(?!$)/, '').replace(/^=/, '/'), {});
				for (const heard of field.proxy.heard) {
					sent += 1;
					const { pathname, host: named } = new URL(heard.path, 'http://any.example');
					expect(named).toBe('any.example');
					expect(pathname.startsWith(base)).toBe(true);
					expect(heard.path).not.toMatch(/\/\.\.(?:\/|$)|%2e%2e/i);
					expect(heard.headers.host).toBe(field.proxy.host);
				}
			}),
			{ numRuns: runs(300) },
		);
		expect(sent).toBeGreaterThan(0);
	});

	it('sends the credential of its own, whatever the JSON holds', async () => {
		let sent = 0;
		await fc.assert(
			fc.asyncProperty(fc.constantFrom('GET', 'POST'), json, async (method, content) => {
				field.proxy.heard = [];
				const { error } = await request(method, '/x', content);
				const ownKeys = Object.keys(content);
				if (ownKeys.some((key) => ['__proto__', 'constructor', 'prototype'].includes(key)))
					expect(error?.message).toBeTruthy();
				for (const heard of field.proxy.heard) {
					sent += 1;
					expectOwnToken(stage.name, heard, field.running);
					expect(heard.text).not.toMatch(/__proto__/);
					if (stage.name === 'kaifangqian' && content.appAuthToken === 'smuggled')
						expect(heard.text).not.toMatch(/appAuthToken[="\s:]+smuggled/);
				}
				expect(({} as IDataObject).smuggled).toBeUndefined();
			}),
			{ numRuns: runs(150) },
		);
		expect(sent).toBeGreaterThan(0);
	});
});

describe('the name of a downloaded file', () => {
	const names = fc.oneof(
		fc.constantFrom(
			...['../../etc/passwd', '..\\..\\boot.ini', 'a\u0000.pdf', `${'合'.repeat(300)}.pdf`],
			...['CON.pdf', 'nul', 'LPT1.txt', 'C:\\a.pdf', '/etc/passwd', '.bashrc', 'a.pdf ', 'a.pdf.'],
			...['contract\u202Efdp.exe', '\u200e\u200f', '%2e%2e%2fa', '....//a', '', ' '],
		),
		fc.string({ unit: 'binary', maxLength: 300 }),
	);

	const safe = (name: unknown) => {
		expect(name).toBeTypeOf('string');
		expect(name).not.toBe('');
		expect(name).not.toMatch(/[<>:"/\\|?*]|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|^\.|[.\s]$/u);
		expect(name).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i);
		expect(Buffer.byteLength(name as string)).toBeLessThanOrEqual(210);
	};

	/** As servers write names into headers: percent-encoded, or once more plain. */
	const header = (name: string) => encodeURIComponent(Buffer.from(name).toString());

	it.each<[string, Stage<unknown>, string, (name: string) => Record<string, string>]>([
		[
			'Kaifangqian (header fileName)',
			kaifangqianStage as Stage<unknown>,
			'contract.download',
			(name) => ({ filename: header(name) }),
		],
		[
			'Qiandun (Content-Disposition)',
			qiandunStage as Stage<unknown>,
			'api.request',
			(name) => ({ 'content-disposition': `attachment; filename="${header(name)}"` }),
		],
	])('neither escapes nor deceives: %s', async (_name, stage, operation, headers) => {
		const field = await openField(stage, bystander.origin);
		const { running, proxy } = field;
		const { parameters, items } = await stage.inputs[operation].prepare(running.sandbox);
		const stored = new Set<string>();
		let answered = 0;
		await fc.assert(
			fc.asyncProperty(names, async (name) => {
				const asFile: RequestFault = (exchange) =>
					exchange.answer(
						200,
						{ 'content-type': 'application/octet-stream', ...headers(name) },
						`%PDF-1.7 ${name}`,
					);
				// Only the file: the status is asked first.
				proxy.onRequest = ({ path }) => (path.endsWith('/contract/tasks') ? undefined : asFile);
				const { items: given, error } = await run(field, operation, parameters, items[0].json);
				expect(error).toBeUndefined();
				safe(given[0].json.fileName);
				safe(given[0].binary!.data.fileName);
				// Under a name of n8n's own, which no other file has.
				stored.add(String(given[0].binary!.data.id));
				answered += 1;
			}),
			{ numRuns: runs(80) },
		);
		expect(stored.size).toBe(answered);
		await proxy.close();
		await running.close();
	});
});

it('nothing of all this reached another host', () => {
	expect(bystander.heard).toEqual([]);
});
