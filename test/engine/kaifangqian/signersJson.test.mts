/** Signers exactly as the API takes them (docs/api/kaifangqian.md, 5.2 to 5.4). */
import type { IDataObject } from 'n8n-workflow';
import { beforeEach, describe, expect, it } from 'vitest';
import { bodyOf, fromList, hintsOf, lisi, operatorOf, personSigner, stage } from './support.mjs';

const { sandbox, act, refused, sent, upload } = await stage();

let docId: string;

beforeEach(async () => {
	docId = await upload();
	sandbox.requests.length = 0;
});

const withText = (signersJson: string): IDataObject => ({
	...operatorOf(sandbox),
	signReId: fromList(sandbox.lines.free),
	signDocumentList: docId,
	signersInput: 'json',
	signersJson,
});

const withJson = async (signers: unknown) =>
	await act('contract', 'create', withText(JSON.stringify(signers)));

const place = (more: IDataObject = {}) => ({
	controlType: 'SIGNATURE',
	signPositionType: 'POSITION',
	pageConfig: '1',
	offsetX: '0.5',
	offsetY: '0.5',
	...more,
});

const company = (node: IDataObject, signerType = 'SENDER', more: IDataObject = {}) => ({
	signerType,
	signerOrder: '1',
	internalNodeList: [{ signerOrder: '1', signer: lisi, ...node }],
	...more,
});

const placed = (more: IDataObject) => personSigner({ positionParamList: [place(more)] });

const atKeyword = (more: IDataObject) =>
	placed({
		signPositionType: 'KEYWORD',
		keyword: 'x',
		keywordType: '1',
		offsetX: 0,
		offsetY: undefined,
		...more,
	});

describe('signers as JSON', () => {
	it('are completed: contact types, and the documents of positions', async () => {
		const { error } = await withJson([
			personSigner({
				receiver: { name: lisi.name, contact: lisi.contact },
				positionParamList: [place(), place({ relationDocList: [] })],
			}),
		]);
		expect(error).toBeUndefined();
		const [signer] = bodyOf(sent('/contract/draft')[0]).signerList as IDataObject[];
		const relationDocList = [{ docType: '1', docId }];
		expect(signer).toMatchObject({
			receiver: lisi,
			positionParamList: [{ relationDocList }, { relationDocList }],
		});
	});

	it('bring numbers into the texts that the wire wants', async () => {
		await withJson([
			personSigner({
				signerOrder: 1,
				agreeSkipWillingness: '0',
				positionParamList: [
					place({ offsetX: 0.25, offsetY: 1, controlWidth: 112, controlHeight: 52 }),
				],
			}),
		]);
		const [signer] = bodyOf(sent('/contract/draft')[0]).signerList as IDataObject[];
		expect(signer).toMatchObject({
			signerOrder: '1',
			agreeSkipWillingness: 0,
			positionParamList: [
				{ offsetX: '0.25', offsetY: '1', controlWidth: '112', controlHeight: '52' },
			],
		});
	});

	it('pass on fields that this package does not know', async () => {
		await withJson([personSigner({ newField: { a: 1 } })]);
		expect(sent('/contract/draft')[0].unknownFields).toEqual(['signerList[0].newField']);
	});

	it('are told where the platform swaps even and odd pages', async () => {
		const { run, error } = await withJson([placed({ pageConfig: 'EVEN_NUMBER' })]);
		expect(error).toBeUndefined();
		expect(hintsOf({ run })).toEqual([
			'EVEN_NUMBER: the platform swaps even and odd pages, so the other pages get the field. Page numbers are certain.',
		]);
	});

	it('lose what nobody sees, but for what this package does not know', async () => {
		const note = 'a\u200bb';
		await withJson([
			personSigner({
				signerName: '\ufeff李\u200b四',
				receiver: { name: '李\u3164四', contact: '139\u200d00139000', note },
			}),
		]);
		const [{ signerName, receiver: sentAs }] = bodyOf(sent('/contract/draft')[0])
			.signerList as IDataObject[];
		expect([signerName, sentAs]).toEqual(['李四', { ...lisi, note }]);
	});

	it('have their contacts and page lists put into the form that the platform takes', async () => {
		const receiver = { name: lisi.name, contact: ' +86 139-0013-9000 ' };
		await withJson([placed({ pageConfig: '１，2、 7 - 10' }), personSigner({ receiver })]);
		const [one, two] = bodyOf(sent('/contract/draft')[0]).signerList as IDataObject[];
		expect(one.positionParamList).toMatchObject([{ pageConfig: '1,2,7-10' }]);
		expect(two.receiver).toEqual(lisi);
	});
});

