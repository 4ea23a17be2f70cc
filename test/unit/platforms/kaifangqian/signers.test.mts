import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	positionList,
	signerList,
} from '../../../../nodes/CnEsign/platforms/kaifangqian/signers.js';
import type { Raw } from '../../../../nodes/CnEsign/platforms/kaifangqian/wire.js';
import { refusalOf } from '../../support.mjs';
import {
	atKeyword,
	company,
	onPage,
	person,
	personal,
	sealStep,
	step,
	wireFail,
} from './signerSupport.mjs';
import { runs } from '../../../seed.mjs';

const checked = (list: unknown, defaults: string[] = []) => signerList(list, defaults, wireFail);
const said = (list: unknown, defaults: string[] = []) =>
	refusalOf(() => checked(list, defaults))?.message;

/** Refusals of one position, below `signerList[0].positionParamList[0].`. */
const ofPosition = (position: Raw, defaults: string[] = []) =>
	said([personal({ positionParamList: [position] })], defaults)?.replace(
		'signerList[0].positionParamList[0].',
		'',
	);
const ofStep = (node: Raw, signerType = 'SENDER') =>
	said([company([node], { signerType })])?.replace('signerList[0].internalNodeList[0].', '');

describe('signerList', () => {
	it('sends a complete list as it stands', () => {
		const list = [
			company([
				sealStep({
					autoSign: 'AUTO_SIGN',
					signer: undefined,
					positionParamList: [
						atKeyword({ controlType: 'SEAL', offsetX: '0', offsetY: '0', controlWidth: '120' }),
						onPage({ controlType: 'CHOP_STAMP', offsetX: undefined }),
					],
				}),
				step({ signerOrder: '2', verifyType: 'CAPTCHA', personalSignAuth: 'required' }),
				step({ nodeType: 'APPROVER_CHECK', signerOrder: '3' }),
			]),
			personal({
				signerOrder: '2',
				sealType: 'HAND',
				agreeSkipWillingness: 1,
				positionParamList: [
					onPage({ controlType: 'SIGN_DATE', signDateFormat: 'LINE', pageConfig: '1,2,7-10' }),
				],
			}),
		];
		const plain = JSON.parse(JSON.stringify(list)) as unknown;
		expect(checked(list)).toEqual(plain);
	});

	it('names the place in every message', () => {
		const list = [personal(), company([sealStep(), step({ nodeType: 'NOTARY' })])];
		expect(said(list)).toMatch(/^signerList\[1\]\.internalNodeList\[1\]\.nodeType is not one of/);
		expect(said('x')).toBe('signerList is not a list');
		expect(said([personal(), 7])).toBe('signerList[1] is not an object');
		expect(said([{}])).toBe('signerList[0].signerType is missing');
		expect(said([personal({ receiver: [] })])).toBe('signerList[0].receiver is not an object');
	});

	it('wants signing steps of companies', () => {
		for (const signerType of ['SENDER', 'RECEIVER_ENT'])
			for (const steps of [undefined, []])
				expect(said([{ signerType, signerOrder: '1', internalNodeList: steps }])).toBe(
					'signerList[0].internalNodeList is missing',
				);
	});

	it('wants each person complete, with a contact that fits its type', () => {
		const of = (more: Raw) =>
			said([personal({ receiver: person(more) })])?.replace('signerList[0].receiver.', '');
		expect(of({ name: ' ' })).toBe('name is missing');
		expect(of({ contact: undefined })).toBe('contact is missing');
		expect(of({ contact: '12900139000' })).toMatch(/^contact is neither a mobile number nor/);
		expect(of({ contactType: 'EMAIL' })).toBe(
			'contactType does not fit the contact, which is MOBILE',
		);
		expect(of({ contactType: 'PHONE' })).toMatch(/^contactType is not one of MOBILE, EMAIL/);
	});

	it('recognizes the contact type where it is missing', () => {
		const types = ['13900139000', 'wangwu@example.com'].map((contact) => {
			const [signer] = checked([personal({ receiver: { name: '王五', contact } })]);
			return (signer.receiver as Raw).contactType;
		});
		expect(types).toEqual(['MOBILE', 'EMAIL']);
	});

	it.each([
		['verifyType', 'SMS', 'is not one of DOUBLE, FACE, PASSWORD, CAPTCHA'],
		['personalSignAuth', 'REQUIRED', 'is not one of not_required, allowed, required'],
		['sealType', 'STAMP', 'is not one of NOLIMIT, HAND, TEMPLATE'],
		['signConfirm', 'CAPTCHA', 'is not one of FACE'],
		['signerOrder', '0', 'is less than 1'],
		['signerOrder', '1.5', 'is not a whole number'],
		['signerOrder', 'first', 'is not a number'],
		['agreeSkipWillingness', 'yes', 'is not a number'],
	])('takes only the known values of %s (%j)', (key, value, reason) => {
		expect(said([personal({ [key]: value })])).toBe(`signerList[0].${key} ${reason}`);
		expect(ofStep(step({ [key]: value }))).toBe(`${key} ${reason}`);
	});
});

