import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSignerList } from '../../../../../../nodes/CnEsign/platforms/kaifangqian/contract/signers/signerRules.js';
import type { Raw } from '../../../../../../nodes/CnEsign/platforms/kaifangqian/contract/signers/wireReader.js';
import { runs } from '../../../../../seed.mjs';
import { anyText, refusalOf } from '../../../../support.mjs';
import { docIds, li, said, wang, wire, wireFail, type Row } from './support.mjs';

const mobile = fc
	.tuple(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 0, max: 999_999_999 }))
	.map(([second, rest]) => `1${second}${String(rest).padStart(9, '0')}`);
const word = fc.stringMatching(/^[a-z0-9.+_-]{1,12}$/);
const host = fc.stringMatching(/^[a-z0-9-]{1,5}(?:\.[a-z0-9-]{1,5})?$/);
const email = fc.tuple(word, host).map(([local, domain]) => `${local}@${domain}.cn`);
const name = fc.constantFrom('张三', '李四', 'O’Neill', '王 五');

const where: fc.Arbitrary<Row> = fc.oneof(
	fc.record({
		signPositionType: fc.constantFrom('POSITION', ''),
		pageConfig: fc.constantFrom('', '1', 'ALL', '1,2,7-10', '1， 3'),
		x: fc.constantFrom('', '0', '50', 62.5, 100),
		y: fc.constantFrom('', '0', '25', '100'),
	}),
	fc.record({
		signPositionType: fc.constantFrom('KEYWORD', ''),
		keyword: fc.constantFrom('甲方', '乙方（盖章）'),
		keywordType: fc.constantFrom('', '0', '1', '-1'),
		xOffset: fc.constantFrom('', '0', '-12', 40),
		yOffset: fc.constant(''),
	}),
	fc.record({ signPositionType: fc.constant('NONE') }),
	fc.constant({}),
);

const good: fc.Arbitrary<Row> = fc
	.tuple(
		fc.record({ name, contact: fc.oneof(mobile, email), files: fc.constantFrom('', '1', '3，2') }),
		fc.oneof(
			fc.constant({}),
			fc.record({
				company: fc.constantFrom('甲公司', '乙公司'),
				nodeType: fc.constantFrom('', 'ENTERPRISE_SEAL', 'AGENT_SIGN'),
			}),
			fc.record({
				side: fc.constant('sender'),
				nodeType: fc.constantFrom('ENTERPRISE_SEAL', 'PERSONAL_SIGN'),
				sealId: fc.constant('seal-0001'),
			}),
		),
		where,
	)
	.map((parts) => Object.assign({}, ...parts) as Row)
	// A keyword needs to be said in which of several files it is.
	.map((row) => (row.keyword && row.files === '' ? { ...row, files: '1,2,3' } : row));

/** Rows of one company side by side, as a person has to put them. */
const goodRows = fc.array(good, { minLength: 1, maxLength: 9 }).map((rows) => {
	const party = (row: Row) => String(row.side ?? row.company ?? '');
	return [...rows].sort((a, b) => (party(a) < party(b) ? -1 : party(a) > party(b) ? 1 : 0));
});

describe('the contact of a row', () => {
	const userOf = (contact: unknown) => wire([{ name: '张三', contact }])[0].receiver as Raw;

	it('is a mobile number when it is one, however it is written', () => {
		fc.assert(
			fc.property(mobile, fc.boolean(), (contact, asJson) => {
				const written = [
					contact,
					Number(contact),
					` +86 ${contact}\n`,
					contact.replace(/^.{3}/, '$&-'),
				];
				for (const form of written) {
					const [{ receiver }] = wire([{ name: '张三', contact: form }], asJson);
					expect(receiver).toEqual({ name: '张三', contactType: 'MOBILE', contact });
				}
			}),
		);
	});

	it('is an email address when it is one', () => {
		fc.assert(
			fc.property(email, (contact) => {
				expect(userOf(contact)).toEqual({ name: '张三', contactType: 'EMAIL', contact });
			}),
		);
	});

	it('is refused when it is neither, whatever it is', () => {
		const isEither = (text: string) =>
			/^1[3-9]\d{9}$/.test(text.replace(/^\+?(?:00)?86|[- ]/g, '')) || text.includes('@');
		const digits = fc.stringMatching(/^[+\d -]{1,16}$/);
		fc.assert(
			fc.property(fc.oneof(anyText, digits), (contact) => {
				fc.pre(!isEither(contact));
				expect(said([{ name: '张三', contact }])).toContain("'Signers 1 → Phone or Email'");
			}),
		);
	});
});

