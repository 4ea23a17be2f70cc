/**
 * What the published server refuses only after the files are up, or takes and spoils (docs/api/kaifangqian.md,
 * 3.3, 5, 6.4): each is refused by the node before anything is sent, so that nothing is left on the platform.
 */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { PDFDocument } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { fileItem } from '../engine.mjs';
import { itemWith, row, rows, sendFilesParameters, three } from './sendFiles.support.mjs';
import { fromList, lisi, operatorOf, pdf, pdfItem, personSigner, stage } from './support.mjs';

const setting = await stage();
const { sandbox, act, refused, sent } = setting;

/** With a page tree that can be read. */
const plain = Buffer.from(await (await PDFDocument.load(pdf)).save({ useObjectStreams: false }));
const newer = Buffer.from(pdf.toString('latin1').replace(/^%PDF-1\.\d/, '%PDF-2.0'), 'latin1');

interface Case {
	what: string;
	operation: [resource: string, operation: string];
	parameters: IDataObject;
	input?: INodeExecutionData[];
	/** A part of the message: field and limit. */
	says: string;
}

const files = (
	what: string,
	says: string,
	parameters: IDataObject,
	input?: INodeExecutionData[],
): Case => ({
	what: `Send Files: ${what}`,
	operation: ['contract', 'sendFiles'],
	parameters: { ...sendFilesParameters(setting), ...parameters },
	input,
	says,
});

const created = (what: string, says: string, parameters: IDataObject): Case => ({
	what: `Create: ${what}`,
	operation: ['contract', 'create'],
	parameters: {
		...operatorOf(sandbox),
		signReId: fromList(sandbox.lines.free),
		signDocumentList: '1',
		signers: rows(row()),
		...parameters,
	},
	says,
});

/** The same rows in both operations. */
const both = (what: string, says: string, ...signer: IDataObject[]): Case[] => [
	files(what, says, { signers: rows(...signer) }),
	created(what, says, { signers: rows(...signer) }),
];

/** The same signers in the form of the API. */
const wire = (what: string, says: string, ...signersJson: IDataObject[]): Case =>
	created(`${what}, as raw JSON`, says, { signersInput: 'json', signersJson });

const own = { side: 'sender' };
const automatic = { ...own, nodeType: 'AUTO_SIGN', name: '', contact: '', sealId: '1' };
const place = (more: IDataObject = {}): IDataObject => ({
	controlType: 'SIGNATURE',
	signPositionType: 'POSITION',
	pageConfig: '1',
	offsetX: '0.5',
	offsetY: '0.5',
	...more,
});
const date = place({ controlType: 'SIGN_DATE', signDateFormat: 'LINE' });
const company = (node: IDataObject, more: IDataObject = {}): IDataObject => ({
	signerType: 'SENDER',
	signerOrder: '1',
	internalNodeList: [{ nodeType: 'ENTERPRISE_SEAL', signerOrder: '1', signer: lisi, ...node }],
	...more,
});
const seal = { sealId: '1', positionParamList: [place({ controlType: 'SEAL' })] };
const keyword = (text: string) => ({ signPositionType: 'KEYWORD', keyword: text });
const option = (options: IDataObject): IDataObject => ({ options });
const value = (paramValue: unknown) =>
	option({ signTemplateParamList: { value: [{ paramKey: 'a', paramValue }] } });
const onBehalf = (positionsInput: string, parameters: IDataObject): Case => ({
	what: `Sign on Behalf: a date, from ${positionsInput}`,
	operation: ['contract', 'signOnBehalf'],
	parameters: {
		contractId: '1',
		signatureSubjectType: 'PERSON',
		signerName: lisi.name,
		signerContact: lisi.contact,
		positionsInput,
		...parameters,
	},
	says: 'A signing date cannot be given together with a signature on behalf',
});
const registered = (what: string, says: string, companyName: string): Case => ({
	what: `Register Company: ${what}`,
	operation: ['account', 'registerCompany'],
	parameters: { accountContact: lisi.contact, companyName },
	says,
});

const longName = '李'.repeat(51);
const preset = option({ presetSigners: true });

