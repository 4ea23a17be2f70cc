import { describe, expect, it } from 'vitest';
import { verdictOnBody } from '../credentialTest.support.mjs';

const message = 'token无效';

describe('the test of a Kaifangqian credential', () => {
	it.each([
		[40000, 'got no token'],
		[41000, 'does not know this token'],
		[42000, 'switched off'],
		[26000, "'RSA Private Key'"],
	])('says what %i means, as a number and as a text', (code, words) => {
		expect(verdictOnBody({ code, message })).toContain(words);
		expect(verdictOnBody({ code: String(code), message })).toContain(words);
	});

	it('takes an unknown contact and an answer without lines as good (docs/api/kaifangqian.md, 8, trap 7)', () => {
		for (const code of [10000, '10000', 31000, '31000'])
			expect(verdictOnBody({ code, message: '成功', timestamp: 1 })).toBeUndefined();
	});

	it('says that there is no such call at an address without V2 (docs/api/kaifangqian.md, 3.1)', () => {
		const loginFilter = { success: true, message: '应用Token失效，请重新授权!', code: 401 };
		for (const code of [401, '401']) {
			const said = verdictOnBody({ ...loginFilter, code });
			// Its own words blame the token, which nobody has looked at.
			expect(said).toContain("'Base URL' of Kaifangqian must end in /openAPI/V2");
			expect(said).toContain('The token was not looked at');
		}
	});

	it.each([502, 503, 504, 91000, 999999])(
		'does not blame the token for a platform in trouble (%i)',
		(code) => {
			for (const value of [code, String(code)])
				expect(verdictOnBody({ code: value, message: 'x' })).toContain('could not answer');
		},
	);

	it.each([
		['a web page', { data: '<html></html>' }],
		['JSON from something else', { status: 'ok' }],
		['JSON of another API with a code of its own', { code: 0, data: {} }],
		['the same as a text', { code: '0' }],
		['a code that is null', { code: null, message: 'x' }],
		['a gateway that refuses in JSON', { code: 404, message: 'Not Found' }],
		['the same as a text', { code: '403', message: 'Forbidden' }],
		[
			'the form that no endpoint answers with (docs/api/kaifangqian.md, 3.1)',
			{ success: false, message: '操作失败，路径不存在', code: 500 },
		],
	])('points to the base URL for %s', (_, body) => {
		expect(verdictOnBody(body)).toContain("'Base URL'");
	});
});
