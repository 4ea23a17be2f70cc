import type { IDataObject } from 'n8n-workflow';
import { beforeEach, describe, expect, it } from 'vitest';
import { bodyOf, fromList, lisi, operatorOf, personSigner, stage } from './support.mjs';

const { sandbox, act, sent, upload } = await stage();

let docId: string;

beforeEach(async () => {
	docId = await upload();
	sandbox.requests.length = 0;
});

const create = async (parameters: IDataObject) =>
	await act('contract', 'create', {
		...operatorOf(sandbox),
		signReId: fromList(sandbox.lines.free),
		signDocumentList: docId,
		...parameters,
	});

const withJson = async (signers: unknown) =>
	await create({ signersInput: 'json', signersJson: JSON.stringify(signers) });

const place = (more: IDataObject = {}) => ({
	controlType: 'SIGNATURE',
	signPositionType: 'POSITION',
	pageConfig: '1',
	offsetX: '0.5',
	offsetY: '0.5',
	...more,
});

const company = (node: IDataObject, signerType = 'SENDER') => ({
	signerType,
	signerOrder: '1',
	internalNodeList: [{ signerOrder: '1', signer: lisi, ...node }],
});

const placed = (more: IDataObject) => [personSigner({ positionParamList: [place(more)] })];

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
				agreeSkipWillingness: '1',
				positionParamList: [
					place({ offsetX: 0.25, offsetY: 1, controlWidth: 112, controlHeight: 52 }),
				],
			}),
		]);
		const [signer] = bodyOf(sent('/contract/draft')[0]).signerList as IDataObject[];
		expect(signer).toMatchObject({
			signerOrder: '1',
			agreeSkipWillingness: 1,
			positionParamList: [
				{ offsetX: '0.25', offsetY: '1', controlWidth: '112', controlHeight: '52' },
			],
		});
	});

	it('pass on fields that this package does not know', async () => {
		await withJson([personSigner({ newField: { a: 1 } })]);
		expect(sent('/contract/draft')[0].unknownFields).toEqual(['signerList[0].newField']);
	});

	const second = (signer: unknown) => [personSigner(), signer];
	const path = 'signerList[1]';
	const position = `${path}.positionParamList[0]`;

	it.each<[string, unknown, string]>([
		['a list that is none', { signerType: 'SENDER' }, 'signerList is not a list'],
		['a signer that is no object', second('李四'), `${path} is not an object`],
		['no kind of signer', second({ receiver: lisi }), `${path}.signerType is missing`],
		[
			'an unknown kind',
			second({ signerType: 'PERSON' }),
			`${path}.signerType is not one of SENDER`,
		],
		[
			'a company without steps',
			second({ signerType: 'SENDER' }),
			`${path}.internalNodeList is missing`,
		],
		[
			'an unknown kind of step',
			second(company({ nodeType: 'SEAL' })),
			`${path}.internalNodeList[0].nodeType is not one of`,
		],
		[
			'an approval under a receiving company',
			second(company({ nodeType: 'APPROVER_CHECK' }, 'RECEIVER_ENT')),
			`${path}.internalNodeList[0].nodeType is APPROVER_CHECK under RECEIVER_ENT`,
		],
		[
			'a person sealed automatically',
			second(company({ nodeType: 'PERSONAL_SIGN', autoSign: 'AUTO_SIGN' })),
			`${path}.internalNodeList[0].autoSign is set`,
		],
		[
			'a step without a person',
			second(company({ nodeType: 'AGENT_SIGN', signer: undefined })),
			`${path}.internalNodeList[0].signer is missing`,
		],
		[
			'a step without its order',
			second(company({ nodeType: 'AGENT_SIGN', signerOrder: undefined })),
			`${path}.internalNodeList[0].signerOrder is missing`,
		],
		[
			'an order of 0',
			second(personSigner({ signerOrder: '0' })),
			`${path}.signerOrder is less than 1`,
		],
		[
			'a bad contact',
			second(personSigner({ receiver: { ...lisi, contact: '12345' } })),
			`${path}.receiver.contact is neither`,
		],
		[
			'a contact type that does not fit',
			second(personSigner({ receiver: { ...lisi, contactType: 'EMAIL' } })),
			`${path}.receiver.contactType does not fit`,
		],
		[
			'no name',
			second(personSigner({ receiver: { contact: lisi.contact } })),
			`${path}.receiver.name is missing`,
		],
		[
			'an unknown proof',
			second(personSigner({ verifyType: 'SMS' })),
			`${path}.verifyType is not one of`,
		],
		[
			'a ratio above 1',
			second(placed({ offsetX: '1.01' })[0]),
			`${position}.offsetX is not between 0 and 1`,
		],
		[
			'a negative ratio',
			second(placed({ offsetY: -0.1 })[0]),
			`${position}.offsetY is not between 0 and 1`,
		],
		[
			'a ratio that is no number',
			second(placed({ offsetY: '50%' })[0]),
			`${position}.offsetY is not a number`,
		],
		['no ratio', second(placed({ offsetX: '' })[0]), `${position}.offsetX is missing`],
		['no page', second(placed({ pageConfig: undefined })[0]), `${position}.pageConfig is missing`],
		[
			'a bad page',
			second(placed({ pageConfig: 'last' })[0]),
			`${position}.pageConfig is not a list of pages`,
		],
		[
			'a width below 10',
			second(placed({ controlWidth: 9 })[0]),
			`${position}.controlWidth is not between`,
		],
		[
			'a height above 120',
			second(placed({ controlHeight: 121 })[0]),
			`${position}.controlHeight is not between`,
		],
		[
			'a keyword offset that is not whole',
			second(
				placed({ signPositionType: 'KEYWORD', keyword: 'x', keywordType: '1', offsetX: '0.5' })[0],
			),
			`${position}.offsetX is not a whole number`,
		],
		[
			'no keyword',
			second(placed({ signPositionType: 'KEYWORD', keywordType: '1', offsetX: 0, offsetY: 0 })[0]),
			`${position}.keyword is missing`,
		],
		[
			'an unknown choice of keyword',
			second(
				placed({
					signPositionType: 'KEYWORD',
					keyword: 'x',
					keywordType: '2',
					offsetX: 0,
					offsetY: 0,
				})[0],
			),
			`${position}.keywordType is not one of 0, 1, -1`,
		],
		[
			'a seal of a person',
			second(placed({ controlType: 'SEAL' })[0]),
			`${position}.controlType is SEAL`,
		],
		[
			'a date without a format',
			second(placed({ controlType: 'SIGN_DATE' })[0]),
			`${position}.signDateFormat is missing`,
		],
		[
			'a signature at a seal',
			second(company({ nodeType: 'ENTERPRISE_SEAL', positionParamList: [place()] })),
			`${path}.internalNodeList[0].positionParamList[0].controlType is SIGNATURE`,
		],
		[
			'a key that reaches a prototype',
			JSON.parse('[{"__proto__":{}}]'),
			"holds the key '[0].__proto__'",
		],
	])('refuse %s and name the path', async (_what, signers, words) => {
		const { error } = await withJson(signers);
		expect(error?.name).toBe('NodeOperationError');
		expect(error?.message).toContain("'Signers (JSON)'");
		expect(error?.message).toContain(words);
		expect(error?.description).toBeTruthy();
		expect(error?.context.itemIndex).toBe(0);
		expect(sent()).toEqual([]);
	});

	it.each([
		['[\n\t{ "signerType": SENDER }\n]', 'line 2, column 18'],
		["[{ 'signerType': 1 }]", 'line 1, column 4'],
		['[{ “signerType”: 1 }]', 'line 1, column 4'],
		['[{ "signerType": "SENDER"，"signerOrder": 1 }]', 'line 1, column 26'],
		['[{ "signerType": "SENDER" "signerOrder": 1 }]', 'line 1, column 27'],
		['[{ "signerType": "SENDER" }', 'line 1, column 28'],
		['[{ "signerType":', 'It ends too early'],
	])('that are not JSON say where: %s', async (signersJson, place) => {
		const { error } = await create({ signersInput: 'json', signersJson });
		expect(error?.message).toBe("'Signers (JSON)' is not valid JSON");
		expect(error?.description).toContain(place);
		expect(error?.description).not.toContain('SENDER');
		expect(sent()).toEqual([]);
	});

	it.each(['0', '1'])('left empty, the platform says who is missing (send %s)', async (send) => {
		const { error } = await create({ signersInput: 'json', signersJson: '', send });
		expect(bodyOf(sent('/contract/draft')[0])).not.toHaveProperty('signerList');
		expect(error?.message).toContain('"signerList" is null');
		expect(error?.description).toContain('Add at least one signer');
		// Refused before anything was stored (docs/api/kaifangqian.md, 3.1).
		expect(error?.context.outcomeUnknown).toBeUndefined();
		expect(sandbox.control.contracts()).toEqual([]);
	});

	it('may not be left empty where they are added', async () => {
		const { error } = await act('contract', 'addSigners', {
			contractId: '1',
			signersInput: 'json',
			signersJson: '[]',
		});
		expect(error?.message).toBe("'Signers (JSON)' is empty");
		expect(sent()).toEqual([]);
	});
});

