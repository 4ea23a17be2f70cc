import { describe, expect, it } from 'vitest';
import type { Host } from '../host.mjs';
import { startOther } from '../kaifangqian/support.mjs';
import { itemsOf, kaifangqianStage, PLATFORM_WAITS, post, warnings } from './support.mjs';

const stage = await kaifangqianStage();
const { sandbox } = stage;

const UNPROVEN = { status: 401, text: '{"message":"Not accepted"}' };

const claim = (contractId: string, callbackType: string, more: object = {}) =>
	JSON.stringify({ contractId, contractStatus: 'SIGNING', callbackType, ...more });

const posted = async (host: Host, bodies: string[]) =>
	await Promise.all(bodies.map(async (body) => await post(host.productionUrl, body)));

describe('callbacks that tell an untruth start nothing', () => {
	const lies: Array<[string, string]> = [
		['RECALLED', 'contract.recalled'],
		['REFUSAL_SIGN', 'contract.signRefused'],
		['REFUSAL_WRITE', 'contract.fillRefused'],
		['DELETE', 'contract.deleted'],
		['COMPLETE', 'contract.completed'],
	];
	for (const [type, event] of lies) {
		it(`${type} of a contract that runs: 401`, async () => {
			const contractId = await stage.contract();
			const host = await stage.host();
			// Whatever it says of itself, its task included.
			const [task] = sandbox.control.contract(contractId).openTasks;
			const contractStatus = type === 'COMPLETE' ? 'COMPLETE' : type;
			const reply = await post(
				host.productionUrl,
				claim(contractId, type, { contractStatus, taskId: task, reason: '条款不同意' }),
			);
			expect(reply).toMatchObject(UNPROVEN);
			expect(reply.ms).toBeLessThan(PLATFORM_WAITS);
			expect(host.executions).toEqual([]);
			expect(warnings(host.logs)[0]).toContain(event);
			expect(JSON.stringify(host.logs)).not.toContain(contractId);
		});
	}

	it('COMPLETE of a contract that has ended otherwise: 401', async () => {
		const contractId = await stage.contract();
		await stage.post('/contract/recall', { contractId });
		const host = await stage.host();
		expect(await post(host.productionUrl, claim(contractId, 'COMPLETE'))).toMatchObject(UNPROVEN);
		expect(host.executions).toEqual([]);
	});

	it('SUBMIT_SIGN, SUBMIT_WRITE, SUBMIT_APPROVE, REFUSAL_APPROVE of a task that is still open, or of no task: 401', async () => {
		const contractId = await stage.contract();
		const [taskId] = sandbox.control.contract(contractId).openTasks;
		const host = await stage.host();
		const types = ['SUBMIT_SIGN', 'SUBMIT_WRITE', 'SUBMIT_APPROVE', 'REFUSAL_APPROVE'];
		const bodies = types.flatMap((type) => [
			claim(contractId, type, { taskId }),
			claim(contractId, type),
			// As it stands in events that are about no task (docs/api/kaifangqian.md, 7.2).
			claim(contractId, type, { taskId: '' }),
		]);
		expect(await posted(host, bodies)).toMatchObject(bodies.map(() => UNPROVEN));
		expect(host.executions).toEqual([]);
	});

	it('SUBMIT_SIGN, SUBMIT_WRITE, SUBMIT_APPROVE of no task: 401, also when nobody has anything left to do', async () => {
		const contractId = await stage.contract();
		sandbox.control.sign(contractId);
		const host = await stage.host();
		const bodies = ['SUBMIT_SIGN', 'SUBMIT_WRITE', 'SUBMIT_APPROVE'].flatMap((type) =>
			[{}, { taskId: '' }, { taskId: null }, { taskId: 0 }, { taskId: [] }].map((more) =>
				claim(contractId, type, { contractStatus: 'COMPLETE', ...more }),
			),
		);
		expect(await posted(host, bodies)).toMatchObject(bodies.map(() => UNPROVEN));
		expect(host.executions).toEqual([]);
	});

	it('EXPIRED of a contract that runs: not accepted (503, since the platform may be about to save it)', async () => {
		const contractId = await stage.contract();
		const host = await stage.host();
		const reply = await post(host.productionUrl, claim(contractId, 'EXPIRED'));
		expect(reply).toMatchObject({ status: 503, text: '{"message":"Try again later"}' });
		expect(host.executions).toEqual([]);
	});

	it('anything about a contract that nobody knows: 401', async () => {
		const host = await stage.host();
		const types = ['SEND_SIGNING', 'COMPLETE', 'SUBMIT_SIGN', 'SIGN_FAILED', 'RECALLED', 'DELETE'];
		const bodies = types.map((type) => claim('1900000000000000001', type));
		expect(await posted(host, bodies)).toMatchObject(bodies.map(() => UNPROVEN));
		expect(host.executions).toEqual([]);
		expect(warnings(host.logs)[0]).toContain('the platform does not know the contract');
	});

	it('anything known about a draft but its deadline: 401', async () => {
		const contractId = await stage.contract({ send: '0' });
		const host = await stage.host();
		const types = ['SEND_SIGNING', 'COMPLETE', 'SUBMIT_SIGN', 'SIGN_FAILED', 'RECALLED', 'DELETE'];
		const bodies = types.map((type) => claim(contractId, type, { taskId: '1' }));
		expect(await posted(host, bodies)).toMatchObject(bodies.map(() => UNPROVEN));
		expect(host.executions).toEqual([]);
	});

	it('no contract at all, in any wrong type: 401, the platform is not asked', async () => {
		const host = await stage.host();
		const wrong = [undefined, null, '', true, {}, [], ['1900000000000000001'], { $ne: '' }];
		for (const contractId of wrong) {
			const body = JSON.stringify({
				contractId,
				contractStatus: 'COMPLETE',
				callbackType: 'COMPLETE',
			});
			expect(await post(host.productionUrl, body)).toMatchObject(UNPROVEN);
		}
		expect(host.executions).toEqual([]);
		expect(stage.asked()).toEqual([]);
	});
});