describe('signing steps', () => {
	it('of approval stand under the sender only (trap 12)', () => {
		const approval = step({ nodeType: 'APPROVER_CHECK' });
		expect(ofStep(approval)).toBeUndefined();
		expect(ofStep(approval, 'RECEIVER_ENT')).toBe('nodeType is APPROVER_CHECK under RECEIVER_ENT');
	});

	it('are automatic for company seals only', () => {
		expect(ofStep(step({ autoSign: 'AUTO_SIGN' }))).toBe(
			'autoSign is set on a step of the type PERSONAL_SIGN',
		);
		expect(ofStep(sealStep({ autoSign: 'true' }))).toBe('autoSign is not one of AUTO_SIGN');
		expect(ofStep(sealStep({ autoSign: 'AUTO_SIGN', signer: undefined }))).toBeUndefined();
	});

	it('name a person unless the seal is automatic', () => {
		for (const node of [sealStep, step])
			expect(ofStep(node({ signer: undefined }))).toBe('signer is missing');
	});

	it('have a kind and an order', () => {
		expect(ofStep(step({ nodeType: undefined }))).toBe('nodeType is missing');
		expect(ofStep(step({ signerOrder: undefined }))).toBe('signerOrder is missing');
	});
});

describe('positions', () => {
	it('use seals on seal steps only, and signatures never there', () => {
		const on = (node: Raw, controlType: string) =>
			ofStep({ ...node, positionParamList: [onPage({ controlType })] })?.replace(
				'positionParamList[0].',
				'',
			);
		expect(on(sealStep(), 'SIGNATURE')).toBe('controlType is SIGNATURE in a company seal step');
		for (const controlType of ['SEAL', 'CHOP_STAMP']) {
			expect(on(sealStep(), controlType)).toBeUndefined();
			const reason = `controlType is ${controlType} where no company seal is used`;
			expect(on(step(), controlType)).toBe(reason);
			expect(ofPosition(onPage({ controlType }))).toBe(reason);
		}
	});

	it.each([
		[onPage({ controlType: undefined }), 'controlType is missing'],
		[onPage({ controlType: 'STAMP' }), /^controlType is not one of/],
		[onPage({ signPositionType: undefined }), 'signPositionType is missing'],
		[onPage({ pageConfig: undefined }), 'pageConfig is missing'],
		[onPage({ offsetX: undefined }), 'offsetX is missing'],
		[onPage({ offsetY: '' }), 'offsetY is missing'],
		[onPage({ offsetY: '1.01' }), 'offsetY is not between 0 and 1'],
		[onPage({ offsetX: '-0.1' }), 'offsetX is not between 0 and 1'],
		[onPage({ offsetX: '62%' }), 'offsetX is not a number'],
		[onPage({ controlWidth: '9' }), 'controlWidth is not between 10 and 120'],
		[onPage({ controlHeight: 121 }), 'controlHeight is not between 10 and 120'],
		[onPage({ controlType: 'SIGN_DATE' }), 'signDateFormat is missing'],
		[onPage({ controlType: 'SIGN_DATE', signDateFormat: 'ISO' }), /^signDateFormat is not one of/],
		[atKeyword({ keyword: '' }), 'keyword is missing'],
		[atKeyword({ keywordType: undefined }), 'keywordType is missing'],
		[atKeyword({ keywordType: '2' }), 'keywordType is not one of 0, 1, -1'],
		// Trap 11: a ratio at a keyword is read by the server with an integer parser.
		[atKeyword({ offsetX: '0.5' }), 'offsetX is not a whole number'],
		[
			onPage({ relationDocList: [{ docId: 'a', docType: '3' }] }),
			'relationDocList[0].docType is not one of 1, 2',
		],
		[onPage({ relationDocList: [{ docType: '1' }] }), 'relationDocList[0].docId is missing'],
		[onPage({ relationDocList: 'doc-0001' }), 'relationDocList is not a list'],
	])('%j', (position, reason) => {
		expect(ofPosition(position)).toMatch(reason);
	});

	it('at a keyword take any whole number, negative ones too', () => {
		for (const offsetX of ['-20', 0, '35'])
			expect(ofPosition(atKeyword({ offsetX }))).toBeUndefined();
	});

	it('always name their documents, those of the contract by default (trap 9)', () => {
		const bare = onPage({ relationDocList: undefined });
		expect(ofPosition(bare)).toBe('relationDocList is missing');
		const [signer] = checked([personal({ positionParamList: [bare] })], ['doc-1', 'doc-2']);
		expect((signer.positionParamList as Raw[])[0].relationDocList).toEqual([
			{ docType: '1', docId: 'doc-1' },
			{ docType: '1', docId: 'doc-2' },
		]);
		// Named documents win over the default.
		const named = checked([personal({ positionParamList: [onPage()] })], ['doc-1']);
		expect(JSON.stringify(named)).not.toContain('doc-1');
	});

	it('take lists of pages and the three words, odd and even untouched (trap 10)', () => {
		const pageOf = (pageConfig: string) => {
			const [signer] = checked([personal({ positionParamList: [onPage({ pageConfig })] })]);
			return (signer.positionParamList as Raw[])[0].pageConfig;
		};
		for (const pages of ['ALL', 'EVEN_NUMBER', 'ODD_NUMBER', '1', '1,2,7-10'])
			expect(pageOf(pages)).toBe(pages);
		expect(pageOf(' 1， 3 ')).toBe('1,3');
		for (const pageConfig of ['all', '0', '1-', '1,,2', 'x', '1;2', '-1'])
			expect(ofPosition(onPage({ pageConfig }))).toBe('pageConfig is not a list of pages');
	});

	it('outside a signer list are checked alike', () => {
		expect(positionList([onPage()], false, wireFail)).toEqual([onPage()]);
		const refused = (value: unknown) =>
			refusalOf(() => positionList(value, false, wireFail))?.message;
		expect(refused({})).toBe('positionParamList is not a list');
		expect(refused([onPage({ controlType: 'SEAL' })])).toMatch(
			/^positionParamList\[0\]\.controlType/,
		);
	});
});

