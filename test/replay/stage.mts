// A stand-in and a receiver of callbacks for one scenario, and how its calls are sent.
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayOf } from '../sandbox/kaifangqian/dates.mjs';
import { startKaifangqian, type KaifangqianSandbox } from '../sandbox/kaifangqian/index.mjs';
import { startReceiver } from '../sandbox/shared/receiver.mjs';
import type { GivenAnswer } from './compare.mjs';
import type { Acknowledgement, AtOnceStep, CallStep, Json, JsonObject } from './scenario.mjs';

const DAY_MS = 24 * 3_600_000;

export interface Stage {
	sandbox: KaifangqianSandbox;
	receiver: Awaited<ReturnType<typeof startReceiver>>;
	acknowledge(answer: Acknowledgement | null): void;
	now(): number;
	pass(ms: number): void;
	/** Folders with files to upload, the scenario's own first. */
	files: string[];
	saved: Map<string, string>;
	/** Callbacks of a contract that have been compared. */
	heard: Map<string, number>;
	/** Contracts of calls that placed something by keyword. */
	byKeyword: Set<string>;
}

/** Noon, so that no day ends while a scenario is played. */
const noonOfToday = (): number => Date.parse(`${dayOf(Date.now())}T04:00:00Z`);

export async function setUpStage(files: string[]): Promise<Stage> {
	let answer: Acknowledgement | null = null;
	const receiver = await startReceiver(() => answer ?? {});
	const started = performance.now();
	const noon = noonOfToday();
	const clock = () => noon + Math.round(performance.now() - started);
	let passed = 0;
	const sandbox = await startKaifangqian({
		extras: false,
		now: clock,
		callbackUrl: receiver.url,
		// Nothing here overlaps, so nothing need take its time.
		switches: { startMs: 0 },
	});
	const { lines, sealId, templateId, token } = sandbox;
	return {
		sandbox,
		receiver,
		acknowledge: (given) => (answer = given),
		now: () => clock() + passed,
		pass(ms) {
			passed += ms;
			sandbox.passTime(ms);
		},
		files,
		saved: new Map([
			['line', lines.free],
			['presetLine', lines.preset],
			['templateLine', lines.presetTemplate],
			['approvalLine', lines.approving],
			['template', templateId],
			['seal', sealId],
			['token', token],
		]),
		heard: new Map(),
		byKeyword: new Set(),
	};
}

/** `${name}` stands for a saved value or a day. */
export function filled<T extends Json>(stage: Stage, value: T): T;
export function filled({ saved, now }: Stage, value: Json): Json {
	const days: Record<string, number> = { yesterday: -1, today: 0, tomorrow: 1 };
	const inText = (text: string) =>
		text.replace(/\$\{(\w+)\}/g, (_, name: string) => {
			if (name in days) return dayOf(now() + days[name] * DAY_MS);
			const known = saved.get(name);
			if (known === undefined) throw new Error(`nothing was saved as ${name}`);
			return known;
		});
	const inAny = (item: Json): Json => {
		if (typeof item === 'string') return inText(item);
		if (Array.isArray(item)) return item.map(inAny);
		if (typeof item !== 'object' || item === null) return item;
		return Object.fromEntries(Object.entries(item).map(([name, part]) => [name, inAny(part)]));
	};
	return inAny(value);
}

function fileBase64({ files }: Stage, name: string): string {
	const path = files.map((folder) => join(folder, name)).find((candidate) => existsSync(candidate));
	if (path === undefined) throw new Error(`there is no file ${name}`);
	return readFileSync(path).toString('base64');
}

/** What goes along, with what the step sets on top; `file` names a file to send. */
function paramsOf(stage: Stage, { params = {}, common }: CallStep | AtOnceStep): JsonObject {
	const along: JsonObject = {
		appAuthToken: stage.sandbox.token,
		uniqueCode: randomUUID(),
		operatorAccount: 'n8n',
	};
	for (const name of common?.without ?? []) delete along[name];
	const own = filled(stage, params);
	const { file } = own;
	if (typeof file === 'object' && file !== null && !Array.isArray(file)) {
		if (typeof file.file !== 'string') throw new Error('params.file names no file');
		own.file = fileBase64(stage, file.file);
	}
	return { ...along, ...own };
}

export async function send(stage: Stage, step: CallStep | AtOnceStep): Promise<GivenAnswer> {
	const [method, path] = step.call.split(' ');
	const headers: Record<string, string> = { ...step.headers };
	let url = stage.sandbox.baseUrl + path;
	let body: string | undefined;
	if (step.body !== undefined) body = filled(stage, step.body);
	else if (method === 'GET' || method === 'DELETE') {
		const query = new URLSearchParams();
		for (const [name, value] of Object.entries(paramsOf(stage, step)))
			query.append(name, typeof value === 'string' ? value : JSON.stringify(value));
		url += `?${query}`;
	} else body = JSON.stringify(paramsOf(stage, step));
	if (body !== undefined) headers['content-type'] ??= 'application/json';
	const response = await fetch(url, { method, headers, body, redirect: 'manual' });
	return {
		status: response.status,
		type: response.headers.get('content-type') ?? '',
		headers: Object.fromEntries(response.headers),
		body: Buffer.from(await response.arrayBuffer()),
	};
}

/** Scheme, host and port had 22 characters in the recording: the whole address keeps its length. */
export function address({ receiver }: Stage, recorded: string): string {
	const { origin } = new URL(receiver.url);
	const length = recorded.replace('<receiver>', '.'.repeat(22)).length;
	return recorded.replace('<receiver>', origin).padEnd(length, 'a');
}