const cases: Case[] = [
	...both('an own seal without its ID', "Seal ID' is missing", row(own)),
	...both(
		'an automatic own seal without its ID',
		"Seal ID' is missing",
		row({ ...automatic, sealId: '' }),
	),
	wire('an own seal without its ID', 'sealId is missing', company({})),
	wire(
		'an automatic own seal without its ID',
		'sealId is missing',
		company({ ...seal, sealId: undefined, autoSign: 'AUTO_SIGN' }),
	),
	...both(
		'an automatic seal without a place',
		"Positions' holds no place for the seal",
		row(automatic, { signPositionType: 'NONE' }),
	),
	...both(
		'an automatic seal of another company',
		"Signs With' is set for another company than your own",
		row({ nodeType: 'AUTO_SIGN', company: '乙方公司' }),
	),
	...both(
		'an automatic seal with a date',
		"Positions' holds a signing date beside a seal",
		row(automatic, {}, { controlType: 'SIGN_DATE' }),
	),
	wire(
		'an automatic seal without a place',
		'holds no place for the seal',
		company({ sealId: '1', autoSign: 'AUTO_SIGN' }),
	),
	wire(
		'an automatic seal of another company',
		'is set for another company than your own',
		company({ ...seal, autoSign: 'AUTO_SIGN' }, { signerType: 'RECEIVER_ENT' }),
	),
	wire(
		'an automatic seal with a date',
		'holds a signing date beside a seal',
		company({
			...seal,
			autoSign: 'AUTO_SIGN',
			positionParamList: [place({ controlType: 'SEAL' }), date],
		}),
	),
	...[files, created].flatMap((of) => [
		of('a subject of 111', "'Subject' has 111 characters, more than 110", {
			subject: '合'.repeat(111),
		}),
		of('a subject of 201 in a draft', "'Subject' has 201 characters, more than 200", {
			subject: '合'.repeat(201),
			...option({ send: '0' }),
		}),
		of(
			'a number of 201',
			"'Contract Number' is longer than 200 characters",
			option({ sn: 'x'.repeat(201) }),
		),
		of('a subject with an emoji', "'Subject' holds a character that the platform cannot store", {
			subject: '合同😀',
		}),
		of(
			'a number with a rare character',
			"'Contract Number' holds a character that",
			option({ sn: '𠮷-1' }),
		),
		of(
			'a company name with a rare character',
			"'Sender Company' holds a character that",
			option({ enterpriseName: '𠮷野公司' }),
		),
		of("a sender's name of 51", "'Sender Name' is longer than 50 characters", {
			operatorName: longName,
		}),
		of('a template value of 201', "Value' is longer than 200 characters", value('x'.repeat(201))),
		of('a template value with an emoji', "Value' holds a character that", value('好😀')),
	]),
	...both('a name of 51', "Name' is longer than 50 characters", row({ name: longName })),
	...both(
		'a name of 21 at another company',
		"Name' is longer than 20 characters",
		row({ name: '李'.repeat(21), company: '乙方公司' }),
	),
	...both('a name with a rare character', "Name' holds a character that", row({ name: '𠮷野' })),
	...both('a company with an emoji', "Company' holds a character that", row({ company: '乙😀' })),
	...both('an order of 128', "Order' is out of range", row({ order: 128 })),
	...both('an order below 0', "Order' is out of range", row({ order: -1 })),
	wire(
		'a name of 51',
		'receiver.name is longer than 50',
		personSigner({ receiver: { ...lisi, name: longName } }),
	),
	wire(
		'a company with an emoji',
		'signerName holds a character that',
		personSigner({ signerName: '李😀' }),
	),
	wire(
		'an order of 128',
		'signerOrder is not between 0 and 127',
		personSigner({ signerOrder: 128 }),
	),
	wire(
		'an order of 128 inside the company',
		'signerOrder is not between 0 and 127',
		company({ ...seal, signerOrder: '128' }),
	),
	registered('a name of 33', "'Company Name' is longer than 32 characters", '某'.repeat(33)),
	registered('no name', "'Company Name' is empty for this item", '={{ "" }}'),
	registered('a name with an emoji', "'Company Name' holds a character that", '某😀'),
	files('a file name with an emoji', 'The name of the file in', {}, [
		await fileItem(pdf, '合同😀.pdf', 'application/pdf'),
	]),
	files(
		'bytes in front of a PDF that does not work without them',
		'has 4 bytes in front of the PDF',
		{},
		[await fileItem(Buffer.from('abc\n%PDF-1.7 and no end'), 'a.pdf', 'application/pdf')],
	),
	files('PDF 2.0', 'is a PDF of another version than 1', {}, [
		await fileItem(newer, 'a.pdf', 'application/pdf'),
	]),
	files(
		'a page beyond the last',
		'is to sign on page 3, but file 1 has 2 pages',
		{ signers: rows(row({}, { pageConfig: '3', x: 1, y: 1 })) },
		[await fileItem(plain, 'a.pdf', 'application/pdf')],
	),
	...both(
		'a falling range',
		"Pages' holds the falling range 2-1",
		row({}, { pageConfig: '2-1', x: 1, y: 1 }),
	),
	wire(
		'a falling range',
		'pageConfig holds the falling range 2-1',
		personSigner({ positionParamList: [place({ pageConfig: '2-1' })] }),
	),
	...['EVEN_NUMBER', 'ODD_NUMBER'].flatMap((pageConfig) =>
		both(pageConfig, 'which the platform swaps', row({}, { pageConfig, x: 1, y: 1 })),
	),
	...[
		'甲 方',
		'甲（a)',
		'甲:',
		'甲,乙',
		'1.甲',
		'甲;',
		'甲!',
		'甲?',
		'甲/乙',
		'[甲',
		'甲]',
	].flatMap((text) =>
		both(`the keyword ${text}`, "Keyword' holds a blank or one of", row({}, keyword(text))),
	),
	files(
		'a keyword beside several files',
		"Files' is empty beside a keyword, and there are 3 files",
		{ binaryPropertyNames: '*', signers: rows(row({}, keyword('Contract'))) },
		[await three()],
	),
	created(
		'a keyword beside several documents',
		"Document IDs' is empty beside a keyword, and there are 2 documents",
		{ signDocumentList: '1,2', signers: rows(row({}, keyword('Contract'))) },
	),
	created('no signer', 'There is no signer', { signers: {} }),
	created('no signer in the list', 'There is no signer', {
		signersInput: 'json',
		signersJson: '[]',
	}),
	wire(
		'an own company without an order',
		'signerOrder is missing',
		company(seal, { signerOrder: undefined }),
	),
	...[files, created].flatMap((of) => [
		of('the own company at a preset line', 'Your own company is among the signers', {
			signers: rows(row({ ...own, sealId: '1', order: 1 }), row({ order: 2 })),
			...preset,
		}),
		of('a signer without an order at a preset line', 'A signer has no order', preset),
	]),
	onBehalf('fields', {
		positions: { position: [{ controlType: 'SIGN_DATE', docIds: '1', x: 1, y: 1 }] },
	}),
	onBehalf('json', { positionsJson: [{ ...date, relationDocList: [{ docId: '1' }] }] }),
];

