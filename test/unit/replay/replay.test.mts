import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stepOf } from '../../replay/readScenario.mjs';
import { RECORDINGS, replay } from '../../replay/replay.mjs';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'replay-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, content: unknown) =>
	writeFileSync(
		join(folder, `${name}.json`),
		typeof content === 'string' ? content : JSON.stringify(content),
	);
const run = async (...args: string[]) => {
	const lines: string[] = [];
	const code = await replay(args, (line) => lines.push(line));
	return { code, lines, last: lines.at(-1) };
};
const JSON_TYPE = 'application/json;charset=UTF-8';
const granted = (result: unknown) => ({
	status: 200,
	type: JSON_TYPE,
	json: { code: 10000, message: '成功', result, timestamp: '<number>' },
});
const upload = (file: string, more: object = {}) => ({
	call: 'POST /document/file',
	params: { file: { file }, fileName: '合同', fileSuffix: '.pdf' },
	save: { doc: 'result.docId' },
	answer: granted({ docId: '${doc}' }),
	...more,
});
const scenario = (...steps: unknown[]) => ({ name: 'a name of its own', why: '', steps });

describe('a folder of scenarios', () => {
	it('passes, with files of its own before those of the recordings', async () => {
		write('good', scenario(upload('plain.pdf'), upload('own.pdf')));
		mkdirSync(join(folder, 'files'));
		cpSync(join(RECORDINGS, 'files/plain.pdf'), join(folder, 'files/own.pdf'));
		writeFileSync(join(folder, 'README.md'), 'no scenario');
		expect(await run(folder)).toEqual({
			code: 0,
			lines: ['1 passed, 0 failed'],
			last: '1 passed, 0 failed',
		});
	});

	it('fails with each step that differs', async () => {
		write('good', scenario(upload('plain.pdf')));
		write(
			'wrong',
			scenario(
				upload('plain.pdf'),
				upload('plain.pdf', { note: 'the answer', answer: granted({ fileId: '<id>' }) }),
				{ callbacks: 'nobody', are: [{ callbackType: 'COMPLETE' }] },
				{ act: 'sign', contract: 'nope', contact: '13900139000' },
				{ placed: 'nope', are: [] },
			),
		);
		const { code, lines, last } = await run(folder);
		expect(code).toBe(1);
		expect(last).toBe('1 passed, 1 failed');
		expect(lines[0]).toMatch(/^wrong, step 2 \(the answer\): .*fileId.*expected <id>, got nothing/);
		expect(lines.map((line) => line.split(':')[0])).toEqual(
			expect.arrayContaining(['wrong, step 3', 'wrong, step 4', 'wrong, step 5']),
		);
	});

	it('plays one of them by the name of its file or its own', async () => {
		write('good', scenario(upload('plain.pdf')));
		write('bad', { ...scenario({ call: 'nonsense' }), name: 'bad' });
		expect((await run(folder, '--only', 'good')).last).toBe('1 passed, 0 failed');
		expect((await run(folder, '--only', 'a name of its own')).last).toBe('1 passed, 0 failed');
		expect((await run(folder, '--only', 'bad')).last).toBe('0 passed, 1 failed');
	});

	it.each<[string, () => string[]]>([
		['the folder does not exist', () => [join(folder, 'nowhere')]],
		['it holds no scenario', () => [folder]],
		['there is no scenario of that name', () => [RECORDINGS, '--only', 'nothing']],
		['no name is given', () => [RECORDINGS, '--only']],
		['an option is unknown', () => [RECORDINGS, '--all']],
	])('fails when %s', async (_what, args) => {
		const { code, last } = await run(...args());
		expect([code, last]).toEqual([1, '0 passed, 0 failed']);
	});

	it.each<[string, unknown]>([
		['is no JSON', '{'],
		['has no steps', { name: 'x' }],
		['has nothing in it', scenario()],
		['names a file that is not there', scenario(upload('nowhere.pdf'))],
		[
			'uses what nobody saved',
			scenario({ call: 'GET /signRes', params: { contact: '${x}' }, answer: granted('<lines>') }),
		],
		['has a step of an unknown form', scenario({ wait: 5 })],
	])('fails when a scenario %s', async (_what, content) => {
		write('odd', content);
		expect(await run(folder)).toMatchObject({ code: 1, last: '0 passed, 1 failed' });
	});
});

describe('a step', () => {
	const answer = granted(null);

	it.each<[string, unknown]>([
		['a text', 'call'],
		['nothing', {}],
		['a call without an answer', { call: 'GET /signRes' }],
		['a call with a field nobody knows', { call: 'GET /signRes', answer, retries: 3 }],
		['a call without a method', { call: '/signRes', answer }],
		['an answer that says nothing', { call: 'GET /x', answer: { status: 200, type: 'x' } }],
		['an answer with more', { call: 'GET /x', answer: { ...answer, body: 'x' } }],
		['other common fields', { call: 'GET /x', answer, common: { with: [] } }],
		['an unknown act', { act: 'stamp', contract: '1' }],
		['an act on nothing', { act: 'sign' }],
		['callbacks that are nothing', { callbacks: '1' }],
		['an unknown setting', { set: { weather: 'fine' } }],
		['no setting', { set: {} }],
		['an unknown state of the line', { set: { line: 'broken' } }],
		['counts that are no numbers', { atOnce: 2, call: 'GET /x', answers: { '200': 'two' } }],
	])('of an unknown form is refused: %s', (_what, step) => {
		expect(() => stepOf(step)).toThrow();
	});

	it('of every recorded form is known', () => {
		const kinds = new Set<string>();
		for (const file of ['callback-address', 'places', 'templates', 'throttle'])
			for (const step of JSON.parse(readFileSync(join(RECORDINGS, `${file}.json`), 'utf8')).steps)
				kinds.add(stepOf(step).kind);
		expect([...kinds].sort()).toEqual(['act', 'atOnce', 'call', 'callbacks', 'placed', 'set']);
	});
});
