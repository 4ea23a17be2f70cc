import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	checkPositionList,
	checkSignerList,
} from '../../../../../../nodes/CnEsign/platforms/kaifangqian/contract/signers/signerRules.js';
import type { Raw } from '../../../../../../nodes/CnEsign/platforms/kaifangqian/contract/signers/wireReader.js';
import { refusalOf } from '../../../../support.mjs';
import {
	atKeyword,
	company,
	onPage,
	person,
	personal,
	sealStep,
	step,
	wireFail,
} from './support.mjs';
import { runs } from '../../../../../seed.mjs';

const warnings: string[] = [];
const checked = (list: unknown, documents: string[] = []) =>
	checkSignerList(list, { documents, warn: (text) => void warnings.push(text) }, wireFail);
const said = (list: unknown, documents: string[] = []) =>
	refusalOf(() => checked(list, documents))?.message;
const checkedPositions = (list: unknown) => checkPositionList(list, { documents: [] }, wireFail);

/** Refusals of one position, below `signerList[0].positionParamList[0].`. */
const ofPosition = (position: Raw, documents: string[] = []) =>
	said([personal({ positionParamList: [position] })], documents)?.replace(
		'signerList[0].positionParamList[0].',
		'',
	);
const seal = () => onPage({ controlType: 'SEAL' });
const ofStep = (node: Raw, signerType = 'SENDER') =>
	said([company([node], { signerType })])?.replace('signerList[0].internalNodeList[0].', '');

describe('a signer list', () => {
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
		const of = (signerType: string, steps: unknown) =>
			said([{ signerType, signerOrder: '1', internalNodeList: steps }]);
		for (const signerType of ['SENDER', 'RECEIVER_ENT'])
			expect(of(signerType, undefined)).toBe('signerList[0].internalNodeList is missing');
		expect(of('RECEIVER_ENT', [])).toBe('signerList[0].internalNodeList is missing');
		// Nobody is asked until signers are added (docs/api/kaifangqian.md, 5.2).
		expect(of('SENDER', [])).toBeUndefined();
	});

	it('wants an order of the own company, without which the platform breaks (docs/api/kaifangqian.md, 5.2)', () => {
		const without = { signerOrder: undefined };
		expect(said([company([step()], without)])).toBe('signerList[0].signerOrder is missing');
		for (const signerType of ['RECEIVER_ENT', 'RECEIVER_PERSONAL'])
			expect(
				said([
					signerType === 'RECEIVER_ENT'
						? company([step()], { ...without, signerType })
						: personal(without),
				]),
			).toBeUndefined();
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
		const types = ['13900139000', 'wangwu@example.com'].flatMap((contact) =>
			[undefined, '', 'auto'].map((contactType) => {
				const [signer] = checked([personal({ receiver: { name: '王五', contact, contactType } })]);
				return (signer.receiver as Raw).contactType;
			}),
		);
		expect(types).toEqual(['MOBILE', 'MOBILE', 'MOBILE', 'EMAIL', 'EMAIL', 'EMAIL']);
	});

	it('brings contacts into the form that reaches somebody (docs/api/kaifangqian.md, 5.1)', () => {
		for (const contact of [
			'+86 139-0013-9000',
			13900139000,
			'１３９００１３９０００',
			' 13900139000\u200b',
		]) {
			const [signer] = checked([personal({ receiver: person({ contact }) })]);
			expect((signer.receiver as Raw).contact).toBe('13900139000');
		}
	});

	it('limits names as the platform does (docs/api/kaifangqian.md, 3.3)', () => {
		const named = (length: number) => ({ signer: person({ name: '张'.repeat(length) }) });
		const ofPerson = (length: number) =>
			said([personal({ receiver: person({ name: '张'.repeat(length) }) })]);
		expect(ofPerson(50)).toBeUndefined();
		expect(ofPerson(51)).toBe('signerList[0].receiver.name is longer than 50 characters');
		expect(ofStep(step(named(50)))).toBeUndefined();
		expect(ofStep(step(named(51)))).toBe('signer.name is longer than 50 characters');
		expect(ofStep(step(named(20)), 'RECEIVER_ENT')).toBeUndefined();
		expect(ofStep(step(named(21)), 'RECEIVER_ENT')).toBe(
			'signer.name is longer than 20 characters',
		);
	});

	it('refuses characters that the platform cannot store', () => {
		const reason = 'holds a character that the platform cannot store';
		expect(said([personal({ receiver: person({ name: '𠮷田' }) })])).toBe(
			`signerList[0].receiver.name ${reason}`,
		);
		expect(ofStep(step({ signer: person({ name: '😀' }) }))).toBe(`signer.name ${reason}`);
		expect(said([company([step()], { signerName: '𠮷田公司' })])).toBe(
			`signerList[0].signerName ${reason}`,
		);
	});

	it.each([
		['verifyType', 'SMS', 'is not one of DOUBLE, FACE, PASSWORD, CAPTCHA'],
		['personalSignAuth', 'REQUIRED', 'is not one of not_required, allowed, required'],
		['sealType', 'STAMP', 'is not one of NOLIMIT, HAND, TEMPLATE'],
		['signConfirm', 'CAPTCHA', 'is not one of FACE'],
		['signerOrder', '128', 'is not between 0 and 127'],
		['signerOrder', '-1', 'is not between 0 and 127'],
		['signerOrder', '1.5', 'is not a whole number'],
		['signerOrder', 'first', 'is not a number'],
		['agreeSkipWillingness', 'yes', 'is not a number'],
	])('takes only the known values of %s (%j)', (key, value, reason) => {
		expect(said([personal({ [key]: value })])).toBe(`signerList[0].${key} ${reason}`);
		expect(ofStep(step({ [key]: value }))).toBe(`${key} ${reason}`);
	});
});