const run = async ({ operation: [resource, operation], parameters, input }: Case) =>
	await refused(resource, operation, parameters, { input: input ?? [await pdfItem()] });

describe('is refused by name and limit, before anything is sent', () => {
	it.each(cases)('$what', async (one) => {
		const { message } = await run(one);
		expect(message).toContain(one.says);
	});
});

describe('what all of them together leave on the platform', () => {
	it('is nothing: no file, no attachment, no draft', { timeout: 60_000 }, async () => {
		for (const one of cases) await run(one);
		const left = {
			uploads: sent('/document/file').length + sent('/annex/file').length,
			drafts: sandbox.control.contracts().length,
			calls: sandbox.requests.length,
		};
		expect(left).toEqual({ uploads: 0, drafts: 0, calls: 0 });
		expect(cases.length).toBeGreaterThan(80);
	});

	it('would be seen: the platform itself leaves a draft behind', async () => {
		const [draft] = cases.filter(({ what }) => what === 'Create: a subject of 111');
		const { error } = await act('api', 'request', {
			method: 'POST',
			path: '/contract/draft',
			body: {
				operator: { ...sandbox.operator, contactType: 'MOBILE' },
				signReId: sandbox.lines.free,
				send: '1',
				subject: draft.parameters.subject,
				signDocumentList: [{ docId: await setting.upload() }],
				signerList: [personSigner()],
			},
		});
		expect(error?.message).toContain('mes_title');
		expect(sandbox.control.contracts()).toMatchObject([{ status: 'DRAFT' }]);
	});

	it('is the same with several files: none goes up before all are checked', async () => {
		const input = [await itemWith({ a: [pdf, 'a.pdf'], b: [newer, 'b.pdf'] })];
		const parameters = { ...sendFilesParameters(setting), binaryPropertyNames: 'a,b' };
		const { message } = await refused('contract', 'sendFiles', parameters, { input });
		expect(message).toContain('(b) is a PDF of another version than 1');
	});
});