describe('a contract id cannot steer the question elsewhere', () => {
	const ids = [
		'../../../../admin/delete',
		'..%2f..%2fadmin',
		'/contract/recall?contractId=1',
		'x&contractId=1900000000000000001&appAuthToken=FORGED',
		'x?send=1#fragment',
		'x\r\nHost: evil.example\r\nX-Injected: 1',
		'x\nappAuthToken: FORGED',
		'http://evil.example/',
		'//evil.example',
		'@evil.example',
		'x%00y',
		'x\u0000y',
		'{{ $json.secret }}',
		'={{ process.env }}',
		'\u202e\u2066rtl',
		'İıſK',
		'１２３',
		'\ud800 half a pair',
		'😀',
		'a'.repeat(3000),
	];
	it(`${ids.length} hostile ids: the question always goes to the same path, with the id as one value of the query`, async () => {
		const other = await startOther();
		const host = await stage.host();
		const claimed = ids.map((id) => id.replaceAll('evil.example', new URL(other.origin).host));
		const replies = await Promise.all(
			claimed.map(async (id) => await post(host.productionUrl, claim(id, 'COMPLETE'))),
		);
		for (const { status, text } of replies) {
			expect([401, 503]).toContain(status);
			expect(text).not.toContain('success');
		}
		expect(host.executions).toEqual([]);
		const asked = sandbox.requests;
		for (const { method, path, query, headers } of asked) {
			expect([method, path]).toEqual(['GET', '/contract/tasks']);
			expect(Object.keys(query).sort()).toEqual([
				'appAuthToken',
				'contractId',
				'operatorAccount',
				'uniqueCode',
			]);
			expect(query.appAuthToken).toBe(sandbox.token);
			expect(headers.host).toBe(new URL(sandbox.origin).host);
			expect(headers).not.toHaveProperty('x-injected');
		}
		// What has the form of an id arrives as it was; nothing else is worth a question.
		const wanted = claimed.filter((id) => /^[!-~]{1,64}$/.test(id));
		expect(wanted.length).toBeGreaterThanOrEqual(8);
		expect(new Set(asked.map(({ query }) => query.contractId))).toEqual(new Set(wanted));
		expect(other.heard).toEqual([]);
		// What a stranger wrote stays out of the log.
		for (const id of claimed) expect(JSON.stringify(host.logs)).not.toContain(JSON.stringify(id));
	});
});

