import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { loader } from '../engine.mjs';
import { bodyText, echoRequest, stage } from './support.mjs';
import { runs } from '../../seed.mjs';

const { sandbox, act, once } = await stage({ switches: { strictSignedHeaders: true } });

const published = [
	['2', 'POST', '/open/psnCert/3element'],
	['4', 'POST', '/open/psnCert/faceResult'],
	['8', 'POST', '/open/psnCert/getUrl'],
	['9', 'POST', '/open/corpCert/4element'],
	['21', 'GET', '/open/psnGet'],
	['31', 'GET', '/open/contract/signer'],
	['37', 'GET', '/open/seal/detail'],
	['38', 'POST', '/open/seal/autosign/auth/url'],
	['43', 'POST', '/open/api/ocr/idCard'],
] as const;

describe('api: request, which endpoint', () => {
	it.each(published)('%s goes to %s %s', async (endpoint, method, path) => {
		await act('api', 'request', { endpoint, path: '/somewhere/else', method: 'GET' });
		expect(sandbox.requests.map((request) => [request.method, request.path])).toEqual([
			[method, `/api${path}`],
		]);
		expect(sandbox.requests[0].outcome).not.toMatch(/^gate|unknownPath/);
	});

	it('gives what a published endpoint answers', async () => {
		const { json } = await once('api', 'request', {
			endpoint: '31',
			query: '{"contractId":"1897893172027068416","businessCode":"","accountId":3321}',
		});
		expect(json).toMatchObject({ signStatus: 'finished', seqNo: 1 });
		expect(sandbox.requests[0].rawQuery).toBe('accountId=3321&contractId=1897893172027068416');
	});

	it('keeps digits of IDs in the query and in the body that are written as numbers', async () => {
		const { json } = await once('api', 'request', {
			...echoRequest({ method: 'POST' }),
			query: '{"contractId":1897893172027068416}',
			body: '{"contractId":1897893172027068416}',
		});
		expect(json).toMatchObject({
			query: { contractId: '1897893172027068416' },
			body: { contractId: '1897893172027068416' },
		});
	});

	it.each([
		['26', '上传文件', '文件相关'],
		['17', '企业实名认证地址(页面)', '实名认证 / 企业认证'],
		['30', '通过文件发起合同', '合同相关'],
	])(
		"%s has no published path: the message names the vendor's page",
		async (endpoint, name, group) => {
			const { error } = await act('api', 'request', { endpoint });
			expect(error?.message).toBe("'Path' is empty for this item");
			expect(error?.description).toContain(`path of ${name}`);
			expect(error?.description).toContain(`page ${group} / ${name}`);
			expect(sandbox.requests).toEqual([]);
		},
	);

	it('takes the method from the menu even where the path comes from the user', async () => {
		await act('api', 'request', { endpoint: '33', path: 'sandbox-only/echo', method: 'POST' });
		await act('api', 'request', { endpoint: '26', path: '/sandbox-only/echo', method: 'GET' });
		await act('api', 'request', { endpoint: '10', path: '/sandbox-only/echo', method: 'GET' });
		expect(sandbox.requests.map(({ method, path, outcome }) => [method, path, outcome])).toEqual(
			['GET', 'POST', 'GET'].map((method) => [method, '/api/sandbox-only/echo', 'ok']),
		);
	});

	it.each([
		[{ endpoint: '={{ "46" }}' }, "'Endpoint' has an unknown value"],
		[echoRequest({ method: '={{ "TRACE" }}' }), "'Method' is neither GET nor POST"],
		[echoRequest({ query: '[1]' }), "'Query (JSON)' is not a JSON object"],
		[echoRequest({ body: '{"a":1,}' }), "'Body (JSON)' is not valid JSON"],
		[
			echoRequest({ body: '{"__proto__":{"a":1}}' }),
			"'Body (JSON)' holds the key '__proto__', which is not allowed",
		],
	])('refuses %j', async (parameters, message) => {
		const { error } = await act('api', 'request', parameters);
		expect(error?.message).toBe(message);
		expect(sandbox.requests).toEqual([]);
	});

	it('offers the 45 entries and any other path, with both names, findable by either', () => {
		const { properties } = loader.getNode('cnEsign').type.description as {
			properties: Array<{
				name: string;
				options?: Array<{ name: string; value: string; description: string }>;
			}>;
		};
		const options = properties.find(({ name }) => name === 'endpoint')?.options ?? [];
		expect(options).toHaveLength(46);
		expect(options[0].value).toBe('other');
		expect(options.find(({ value }) => value === '21')).toEqual({
			name: 'Query Person (查询个人用户信息)',
			value: '21',
			description: 'GET /open/psnGet',
		});
		expect(options.find(({ value }) => value === '40')).toEqual({
			name: 'Confirm Callback (回调成功确认)',
			value: '40',
		});
	});
});

