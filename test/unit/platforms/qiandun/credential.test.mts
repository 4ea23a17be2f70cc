import { describe, expect, it } from 'vitest';
import { verdictOnBody, verdictOnStatus } from '../credentialTest.support.mjs';

describe('the test of a Qiandun credential', () => {
	it('takes an answer of the platform about a seal that is not there as good', () => {
		for (const body of [
			{ code: '200', success: true, result: {} },
			{ code: 'oc_20001', success: false, msg: '印章不存在' },
			{ code: 'oc_20001', msg: '印章不存在' },
		])
			expect(verdictOnBody(body)).toBeUndefined();
	});

	it('says what to check where the gateway refuses, as HTTP status or in an envelope', () => {
		for (const status of [400, 401, 403]) {
			const said = verdictOnStatus(status);
			expect(said).toContain(`HTTP ${status}`);
			expect(said).toMatch(/key or token.*secret.*'Base URL'.*clock/);
		}
		for (const code of [400, '400'])
			expect(verdictOnBody({ code, msg: '参数错误' })).toMatch(/key or token.*clock/);
	});

	it('points to the base URL where nothing is at the address', () => {
		expect(verdictOnStatus(404)).toContain('for Qiandun it ends in /api');
		expect(verdictOnBody({ data: '<html></html>' })).toContain("'Base URL'");
	});

	it('does not blame the key for a busy platform', () => {
		for (const code of [500, '500'])
			expect(verdictOnBody({ code, msg: '服务繁忙' })).toContain('busy');
	});
});