describe('any input', () => {
	const extra = fc.dictionary(
		fc
			.oneof(fc.string({ minLength: 1 }), fc.constantFrom('toString', 'valueOf', 'urgent'))
			.filter((key) => key !== '__proto__'),
		fc.jsonValue(),
	);

	it('keeps fields that this package does not know, after the known ones', () => {
		fc.assert(
			fc.property(extra, (more) => {
				const known = Object.keys(checked([personal(), company([sealStep()])])[1]);
				fc.pre(
					Object.keys(more).every(
						(key) =>
							!/^(sign|internal|receiver|position|verify|agree|personal|seal|node|auto|name|contact|control|relation|page|keyword|offset|doc)/i.test(
								key,
							),
					),
				);
				const [one, two] = checked([
					personal({ ...more, receiver: person(more), positionParamList: [onPage(more)] }),
					company([sealStep(more)], more),
				]);
				const plain = JSON.parse(JSON.stringify(more)) as Raw;
				expect(JSON.parse(JSON.stringify(one))).toMatchObject(plain);
				expect(JSON.parse(JSON.stringify(one.receiver))).toMatchObject(plain);
				expect((JSON.parse(JSON.stringify(one.positionParamList)) as Raw[])[0]).toMatchObject(
					plain,
				);
				expect((JSON.parse(JSON.stringify(two.internalNodeList)) as Raw[])[0]).toMatchObject(plain);
				const numberLike = (key: string) => /^\d+$/.test(key);
				const order = Object.keys(two).filter((key) => !numberLike(key));
				expect(order.slice(0, known.length)).toEqual(known);
			}),
		);
	});

	it('writes numbers without exponent', () => {
		const offset = fc.oneof(
			fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value.toFixed(12)),
			fc.constantFrom('0.0000001', '0.00000000000000000000001', '1.0', '0.10'),
		);
		fc.assert(
			fc.property(offset, (offsetX) => {
				const [position] = positionList([onPage({ offsetX })], false, wireFail);
				expect(position.offsetX).toMatch(/^\d+(?:\.\d+)?$/);
				expect(Number(position.offsetX)).toBeCloseTo(Number(offsetX), 12);
			}),
		);
		expect(ofPosition(atKeyword({ offsetX: '9'.repeat(24) }))).toBe(
			'offsetX is not a whole number',
		);
	});

	it('ends in a checked list or in a refusal, never in anything else', () => {
		const keys = [
			'signerType',
			'internalNodeList',
			'receiver',
			'positionParamList',
			'signer',
			'relationDocList',
			'offsetX',
			'nodeType',
			'contact',
		];
		const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
			value: fc.oneof(
				{ depthSize: 'medium' },
				fc.anything(),
				fc.constantFrom('SENDER', 'RECEIVER_PERSONAL', 'POSITION', '13900139000', '1', 0.5),
				fc.array(tie('value'), { maxLength: 3 }),
				fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 4 }),
			),
		})).value;
		const started = fc.dictionary(fc.constantFrom(...keys), value).map((more) => personal(more));
		fc.assert(
			fc.property(fc.oneof(value, fc.array(fc.oneof(value, started))), (list) => {
				refusalOf(() => checked(list));
				refusalOf(() => positionList(list, true, wireFail));
			}),
			{ numRuns: runs(500) },
		);
	});
});
