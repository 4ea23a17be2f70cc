import type { IDataObject, INodeType } from 'n8n-workflow';
import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keyPair } from '../../sandbox/kaifangqian/keys.mjs';
import { extraTypes, runWorkflow } from '../engine.mjs';
import { credentialFor } from '../kaifangqian.mjs';
import { chain, startNode } from '../node.mjs';
import { pdfItem, rawText, redirectTo, stage, startOther } from './support.mjs';

const { sandbox, act, sent, contract } = await stage();
const { contact } = sandbox.operator;
const secret = sandbox.developerPrivateKey;

const lines = async (credential: IDataObject) =>
	await act('businessLine', 'getAll', { contact }, { credential });

const refusalOf = async (credential: IDataObject) => {
	const { items, error } = await lines(credential);
	expect(items).toEqual([]);
	return { message: error!.message, description: error!.description as string };
};

describe('a private key', () => {
	it('makes signatures that the platform accepts: GET, POST and upload', async () => {
		sandbox.switches.strictSign = true;
		const credential = { secret };
		const got = await act(
			'api',
			'request',
			{
				path: '/signRes',
				query: { contact, 中文: '值 & +%', Zebra: '', empty: ' ', a: '1' },
			},
			{ credential },
		);
		expect(got.error).toBeUndefined();
		expect(got.items).toHaveLength(7);
		const posted = await act(
			'account',
			'registerPerson',
			{ accountName: '李四', accountContact: '13900139000' },
			{ credential },
		);
		expect(posted.error).toBeUndefined();
		const uploaded = await act('document', 'upload', {}, { credential, input: [await pdfItem()] });
		expect(uploaded.error).toBeUndefined();
	});

	it('signs exactly the bytes of the body with SHA256withRSA', async () => {
		await act(
			'account',
			'registerPerson',
			{ accountName: '李四', accountContact: '13900139000' },
			{ credential: { secret } },
		);
		const [request] = sent();
		const { sign } = request.headers as { sign: string };
		const key = createPublicKey(keyPair('developer').publicKey);
		expect(verify('sha256', Buffer.from(rawText(request)), key, Buffer.from(sign, 'base64'))).toBe(
			true,
		);
	});

	const bare = secret.replace(/-----[^-]+-----/g, '').replace(/\s+/g, '');
	it.each([
		['without its frame', bare],
		['in one line', secret.replace(/\n/g, ' ')],
		['with Windows line ends and blanks around', `\r\n ${secret.replace(/\n/g, '\r\n')} `],
	])('may be pasted %s', async (_how, pasted) => {
		sandbox.switches.strictSign = true;
		expect((await lines({ secret: pasted })).error).toBeUndefined();
	});

	it('that is another one is told from the platform', async () => {
		sandbox.switches.strictSign = true;
		const { message, description } = await refusalOf({ secret: keyPair('stranger').privateKey });
		expect(message).toBe('数据验签失败');
		expect(description).toContain('code 26000');
		expect(description).toContain("'RSA Private Key'");
		expect((await refusalOf({ secret: '' })).message).toBe('数据验签失败');
	});

	it.each([
		['no key', 'not-a-key'],
		['half a key', bare.slice(0, 400)],
		['a public key', keyPair('developer').publicKey],
		['a frame without content', '-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----'],
	])('that is %s is refused before anything is sent', async (_what, wrong) => {
		const { message, description } = await refusalOf({ secret: wrong });
		expect(message).toBe("'RSA Private Key' in the credential is not an RSA private key");
		expect(description).toContain('PKCS#8');
		expect(description).toContain('PEM');
		expect(sent()).toEqual([]);
	});
});

describe('a token', () => {
	it.each([
		['wrong', () => 'NO1TOKEN', 'token无效', '41000', 'does not know this token'],
		['switched off', () => sandbox.disabledToken, '开发者被停用', '42000', 'switched off'],
	])('that is %s is told from the platform', async (_what, token, message, code, hint) => {
		const refusal = await refusalOf({ appAuthToken: token() });
		expect(refusal.message).toBe(message);
		expect(refusal.description).toContain(code);
		expect(refusal.description).toContain(hint);
	});

	it('that is missing is refused before anything is sent', async () => {
		const { message, description } = await refusalOf({ appAuthToken: ' ' });
		expect(message).toBe("'App Auth Token' in the credential is empty");
		expect(description).toContain('点击复制token');
		expect(sent()).toEqual([]);
	});

	it('may have blanks around it', async () => {
		expect((await lines({ appAuthToken: ` ${sandbox.token}\n` })).error).toBeUndefined();
		expect(sent()[0].query.appAuthToken).toBe(sandbox.token);
	});
});

