/**
 * Marked secrets and personal data through the trigger, and in the package. What the action node lets
 * out is searched in every run of the matrix (hunt.mts says what may be where).
 */
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import './logs.mjs';
import type { Host } from '../engine/host.mjs';
import { kaifangqianStage, post, qiandunStage } from '../engine/trigger/support.mjs';
import { filesBelow } from '../package/project.mjs';
import { inTemporaryFolder, pack, unpack } from '../tools/pack.mjs';
import type { Fault, PlatformName, Surroundings, Target } from './fault.mjs';
import { faultsOf } from './faults.mjs';
import { foundIn } from './hunt.mjs';
import { logged } from './logs.mjs';
import { startBystander, startFaultProxy } from './proxy.mjs';

/** A callback is asked about with a call that only reads. */
const QUESTION: Omit<Target, 'platform'> = { kind: 'reads', path: '/contract/tasks' };

const onAnswers = (platform: PlatformName): Fault[] => {
	const struck = { ...QUESTION, platform };
	return faultsOf(platform).filter(
		({ where, strikes }) => where === 'request' && (strikes?.(struck) ?? true),
	);
};
const onKaifangqian = onAnswers('kaifangqian');
const onQiandun = onAnswers('qiandun');

const bystander = await startBystander();
afterAll(async () => await bystander.close());

/** What the world and the log get to see of a trigger; the items themselves hold what they are for. */
const shownBy = (host: Host, replies: string[]): string =>
	JSON.stringify([
		host.logs,
		host.staticData(),
		host.executions.map(({ error, status }) => [error, status]),
		replies,
	]);

const striking = async (
	origin: string,
	platform: PlatformName,
	fault: Fault,
	secrets: string[],
) => {
	const proxy = await startFaultProxy(origin, { isDone: () => true });
	const surroundings: Surroundings = {
		...{ platform, bystander: bystander.origin, secrets },
		struck: { ...QUESTION, platform },
		// Only starts are mixed up.
		spoil: () => {},
	};
	proxy.onRequest = () => fault.request!(surroundings, 1);
	return proxy;
};

describe("Kaifangqian's trigger", async () => {
	const { sandbox, host: newHost, contract, recorded } = await kaifangqianStage();
	const personal = ['李四', '13900139000'];

	it(`shows nothing when its question to the platform meets one of ${onKaifangqian.length} faults`, async () => {
		const contractId = await contract();
		const [event] = await recorded(() => sandbox.control.sign(contractId));
		const secret = sandbox.developerPrivateKey;
		const marks = [sandbox.token, ...secret.split('\n').slice(1, -2)];
		const tried = await Promise.all(
			onKaifangqian.map(async (fault) => {
				const proxy = await striking(sandbox.origin, 'kaifangqian', fault, [
					...marks.slice(0, 3),
					...personal.slice(1),
				]);
				const baseUrl = sandbox.baseUrl.replace(sandbox.origin, proxy.origin);
				const host = await newHost({ credential: { baseUrl, secret } });
				const reply = await post(host.productionUrl, event.body, { sign: event.sign });
				await host.idle();
				const asked = proxy.heard.length;
				await proxy.close();
				const shown = shownBy(host, [reply.text, String(reply.status)]);
				return { fault: fault.name, asked, found: foundIn(shown, [...marks, ...personal]) };
			}),
		);
		expect(tried.filter(({ found }) => found.length > 0)).toEqual([]);
		// Each of them really stood in the way.
		expect(tried.filter(({ asked }) => asked === 0)).toEqual([]);
		expect(bystander.heard).toEqual([]);
		expect(foundIn(logged(), marks)).toEqual([]);
	});

	it('repeats nothing of a forged event', async () => {
		const host = await newHost();
		const body = JSON.stringify({
			contractId: '李四 13900139000',
			callbackType: sandbox.token,
			contractStatus: '13900139000',
		});
		const reply = await post(host.productionUrl, body, { sign: sandbox.token });
		expect(foundIn(shownBy(host, [reply.text]), [sandbox.token, ...personal])).toEqual([]);
		expect(host.executions).toEqual([]);
	});
});

describe("Qiandun's trigger", async () => {
	const appSecret = 'MARKED-trigger-secret-not-a-real-one';
	const appKey = 'MARKED-trigger-key';
	const { sandbox, host: newHost, settled, paths } = await qiandunStage({ appKey, appSecret });
	const marks = [appSecret, appKey];
	const personal = ['张三', '110101199001011234', '13800138000'];

	it(`shows nothing when its question to the platform meets one of ${onQiandun.length} faults`, async () => {
		const wrong: unknown[] = [];
		for (const fault of onQiandun) {
			sandbox.reset();
			const proxy = await striking(sandbox.origin, 'qiandun', fault, [
				...marks,
				...personal.slice(1),
			]);
			const baseUrl = sandbox.baseUrl.replace(sandbox.origin, proxy.origin);
			const host = await newHost({ parameters: { options: paths }, credential: { baseUrl } });
			sandbox.control.passPerson({ accountId: sandbox.seeds.person.accountId });
			await settled(host);
			const found = foundIn(shownBy(host, []), [...marks, ...personal]);
			if (found.length > 0) wrong.push([fault.name, found]);
			if (proxy.heard.length === 0) wrong.push([fault.name, 'nothing was asked']);
			await proxy.close();
			await host.close();
		}
		expect(wrong).toEqual([]);
		expect(bystander.heard).toEqual([]);
		expect(foundIn(logged(), marks)).toEqual([]);
	});
});

describe('the package', () => {
	it('holds no secret of the tests and nothing that looks like one', async () => {
		await inTemporaryFolder(async (folder) => {
			const root = unpack(pack(folder), join(folder, 'package'));
			const files = filesBelow(root);
			expect(files.length).toBeGreaterThan(20);
			const secretLike =
				/MARKED-|not-a-real-one|sandboxApp|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\\n]*[A-Za-z0-9+/]{40}|\b(?:npm_|ghp_|github_pat_|AKIA)[A-Za-z0-9]{16}/;
			const found = files.filter((name) => secretLike.test(readFileSync(join(root, name), 'utf8')));
			expect(found).toEqual([]);
		});
	});
});
