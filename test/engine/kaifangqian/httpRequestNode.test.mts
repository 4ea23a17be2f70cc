import type { IDataObject } from 'n8n-workflow';
import { beforeEach, describe, expect, it } from 'vitest';
import { keyPair } from '../../sandbox/kaifangqian/keys.mjs';
import { runWorkflow } from '../engine.mjs';
import { installHttpRequestNode } from '../httpRequestNode.mjs';
import { credentialFor } from '../kaifangqian.mjs';
import { chain, startNode } from '../node.mjs';
import { bodyOf, isUuid, queryOf, rawText, redirectTo, stage, startOther } from './support.mjs';

const { sandbox, sent } = await stage();
const type = installHttpRequestNode();

const call = async (parameters: IDataObject, credential: IDataObject = {}) => {
	const node = {
		id: 'http',
		name: 'HTTP Request',
		type,
		typeVersion: 4.2,
		position: [0, 0] as [number, number],
		parameters: {
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'cnEsignApi',
			...parameters,
		} as never,
		credentials: { cnEsignApi: { id: '1', name: 'E-Sign' } },
	};
	const secrets = credentialFor(sandbox, { secret: sandbox.developerPrivateKey, ...credential });
	const run = await runWorkflow(chain(startNode, node), { secrets });
	const data = run.data.resultData.runData['HTTP Request']?.[0];
	return { json: data?.data?.main[0]?.[0]?.json, error: data?.error };
};

const asPairs = (values: Record<string, string>) => ({
	parameters: Object.entries(values).map(([name, value]) => ({ name, value })),
});

describe("n8n's own HTTP Request node with this credential", () => {
	beforeEach(() => {
		sandbox.switches.strictSign = true;
	});

	it('signs a GET whose query holds Chinese, spaces and signs', async () => {
		const contact = '张三 & 李四+=%/13800138000';
		const { json, error } = await call({
			url: `${sandbox.baseUrl}/signRes`,
			sendQuery: true,
			queryParameters: asPairs({ contact }),
		});
		expect(error).toBeUndefined();
		// Not 26000: the stand-in has accepted the signature, and knows no such person.
		expect(json).toMatchObject({ code: 31000 });
		expect(sent()).toHaveLength(1);
		expect(queryOf(sent()[0])).toEqual({ contact });
		expect(sent()[0].query).toMatchObject({
			appAuthToken: sandbox.token,
			operatorAccount: 'n8n',
		});
		expect(isUuid(sent()[0].query.uniqueCode)).toBe(true);
	});

	it('gets the answer of a call that succeeds', async () => {
		const { json } = await call({
			url: `${sandbox.baseUrl}/signRes?contact=${sandbox.operator.contact}`,
		});
		expect(json).toMatchObject({ code: 10000 });
		expect(json?.result).toHaveLength(7);
	});

	it.each([
		[
			'as text',
			{ specifyBody: 'json', jsonBody: '{"accountName":"13800138000","clientUserId":"用户 1"}' },
		],
		[
			'as fields',
			{
				specifyBody: 'keypair',
				bodyParameters: asPairs({ accountName: '13800138000', clientUserId: '用户 1' }),
			},
		],
	])('signs a POST with a JSON body given %s, over the bytes that are sent', async (_how, body) => {
		sandbox.switches.hostedSite = true;
		const { json, error } = await call({
			method: 'POST',
			url: `${sandbox.baseUrl}/auth/corp/ident/link`,
			sendBody: true,
			contentType: 'json',
			...body,
		});
		expect(error).toBeUndefined();
		expect(json).toMatchObject({ code: 10000 });
		expect(sent()).toHaveLength(1);
		expect(bodyOf(sent()[0])).toEqual({ accountName: '13800138000', clientUserId: '用户 1' });
		expect(rawText(sent()[0])).not.toContain('\n');
		expect(sent()[0].headers).toMatchObject({
			appauthtoken: sandbox.token,
			'content-type': 'application/json',
		});
	});

	it('sends a POST without a body as an object with the common fields', async () => {
		const { json } = await call({ method: 'POST', url: `${sandbox.baseUrl}/contract/recall` });
		// The server has read it, and misses the contract's ID.
		expect(json).toMatchObject({ code: 31000, message: '业务处理失败,合同id：null数据不存在' });
		expect(JSON.parse(rawText(sent()[0]))).toEqual({
			appAuthToken: sandbox.token,
			uniqueCode: expect.any(String),
			operatorAccount: 'n8n',
		});
	});

	it('is refused when the key is not the registered one', async () => {
		const { json } = await call(
			{ url: `${sandbox.baseUrl}/signRes?contact=${sandbox.operator.contact}` },
			{ secret: keyPair('stranger').privateKey },
		);
		expect(json).toMatchObject({ code: 26000 });
	});

	it('sends nothing to another host, neither by its address nor by a redirect', async () => {
		const other = await startOther();
		const { error } = await call({ url: `${other.origin}/signRes` });
		expect(error?.message).toContain('only for');
		sandbox.failNext('/signRes', redirectTo(other.origin));
		await call({ url: `${sandbox.baseUrl}/signRes?contact=${sandbox.operator.contact}` });
		expect(sent()).toHaveLength(1);
		expect(other.heard).toEqual([]);
	});
});