describe('bodies made for breaking things', () => {
	it('keys that reach for the prototype: 400', async () => {
		const contractId = await stage.contract();
		const host = await stage.host();
		const valid = claim(contractId, 'SEND_SIGNING');
		for (const poison of [
			'"__proto__":{"polluted":true}',
			'"constructor":{"prototype":{"polluted":true}}',
			'"signer":{"name":"李四","__proto__":{"polluted":true}}',
			'"x":[{"prototype":1}]',
			'"\\u005f_proto__":{"polluted":true}',
		]) {
			const reply = await post(host.productionUrl, valid.replace('{', `{${poison},`));
			expect(reply).toMatchObject({ status: 400, text: '{"message":"Malformed"}' });
		}
		expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
		expect(host.executions).toEqual([]);
		expect((await post(host.productionUrl, valid)).text).toBe('success');
	});

	it('names of inherited functions as callback type are unknown types', async () => {
		const contractId = await stage.contract();
		const host = await stage.host();
		for (const type of ['toString', 'hasOwnProperty', 'valueOf'])
			expect((await post(host.productionUrl, claim(contractId, type))).text).toBe('success');
		expect(itemsOf(host).map(({ event, callbackType }) => [event, callbackType])).toEqual([
			['unknown', 'toString'],
			['unknown', 'hasOwnProperty'],
			['unknown', 'valueOf'],
		]);
	});

	it('a field named twice: the last one counts, for the question and for the item alike', async () => {
		const contractId = await stage.contract();
		const host = await stage.host();
		const twice = claim('1900000000000000001', 'SEND_SIGNING').replace(
			'}',
			`,"contractId":"${contractId}"}`,
		);
		expect((await post(host.productionUrl, twice)).text).toBe('success');
		expect(itemsOf(host)).toMatchObject([{ contractId }]);
		expect(stage.asked().map(({ query }) => query.contractId)).toEqual([contractId]);
	});

	it('a contract id as a bare number of 19 digits keeps its digits', async () => {
		const contractId = await stage.contract();
		const host = await stage.host();
		const bare = claim(contractId, 'SEND_SIGNING').replace(`"${contractId}"`, contractId);
		expect((await post(host.productionUrl, bare)).text).toBe('success');
		expect(itemsOf(host)).toMatchObject([{ contractId }]);
	});
});

describe('URL secret', () => {
	const options = { urlSecret: 'sesame_2030.~-A' };
	const right = `?secret=${options.urlSecret}`;

	it('right: accepted; it is the platform that sends it', async () => {
		const contractId = await stage.contract();
		const host = await stage.host({ parameters: { options } });
		sandbox.control.setCallbackUrl(`${host.productionUrl}${right}`);
		sandbox.control.refuseSign(contractId);
		await stage.settled(host);
		expect(itemsOf(host)).toMatchObject([{ event: 'contract.signRefused' }]);
	});

	for (const [what, query] of [
		['missing', ''],
		['empty', '?secret='],
		['wrong', '?secret=wrong'],
		['a beginning of it', '?secret=sesame'],
		['too long', `${right}x`],
		['twice (a list)', `${right}&${right.slice(1)}`],
		['under another name', right.replace('secret', 'Secret')],
	]) {
		it(`${what}: 401, nothing else is looked at`, async () => {
			const contractId = await stage.contract();
			const host = await stage.host({ parameters: { options } });
			const body = claim(contractId, 'SEND_SIGNING');
			expect(await post(`${host.productionUrl}${query}`, body)).toMatchObject(UNPROVEN);
			expect(await post(`${host.productionUrl}${query}`, '[]')).toMatchObject(UNPROVEN);
			expect(host.executions).toEqual([]);
			expect(stage.asked()).toEqual([]);
			expect(JSON.stringify(host.logs)).not.toContain(options.urlSecret);
		});
	}

	it('does not stand in the way of the connection test', async () => {
		const host = await stage.host({ parameters: { options } });
		expect(await post(host.productionUrl, undefined, {}, 'GET')).toMatchObject({
			status: 200,
			text: 'success',
		});
	});
});
