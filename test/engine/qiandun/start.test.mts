import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { bodyOf, bodyText, stage } from './support.mjs';

const { sandbox, act, once } = await stage();
const { files, company, person, secondPerson } = sandbox.seeds;

/** The vendor's own sample (docs/api/qiandun.md, 5.6), with the accounts of the stand-in. */
const sample =
	'{"signFileType":"PDF","docs":[{"fileId":"1","fileCode":"FC_20241212171254RkztvLleUICgRSe","fileOrder":1,"fileName":"test_file1.docx"}],"attachmentFiles":[{"fileCode":"FC_20241212164445yYmxlZvwHGQysio","fileOrder":1}],"signFlowInitiator":{"accountId":"CORP_TEST_001"},"signers":[{"accountId":"PSN_TEST_001","seqNo":1,"signFields":[{"fileCode":"FC_20241212171254RkztvLleUICgRSe","signFieldStyle":1,"dateFormat":"YYYY-MM-DD","authorizeCode":"RkztvLleUICgRSe","signFieldPosition":{"positionPage":1,"positionX":280,"positionY":420}}],"authConfig":{"willingnessAuthModes":["CODE_SMS"]},"noticeConfig":{"noticeTypes":0}}]}';

const common = {
	path: sandbox.paths.start,
	initiatorAccountId: company.accountId,
	docs: { entry: [{ fileId: '1', fileCode: files.onePage, fileName: 'test_file1.docx' }] },
	attachmentFiles: { entry: [{ fileCode: files.attachment }] },
};

const signField = {
	fileCode: files.onePage,
	signFieldStyle: 1,
	positionPage: 1,
	positionX: 280,
	positionY: 420,
	dateFormat: 'YYYY-MM-DD',
	authorizeCode: 'RkztvLleUICgRSe',
};

const signer = {
	accountId: secondPerson.accountId,
	seqNo: 1,
	signFields: { entry: [signField] },
	willingnessAuthModes: 'CODE_SMS',
	noticeTypes: 0,
};

const byFields = (more: IDataObject = {}): IDataObject => ({
	...common,
	signersInput: 'fields',
	signers: { entry: [{ ...signer, ...more }] },
});

const byJson = (signersJson: unknown): IDataObject => ({
	...common,
	signersInput: 'json',
	signersJson: signersJson as string,
});

const oneSigner = JSON.stringify([{ accountId: secondPerson.accountId }]);