const path = 'signerList[1]';
const node = `${path}.internalNodeList[0]`;
const position = `${path}.positionParamList[0]`;
const seal: IDataObject = { nodeType: 'ENTERPRISE_SEAL', sealId: '1' };
const stamp = place({ controlType: 'SEAL' });
const receiver = (more: IDataObject) => personSigner({ receiver: { ...lisi, ...more } });

describe('signers as JSON refuse', () => {
	/** The second signer, and what is said about it. */
	const refusals: Array<[what: string, signer: unknown, words: string]> = [
		['a signer that is no object', '李四', `${path} is not an object`],
		['no kind of signer', { receiver: lisi }, `${path}.signerType is missing`],
		['an unknown kind', { signerType: 'PERSON' }, `${path}.signerType is not one of SENDER`],
		[
			'a company without steps',
			{ signerType: 'RECEIVER_ENT', internalNodeList: [] },
			`${path}.internalNodeList is missing`,
		],
		[
			'an own company without a list of steps',
			{ signerType: 'SENDER', signerOrder: '1' },
			`${path}.internalNodeList is missing`,
		],
		['an unknown kind of step', company({ nodeType: 'SEAL' }), `${node}.nodeType is not one of`],
		[
			'an approval under a receiving company',
			company({ nodeType: 'APPROVER_CHECK' }, 'RECEIVER_ENT'),
			`${node}.nodeType is APPROVER_CHECK under RECEIVER_ENT`,
		],
		[
			'a step without a person',
			company({ nodeType: 'AGENT_SIGN', signer: undefined }),
			`${node}.signer is missing`,
		],
		[
			'a step without its order',
			company({ nodeType: 'AGENT_SIGN', signerOrder: undefined }),
			`${node}.signerOrder is missing`,
		],
		[
			'an order of 128',
			personSigner({ signerOrder: '128' }),
			`${path}.signerOrder is not between 0 and 127`,
		],
		[
			'an order below 0',
			personSigner({ signerOrder: -1 }),
			`${path}.signerOrder is not between 0 and 127`,
		],
		[
			'an own company without its order',
			company({ nodeType: 'AGENT_SIGN' }, 'SENDER', { signerOrder: '' }),
			`${path}.signerOrder is missing`,
		],
		['a bad contact', receiver({ contact: '12345' }), `${path}.receiver.contact is neither`],
		[
			'a contact type that does not fit',
			receiver({ contactType: 'EMAIL' }),
			`${path}.receiver.contactType does not fit`,
		],
		['no name', receiver({ name: '' }), `${path}.receiver.name is missing`],
		[
			'a name of 51 characters',
			receiver({ name: '李'.repeat(51) }),
			`${path}.receiver.name is longer than 50 characters`,
		],
		[
			'a name of 21 characters at another company',
			company(
				{ nodeType: 'AGENT_SIGN', signer: { ...lisi, name: '李'.repeat(21) } },
				'RECEIVER_ENT',
			),
			`${node}.signer.name is longer than 20 characters`,
		],
		[
			'a name with a character of 4 bytes',
			receiver({ name: '李𠮷' }),
			`${path}.receiver.name holds a character that the platform cannot store`,
		],
		[
			'a name in two lines',
			receiver({ name: '李四\u2028王五' }),
			`${path}.receiver.name holds a line break`,
		],
		[
			'a name that was lost',
			receiver({ name: '李\ufffd' }),
			`${path}.receiver.name holds characters that were lost`,
		],
		[
			'a name that an expression did not find',
			receiver({ name: 'undefined' }),
			`${path}.receiver.name ends in 'undefined'`,
		],
		[
			'a company that an expression did not find',
			personSigner({ signerName: '某某 null' }),
			`${path}.signerName ends in 'null'`,
		],
		[
			'a company in two lines',
			personSigner({ signerName: '某某\n公司' }),
			`${path}.signerName holds a line break`,
		],
		['an unknown proof', personSigner({ verifyType: 'SMS' }), `${path}.verifyType is not one of`],
		[
			'a seal of the own company without its ID',
			company({ nodeType: 'ENTERPRISE_SEAL' }),
			`${node}.sealId is missing`,
		],
		[
			'a person sealed automatically',
			company({ nodeType: 'PERSONAL_SIGN', autoSign: 'AUTO_SIGN' }),
			`${node}.autoSign is set on a step of the type PERSONAL_SIGN`,
		],
		[
			'another company sealed automatically',
			company({ ...seal, autoSign: 'AUTO_SIGN', positionParamList: [stamp] }, 'RECEIVER_ENT'),
			`${node}.autoSign is set for another company than your own`,
		],
		[
			'an automatic seal without a place',
			company({ ...seal, autoSign: 'AUTO_SIGN' }),
			`${node}.positionParamList holds no place for the seal`,
		],
		[
			'an automatic seal with a date',
			company({
				...seal,
				autoSign: 'AUTO_SIGN',
				positionParamList: [stamp, place({ controlType: 'SIGN_DATE', signDateFormat: 'LINE' })],
			}),
			`${node}.positionParamList holds a signing date beside a seal`,
		],
		['a ratio above 1', placed({ offsetX: '1.01' }), `${position}.offsetX is not between 0 and 1`],
		['a negative ratio', placed({ offsetY: -0.1 }), `${position}.offsetY is not between 0 and 1`],
		[
			'a ratio that is no number',
			placed({ offsetY: '50%' }),
			`${position}.offsetY is not a number`,
		],
		['no ratio', placed({ offsetX: '' }), `${position}.offsetX is missing`],
		['no page', placed({ pageConfig: undefined }), `${position}.pageConfig is missing`],
		['a bad page', placed({ pageConfig: 'last' }), `${position}.pageConfig is not a list of pages`],
		[
			'a falling range',
			placed({ pageConfig: '1,5-3' }),
			`${position}.pageConfig holds the falling range 5-3`,
		],
		['a width below 10', placed({ controlWidth: 9 }), `${position}.controlWidth is not between`],
		[
			'a height above 120',
			placed({ controlHeight: 121 }),
			`${position}.controlHeight is not between`,
		],
		[
			'a keyword offset that is not whole',
			atKeyword({ offsetX: '0.5' }),
			`${position}.offsetX is not a whole number`,
		],
		['no keyword', atKeyword({ keyword: '' }), `${position}.keyword is missing`],
		[
			'a keyword in two pieces',
			atKeyword({ keyword: '甲方 (盖章)' }),
			`${position}.keyword holds a blank`,
		],
		[
			'a keyword of 65 characters',
			atKeyword({ keyword: '甲'.repeat(65) }),
			`${position}.keyword is longer than 64 characters`,
		],
		[
			'an unknown choice of keyword',
			atKeyword({ keywordType: '2' }),
			`${position}.keywordType is not one of 0, 1, -1`,
		],
		['a seal of a person', placed({ controlType: 'SEAL' }), `${position}.controlType is SEAL`],
		[
			'a date without a format',
			placed({ controlType: 'SIGN_DATE' }),
			`${position}.signDateFormat is missing`,
		],
		[
			'a signature at a seal',
			company({ ...seal, positionParamList: [place()] }),
			`${node}.positionParamList[0].controlType is SIGNATURE`,
		],
	];

	it.each(refusals)('%s and name the path', async (_what, signer, words) => {
		const given = withText(JSON.stringify([personSigner(), signer]));
		const { message } = await refused('contract', 'create', given);
		expect(message).toContain(`'Signers (Raw JSON)': ${words}`);
	});

	it.each<[string, unknown, string]>([
		['a list that is none', { signerType: 'SENDER' }, ': signerList is not a list'],
		[
			'a key that reaches a prototype',
			JSON.parse('[{"__proto__":{}}]'),
			" holds the key '[0].__proto__'",
		],
	])('%s', async (_what, signers, words) => {
		const { message } = await refused('contract', 'create', withText(JSON.stringify(signers)));
		expect(message).toContain(`'Signers (Raw JSON)'${words}`);
	});

	it('a keyword with the piece of it that would be found', async () => {
		const given = withText(JSON.stringify([atKeyword({ keyword: '甲方 (签名盖章)' })]));
		const { description } = await refused('contract', 'create', given);
		expect(description).toBe('It would never be found. Enter one piece, such as 签名盖章.');
	});

	it.each([
		['[\n\t{ "signerType": SENDER }\n]', 'line 2, column 18'],
		["[{ 'signerType': 1 }]", 'line 1, column 4'],
		['[{ “signerType”: 1 }]', 'line 1, column 4'],
		['[{ "signerType": "SENDER"，"signerOrder": 1 }]', 'line 1, column 26'],
		['[{ "signerType": "SENDER" "signerOrder": 1 }]', 'line 1, column 27'],
		['[{ "signerType": "SENDER" }', 'line 1, column 28'],
		['[{ "signerType":', 'It ends too early'],
	])('what is not JSON, and say where: %s', async (signersJson, where) => {
		const { message, description } = await refused('contract', 'create', withText(signersJson));
		expect(message).toBe("'Signers (Raw JSON)' is not valid JSON");
		expect(description).toContain(where);
		expect(description).not.toContain('SENDER');
	});

	it('to be left empty where they are added', async () => {
		const { message } = await refused('contract', 'addSigners', {
			contractId: '1',
			signersInput: 'json',
			signersJson: '[]',
		});
		expect(message).toBe('There is no signer');
	});
});
