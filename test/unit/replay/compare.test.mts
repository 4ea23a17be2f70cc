import { describe, expect, it } from 'vitest';
import {
	compareAnswer,
	compareCallbacks,
	compareCounts,
	compareJson,
	comparePlaced,
	isSameText,
	type GivenAnswer,
} from '../../replay/compare.mjs';
import type { Json } from '../../replay/scenario.mjs';

const TYPE = 'application/json;charset=UTF-8';
const given = (json: unknown, more: Partial<GivenAnswer> = {}): GivenAnswer => ({
	status: 200,
	type: TYPE,
	headers: {},
	body: Buffer.from(JSON.stringify(json)),
	...more,
});
const refusal = { code: 31000, message: '业务处理失败,账号不存在', result: null, timestamp: 1 };
const expected = {
	status: 200,
	type: TYPE,
	json: { ...refusal, timestamp: '<number>' },
};

describe('an answer', () => {
	it('is the same, whatever the time is', () => {
		expect(compareAnswer(expected, given({ ...refusal, timestamp: 2 }))).toEqual([]);
	});

	it.each<[string, GivenAnswer]>([
		['another status', given(refusal, { status: 401 })],
		['another type', given(refusal, { type: 'application/json' })],
		['another code', given({ ...refusal, code: 21000 })],
		['the code as a text', given({ ...refusal, code: '31000' })],
		['no code', given({ ...refusal, code: null })],
		['another text', given({ ...refusal, message: '业务处理失败,经办人不存在' })],
		['a blank more', given({ ...refusal, message: '业务处理失败, 账号不存在' })],
		['another result', given({ ...refusal, result: {} })],
		['a key more', given({ ...refusal, success: false })],
		['a key less', given({ code: 31000, message: refusal.message, timestamp: 1 })],
		['the time as a text', given({ ...refusal, timestamp: '1' })],
		['another form', given({ success: false, message: '操作失败，x', code: 500, result: null })],
		['no JSON', given(refusal, { body: Buffer.from('<html>') })],
	])('with %s is reported', (_what, answer) => {
		expect(compareAnswer(expected, answer)).not.toEqual([]);
	});

	it('of bytes is told by its beginning and its headers', () => {
		const download = {
			status: 200,
			type: 'application/octet-stream;charset=utf-8',
			begins: 'PK...',
			headers: { filename: '%E5%90%88<digits>.zip' },
		};
		const answer: GivenAnswer = {
			status: 200,
			type: download.type,
			headers: { filename: '%E5%90%88123.zip' },
			body: Buffer.from('PK\x03\x04\x14rest', 'latin1'),
		};
		expect(compareAnswer(download, answer)).toEqual([]);
		const wrong: GivenAnswer[] = [
			{ ...answer, body: Buffer.from('%PDF-1.4') },
			{ ...answer, headers: {} },
			{ ...answer, headers: { filename: '%E5%90%88.zip' } },
			{ ...answer, headers: { filename: '%E5%90%88123.zip.pdf' } },
		];
		for (const other of wrong) expect(compareAnswer(download, other)).toHaveLength(1);
	});
});

describe('placeholders', () => {
	const same = (wanted: Json, got: Json) => compareJson(wanted, got, 'x').length === 0;

	it('<id> is any text but the empty one', () => {
		expect(same('<id>', '190')).toBe(true);
		for (const wrong of ['', null, 190]) expect(same('<id>', wrong)).toBe(false);
	});

	it('<lines> are lines, with or without one', () => {
		const lines = [{ signReId: '1', signReName: 'one' }];
		expect(same('<lines>', lines)).toBe(true);
		expect(same('<lines>', [])).toBe(true);
		expect(same('<lines with 1>', lines)).toBe(true);
		expect(same('<lines without 2>', lines)).toBe(true);
		const wrong: Array<[string, Json]> = [
			['<lines>', null],
			['<lines>', [{ signReId: '1' }]],
			['<lines>', [{ signReId: 1, signReName: 'one' }]],
			['<lines>', [{ signReId: '1', signReName: 'one', more: 1 }]],
			['<lines with 2>', lines],
			['<lines without 1>', lines],
		];
		for (const [wanted, got] of wrong) expect(same(wanted, got)).toBe(false);
	});

	it('inside a text stand for what is named', () => {
		const link = '<address of the console>/#/contract/detail/base?code=<code>';
		expect(isSameText(link, 'http://localhost/#/contract/detail/base?code=a1B2c3D4')).toBe(true);
		expect(isSameText(link, 'http://localhost/#/contract/detail/base?code=a1B2c3D')).toBe(false);
		expect(isSameText(link, '/#/contract/detail/base?code=a1B2c3D4')).toBe(false);
		expect(isSameText(link, 'http://localhost/contract/detail/base?code=a1B2c3D4')).toBe(false);
		expect(isSameText('a.c', 'abc')).toBe(false);
	});

	it('texts of Java need only be of the kind', () => {
		expect(isSameText('操作失败，Cannot invoke "x"', '操作失败，something else')).toBe(true);
		expect(isSameText('操作失败，Cannot invoke "x"', '操作失败，')).toBe(false);
		expect(isSameText('操作失败，Cannot invoke "x"', '业务处理失败,x')).toBe(false);
		expect(isSameText('com.a.B: 未开通', 'org.c.D: 未开通')).toBe(true);
		expect(isSameText('com.a.B: 未开通', '未开通')).toBe(false);
		expect(isSameText('com.a.B: 未开通', 'com.a.B: 已开通')).toBe(false);
		expect(isSameText('\n### Error … too long …', '\n### Error updating: too long')).toBe(true);
		expect(isSameText('\n### Error … too long …', '业务处理失败,too long')).toBe(false);
	});
});