describe('a base URL', () => {
	it.each(['/', '//', ' '])('may end in %j', async (end) => {
		expect((await lines({ baseUrl: sandbox.baseUrl + end })).error).toBeUndefined();
		expect(sent('/signRes')).toHaveLength(1);
	});

	it.each([
		['without a scheme', () => sandbox.baseUrl.replace('http://', ''), /'Base URL'/],
		['with another scheme', () => 'ftp://127.0.0.1/x', /must start with https:\/\/ or http:\/\//],
		['that is empty', () => '', /is empty/],
		['that is no address', () => 'sign.example.com', /is not a web address/],
		['with a query', () => `${sandbox.baseUrl}?x=1`, /must not hold a \? or #/],
		['with a password', () => 'http://user:secret-word@127.0.0.1/x', /must not hold a user name/],
	])('%s is refused before anything is sent', async (_what, baseUrl, words) => {
		const { message, description } = await refusalOf({ baseUrl: baseUrl() });
		expect(message).toMatch(/'Base URL' in the credential/);
		expect(message).toMatch(words);
		expect(message + description).not.toContain('secret-word');
		expect(description).toContain('starting with https://');
		expect(sent()).toEqual([]);
	});

	it('of a web page is told apart', async () => {
		const site = await startOther({ type: 'text/html', body: '<!doctype html><h1>Welcome</h1>' });
		const { message, description } = await refusalOf({ baseUrl: site.origin });
		expect(message).toBe("The answer did not come from Kaifangqian's API (a web page, HTTP 200)");
		expect(description).toContain('it ends in /resrun-paas/kaifangqian/openAPI/V2');
	});

	it.each([
		['goes on behind /V2', () => `${sandbox.baseUrl}/V3`],
		['ends before /V2', () => sandbox.baseUrl.replace(/\/V2$/, '')],
	])('that %s is told apart from a wrong token', async (_how, baseUrl) => {
		const { message, description } = await refusalOf({ baseUrl: baseUrl() });
		expect(message).toBe('There is no such call at this address');
		expect(description).toContain("'Base URL' in the credential must end in /openAPI/V2");
		expect(message + description).not.toMatch(/token/i);
	});
});

describe('what is signed goes nowhere else', () => {
	it('not to where a redirect points', async () => {
		const other = await startOther();
		for (const [resource, operation, parameters] of [
			['businessLine', 'getAll', { contact }],
			['contract', 'recall', { contractId: '1' }],
			['contract', 'download', { contractId: '1', contact }],
		] as const) {
			sandbox.failNext('*', redirectTo(other.origin));
			const { error } = await act(resource, operation, parameters);
			expect(error?.message).toBe('The address in the credential redirects to another one');
			expect(error?.description).toContain('Nothing was sent there');
			expect(error?.httpCode).toBe('302');
		}
		expect(sent()).toHaveLength(3);
		expect(other.heard).toEqual([]);
	});

	it('not a second time after a 401', async () => {
		const contractId = await contract();
		sandbox.requests.length = 0;
		sandbox.failNext('*', { status: 401, body: '{"code":41000,"message":"token无效"}' });
		const { error } = await act('contract', 'recall', { contractId });
		expect(error?.message).toBe('token无效');
		expect(sent()).toHaveLength(1);
		expect(sandbox.control.contract(contractId).status).toBe('SIGNING');
	});

	it('with a fresh signature where n8n itself repeats a call after a 401', async () => {
		// What other nodes do: no answer but success is accepted, so n8n signs again and repeats.
		extraTypes.set('test.caller', {
			description: {
				...extraTypes.get('n8n-nodes-base.manualTrigger')!.description,
				name: 'caller',
				credentials: [{ name: 'cnEsignApi' }],
			},
			async execute() {
				const call = {
					method: 'POST' as const,
					url: `${sandbox.baseUrl}/contract/recall`,
					body: { contractId: '404' },
				};
				const json = await this.helpers.httpRequestWithAuthentication.call(
					this,
					'cnEsignApi',
					call,
				);
				return [[{ json: json as IDataObject }]];
			},
		} as INodeType);
		sandbox.switches.strictSign = true;
		sandbox.failNext('*', { status: 401, body: '{}' });
		const caller = {
			id: 'caller',
			name: 'Caller',
			type: 'test.caller',
			typeVersion: 1,
			position: [0, 0] as [number, number],
			parameters: {},
			credentials: { cnEsignApi: { id: '1', name: 'E-Sign' } },
		};
		const run = await runWorkflow(chain(startNode, caller), {
			secrets: credentialFor(sandbox, { secret }),
		});
		expect(run.data.resultData.runData.Caller[0].data?.main[0]?.[0].json).toMatchObject({
			code: 31000,
		});
		const [first, second] = sent();
		expect(sent()).toHaveLength(2);
		expect(JSON.parse(rawText(second)).uniqueCode).not.toBe(JSON.parse(rawText(first)).uniqueCode);
	});
});

it('a Qiandun credential is refused before anything is sent', async () => {
	const { message, description } = await refusalOf({
		platform: 'qiandun',
		appKey: 'k',
		secret: 's',
	});
	expect(message).toBe('The credential is for Qiandun, but this node is set to Kaifangqian');
	expect(description).toContain('Nothing was sent');
	expect(sent()).toEqual([]);
});

it('is read once for a run, however many items there are', async () => {
	const contractId = await contract();
	let reads = 0;
	const secrets = {
		get cnEsignApi() {
			reads += 1;
			return credentialFor(sandbox).cnEsignApi;
		},
	};
	const input = Array.from({ length: 12 }, () => ({ json: { contractId } }));
	const given = { contractId: '={{ $json.contractId }}' };
	const { items, error } = await act('contract', 'getStatus', given, { input, secrets });
	expect(error).toBeUndefined();
	expect(items).toHaveLength(12);
	expect(reads).toBe(1);
});
