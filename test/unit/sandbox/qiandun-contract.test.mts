import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createCaller, type Call } from '../../sandbox/qiandun/caller.mjs';
import { startQiandun, type QiandunSandbox } from '../../sandbox/qiandun/index.mjs';

// The path of #30 is not public: wherever the test puts it, nowhere else.
const START = '/sandbox-only/somewhere/start';

let sandbox: QiandunSandbox;
let call: Call;
beforeAll(async () => {
	sandbox = await startQiandun({ paths: { start: START } });
	call = createCaller(sandbox);
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.reset());

function sample() {
	const { files, person, company } = sandbox.seeds;
	const field = (positionY: number, more: object = {}) => ({
		fileCode: files.manyPages,
		signFieldStyle: 1,
		dateFormat: 'YYYY-MM-DD',
		signFieldPosition: { positionPage: 1, positionX: 280, positionY },
		...more,
	});
	const signer = (accountId: string, seqNo: number, signFields: object[]) => ({
		accountId,
		seqNo,
		signFields,
		authConfig: { willingnessAuthModes: ['CODE_SMS'] },
		noticeConfig: { noticeTypes: 0 },
	});
	const doc = (fileCode: string, fileOrder: number) => ({
		fileId: String(fileOrder),
		fileCode,
		fileOrder,
		fileName: `test_file${fileOrder}.docx`,
	});
	const body = {
		signFileType: 'PDF',
		docs: [doc(files.manyPages, 1), doc(files.onePage, 2)],
		attachmentFiles: [{ fileCode: files.attachment, fileOrder: 1 }],
		signFlowInitiator: { accountId: company.accountId },
		signers: [signer(person.accountId, 1, [field(420)]), signer('PSN_TEST_001', 2, [field(100)])],
	};
	return { body, field, signer, doc };
}

const start = async (body: unknown) => (await call('POST', START, { body })).json;

describe('#30 start a contract on the configured path', () => {
	it('answers an id above 2^53 and keeps the contract', async () => {
		const { body } = sample();
		const answer = await start(body);
		const contractId = String(answer?.result.contractId);
		expect(contractId).toMatch(/^\d{19}$/);
		expect(Number.isSafeInteger(Number(contractId))).toBe(false);
		expect(sandbox.control.contract(contractId)?.request).toEqual(body);
		const query: Array<[string, string]> = [
			['contractId', contractId],
			['accountId', '1120'],
		];
		const signer = await call('GET', '/open/contract/signer', { query });
		expect(signer.json?.result).toMatchObject({ signStatus: 'sandbox-only-unfinished', seqNo: 1 });

		sandbox.control.contractSigned(contractId, '1120');
		const signed = await call('GET', '/open/contract/signer', { query });
		expect(signed.json?.result.signStatus).toBe('finished');
	});

	it('can answer the id as a bare integer, by switch or by a fault', async () => {
		sandbox.switches.startContractIdAsNumber = true;
		const { text } = await call('POST', START, { body: sample().body });
		expect(text).toMatch(/"contractId":\d{19}[,}]/);
		sandbox.switches.startContractIdAsNumber = false;
		sandbox.failNext(START, 'bigIntegers');
		expect((await call('POST', START, { body: sample().body })).text).toMatch(
			/"contractId":\d{19}[,}]/,
		);
		expect((await call('POST', START, { body: sample().body })).text).toMatch(
			/"contractId":"\d{19}"/,
		);
	});

	it('refuses as documented', async () => {
		const { body, field, signer, doc } = sample();
		const { files, unauthenticatedPerson, unauthenticatedCompany } = sandbox.seeds;
		const codeOf = async (part: object) => (await start({ ...body, ...part }))?.code;
		const first = (...fields: object[]) => ({ signers: [signer('1120', 1, fields)] });

		expect(await codeOf({ docs: [doc(files.manyPages, 1), doc(files.manyPages, 2)] })).toBe(
			'oc_40014',
		);
		expect(await codeOf({ signers: [body.signers[0], body.signers[0]] })).toBe('oc_40003');
		expect(await codeOf(first(field(1), field(1)))).toBe('oc_40016');
		expect(await codeOf(first(field(1, { authorizeCode: 'x' }), field(2)))).toBe('oc_40027');
		expect(await codeOf(first(field(1, { fileCode: files.onePage, signFieldStyle: 2 })))).toBe(
			'oc_40020',
		);
		expect(await codeOf(first(field(1, { signFieldStyle: 2 })))).toBe('200');
		expect(await codeOf({ signers: [signer(unauthenticatedPerson.accountId, 1, [])] })).toBe(
			'oc_10011',
		);
		expect(
			await codeOf({ signFlowInitiator: { accountId: unauthenticatedCompany.accountId } }),
		).toBe('oc_10011');
		expect(await codeOf({ attachmentFiles: [{ fileCode: files.unsupported }] })).toBe('oc_30005');
		expect(await codeOf({ attachmentFiles: [{ fileCode: files.broken }] })).toBe('oc_30006');
		for (const part of [
			{ docs: [] },
			{ docs: [doc('FC_never', 1)] },
			{ signers: undefined },
			{ signers: [signer('nobody', 1, [])] },
			{ signers: [signer('1120', 1, [field(1, { fileCode: files.attachment })])] },
			{ signers: [{ ...signer('1120', 1, []), seqNo: '1' }] },
		]) {
			expect(await codeOf(part)).toBe('400');
		}
		expect(sandbox.control.contracts()).toHaveLength(2); // the seeded one and the one that was right
	});

	it('seals silently with a live code of the signer', async () => {
		const { body, field, signer } = sample();
		const signers = [signer('1120', 1, [field(1, { authorizeCode: 'RkztvLleUICgRSe' })])];
		const answer = await start({ ...body, signers });
		const contract = sandbox.control.contract(String(answer?.result.contractId));
		expect(contract?.signers.map(({ finished }) => finished)).toEqual([true]);
	});

	it('is not served anywhere else', async () => {
		const answer = await call('POST', '/sandbox-only/contract/start', { body: sample().body });
		expect(answer.json?.code).toBe('400');
		expect(sandbox.requests.at(-1)?.outcome).toBe('unknownPath');
	});
});