describe('rows of signers', () => {
	it('become a list that the rules of the wire form take as it stands', () => {
		fc.assert(
			fc.property(goodRows, (rows) => {
				const list = wire(rows);
				expect(checkSignerList(list, { documents: [] }, wireFail)).toEqual(list);
			}),
		);
	});

	it('lose nobody, keep their order, and are counted from 1', () => {
		fc.assert(
			fc.property(goodRows, (rows) => {
				const list = wire(rows);
				expect(list.map(({ signerOrder }) => Number(signerOrder))).toEqual(
					list.map((_, index) => index + 1),
				);
				const people = list.flatMap(({ receiver, internalNodeList }) =>
					internalNodeList === undefined
						? [(receiver as Raw).contact]
						: (internalNodeList as Raw[]).map(({ signer }) => (signer as Raw).contact),
				);
				expect(people).toEqual(rows.map(({ contact }) => contact));
				const steps = list.flatMap(({ internalNodeList = [] }) =>
					(internalNodeList as Raw[]).map(({ signerOrder }, index) => [signerOrder, index + 1]),
				);
				for (const [order, place] of steps) expect(order).toBe(String(place));
			}),
		);
	});

	it('always name the documents of a place, and only those that were asked for', () => {
		fc.assert(
			fc.property(good, (row) => {
				const [party] = wire([row]);
				const [{ positionParamList }] = (party.internalNodeList as Raw[] | undefined) ?? [party];
				if (row.signPositionType === 'NONE') {
					expect(positionParamList).toBeUndefined();
					return;
				}
				const [{ relationDocList, controlType }] = positionParamList as Raw[];
				const wanted = {
					'': docIds,
					'1,2,3': docIds,
					'1': ['doc-1'],
					'3，2': ['doc-2', 'doc-3'],
				};
				expect((relationDocList as Raw[]).map(({ docId }) => docId)).toEqual(
					wanted[row.files as keyof typeof wanted],
				);
				const seals =
					(row.company !== undefined || row.side !== undefined) &&
					!['AGENT_SIGN', 'PERSONAL_SIGN'].includes(row.nodeType as string);
				expect(controlType).toBe(seals ? 'SEAL' : 'SIGNATURE');
			}),
		);
	});

	it('are the same from fields and from JSON, as text and as a list', () => {
		fc.assert(
			fc.property(goodRows, (rows) => {
				const list = wire(rows, false);
				expect(wire(rows)).toEqual(list);
				expect(wire(JSON.stringify(rows))).toEqual(list);
			}),
		);
	});

	it('end in a list that may be sent or in a refusal, never in anything else', () => {
		const keys = ['name', 'contact', 'company', 'side', 'nodeType', 'signPositionType', 'keyword'];
		const more = ['pageConfig', 'x', 'y', 'files', 'keywordType', 'sealId', 'order', 'positions'];
		const value = fc.oneof(
			fc.anything(),
			anyText,
			fc.constantFrom('POSITION', 'KEYWORD', 'NONE', 'sender', 'AUTO_SIGN', '1', '50', 'ALL'),
		);
		const row = fc
			.tuple(good, fc.dictionary(fc.constantFrom(...keys, ...more), value))
			.map(([start, changes]) => ({ ...start, ...changes }));
		fc.assert(
			fc.property(fc.oneof(fc.array(row), fc.anything()), fc.boolean(), (rows, asJson) => {
				refusalOf(() => {
					const list = wire(rows, asJson);
					checkSignerList(list, { documents: [] }, wireFail);
				});
			}),
			{ numRuns: runs(500) },
		);
	});

	it('that stand there from the beginning and were not filled in are no rows', () => {
		expect(wire([{ name: '', contact: '' }], false)).toEqual([]);
		expect(wire([{ name: '', contact: '' }, li], false)).toHaveLength(1);
		// In JSON nothing stands there by itself.
		expect(said([{ name: '', contact: '' }], true)).toBe(
			"'Signers (JSON) 1 → name' is empty for this item",
		);
	});
});