describe('signers as fields', () => {
	const withFields = async (signer: IDataObject[]) =>
		await create({ signersInput: 'fields', signers: { signer } });

	it('are ordered as they stand, and forget what belongs to another kind', async () => {
		const { error } = await withFields([
			// Left over from when it was a company; the editor keeps hidden values.
			{
				signerType: 'RECEIVER_PERSONAL',
				...lisi,
				signerName: '旧公司',
				internalNodeList: { node: [{}] },
			},
			{
				signerType: 'RECEIVER_ENT',
				signerName: '远山贸易有限公司',
				name: '旧人',
				internalNodeList: {
					node: [
						{ nodeType: 'AGENT_SIGN', ...lisi, autoSign: true, sealId: 'old' },
						{ nodeType: 'LEGAL_PERSON_SIGN', ...lisi },
					],
				},
			},
		]);
		expect(error).toBeUndefined();
		expect(bodyOf(sent('/contract/draft')[0]).signerList).toEqual([
			{ signerType: 'RECEIVER_PERSONAL', signerName: lisi.name, signerOrder: '1', receiver: lisi },
			{
				signerType: 'RECEIVER_ENT',
				signerName: '远山贸易有限公司',
				signerOrder: '2',
				internalNodeList: [
					{ nodeType: 'AGENT_SIGN', signerOrder: '1', signer: lisi },
					{ nodeType: 'LEGAL_PERSON_SIGN', signerOrder: '2', signer: lisi },
				],
			},
		]);
	});

	it('take values by expression, item by item', async () => {
		const people = [lisi, { name: '王五', contactType: 'EMAIL', contact: 'wangwu@example.com' }];
		await act(
			'contract',
			'create',
			{
				...operatorOf(sandbox),
				signReId: fromList(sandbox.lines.free),
				signDocumentList: docId,
				options: { itemsInParallel: 1 },
				signersInput: 'fields',
				signers: { signer: [{ name: '={{ $json.name }}', contact: '={{ $json.contact }}' }] },
			},
			{ input: people.map((json) => ({ json })) },
		);
		const receivers = sent('/contract/draft').map(
			(request) => (bodyOf(request).signerList as IDataObject[])[0].receiver,
		);
		expect(receivers).toEqual(people);
	});

	it('are checked like JSON; messages name the fields', async () => {
		const { error } = await withFields([
			{ ...lisi, positionParamList: { position: [place({ offsetX: '2' })] } },
		]);
		expect(error?.message).toContain(
			"'Signer List': 'Signer 1 → Position 1 → Horizontal Place' is not between 0 and 1",
		);
		expect(sent()).toEqual([]);
	});
});
