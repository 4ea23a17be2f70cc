import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signText } from '../../../sandbox/kaifangqian/keys.mjs';
import { lisi, person } from '../../../sandbox/kaifangqian/testing.mjs';
import { position, useStage } from './support.mjs';

// Its clock moves when a test says so: a busy machine would open the throttle's next window too early.
const stage = useStage({ throttleClock: () => 0 });
const signRes = async (more: Record<string, unknown> = {}) =>
	await stage.api.get('/signRes', { contact: stage.sandbox.operator.contact, ...more });
const FORM_3 = {
	success: true,
	message: '应用Token失效，请重新授权!',
	code: 401,
	result: null,
	timestamp: expect.any(Number),
};

describe('the gate', () => {
	it('tells tokens apart before it looks at anything else', async () => {
		const codes = [];
		for (const appAuthToken of [undefined, '', ' ', 'NOPENOPE', stage.sandbox.disabledToken])
			codes.push((await signRes({ appAuthToken, contact: 'nobody' })).json.code);
		expect(codes).toEqual([40000, 40000, 40000, 41000, 42000]);
	});

	it('does not take a list for a token', async () => {
		const { json } = await stage.api.post('/contract/finish', {
			appAuthToken: [stage.sandbox.token],
		});
		expect(json.code).toBe(41000);
	});

	it('does not take the token from a header', async () => {
		const headers = { appAuthToken: stage.sandbox.token, uniqueCode: randomUUID() };
		expect((await stage.api.raw('/signRes?contact=1', { headers })).json.code).toBe(40000);
	});

	it.each(['', 'a=1', '[]', '"text"', 'null', '{"a":'])(
		'wants a JSON object in the body: %j',
		async (body) => {
			const headers = { 'content-type': 'application/json' };
			const { json } = await stage.api.raw('/contract/finish', { method: 'POST', headers, body });
			expect(json).toMatchObject({
				code: 25000,
				message: 'POST请求的数据结构错误只支持JSON结构。',
			});
		},
	);

	it('sends unknown paths to the login filter, whatever the token is', async () => {
		const answers = [
			await stage.api.get('/nope'),
			await stage.api.get('/contract/viewUrl'),
			await stage.api.post('/contract/expireDate', { appAuthToken: 'NOPENOPE' }),
			await stage.api.raw('/contract', { method: 'DELETE' }),
			await stage.api.raw('/%zz'),
		];
		for (const { status, json } of answers) expect([status, json]).toEqual([401, FORM_3]);
		const withoutV2 = await fetch(stage.sandbox.baseUrl.replace('/V2', '/signRes'));
		expect([withoutV2.status, await withoutV2.json()]).toEqual([401, FORM_3]);
		const outside = await fetch(`${stage.sandbox.origin}/some/page`);
		expect(outside.headers.get('content-type')).toContain('text/html');
	});

	it('names the right method, without looking at the token', async () => {
		const put = await stage.api.raw('/contract/draft', { method: 'PUT', body: '{' });
		expect([put.status, put.json]).toEqual([
			200,
			{
				success: false,
				message: '不支持PUT请求方法，支持以下POST、',
				code: 405,
				result: null,
				timestamp: expect.any(Number),
			},
		]);
	});

	it.each<[string, Record<string, unknown>]>([
		['a text for a list', { signerList: 'x' }],
		['a list for an object', { operator: [] }],
		['an object for a text', { subject: {} }],
		['a word for a number', { autoFinish: 'yes' }],
		['null in a list', { signerList: [null] }],
		['no list of signers', { signerList: undefined }],
	])('breaks on %s', async (_what, more) => {
		const json = await stage.answer(more);
		expect(json).toMatchObject({ success: false, code: 500 });
		expect(json.message).toMatch(/^操作失败，./);
		expect(stage.sandbox.control.contracts()).toEqual([]);
	});

	it('takes numbers for texts and texts for numbers', async () => {
		const signerList = [
			person(lisi, '1', {
				signerOrder: 1,
				positionParamList: [position(stage.docId, { pageConfig: 1, offsetX: 0.5, offsetY: 0 })],
			}),
		];
		const id = await stage.contract({ send: 1, subject: 7, autoFinish: '0', signerList });
		expect(stage.sandbox.control.contract(id)).toMatchObject({ subject: '7', autoFinish: 0 });
		expect(stage.status(id)).toBe('SIGNING');
	});

	it('ignores fields nobody knows, and records them', async () => {
		await stage.contract({ whatever: 1, operator: { ...stage.sandbox.operator, age: 3 } });
		expect(stage.sandbox.requests.at(-1)?.unknownFields).toEqual(['operator.age', 'whatever']);
	});
});

