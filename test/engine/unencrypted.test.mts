import { createRequire } from 'node:module';
import type { IDataObject } from 'n8n-workflow';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { CnEsignApi } from '../../credentials/CnEsignApi.credentials.js';
import { isUnencrypted, UNENCRYPTED } from '../../nodes/CnEsign/runtime/http/credential.js';
import { core } from './engine.mjs';
import { actingOn, credentialFor, startKaifangqian } from './kaifangqian.mjs';
import { callHook, recordingLogger, TRIGGER, triggerWorkflow, type LogLine } from './webhook.mjs';

const { NodeHelpers } = createRequire(import.meta.url)(
	'n8n-workflow',
) as typeof import('n8n-workflow');
const sandbox = await startKaifangqian();
afterAll(async () => await sandbox.close());

// The stand-in under an address that is not one of this machine by its name.
const exposed = sandbox.baseUrl.replace('127.0.0.1', '0.0.0.0');
const PATH = '/resrun-paas/kaifangqian/openAPI/V2';

const OPEN = ['http://sign.example', 'http://192.168.1.5:8080', 'http://localhost.evil.example'];
const PRIVATE = [
	...['https://sign.example', 'http://localhost', 'http://localhost:5678', 'http://127.0.0.1:9'],
	...['http://[::1]:8080', 'https://192.168.1.5'],
];

it('an address is unencrypted unless it has TLS or stays on this machine', () => {
	for (const base of OPEN) expect(isUnencrypted(base + PATH), base).toBe(true);
	for (const base of [...PRIVATE, 'http://127.8.9.10', 'http://127.1', 'HTTPS://sign.example', 'x'])
		expect(isUnencrypted(base + PATH), base).toBe(false);
	expect(isUnencrypted('HTTP://SIGN.EXAMPLE')).toBe(true);
});

describe('the credential', () => {
	const notice = new CnEsignApi().properties.find(({ name }) => name === 'plainHttpNotice')!;
	const isShown = (values: IDataObject) =>
		NodeHelpers.displayParameter(values as never, notice, null, null);

	it('shows the notice by n8n’s own rules, for either platform', () => {
		for (const platform of ['kaifangqian', 'qiandun']) {
			for (const base of OPEN) expect(isShown({ platform, baseUrl: base + PATH })).toBe(true);
			for (const base of PRIVATE)
				expect(isShown({ platform, baseUrl: base + PATH }), base).toBe(false);
		}
		expect(isShown({ platform: 'qiandun', baseUrl: '' })).toBe(false);
	});
});

/** Where n8n's contexts have their logger from. */
const loggedBy = ((): { logger: unknown } => {
	let prototype = core.ExecuteContext.prototype as object;
	while (!Object.hasOwn(prototype, 'logger'))
		prototype = Object.getPrototypeOf(prototype) as object;
	return prototype as { logger: unknown };
})();

describe('the node', () => {
	const act = actingOn(sandbox);
	const runWith = async (baseUrl: string) => {
		const logs: LogLine[] = [];
		const logger = vi.spyOn(loggedBy, 'logger', 'get');
		logger.mockReturnValue(recordingLogger(logs) as never);
		const input = [{ json: {} }, { json: {} }, { json: {} }];
		const { run, items } = await act(
			'businessLine',
			'getAll',
			{ contact: sandbox.operator.contact },
			{ credential: { baseUrl }, input },
		);
		const hints = run.data.resultData.runData['E-Sign'][0].hints ?? [];
		logger.mockRestore();
		return { items, hints, logs: logs.map(({ message }) => message) };
	};

	it('says it once per run, and works', async () => {
		const { items, hints, logs } = await runWith(exposed);
		expect(items.length).toBeGreaterThan(0);
		expect(hints).toEqual([{ message: UNENCRYPTED, type: 'warning', location: 'outputPane' }]);
		expect(logs).toEqual([`CN E-Sign: ${UNENCRYPTED}`]);
	});

	it('says nothing of a platform on this machine', async () => {
		const { items, hints, logs } = await runWith(sandbox.baseUrl);
		expect(items.length).toBeGreaterThan(0);
		expect([hints, logs]).toEqual([[], []]);
	});

	it('the trigger says it in the log when it is activated', async () => {
		const json = triggerWorkflow({ platform: 'kaifangqian' });
		const activated = async (credential: IDataObject) =>
			await callHook(json, TRIGGER, 'create', { secrets: credentialFor(sandbox, credential) });
		const { result, logs } = await activated({ baseUrl: exposed });
		expect(result).toBe(true);
		expect(logs.map(({ message }) => message)).toEqual([`CN E-Sign Trigger: ${UNENCRYPTED}`]);
		expect((await activated({})).logs).toEqual([]);
	});
});