describe('api: request, where it may go', () => {
	it.each([
		'//127.0.0.1:9/open/psnGet',
		'https://other.example/open/psnGet',
		'HTTP://other.example',
		'/https://other.example',
		'http:/other.example',
		'javascript:alert(1)',
		'\\\\other.example\\x',
		'/open/../../secret',
		'..',
		'/open/%2e%2e/%2E%2e/secret',
		'/open/./psnGet',
		'/open/psnGet?accountId=1120',
		'/open/psnGet%3FaccountId=1120',
		'/open/psnGet#top',
		'/open/psn Get',
		'/open/psnGet\r\nX-Evil: 1',
		'/open/%0d%0aX-Evil:1',
		'/open/%zz',
	])('never sends %j', async (path) => {
		const { error } = await act(
			'api',
			'request',
			echoRequest({ path: `={{ ${JSON.stringify(path)} }}` }),
		);
		expect(error?.message).toMatch(/^'Path' (?:is a whole address|leads out|holds a)/);
		expect(sandbox.requests).toEqual([]);
	});

	it("says so when the path repeats the base URL's /api, as the vendor's samples do", async () => {
		const { error } = await act('api', 'request', echoRequest({ path: '/api/open/psnGet' }));
		expect(error?.message).toContain('begins with /api');
		expect(error?.description).toContain('Leave out the first /api');
		expect(sandbox.requests).toEqual([]);
	});

	it('whatever is typed, only ever calls this host, below the base URL', async () => {
		const piece = fc.constantFrom(
			'/',
			'.',
			'..',
			'%2e',
			'%2f',
			'%5c',
			'\\',
			'@',
			':',
			'?',
			'#',
			'http:',
			'other.example',
			'open',
			' ',
			'\t',
			'；',
			'%00',
			'*',
		);
		await fc.assert(
			fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 7 }), async (pieces) => {
				sandbox.requests.length = 0;
				const path = JSON.stringify(pieces.join(''));
				const { error } = await act(
					'api',
					'request',
					echoRequest({ method: 'GET', path: `={{ ${path} }}` }),
				);
				const calls = sandbox.requests.map(({ path: called }) => called);
				expect(calls.length).toBeLessThanOrEqual(1);
				for (const called of calls) expect(called).toMatch(/^\/api\//);
				// What was not sent here was not sent at all.
				if (calls.length === 0) expect(error?.message).toMatch(/^'Path'/);
			}),
			{ numRuns: runs(120) },
		);
	});
});

describe('api: request, the public-cloud edition', () => {
	const toEditionB = (path: string, more: IDataObject) => ({ endpoint: 'other', path, ...more });

	it.each([
		[
			'POST',
			'/psnAuthUrl',
			'{"authorizeConfig":{"authorizedScopes":["get_psn_ident_info"]},"clientType":"h5"}',
		],
		[
			'POST',
			'/api/contractStart',
			'{"contractName":"合同","signers":[],"signFlowConfig":{"seqSigning":true},"signFlowInitiator":{}}',
		],
	])('%s %s', async (method, path, body) => {
		sandbox.switches.editionB = true;
		// Its base is the bare host; with it the paths are given as the vendor writes them.
		const baseUrl = path.startsWith('/api/') ? sandbox.origin : sandbox.baseUrl;
		const { items, error } = await act('api', 'request', toEditionB(path, { method, body }), {
			credential: { baseUrl },
		});
		expect(error).toBeUndefined();
		expect(items[0].json).toEqual({ success: true });
		expect(bodyText(sandbox.requests[0])).toBe(body);
	});

	it('GET /api/contract/proof', async () => {
		sandbox.switches.editionB = true;
		const { items } = await act(
			'api',
			'request',
			toEditionB('/api/contract/proof', {
				method: 'GET',
				query: '{"contractId":"1897893172027068416"}',
			}),
			{ credential: { baseUrl: `${sandbox.origin}/` } },
		);
		expect(items[0].json).toMatchObject({ proofCode: expect.any(String) });
	});

	it('is refused where the platform does not have the path', async () => {
		const refused = await act('api', 'request', toEditionB('/psnAuthUrl', { body: '{}' }));
		expect(refused.error?.httpCode).toBe('400');
		sandbox.switches.unknownPathAnswer = 'http404';
		const missing = await act('api', 'request', toEditionB('/psnAuthUrl', { body: '{}' }));
		expect(missing.error?.message).toBe('There is nothing at this address (HTTP 404)');
	});
});
