import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
	hintFor,
	hints,
	leavesDraft,
	reasons,
	saysMixedUp,
	tooLongHint,
} from '../../../../nodes/CnEsign/platforms/kaifangqian/codes.js';

// docs/api/kaifangqian.md, 3.2, without success.
const REFUSALS = [
	...['21000', '22000', '23000', '23001', '24000', '24001', '25000', '26000'],
	...['31000', '32000', '32001', '32002', '32003', '32004'],
	...['40000', '41000', '41001', '41002', '42000', '51000', '52000', '91000', '999999'],
];

describe('hints', () => {
	it('exist for every code of the platform and no other', () => {
		expect(Object.keys(hints).sort()).toEqual([...REFUSALS].sort());
	});

	it.each(REFUSALS)('for %s say what to do, in sentences', (code) => {
		expect(hintFor(code, 'x')).toMatch(/^[A-Z].{20,}\.$/);
	});

	it('name the field of the credential where it is the credential', () => {
		for (const code of ['40000', '41000']) expect(hints[code]).toContain("'App Auth Token'");
		expect(hints['26000']).toContain("'RSA Private Key'");
	});

	it('are closer to the matter where the reason is known, whatever the code', () => {
		for (const code of ['31000', '21000', '']) {
			expect(hintFor(code, '业务处理失败,不支持的文件类型')).toContain('PDF');
			expect(hintFor(code, '业务处理失败,关联文档不存在')).toContain('document IDs');
			expect(hintFor(code, '业务处理失败,签章授权不存在')).toContain('authorized');
		}
		expect(hintFor('31000', '业务处理失败,其他')).toBe(hints['31000']);
	});

	it('are missing for a code that nobody knows', () => {
		expect(hintFor('12345', '')).toBeUndefined();
		expect(hintFor('toString', '')).toBeUndefined();
	});
});

/** The texts of the table of reasons (docs/api/kaifangqian.md, 3.2), without what is said about them. */
const documented = (() => {
	const file = resolve(import.meta.dirname, '../../../../docs/api/kaifangqian.md');
	const text = readFileSync(file, 'utf8');
	const table = text.slice(
		text.indexOf('Reasons seen behind 31000'),
		text.indexOf('Codes of 云盾'),
	);
	return [...table.matchAll(/^\| (.+?) \| .* \|$/gm)]
		.map(([, cell]) => cell)
		.filter((cell) => cell !== 'text')
		.flatMap((cell) => cell.replace(/\([^)]*\)/g, '').split(/; | \/ /))
		.map((part) => part.replace(/^code 21000 /, '').trim())
		.filter((part) => /\p{Script=Han}|[a-z]{4}/u.test(part));
})();

describe('reasons', () => {
	it('are read from the reference', () => {
		expect(documented.length).toBeGreaterThan(35);
		expect(documented).toContain('组织签章未指定签章');
	});

	it.each(documented)('%s has a hint of its own', (reason) => {
		const hint = hintFor('31000', `业务处理失败,${reason}`);
		expect(hint).not.toBe(hints['31000']);
		expect(hint).toMatch(/^["'A-Z].{20,}\.$/s);
	});

	// The first that fits speaks, so a part must not be covered by one before it.
	it('are each found by their own part', () => {
		for (const [index, [part, hint]] of reasons.entries()) {
			const first = reasons.findIndex(([other]) => part.includes(other));
			expect([first, hintFor('31000', part)], part).toEqual([index, hint]);
		}
	});
});

describe('what a refusal leaves behind', () => {
	it('is a draft after two calls have met (docs/api/kaifangqian.md, 3.4)', () => {
		for (const message of [
			'业务处理失败,驱动流程错误：操作类型不支持',
			'签署方不能为空',
			'签署失败,签署位置计算失败',
			'Cannot invoke "com.example.SignRu.getId()" because "signRu" is null',
		]) {
			expect(saysMixedUp(message)).toBe(true);
			expect(leavesDraft(message)).toBe(true);
			expect(hintFor('31000', message)).toContain('nobody has been asked to sign');
		}
	});

	it('is a draft after a refusal that came late (docs/api/kaifangqian.md, 6.4)', () => {
		for (const message of [
			'业务处理失败,组织签章未指定签章',
			'自动盖章的签署节点未指定签署位置',
			"### Error updating database. Data too long for column 'mes_title'",
			'填写失败',
		]) {
			expect(saysMixedUp(message)).toBe(false);
			expect(leavesDraft(message)).toBe(true);
			expect(hintFor('31000', message)).toContain('A draft is left');
		}
	});

	it('is nothing after all others', () => {
		for (const message of ['账号不存在', '业务线id：x数据不存在', '请勿频繁操作', ''])
			expect(leavesDraft(message)).toBe(false);
	});
});

describe('a value that is too long (docs/api/kaifangqian.md, 3.3)', () => {
	it('is looked for where the call has such values', () => {
		expect(tooLongHint('upload')).toContain('name of the file');
		expect(tooLongHint('draft')).toContain('subject, names and contract number');
		expect(tooLongHint('other')).toContain('shorten it');
	});

	it('can be the callback address, which breaks the calls themselves (8, trap 19)', () => {
		for (const about of ['start', 'oneContract'] as const) {
			expect(tooLongHint(about)).toContain('回调地址');
			expect(tooLongHint(about)).toContain('128');
		}
		// Rolled back there, and perhaps carried out here.
		expect(tooLongHint('oneContract')).toMatch(/^Nothing was changed\./);
		expect(tooLongHint('start')).toContain('the contract runs although');
	});
});
