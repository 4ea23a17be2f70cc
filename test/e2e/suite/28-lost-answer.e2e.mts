import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SIGNER } from '../demo/examples.mjs';
import { itemsOf } from '../server/index.mjs';
import { openStage, rest, type Stage } from './stage.mjs';
import { action, chain, manualTrigger, pdfSource, samplePdf, START } from './workflows.mjs';

/**
 * The most telling faults in the n8n that people have: its HTTP client, its errors and its own retry, and the
 * package where npm has put it.
 */

const NODE = 'Send Files';
let stage: Stage;

beforeAll(async () => {
	stage = await openStage('Lost answer');
});
afterAll(async () => await stage.close());

interface Failed {
	message?: string;
	description?: string;
	context?: { outcomeUnknown?: boolean };
}

const send = async (settings: object, credential = stage.credential) => {
	const { operator, lines } = stage.kaifangqian;
	const node = action(NODE, credential, 'contract', 'sendFiles', {
		operatorName: operator.name,
		operatorContact: operator.contact,
		signReId: { __rl: true, mode: 'id', value: lines.free },
		signers: { signer: [{ name: SIGNER.name, contact: SIGNER.contact }] },
		options: { retries: 0 },
	});
	const source = pdfSource(await samplePdf());
	const body = chain('Lost answer', [manualTrigger(), ...source, { ...node, ...settings }]);
	const { id } = await rest.createWorkflow(body);
	const execution = await rest.finished(await rest.start(id, START));
	const error = execution.data.resultData.error as Failed | undefined;
	return { execution, error };
};

const contracts = () => stage.kaifangqian.control.contracts();

describe('Send Files in a full n8n', () => {
	it.each(['dropAfter', 'truncatedJson'] as const)(
		'never says that no contract was started when it may have been (%s)',
		async (fault) => {
			const before = contracts().length;
			stage.kaifangqian.failNext('/contract/draft', fault);
			const { error } = await send({});
			expect(error?.context?.outcomeUnknown).toBe(true);
			expect(`${error?.message} ${error?.description}`).not.toContain('No contract was started');
			expect(contracts()).toHaveLength(before + 1);
		},
	);

	it('starts one contract with Retry On Fail, and passes the doubt on as one key', async () => {
		const before = contracts().length;
		stage.kaifangqian.failNext('/contract/draft', 'dropAfter');
		const { execution } = await send({
			retryOnFail: true,
			maxTries: 3,
			waitBetweenTries: 1,
			onError: 'continueRegularOutput',
		});
		const [{ json }] = itemsOf(execution, NODE);
		expect(Object.keys(json)).toEqual(['error']);
		expect(json.error).toMatchObject({ outcomeUnknown: true });
		expect(contracts()).toHaveLength(before + 1);
	});

	it('says that nothing was sent where there is no connection', async () => {
		const nowhere = await rest.saveCredential('Nowhere', {
			platform: 'kaifangqian',
			baseUrl: 'http://127.0.0.1:1/resrun-paas/kaifangqian/openAPI/V2',
			appAuthToken: 'T1',
			secret: '',
			platformPublicKey: '',
		});
		const { error } = await send({}, nowhere);
		expect(error?.description).toContain('Nothing was sent');
		expect(error?.context?.outcomeUnknown).toBeUndefined();
	});
});