describe('contract: start', () => {
	it("sends the vendor's sample byte for byte, from fields", async () => {
		const { request, json } = await once('contract', 'start', byFields());
		expect(`${request.method} ${request.path}`).toBe(`POST /api${sandbox.paths.start}`);
		expect(bodyText(request)).toBe(sample);
		expect(json).toEqual({ contractId: '1900000000000000001' });
	});

	it('sends the same bytes with the signers as JSON, as text or from an expression', async () => {
		const { signers } = JSON.parse(sample) as { signers: unknown };
		await act('contract', 'start', byJson(JSON.stringify(signers, undefined, '\t')));
		const input = [{ json: { signers } as IDataObject }];
		await act('contract', 'start', byJson('={{ $json.signers }}'), { input });
		expect(sandbox.requests.map(bodyText)).toEqual([sample, sample]);
		expect(sandbox.control.contracts()).toHaveLength(3);
	});

	it('numbers files, attachments and signers from the top where no order is given', async () => {
		const { request } = await once('contract', 'start', {
			...common,
			docs: { entry: [{ fileCode: files.onePage }, { fileCode: files.manyPages, fileOrder: '' }] },
			signers: {
				entry: [{ accountId: secondPerson.accountId }, { accountId: person.accountId, seqNo: '' }],
			},
		});
		expect(bodyOf(request)).toEqual({
			signFileType: 'PDF',
			docs: [
				{ fileCode: files.onePage, fileOrder: 1 },
				{ fileCode: files.manyPages, fileOrder: 2 },
			],
			attachmentFiles: [{ fileCode: files.attachment, fileOrder: 1 }],
			signFlowInitiator: { accountId: company.accountId },
			signers: [
				{ accountId: secondPerson.accountId, seqNo: 1 },
				{ accountId: person.accountId, seqNo: 2 },
			],
		});
	});

	it('sends no position where none is given, and keeps 0 apart from nothing', async () => {
		const field = { fileCode: files.manyPages, signFieldStyle: 2 };
		await act('contract', 'start', {
			...byFields({ signFields: { entry: [field] } }),
			docs: { entry: [{ fileCode: files.manyPages }] },
		});
		await act('contract', 'start', {
			...byFields({
				signFields: { entry: [{ ...field, positionPage: 0, positionX: 0, positionY: 300.5 }] },
			}),
			docs: { entry: [{ fileCode: files.manyPages }] },
		});
		const fields = sandbox.requests.map(
			(request) => (bodyOf(request) as { signers: IDataObject[] }).signers[0].signFields,
		);
		const plain = { fileCode: files.manyPages, signFieldStyle: 2 };
		expect(fields).toEqual([
			[plain],
			[{ ...plain, signFieldPosition: { positionPage: 0, positionX: 0, positionY: 300.5 } }],
		]);
		expect(sandbox.requests.map(({ outcome }) => outcome)).toEqual(['ok', 'ok']);
	});

	it('adds further fields, nested ones and long numbers with all their digits', async () => {
		const { request } = await once('contract', 'start', {
			...byJson(oneSigner),
			options: {
				signFileType: 'OFD',
				furtherFields:
					'{"contractName":"合同 😀","own":{"deep":[1,null,true]},"bigId":1897893172027068416}',
			},
		});
		expect(bodyOf(request)).toMatchObject({
			signFileType: 'OFD',
			contractName: '合同 😀',
			own: { deep: [1, null, true] },
			bigId: '1897893172027068416',
		});
	});

	it.each([
		['bigIntegers', true],
		['startContractIdAsNumber', true],
	] as const)('gives the contract ID as exact text with %s', async (name, value) => {
		Object.assign(sandbox.switches, { [name]: value });
		const { json } = await once('contract', 'start', byJson(oneSigner));
		expect(json).toEqual({ contractId: '1900000000000000001' });
	});

	it.each([
		['no path', { path: '={{ "" }}' }, "'Path' is empty for this item"],
		[
			'a whole address as path',
			{ path: 'https://other.example/start' },
			"'Path' is a whole address",
		],
		[
			'no initiator',
			{ initiatorAccountId: '={{ "" }}' },
			"'Initiator Account ID' is empty for this item",
		],
		['no file', { docs: {} }, "'Files' is empty"],
		[
			'a file without code',
			{ docs: { entry: [{ fileName: 'a.pdf' }] } },
			"'Files 1 → File Code' is empty for this item",
		],
		['no signer', { signers: {} }, "'Signers' is empty"],
		['no signer in the JSON', byJson('[]'), "'Signers' is empty"],
		['JSON that is no list', byJson('{}'), "'Signers (JSON)' is not a list"],
		['JSON that is none', byJson('[{]'), "'Signers (JSON)' is not valid JSON"],
		[
			'a signer without account',
			{ signers: { entry: [{ seqNo: 1 }] } },
			"'Signers 1 → Account ID' is empty for this item",
		],
		[
			'an order that is no whole number',
			{ signers: { entry: [{ accountId: 'x', seqNo: 1.5 }] } },
			"'Signers 1 → Order' is not a whole number",
		],
		[
			'further fields that are a list',
			{ options: { furtherFields: '[]' } },
			"'Further Fields (JSON)' is not a JSON object",
		],
	])('refuses %s before anything is sent', async (_what, more, message) => {
		const { error } = await act('contract', 'start', { ...byFields(), ...more } as IDataObject);
		expect(error?.message).toBe(message);
		expect(sandbox.requests).toEqual([]);
	});

	it("names the page of the vendor's documentation where the path is missing", async () => {
		const { error } = await act('contract', 'start', { ...byFields(), path: '={{ "" }}' });
		expect(error?.description).toContain('合同相关 / 通过文件发起合同');
	});

	it.each([
		['oc_10011', { initiatorAccountId: 'CORP_UNAUTH_001' }],
		[
			'oc_30005',
			{
				docs: { entry: [{ fileCode: files.unsupported }] },
				signers: { entry: [{ accountId: person.accountId }] },
			},
		],
		[
			'oc_30006',
			{
				docs: { entry: [{ fileCode: files.broken }] },
				signers: { entry: [{ accountId: person.accountId }] },
			},
		],
		['oc_40003', { signers: { entry: [signer, signer] } }],
		['oc_40014', { docs: { entry: [{ fileCode: files.onePage }, { fileCode: files.onePage }] } }],
		[
			'oc_40016',
			{ signers: { entry: [{ ...signer, signFields: { entry: [signField, signField] } }] } },
		],
		[
			'oc_40020',
			{
				signers: {
					entry: [{ ...signer, signFields: { entry: [{ ...signField, signFieldStyle: 2 }] } }],
				},
			},
		],
		[
			'oc_40027',
			{
				signers: {
					entry: [
						{
							...signer,
							signFields: { entry: [signField, { ...signField, positionX: 1, authorizeCode: '' }] },
						},
					],
				},
			},
		],
	])('is refused by the platform with %s', async (code, more) => {
		const { error } = await act('contract', 'start', { ...byFields(), ...more } as IDataObject);
		expect(error?.httpCode).toBe(code);
		expect(sandbox.requests.map(({ outcome }) => outcome)).toEqual([`refused:${code}`]);
		expect(sandbox.control.contracts()).toHaveLength(1);
	});
});