describe('signing steps', () => {
	it('of approval stand under the sender only (docs/api/kaifangqian.md, 8, trap 12)', () => {
		const approval = step({ nodeType: 'APPROVER_CHECK' });
		expect(ofStep(approval)).toBeUndefined();
		expect(ofStep(approval, 'RECEIVER_ENT')).toBe('nodeType is APPROVER_CHECK under RECEIVER_ENT');
	});

	it('are automatic for company seals only', () => {
		expect(ofStep(step({ autoSign: 'AUTO_SIGN' }))).toBe(
			'autoSign is set on a step of the type PERSONAL_SIGN',
		);
		expect(ofStep(sealStep({ autoSign: 'true' }))).toBe('autoSign is not one of AUTO_SIGN');
	});

	it('of a seal of the own company name it, automatic or not (docs/api/kaifangqian.md, 5.3)', () => {
		for (const autoSign of [undefined, 'AUTO_SIGN'])
			expect(ofStep(sealStep({ sealId: undefined, autoSign, positionParamList: [seal()] }))).toBe(
				'sealId is missing',
			);
		expect(ofStep(sealStep({ sealId: undefined }), 'RECEIVER_ENT')).toBeUndefined();
		expect(ofStep(step({ sealId: undefined }))).toBeUndefined();
	});

	it('that are automatic have a place for the seal, no date, and are of the own company', () => {
		const automatic = (positions: Raw[] | undefined) =>
			sealStep({ autoSign: 'AUTO_SIGN', signer: undefined, positionParamList: positions });
		const date = onPage({ controlType: 'SIGN_DATE', signDateFormat: 'LINE' });
		expect(ofStep(automatic([seal()]))).toBeUndefined();
		expect(ofStep(automatic([onPage({ controlType: 'CHOP_STAMP' })]))).toBeUndefined();
		for (const positions of [undefined, [], [date]])
			expect(ofStep(automatic(positions))).toBe('positionParamList holds no place for the seal');
		expect(ofStep(automatic([seal(), date]))).toBe(
			'positionParamList holds a signing date beside a seal that is set automatically',
		);
		expect(ofStep(automatic([seal()]), 'RECEIVER_ENT')).toBe(
			'autoSign is set for another company than your own',
		);
		// A person may give both.
		expect(ofStep(sealStep({ positionParamList: [seal(), date] }))).toBeUndefined();
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
		// A ratio at a keyword is read by the server with an integer parser (docs/api/kaifangqian.md, 8, trap 11).
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

	it('always name their documents, those of the contract by default (docs/api/kaifangqian.md, 8, trap 9)', () => {
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

	it('take lists of pages and the three words, and say what the platform does with two of them (docs/api/kaifangqian.md, 8, trap 10)', () => {
		const pageOf = (pageConfig: string) => {
			const [signer] = checked([personal({ positionParamList: [onPage({ pageConfig })] })]);
			return (signer.positionParamList as Raw[])[0].pageConfig;
		};
		warnings.length = 0;
		for (const pages of ['ALL', '1', '1,2,7-10']) expect(pageOf(pages)).toBe(pages);
		expect(warnings).toEqual([]);
		for (const pages of ['EVEN_NUMBER', 'ODD_NUMBER']) expect(pageOf(pages)).toBe(pages);
		expect(warnings.map((text) => text.split(':')[0])).toEqual(['EVEN_NUMBER', 'ODD_NUMBER']);
		expect(warnings.join()).toContain('the other pages get the field');
	});

	it('outside a signer list are checked alike', () => {
		expect(checkedPositions([onPage()])).toEqual([onPage()]);
		const refused = (value: unknown) => refusalOf(() => checkedPositions(value))?.message;
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
				const [position] = checkedPositions([onPage({ offsetX })]);
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
				refusalOf(() => checkedPositions(list));
			}),
			{ numRuns: runs(500) },
		);
	});
});