describe('a row', () => {
	it('is a private person without a company, who signs', () => {
		expect(wire([{ ...li, files: '1', x: 50, y: 80 }])).toEqual([
			{
				signerType: 'RECEIVER_PERSONAL',
				signerName: '李四',
				signerOrder: '1',
				receiver: { name: '李四', contactType: 'MOBILE', contact: '13900139000' },
				positionParamList: [
					{
						controlType: 'SIGNATURE',
						signPositionType: 'POSITION',
						relationDocList: [{ docType: '1', docId: 'doc-1' }],
						pageConfig: '1',
						offsetX: '0.5',
						offsetY: '0.8',
					},
				],
			},
		]);
	});

	it('is a step of its company, which seals unless it says otherwise', () => {
		const [party] = wire([
			{ ...wang, company: '甲公司', signPositionType: 'NONE' },
			{ ...li, company: '甲公司', nodeType: 'AGENT_SIGN', signPositionType: 'NONE' },
		]);
		expect(party).toMatchObject({ signerType: 'RECEIVER_ENT', signerName: '甲公司' });
		expect(party.internalNodeList).toEqual([
			{
				nodeType: 'ENTERPRISE_SEAL',
				signer: { name: '王五', contactType: 'EMAIL', contact: 'wangwu@example.com' },
				signerOrder: '1',
			},
			{
				nodeType: 'AGENT_SIGN',
				signer: { name: '李四', contactType: 'MOBILE', contact: '13900139000' },
				signerOrder: '2',
			},
		]);
	});

	it('takes the manner of signing to the wire, for persons and for companies', () => {
		const manner = {
			verifyType: 'CAPTCHA',
			signConfirm: 'FACE',
			personalSignAuth: 'required',
			sealType: 'HAND',
		};
		for (const asJson of [true, false]) {
			const [person, company] = wire(
				[
					{ ...li, ...manner, agreeSkipWillingness: true },
					{ ...wang, ...manner, company: '甲公司', agreeSkipWillingness: false },
				],
				asJson,
			);
			expect(person).toMatchObject({ ...manner, agreeSkipWillingness: 1 });
			expect((company.internalNodeList as Raw[])[0]).toMatchObject(manner);
			// Anything but 1 means the same as nothing (docs/api/kaifangqian.md, 5.2).
			expect(JSON.stringify(company)).not.toContain('agreeSkipWillingness');
		}
	});

	it('of the own company is the sender, and needs no company name', () => {
		const [party] = wire([{ ...li, side: 'sender', nodeType: 'PERSONAL_SIGN' }]);
		expect(party.signerType).toBe('SENDER');
		expect(party).not.toHaveProperty('signerName');
	});

	it('that only approves gets no place, unless it asks for one', () => {
		const approver = { ...li, side: 'sender', nodeType: 'APPROVER_CHECK' };
		const placesOf = (row: Row) => {
			const [{ internalNodeList }] = wire([row]);
			return (internalNodeList as Raw[])[0].positionParamList;
		};
		expect(placesOf(approver)).toBeUndefined();
		expect(placesOf({ ...approver, x: 10, y: 10 })).toHaveLength(1);
	});

	it.each<[Row, string, string?]>([
		[{ contact: li.contact }, "'Signers 1 → Name' is empty for this item"],
		[{ name: '李四' }, "'Signers 1 → Phone or Email' is empty for this item"],
		[{ ...li, name: '张'.repeat(51) }, "'Signers 1 → Name' is longer than 50 characters"],
		[
			{ ...li, company: '甲公司', name: '张'.repeat(21) },
			"'Signers 1 → Name' is longer than 20 characters",
			'The platform takes 20 for a person who signs for another company.',
		],
		[
			{ ...li, name: '𠮷田' },
			"'Signers 1 → Name' holds a character that the platform cannot store",
		],
		[
			{ ...li, company: '𠮷田公司' },
			"'Signers 1 → Company' holds a character that the platform cannot store",
		],
		[{ ...li, company: '公'.repeat(201) }, "'Signers 1 → Company' is longer than 200 characters"],
		[{ ...li, side: 'other' }, "'Signers 1 → Side' has the unknown value 'other'"],
		[
			{ ...li, company: '甲公司', nodeType: 'SEAL' },
			"'Signers 1 → Company Signs With' is not one of",
		],
		[{ ...li, verifyType: 'SMS' }, "'Signers 1 → Intent Verification' is not one of"],
		[{ ...li, order: 128 }, "'Signers 1 → Order' is out of range"],
		[{ ...li, order: -1 }, "'Signers 1 → Order' is out of range"],
		[{ ...li, order: '1.5' }, "'Signers 1 → Order' is not a whole number"],
		[
			{ ...li, nodeType: 'AGENT_SIGN' },
			"'Signers 1 → Company' is empty although 'Signers 1 → Company Signs With' is set",
		],
		[
			{ ...li, agreeSkipWillingness: 'yes' },
			"'Signers 1 → Skip Intent Verification' is neither true nor false",
		],
	])('%j is refused by the names on the screen', (row, message, hint) => {
		const refusal = refusalOf(() => wire([row], false));
		expect(refusal?.message.startsWith(message), refusal?.message).toBe(true);
		if (hint) expect(refusal?.description).toBe(hint);
		// In JSON the fields are called by their names.
		expect(said([row], true)).toMatch(/^'Signers \(JSON\) 1 → \w+'/);
	});

	it('takes names as long as the platform does (docs/api/kaifangqian.md, 3.3)', () => {
		expect(said([{ ...li, name: '张'.repeat(50) }])).toBeUndefined();
		expect(said([{ ...li, company: '甲公司', name: '张'.repeat(20) }])).toBeUndefined();
		const own = { side: 'sender', nodeType: 'PERSONAL_SIGN' };
		expect(said([{ ...li, ...own, name: '张'.repeat(50) }])).toBeUndefined();
		expect(
			said([
				{ ...li, order: 0 },
				{ ...wang, order: 127 },
			]),
		).toBeUndefined();
	});
});
