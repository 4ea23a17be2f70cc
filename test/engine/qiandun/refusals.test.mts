import { describe, expect, it } from 'vitest';
import type { Fault } from '../../sandbox/qiandun/index.mjs';
import { MESSAGES } from '../../sandbox/qiandun/index.mjs';
import { stage } from './support.mjs';

const { sandbox, act, sent } = await stage();

const SEAL = '/open/seal/detail';
const CHECK = '/open/psnCert/3element';

/** Calls that read may be repeated; where that is not the point, they are not. */
const options = { retries: 0 };

const getSeal = async (credential = {}) =>
	await act('seal', 'get', { sealId: '100000014', options }, { credential });

const verify = async (credential = {}) =>
	await act(
		'identity',
		'verifyPerson',
		{ psnName: '张三', psnIDCardNum: '110101199001011234', psnMobile: '13800138000', options },
		{ credential },
	);

const answering = (body: unknown, status = 200): Fault => ({
	status,
	body: body as Record<string, unknown>,
});

const forms = ['envelope200', 'json4xx', 'empty4xx'] as const;

describe.each(forms)('a refusal of the gate in the form %s', (gateRefusal) => {
	it.each([
		['a wrong secret', { secret: 'another-secret' }],
		['an unknown key', { appKey: 'another-key' }],
	])('because of %s says what to check', async (_what, credential) => {
		Object.assign(sandbox.switches, { gateRefusal });
		for (const attempt of [getSeal, verify]) {
			const { error, items } = await attempt(credential);
			expect(items).toEqual([]);
			expect(error?.message).toBeTruthy();
			expect(error?.httpCode).toBe(gateRefusal === 'empty4xx' ? '403' : '400');
			for (const word of ['App Key', 'App Secret', 'Base URL', 'clock'])
				expect(error?.description).toContain(word);
			expect(error?.description).toMatch(
				/^Qiandun('s gateway)? answered with (code|HTTP) 40[03]\./,
			);
		}
		expect(sandbox.requests).toHaveLength(2);
	});

	it.each([16, -16])('because a clock is %i minutes ahead mentions the clock', async (minutes) => {
		Object.assign(sandbox.switches, { gateRefusal, clockSkewMs: minutes * 60_000 });
		const { error } = await verify();
		expect(sandbox.requests[0].outcome).toBe('gate:staleTimestamp');
		expect(error?.description).toMatch(/clock of the machine that runs n8n.*15 minutes/);
	});

	it('goes into an item where the user wants to go on', async () => {
		Object.assign(sandbox.switches, { gateRefusal });
		const { items, error } = await act(
			'seal',
			'get',
			{ sealId: '1' },
			{ credential: { secret: 'another-secret' }, continueOnFail: true },
		);
		expect(error).toBeUndefined();
		expect(items[0].json).toEqual({
			error: {
				message: expect.any(String),
				code: gateRefusal === 'empty4xx' ? '403' : '400',
				hint: expect.stringContaining("'App Secret'"),
			},
		});
		expect(items[0].pairedItem).toEqual({ item: 0 });
	});
});

describe("the gate's own words", () => {
	it.each(['json4xx', 'empty4xx'] as const)('are shown in the form %s', async (gateRefusal) => {
		sandbox.switches.gateRefusal = gateRefusal;
		const { error } = await verify({ appKey: 'another-key' });
		expect(`${error?.message} ${error?.description}`).toContain('X-Ca-Key is not known');
	});

	it.each([400, 401, 403, 407, 451])(
		'with HTTP %i, called once, no words at all',
		async (status) => {
			sandbox.failNext(CHECK, { status, body: '' });
			const { error } = await verify();
			expect(error?.message).toBe(`Qiandun refused the call with HTTP ${status}`);
			expect(error?.description).toContain("'App Secret'");
			expect(error?.httpCode).toBe(String(status));
			expect(sent(CHECK)).toHaveLength(1);
		},
	);

	it('a web page with HTTP 403 is a refusal of the gate, too', async () => {
		sandbox.failNext(CHECK, { status: 403, body: '<html>Forbidden</html>' });
		const { error } = await verify();
		expect(error?.message).toBe('Qiandun refused the call with HTTP 403');
		expect(JSON.stringify(error)).not.toContain('<html>');
	});
});

describe("a refusal with one of the platform's codes", () => {
	const codes = Object.entries(MESSAGES).filter(([code]) => code !== '200');

	it.each(codes)('%s shows the message, the code and a hint', async (code, msg) => {
		sandbox.failNext(CHECK, answering({ result: null, code, msg, logKey: 'f158ccc7', ts: '1' }));
		const { error } = await verify();
		expect(error?.message).toBe(msg);
		expect(error?.httpCode).toBe(code);
		expect(error?.description).toContain(`Qiandun answered with code ${code}.`);
		expect(error?.description).toContain('Log key for its support: f158ccc7.');
		const said = `Qiandun answered with code ${code}. Log key for its support: f158ccc7.`;
		expect(error?.description?.slice(said.length).length).toBeGreaterThan(30);
	});

	it.each([200, 400, 409, 500])('looks the same with HTTP %i', async (refusalStatus) => {
		sandbox.switches.refusalStatus = refusalStatus;
		const { error } = await act('seal', 'get', { sealId: '5', options });
		expect(error?.message).toBe(MESSAGES.oc_20001);
		expect(error?.httpCode).toBe('oc_20001');
		expect(error?.description).toContain('There is no seal with this ID');
		// The platform has looked at the call: it was not the gate.
		expect(error?.description).not.toContain('App Secret');
	});

	it.each([
		['oc_39999', 'files'],
		['oc_10001', 'users'],
		['zz_1', 'zz_1'],
	])('an unknown one such as %s is shown with what is known', async (code, word) => {
		sandbox.failNext(CHECK, answering({ code, msg: '新的情况', result: null }));
		const { error } = await verify();
		expect(error?.message).toBe('新的情况');
		expect(error?.httpCode).toBe(code);
		expect(error?.description).toContain(word);
	});

	it('without a message names the code', async () => {
		sandbox.failNext(CHECK, answering({ code: 'oc_39999', msg: null }));
		expect((await verify()).error?.message).toBe('Qiandun refused the call with code oc_39999');
	});

	it('is understood when the code is a number', async () => {
		sandbox.switches.numericCode = true;
		expect((await getSeal()).error).toBeUndefined();
		const { error } = await act('user', 'getPerson', { accountId: 'nobody', options });
		expect([error?.message, error?.httpCode]).toEqual([MESSAGES['400'], '400']);
	});

	it('names the item where there are several, and what was done before', async () => {
		const input = ['100000014', '5', '100000015'].map((sealId) => ({ json: { sealId } }));
		const parameters = {
			sealId: '={{ $json.sealId }}',
			options: { itemsInParallel: 1, retries: 0 },
		};
		const { error } = await act('seal', 'get', parameters, { input });
		expect(error?.message).toBe(`${MESSAGES.oc_20001} [Item 1]`);
		expect(error?.context.itemIndex).toBe(1);
		expect(error?.description).toContain('Already carried out: item 0. Not started: 1.');
		expect(sandbox.requests).toHaveLength(2);

		const goOn = await act('seal', 'get', parameters, { input, continueOnFail: true });
		expect(goOn.items.map(({ json }) => json.sealName ?? json.error)).toEqual([
			'合同章',
			{
				message: `${MESSAGES.oc_20001} [Item 1]`,
				code: 'oc_20001',
				hint: expect.stringContaining('There is no seal with this ID'),
			},
			'公章',
		]);
	});
});

describe('an envelope', () => {
	const good = { result: { sealId: 1 }, code: '200', msg: '成功', ts: '1', logKey: '1891b154' };

	it.each([
		['without success', good],
		['with success', { ...good, success: true }],
		['with the code as a number', { ...good, code: 200 }],
		['with success that is null', { ...good, success: null }],
	])('%s is good', async (_what, body) => {
		sandbox.failNext(SEAL, answering(body));
		const { items } = await getSeal();
		expect(items.map(({ json }) => json)).toEqual([{ sealId: '1' }]);
	});

	it('with code 200 and success false is a refusal, and its message is no headline', async () => {
		sandbox.failNext(SEAL, answering({ ...good, success: false }));
		const { error } = await getSeal();
		expect(error?.message).toBe('Qiandun refused the call with code 200');
		expect(error?.description).toContain('It says: 成功.');
		expect(error?.description).toContain('1891b154');
	});

	it.each([
		['success false and no code', { success: false, msg: '不行' }, '不行'],
		['an empty code', { code: '', msg: '不行' }, '不行'],
		['a code that is null', { code: null, success: true, msg: '不行' }, '不行'],
	])('with %s is a refusal', async (_what, body, message) => {
		sandbox.failNext(SEAL, answering(body));
		expect((await getSeal()).error?.message).toBe(message);
	});
});

describe('an answer that is no envelope', () => {
	it.each([
		['text', 'nonJson', /^The answer did not come from Qiandun's API \(no JSON, HTTP 200\)/],
		['a web page', 'html200', /\(a web page, HTTP 200\)/],
		['half an envelope', 'truncatedJson', /\(no JSON, HTTP 200\)/],
		['nothing', { status: 200, body: '' }, /\(empty, HTTP 200\)/],
		['a list', { status: 200, body: '[1]' }, /HTTP 200/],
		['an object of something else', { status: 200, body: '{"hello":1}' }, /HTTP 200/],
		['nothing with HTTP 404', { status: 404, body: '' }, /nothing at this address \(HTTP 404\)/],
		['a web page with HTTP 502', { status: 502, body: '<html>' }, /\(a web page, HTTP 502\)/],
	] as Array<[string, Fault, RegExp]>)(
		'such as %s says where to look',
		async (_what, fault, message) => {
			sandbox.failNext('*', fault, 2);
			for (const { error, items } of [await getSeal(), await verify()]) {
				expect(items).toEqual([]);
				expect(error?.message).toMatch(message);
				expect(error?.description).toContain("'Base URL'");
			}
			expect(sandbox.requests).toHaveLength(2);
		},
	);

	it('is not followed to another address', async () => {
		sandbox.failNext(SEAL, {
			status: 302,
			headers: { location: `${sandbox.baseUrl}/open/psnGet` },
		});
		const { error } = await getSeal();
		expect(error?.message).toBe('The address in the credential redirects to another one');
		expect(sandbox.requests).toHaveLength(1);
	});
});
