import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signerRowProperties } from '../../../../nodes/CnEsign/platforms/kaifangqian/resources/contract/send/signerRowFields.js';
import { signerRowsOf } from '../../../../nodes/CnEsign/platforms/kaifangqian/resources/contract/send/signerRows.js';
import { signerListOf } from '../../../../nodes/CnEsign/platforms/kaifangqian/resources/contract/send/signerWire.js';
import { signerList } from '../../../../nodes/CnEsign/platforms/kaifangqian/signers.js';
import type { Raw } from '../../../../nodes/CnEsign/platforms/kaifangqian/wire.js';
import { parametersOf } from '../../../../nodes/CnEsign/runtime/parameters.js';
import { anyText, fail, refusalOf } from '../../support.mjs';
import { wireFail } from './signerSupport.mjs';
import { runs } from '../../../seed.mjs';

type Row = Record<string, unknown>;

const docIds = ['doc-1', 'doc-2', 'doc-3'];

const read = (list: unknown, asJson = false) =>
	signerRowsOf(
		parametersOf(
			asJson
				? { signersInput: 'json', signersJson: list }
				: { signersInput: 'fields', signers: { signer: list } },
			signerRowProperties,
			fail,
		),
		docIds.length,
	);

const wire = (list: unknown, asJson = false) => signerListOf(read(list, asJson), docIds);

const mobile = fc
	.tuple(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 0, max: 999_999_999 }))
	.map(([second, rest]) => `1${second}${String(rest).padStart(9, '0')}`);
const word = fc.stringMatching(/^[a-z0-9.+_-]{1,12}$/);
const email = fc.tuple(word, word).map(([local, host]) => `${local}@${host}.cn`);
const name = fc.constantFrom('张三', '李四', 'O’Neill', '王 五');

const where: fc.Arbitrary<Row> = fc.oneof(
	fc.record({
		signPositionType: fc.constant('POSITION'),
		pageConfig: fc.constantFrom('', '1', 'ALL', '1,2,7-10', '1， 3'),
		offsetX: fc.constantFrom('', '0', '0.5', 1),
		offsetY: fc.constantFrom('', '0', '0.25', '1'),
	}),
	fc.record({
		signPositionType: fc.constantFrom('KEYWORD', ''),
		keyword: fc.constantFrom('甲方', '乙方（盖章）'),
		keywordType: fc.constantFrom('', '0', '1', '-1'),
		offsetX: fc.constantFrom('', '0', '-12', 40),
		offsetY: fc.constant(''),
	}),
	fc.record({ signPositionType: fc.constant('NONE') }),
);

const good: fc.Arbitrary<Row> = fc
	.tuple(
		fc.record({ name, contact: fc.oneof(mobile, email), files: fc.constantFrom('', '1', '3，2') }),
		fc.oneof(
			fc.constant({}),
			fc.record({
				company: fc.constantFrom('甲公司', '乙公司'),
				nodeType: fc.constantFrom('', 'ENTERPRISE_SEAL', 'AUTO_SIGN', 'AGENT_SIGN'),
			}),
			fc.record({
				side: fc.constant('sender'),
				nodeType: fc.constantFrom('AUTO_SIGN', 'PERSONAL_SIGN'),
			}),
		),
		where,
	)
	.map((parts) => Object.assign({}, ...parts) as Row);

/** Rows of one company side by side, as a person has to put them. */
const goodRows = fc.array(good, { minLength: 1, maxLength: 9 }).map((rows) => {
	const party = (row: Row) => String(row.side ?? row.company ?? '');
	return [...rows].sort((a, b) => (party(a) < party(b) ? -1 : party(a) > party(b) ? 1 : 0));
});

