import { describe, expect, it } from 'vitest';
import { hintFor, hints } from '../../../../nodes/CnEsign/platforms/kaifangqian/codes.js';

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

	it('are closer to the matter where the reason is known', () => {
		expect(hintFor('31000', '业务处理失败,不支持的文件类型')).toContain('PDF');
		expect(hintFor('31000', '业务处理失败,关联文档不存在')).toContain('document IDs');
		expect(hintFor('31000', '业务处理失败,签章授权不存在')).toContain('authorized');
		expect(hintFor('31000', '业务处理失败,其他')).toBe(hints['31000']);
	});

	it('are missing for a code that nobody knows', () => {
		expect(hintFor('12345', '')).toBeUndefined();
		expect(hintFor('toString', '')).toBeUndefined();
	});
});