describe('uniqueCode', () => {
	it.each([undefined, ''])(
		'left out (%j): the work is done and the answer breaks',
		async (code) => {
			const json = await stage.answer({ uniqueCode: code });
			expect(json).toMatchObject({ success: false, code: 500 });
			expect(stage.sandbox.control.contracts()).toHaveLength(1);
			expect(await stage.answer({ uniqueCode: code, send: undefined })).toMatchObject({
				code: 21000,
			});
		},
	);

	it('of more than 255 characters breaks the answer too', async () => {
		expect(await stage.answer({ uniqueCode: 'x'.repeat(255) })).toMatchObject({ code: 10000 });
		expect(await stage.answer({ uniqueCode: 'x'.repeat(256) })).toMatchObject({
			success: false,
			message: '字段太长,超出数据库字段的长度',
		});
		expect(stage.sandbox.control.contracts()).toHaveLength(2);
	});

	it('twice makes two contracts', async () => {
		const uniqueCode = randomUUID();
		expect(await stage.contract({ uniqueCode })).not.toBe(await stage.contract({ uniqueCode }));
	});
});

describe('operatorAccount', () => {
	const internal = (more: Record<string, unknown> = {}) => {
		const date = position(stage.docId, { controlType: 'SIGN_DATE' });
		const signerList = [person(lisi, '1', { positionParamList: [date] })];
		return stage.api.post('/contract/draft', {
			operator: stage.sandbox.operator,
			signReId: stage.sandbox.lines.free,
			send: '0',
			signDocumentList: [{ docId: stage.docId }],
			signerList,
			...more,
		});
	};

	it('decides whether an internal refusal can be told', async () => {
		expect((await internal()).json).toMatchObject({
			code: null,
			message: '签署日期控件-时间格式不能为空',
			result: null,
		});
		for (const operatorAccount of [undefined, '', 'x'.repeat(65)]) {
			const { status, json } = await internal({ operatorAccount });
			expect([status, json]).toEqual([401, FORM_3]);
		}
	});

	it('does not matter to what is granted, nor to other refusals', async () => {
		expect(await stage.answer({ operatorAccount: undefined })).toMatchObject({ code: 10000 });
		const refused = await stage.answer({ operatorAccount: undefined, signReId: 'nope' });
		expect(refused).toMatchObject({ code: 31000 });
		const broken = await stage.answer({ operatorAccount: undefined, signerList: undefined });
		expect(broken).toMatchObject({ success: false, code: 500 });
	});
});