describe('tasks', () => {
	const task = (taskId: string, party: string) => ({ taskId, party });
	const tasks = (...list: Json[]) => ({ result: { todoTaskList: list } });
	const differences = (wanted: Json, got: Json) => compareJson(wanted, got, 'json');

	it('come in any order', () => {
		const wanted = tasks(task('<id>', '李四'), task('7', '李四'), task('<id>', '王五'));
		const got = tasks(task('9', '王五'), task('7', '李四'), task('8', '李四'));
		expect(differences(wanted, got)).toEqual([]);
	});

	it.each<[string, Json]>([
		['one too few', tasks(task('7', '李四'))],
		['one too many', tasks(task('7', '李四'), task('8', '王五'), task('9', '王五'))],
		['another person', tasks(task('7', '李四'), task('8', '赵六'))],
		['another id', tasks(task('6', '李四'), task('8', '王五'))],
		['one of them twice', tasks(task('7', '李四'), task('7', '李四'))],
	])('with %s are reported', (_what, got) => {
		expect(differences(tasks(task('7', '李四'), task('<id>', '王五')), got)).toHaveLength(1);
	});

	it('in another list the order counts', () => {
		expect(differences({ result: [1, 2] }, { result: [2, 1] })).not.toEqual([]);
	});
});

describe('callbacks', () => {
	const send = { callbackType: 'SEND_SIGNING', contractId: '1', contractStatus: 'SIGNING' };
	const done = { callbackType: 'COMPLETE', contractId: '1', contractStatus: 'COMPLETE' };

	it('are the same', () => {
		expect(compareCallbacks([send, done], [send, done])).toEqual([]);
		expect(compareCallbacks([], [])).toEqual([]);
	});

	it.each<[string, Json[]]>([
		['one missing', [send]],
		['one more', [send, done, done]],
		['another order', [done, send]],
		['another status', [send, { ...done, contractStatus: 'SIGNING' }]],
		['a key more', [send, { ...done, taskId: null }]],
		['a key less', [send, { callbackType: 'COMPLETE', contractId: '1' }]],
		['no JSON', [send, 'success']],
	])('with %s are reported', (_what, got) => {
		expect(compareCallbacks([send, done], got)).not.toEqual([]);
	});

	it('that nobody expected are reported', () => {
		expect(compareCallbacks([], [send])).not.toEqual([]);
	});
});

describe('fields of a contract', () => {
	const field = {
		control: 'signature',
		page: '1',
		x: 72,
		y: 167.864,
		width: 112,
		height: 52,
		pageWidth: 595.2756,
		pageHeight: 841.8898,
	};
	const chop = { ...field, control: 'chop-stamp', page: 'all', x: null };
	const placed = (byKeyword: boolean, ...fields: Array<typeof field | typeof chop>) =>
		fields.map((one) => ({ field: one, byKeyword }));

	it('come in any order, and may be off by a little', () => {
		const second = { ...field, page: '2' };
		const got = placed(false, second, { ...field, x: 72.009 }, chop);
		expect(comparePlaced([field, second, chop], got)).toEqual([]);
		expect(comparePlaced([field], placed(true, { ...field, x: 72.9, y: 167 }))).toEqual([]);
	});

	it.each<[string, boolean, typeof field | typeof chop]>([
		['0.02 away', false, { ...field, x: 72.02 }],
		['0.02 away downwards', false, { ...field, y: 167.884 }],
		['more than a point from a keyword', true, { ...field, y: 166.8 }],
		['wider, by a keyword too', true, { ...field, width: 112.5 }],
		['on another page', false, { ...field, page: '2' }],
		['on paper of another size', false, { ...field, pageWidth: 595 }],
		['another control', false, { ...field, control: 'seal' }],
		['without x', false, { ...field, x: null }],
	])('%s are reported', (_what, byKeyword, got) => {
		expect(comparePlaced([field], placed(byKeyword, got))).toHaveLength(1);
	});

	it('one too few and one too many are reported', () => {
		expect(comparePlaced([field], [])).toHaveLength(1);
		expect(comparePlaced([], placed(false, field))).toHaveLength(1);
		expect(comparePlaced([field], placed(false, field, field))).toHaveLength(1);
	});
});

describe('a burst of calls', () => {
	const granted = '200 {"code":10000,"message":"成功"}';
	const refused = '401 {"code":401,"message":"应用Token失效","success":true}';
	const grantedAnswer = given({ code: 10000, message: '成功', result: {}, timestamp: 1 });
	const refusedAnswer = given(
		{ success: true, message: '应用Token失效', code: 401, result: null, timestamp: 1 },
		{ status: 401 },
	);

	it('is counted, in whatever order the answers come', () => {
		const answers = [refusedAnswer, grantedAnswer, grantedAnswer];
		expect(compareCounts({ [granted]: 2, [refused]: 1 }, answers)).toEqual([]);
	});

	it.each<[string, GivenAnswer[]]>([
		['one refused too many', [refusedAnswer, refusedAnswer, grantedAnswer]],
		['one granted too many', [refusedAnswer, grantedAnswer, grantedAnswer, grantedAnswer]],
		['another status', [{ ...refusedAnswer, status: 200 }, grantedAnswer, grantedAnswer]],
		['another code', [given({ code: 1, message: '成功' }), refusedAnswer, grantedAnswer]],
		['another text', [given({ code: 10000, message: 'ok' }), refusedAnswer, grantedAnswer]],
		['bytes', [given('x', { type: 'text/plain' }), refusedAnswer, grantedAnswer]],
	])('with %s is reported', (_what, answers) => {
		expect(compareCounts({ [granted]: 2, [refused]: 1 }, answers)).not.toEqual([]);
	});
});
