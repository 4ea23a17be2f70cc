import { describe, expect, it } from 'vitest';
import { isCallOf, movesContract } from '../../../../nodes/CnEsign/platforms/kaifangqian/calls.js';
import {
	isLoginFilter,
	leavesOpen,
} from '../../../../nodes/CnEsign/platforms/kaifangqian/outcome.js';

const base = 'https://sign.example:8899/resrun-paas/kaifangqian/openAPI/V2';

describe('calls that move a contract along', () => {
	it.each(['/contract/signer/add', '/contract/approval', '/contract/sign/personal/proxy'])(
		'go one at a time: %s',
		(path) => {
			expect(movesContract(base + path, {})).toBe(true);
		},
	);

	it.each([
		[{ send: '1' }, true],
		[{ send: 1 }, true],
		[{ send: '0' }, false],
		[{ send: 0 }, false],
		[{}, false],
		[{ send: null }, false],
		// Anything but "1" is a draft.
		[{ send: true }, false],
		[{ send: 'yes' }, false],
	])('of drafts those that are sent off: %j', (body, expected) => {
		expect(movesContract(`${base}/contract/draft`, body)).toBe(expected);
	});

	it.each(['/contract/recall', '/contract/finish', '/document/file', '/annex/file'])(
		'are not %s',
		(path) => {
			expect(movesContract(base + path, { send: '1' })).toBe(false);
		},
	);

	it.each([
		'//contract///draft',
		'/contract/draft/',
		'/Contract/Draft',
		'/contract/%64raft',
		'/../V2/contract/draft',
	])('are known however the path is written: %s', (path) => {
		expect(movesContract(base + path, { send: '1' })).toBe(true);
	});

	it('are known below a base URL that ends elsewhere', () => {
		const url = 'https://sign.example/resrun-paas/kaifangqian/openAPI/V2/contract/draft';
		expect(movesContract(url, { send: '1' })).toBe(true);
		expect(isCallOf(`${base}/contract/draft%`, ['/contract/draft'])).toBe(false);
	});
});

describe('a refusal in the generic form', () => {
	const generic = (message: string, code = 500) => ({ success: false, code, message });
	const start = { send: '1', signerList: [{}] };

	it.each([
		['操作失败，For input string: "1.5"'],
		['操作失败，1-based index out of bounds: 9'],
		['操作失败，Cannot parse null string'],
	])('of a start was not carried out where the reason comes before the work: %s', (message) => {
		expect(leavesOpen(`${base}/contract/draft`, start, generic(message))).toBe(false);
	});

	it.each(['操作失败，something else', '字段太长,超出数据库字段的长度', ''])(
		'of a start leaves open otherwise whether it was: %s',
		(message) => {
			expect(leavesOpen(`${base}/contract/draft`, start, generic(message))).toBe(true);
		},
	);

	it('of a start without signers was not carried out', () => {
		expect(leavesOpen(`${base}/contract/draft`, { send: '1' }, generic('操作失败，x'))).toBe(false);
	});

	it.each(['/document/file', '/annex/file'])('of an upload leaves nothing open: %s', (path) => {
		expect(leavesOpen(base + path, {}, generic('字段太长,超出数据库字段的长度'))).toBe(false);
	});

	it('of a draft that is not sent leaves nothing open', () => {
		const body = { send: '0', signerList: [{}] };
		expect(leavesOpen(`${base}/contract/draft`, body, generic('操作失败，x'))).toBe(false);
	});

	it.each(['/contract/recall', '/contract/finish', '/contract/approval'])(
		'of %s was rolled back where a field was too long, and is open otherwise',
		(path) => {
			expect(leavesOpen(base + path, {}, generic('字段太长,超出数据库字段的长度'))).toBe(false);
			expect(leavesOpen(base + path, {}, generic('操作失败，x'))).toBe(true);
		},
	);

	it('for a wrong method was not carried out', () => {
		const envelope = generic('不支持GET请求方法，支持以下POST、', 405);
		expect(leavesOpen(`${base}/contract/signer/add`, {}, envelope)).toBe(false);
	});
});

it.each([
	[{ code: 31000, message: '业务处理失败,x' }, false],
	[{ code: null, message: '签署日期控件-时间格式不能为空' }, false],
	[{ success: true, code: 401, message: '应用Token失效，请重新授权!' }, false],
	[{ code: 91000, message: '服务器未知错误' }, true],
])('a refusal in another form says whether the call was carried out: %j', (envelope, open) => {
	expect(leavesOpen(`${base}/contract/draft`, { send: '1', signerList: [{}] }, envelope)).toBe(
		open,
	);
});

it('the answer of the login filter is known', () => {
	const body = { success: true, message: '应用Token失效，请重新授权!', code: 401 };
	expect(isLoginFilter(body)).toBe(true);
	expect(isLoginFilter({ ...body, code: '401' })).toBe(true);
	expect(isLoginFilter({ ...body, success: false })).toBe(false);
	expect(isLoginFilter({ code: 41000, message: 'token无效' })).toBe(false);
});