describe('the throttle', () => {
	const upload = async (more: Record<string, unknown> = {}) =>
		await stage.api.post('/document/file', { fileName: 'x', fileSuffix: '.pdf', ...more });
	const many = async (times: number, more: Record<string, unknown> = {}) =>
		await Promise.all(Array.from({ length: times }, async () => await upload(more)));

	it('has a fixed window that begins with the first call', async () => {
		stage.sandbox.switches.throttle = true;
		stage.sandbox.passTime(1000);
		const codes = async (times: number) =>
			(await many(times)).map(({ json }) => json.code as number).sort((a, b) => a - b);
		expect(await codes(4)).toEqual([21000, 21000, 21000, 21000]);
		stage.sandbox.passTime(900);
		// A sliding window would still count the four in the next second.
		expect(await codes(3)).toEqual([21000, 999999, 999999]);
		stage.sandbox.passTime(110);
		expect(await codes(6)).toEqual([21000, 21000, 21000, 21000, 21000, 999999]);
	});

	it('counts per path, and not at all what has no right token', async () => {
		stage.sandbox.switches.throttle = true;
		stage.sandbox.passTime(1000);
		const wrong = await many(8, { appAuthToken: 'WRONG' });
		expect(wrong.map(({ json }) => json.code)).toEqual(Array(8).fill(41000));
		await many(6);
		expect((await stage.api.post('/annex/file')).json.code).toBe(21000);
		const lines = await Promise.all(Array.from({ length: 9 }, async () => await signRes()));
		expect(lines.every(({ json }) => json.code === 10000)).toBe(true);
	});

	it('refuses in form 1 with operatorAccount, in form 3 without', async () => {
		stage.sandbox.switches.throttleCalls = 0;
		stage.sandbox.switches.throttle = true;
		expect((await upload()).json).toMatchObject({ code: 999999, message: '请勿频繁操作' });
		const { status, json } = await upload({ operatorAccount: undefined });
		expect([status, json]).toEqual([401, FORM_3]);
	});
});

describe('switches', () => {
	it('verify the signature', async () => {
		stage.sandbox.switches.strictSign = true;
		expect((await signRes()).json).toMatchObject({ code: 26000, message: '数据验签失败' });
		const { token, operator, developerPrivateKey } = stage.sandbox;
		const query = { appAuthToken: token, contact: operator.contact, uniqueCode: 'ü 1' };
		const text = Object.entries(query)
			.map(([name, value]) => `${name}=${value}`)
			.join('&');
		const path = `/signRes?${new URLSearchParams({ ...query, blank: '' })}`;
		const sign = signText(text, developerPrivateKey);
		expect((await stage.api.raw(path, { headers: { sign } })).json.code).toBe(10000);
		const body = JSON.stringify({ appAuthToken: token, uniqueCode: 'x', contractId: '中' });
		const post = async (signed: string) => {
			const headers = {
				'content-type': 'application/json',
				sign: signText(signed, developerPrivateKey),
			};
			return await stage.api.raw('/contract/finish', { method: 'POST', headers, body });
		};
		expect((await post(body)).json.code).toBe(31000);
		expect((await post(`${body} `)).json.code).toBe(26000);
	});

	it('make it the hosted site, which takes the token of endpoint 16 from a header', async () => {
		const path = '/auth/corp/ident/link';
		expect((await stage.api.post(path)).json).toEqual(FORM_3);
		expect((await stage.api.get(path)).json).toEqual(FORM_3);
		stage.sandbox.switches.hostedSite = true;
		expect((await stage.api.post(path)).json.code).toBe(40000);
		const headers = { appAuthToken: stage.sandbox.token, uniqueCode: randomUUID() };
		const { json } = await stage.api.post(path, {}, headers);
		expect(json.result).toEqual({
			orderNo: expect.any(String),
			authUrl: expect.stringContaining('/ident/'),
		});
		expect((await fetch(json.result.authUrl)).status).toBe(200);
	});

	it('send the code as a text', async () => {
		stage.sandbox.switches.codeAsString = true;
		expect((await signRes()).json.code).toBe('10000');
	});
});

describe('what it records', () => {
	it('is each call, and how many ran at once', async () => {
		stage.sandbox.switches.latencyMs = 30;
		await Promise.all([signRes({ extra: '1' }), signRes(), signRes()]);
		expect(stage.sandbox.maxInFlight).toBe(3);
		expect(stage.sandbox.requests).toHaveLength(3);
		expect(stage.sandbox.requests[0]).toMatchObject({
			method: 'GET',
			path: '/signRes',
			statusCode: 200,
		});
		expect(stage.sandbox.requests.flatMap(({ unknownFields }) => unknownFields)).toEqual(['extra']);
		await stage.api.upload(Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(1024 * 1024)]));
		expect(stage.sandbox.requests[3].rawBody).toEqual({
			bytes: expect.any(Number),
			sha256: expect.any(String),
		});
	});
});