describe('the contact of a row', () => {
	const typeOf = (contact: unknown) =>
		(wire([{ name: '张三', contact }])[0].receiver as Raw).contactType;

	it('is a mobile number when it is one, as text or as a number', () => {
		fc.assert(
			fc.property(mobile, (contact) => {
				expect(typeOf(contact)).toBe('MOBILE');
				expect(typeOf(Number(contact))).toBe('MOBILE');
				expect(typeOf(` ${contact}\n`)).toBe('MOBILE');
			}),
		);
	});

	it('is an e-mail address when it is one', () => {
		fc.assert(
			fc.property(email, (contact) => {
				expect(typeOf(contact)).toBe('EMAIL');
			}),
		);
	});

	it('is refused when it is neither, whatever it is', () => {
		const isEither = (text: string) =>
			/^1[3-9]\d{9}$/.test(text.trim()) || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim());
		const digits = fc.stringMatching(/^[+\d -]{1,16}$/);
		fc.assert(
			fc.property(fc.oneof(anyText, digits), (contact) => {
				fc.pre(!isEither(contact));
				const refused = refusalOf(() => wire([{ name: '张三', contact }]));
				expect(refused?.message).toContain("'Signers 1 → Phone or Email'");
			}),
		);
	});
});

describe('rows of signers', () => {
	it('become a list that the rules of Create take as it stands', () => {
		fc.assert(
			fc.property(goodRows, (rows) => {
				const list = wire(rows);
				expect(JSON.stringify(signerList(list, [], wireFail))).toBe(JSON.stringify(list));
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
				const wanted = { '': docIds, '1': ['doc-1'], '3，2': ['doc-2', 'doc-3'] };
				expect((relationDocList as Raw[]).map(({ docId }) => docId)).toEqual(
					wanted[row.files as keyof typeof wanted],
				);
				const seals =
					row.company !== undefined || row.side !== undefined
						? !['AGENT_SIGN', 'PERSONAL_SIGN'].includes(row.nodeType as string)
						: false;
				expect(controlType).toBe(seals ? 'SEAL' : 'SIGNATURE');
			}),
		);
	});

	it('have places of their own on the page, no two of which overlap', () => {
		const count = fc.integer({ min: 2, max: 18 });
		fc.assert(
			fc.property(count, (many) => {
				const list = wire(
					Array.from({ length: many }, (_, index) => ({
						company: `公司${index}`,
						name: '张三',
						contact: '13800138000',
					})),
				);
				const places = list.map(({ internalNodeList }) => {
					const [{ positionParamList }] = internalNodeList as Raw[];
					const [{ offsetX, offsetY }] = positionParamList as Raw[];
					return { x: Number(offsetX) * 595, y: Number(offsetY) * 842 };
				});
				for (const [index, one] of places.entries()) {
					expect(one.x + 120).toBeLessThanOrEqual(595);
					expect(one.y + 120).toBeLessThanOrEqual(842);
					for (const other of places.slice(0, index))
						expect(Math.abs(one.x - other.x) >= 120 || Math.abs(one.y - other.y) >= 120).toBe(true);
				}
			}),
		);
	});

	it('are the same from fields and from JSON', () => {
		fc.assert(
			fc.property(goodRows, (rows) => {
				expect(wire(JSON.stringify(rows), true)).toEqual(wire(rows));
			}),
		);
	});

	it('end in a list that may be sent or in a refusal, never in anything else', () => {
		const keys = ['name', 'contact', 'company', 'side', 'nodeType', 'signPositionType', 'keyword'];
		const more = ['pageConfig', 'offsetX', 'offsetY', 'files', 'keywordType', 'sealId'];
		const value = fc.oneof(
			fc.anything(),
			anyText,
			fc.constantFrom('POSITION', 'KEYWORD', 'NONE', 'sender', 'AUTO_SIGN', '1', '0.5', 'ALL'),
		);
		const row = fc
			.tuple(good, fc.dictionary(fc.constantFrom(...keys, ...more), value))
			.map(([start, changes]) => ({ ...start, ...changes }));
		fc.assert(
			fc.property(fc.oneof(fc.array(row), fc.anything()), fc.boolean(), (rows, asJson) => {
				refusalOf(() => {
					const list = wire(rows, asJson);
					expect(list.length).toBeGreaterThan(0);
					signerList(list, [], wireFail);
				});
			}),
			{ numRuns: runs(500) },
		);
	});
});
