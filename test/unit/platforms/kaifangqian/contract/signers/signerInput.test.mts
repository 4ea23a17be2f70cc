import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draftFields } from '../../../../../../nodes/CnEsign/platforms/kaifangqian/contract/draftFields.js';
import { behalfPositionProperties } from '../../../../../../nodes/CnEsign/platforms/kaifangqian/contract/signers/positionProperties.js';
import type { DocumentRef } from '../../../../../../nodes/CnEsign/platforms/kaifangqian/contract/signers/positions.js';
import { signerProperties } from '../../../../../../nodes/CnEsign/platforms/kaifangqian/contract/signers/rowProperties.js';
import {
	positionsOf,
	signersOf,
} from '../../../../../../nodes/CnEsign/platforms/kaifangqian/contract/signers/signerInput.js';
import { optionsProperty } from '../../../../../../nodes/CnEsign/platforms/kaifangqian/fields.js';
import { refusalOf } from '../../../../support.mjs';
import { callWith } from '../../callSupport.mjs';
import { asFields, company, onPage, personal, sealStep, step, type Row } from './support.mjs';

const li = { name: '李四', contact: '13900139000' };
const DOC: DocumentRef[] = [{ docType: '1', docId: 'doc-1' }];

const inputFrom = (values: Row, documents = DOC, countsFiles = false) => {
	const properties = [
		...signerProperties({ countsFiles, takesWireForm: !countsFiles }),
		optionsProperty(draftFields),
	];
	const { call, hints } = callWith(values, properties);
	return { ...signersOf(call, documents, countsFiles), hints };
};
const fromRows = (rowsJson: unknown, documents?: DocumentRef[], countsFiles?: boolean) =>
	inputFrom({ signersInput: 'rows', rowsJson }, documents, countsFiles);
const fromWire = (list: unknown, documents?: DocumentRef[]) =>
	inputFrom(
		{ signersInput: 'json', signersJson: typeof list === 'string' ? list : JSON.stringify(list) },
		documents,
	);

describe('signersOf', () => {
	it('reads the same signers from fields, from rows and from the wire form', () => {
		const row = { ...li, company: '甲公司', order: 3, x: 62, y: 81, controlWidth: 112 };
		const rows = fromRows([row]).toWire();
		const fields = inputFrom({ signersInput: 'fields', signers: { signer: [asFields(row)] } });
		expect(fields.toWire()).toEqual(rows);
		expect(fromWire(rows).toWire()).toEqual(rows);
		expect(rows[0]).toMatchObject({ signerType: 'RECEIVER_ENT', signerOrder: '3' });
	});

	it('is fields unless something is chosen', () => {
		expect(inputFrom({ signers: { signer: [li] } }).rows).toHaveLength(1);
	});

	it('puts files in the place of their numbers once they are uploaded', () => {
		const { rows, toWire } = fromRows([li], [{ file: 0 }, { file: 1 }], true);
		expect(rows[0].positions[0].documents).toEqual([{ file: 0 }, { file: 1 }]);
		const [{ positionParamList }] = toWire(['a', 'b']);
		expect((positionParamList as Row[])[0].relationDocList).toEqual([
			{ docType: '1', docId: 'a' },
			{ docType: '1', docId: 'b' },
		]);
	});

	it('gives no rows for the wire form, whose positions without documents get those of the contract', () => {
		const { relationDocList: _, ...bare } = onPage();
		const { rows, toWire } = fromWire([personal({ positionParamList: [bare] })]);
		expect(rows).toEqual([]);
		const [{ positionParamList }] = toWire();
		expect((positionParamList as Row[])[0].relationDocList).toEqual(DOC);
		// With a contract that has none it must be said.
		expect(refusalOf(() => fromWire([personal({ positionParamList: [bare] })], []))?.message).toBe(
			"'Signers (Raw JSON)': signerList[0].positionParamList[0].relationDocList is missing",
		);
	});

	it('is nobody where nothing is filled in', () => {
		const nothing = [
			inputFrom({ signersInput: 'fields' }),
			inputFrom({
				signersInput: 'fields',
				signers: { signer: [{ name: '', contact: '', details: {} }] },
			}),
			...['', '[]', '  ', undefined].map((text) => fromRows(text)),
			...['', '[]', '  '].map((text) => fromWire(text)),
		];
		for (const { rows, toWire } of nothing) {
			expect(rows).toEqual([]);
			expect(toWire()).toEqual([]);
		}
	});

	it('names the parameter and the path in messages', () => {
		const wrong = [
			{
				signerType: 'SENDER',
				signerOrder: '1',
				internalNodeList: [{ nodeType: 'X', signerOrder: '1' }],
			},
		];
		expect(refusalOf(() => fromWire(wrong))?.message).toMatch(
			/^'Signers \(Raw JSON\)': signerList\[0\]\.internalNodeList\[0\]\.nodeType is not one of/,
		);
		expect(refusalOf(() => fromWire('{"signerList":[]}'))?.message).toBe(
			"'Signers (Raw JSON)': signerList is not a list",
		);
		expect(refusalOf(() => fromWire('[{]'))?.message).toBe(
			"'Signers (Raw JSON)' is not valid JSON",
		);
		// Every message says what to do.
		for (const list of [wrong, 7, [7], [{}]])
			expect(refusalOf(() => fromWire(list))?.description).toBeTruthy();
	});

	it('says beside the output what the wire form may send and the platform swaps', () => {
		const pages = (pageConfig: string) =>
			fromWire([personal({ positionParamList: [onPage({ pageConfig })] })]).hints;
		expect(pages('1')).toEqual([]);
		expect(pages('ODD_NUMBER')).toEqual([expect.stringContaining('swaps even and odd pages')]);
	});

	it('holds the wire form to the rules of rows', () => {
		const said = (list: unknown) => refusalOf(() => fromWire(list))?.message;
		const rows = (row: Row) => refusalOf(() => fromRows([row]))?.message;
		// The same thing wrong in both.
		const wrong: Array<[wire: unknown, row: Row]> = [
			[[company([sealStep({ sealId: undefined })])], { ...li, side: 'sender' }],
			[[personal({ signerOrder: '128' })], { ...li, order: 128 }],
			[
				[personal({ positionParamList: [onPage({ pageConfig: '3-1' })] })],
				{ ...li, x: 5, y: 5, pageConfig: '3-1' },
			],
			[
				[personal({ receiver: { ...li, name: '张'.repeat(51) } })],
				{ ...li, name: '张'.repeat(51) },
			],
			[
				[
					company([step({ signer: { ...li, name: '张'.repeat(21) } })], {
						signerType: 'RECEIVER_ENT',
					}),
				],
				{ ...li, company: '甲公司', name: '张'.repeat(21) },
			],
			[[personal({ receiver: { ...li, name: '😀' } })], { ...li, name: '😀' }],
			[[personal({ receiver: { ...li, contact: '12345' } })], { ...li, contact: '12345' }],
			[
				[personal({ positionParamList: [{ ...onPage(), controlType: 'SEAL' }] })],
				{ ...li, x: 5, y: 5, controlType: 'SEAL' },
			],
			[
				[company([sealStep({ autoSign: 'AUTO_SIGN' })])],
				{ side: 'sender', nodeType: 'AUTO_SIGN', sealId: 's', signPositionType: 'NONE' },
			],
			[[personal({ verifyType: 'SMS' })], { ...li, verifyType: 'SMS' }],
		];
		for (const [list, row] of wrong) {
			expect(said(list), JSON.stringify(list)).toMatch(
				/^'Signers \(Raw JSON\)': signerList\[0\]\./,
			);
			expect(rows(row), JSON.stringify(row)).toMatch(/^'Signers \(JSON\) 1 → /);
		}
	});

	it('keeps the digits of IDs and every field that this package does not know', () => {
		const list = '[{"signerType":"RECEIVER_PERSONAL","urgentId":1234567890123456789}]';
		expect(fromWire(list).toWire()).toEqual([
			{ signerType: 'RECEIVER_PERSONAL', urgentId: '1234567890123456789' },
		]);
	});

	it('refuses keys that reach a prototype, in both forms', () => {
		for (const from of [fromRows, fromWire])
			expect(refusalOf(() => from('[{"__proto__":{"a":1}}]'))?.message).toContain('__proto__');
	});

	it('refuses rows whose order counts beyond what the platform stores (docs/api/kaifangqian.md, 3.3)', () => {
		const rows = [{ ...li, order: 126 }, li, li];
		expect(fromRows(rows.slice(0, 2)).toWire().at(-1)?.signerOrder).toBe('127');
		const refusal = refusalOf(() => fromRows(rows, []));
		expect(refusal?.message).toBe("'Signers (JSON)': the order counts beyond 127");
		expect(refusal?.description).toContain('smaller numbers');
		const many = Array.from({ length: 128 }, () => ({ ...li, signPositionType: 'NONE' }));
		expect(fromRows(many.slice(1)).toWire()).toHaveLength(127);
		expect(refusalOf(() => fromRows(many))?.message).toContain('beyond 127');
	});

	it('takes no part of the own company where the business line presets it (docs/api/kaifangqian.md, 6.4)', () => {
		const own = { ...li, side: 'sender', nodeType: 'PERSONAL_SIGN' };
		const numbered = { ...li, order: 2 };
		const preset = { options: { presetSigners: true } };
		const forms = [
			[
				{ signersInput: 'rows', rowsJson: [own] },
				{ signersInput: 'rows', rowsJson: [numbered] },
			],
			[
				{ signersInput: 'fields', signers: { signer: [asFields(own)] } },
				{ signersInput: 'fields', signers: { signer: [asFields(numbered)] } },
			],
			[
				{ signersInput: 'json', signersJson: JSON.stringify([company([step()])]) },
				{ signersInput: 'json', signersJson: JSON.stringify([personal()]) },
			],
		];
		for (const [withOwn, others] of forms) {
			const refusal = refusalOf(() => inputFrom({ ...withOwn, ...preset }));
			expect(refusal?.message).toBe(
				"Your own company is among the signers, although 'Business Line Presets the Signers' is on",
			);
			expect(inputFrom(withOwn).toWire()).toHaveLength(1);
			expect(inputFrom({ ...others, ...preset }).toWire()).toHaveLength(1);
		}
	});

	it('wants the number of the console for each signer of such a line', () => {
		const { signerOrder: _, ...unnumbered } = personal();
		const of = (more: Row) => () => inputFrom({ ...more, options: { presetSigners: true } });
		const rows = (...rowsJson: Row[]) => of({ signersInput: 'rows', rowsJson });
		for (const read of [
			rows(li),
			rows({ ...li, order: 2 }, { name: '王五', contact: 'wangwu@example.com' }),
			of({ signers: { signer: [asFields(li)] } }),
			of({ signersInput: 'json', signersJson: [unnumbered] }),
		])
			expect(refusalOf(read)?.message).toBe(
				"A signer has no order, although 'Business Line Presets the Signers' is on",
			);
		// The rows of one company are one signer.
		const steps = [
			{ ...li, company: '乙', order: 2 },
			{ ...li, company: '乙' },
		];
		expect(rows(...steps)().toWire()).toMatchObject([{ signerOrder: '2' }]);
	});

	it('ends in signers or in a refusal, whatever is given', () => {
		fc.assert(
			fc.property(fc.anything(), (value) => {
				refusalOf(() => inputFrom({ signersInput: 'fields', signers: value }).toWire());
				refusalOf(() => inputFrom({ signersInput: 'fields', signers: { signer: value } }).toWire());
				refusalOf(() => inputFrom({ signersInput: 'rows', rowsJson: value }).toWire());
				refusalOf(() => inputFrom({ signersInput: 'json', signersJson: value }).toWire());
			}),
		);
	});
});

describe('positionsOf', () => {
	const positionsFrom = (values: Row) =>
		positionsOf(callWith(values, behalfPositionProperties()).call);
	const fromFields = (...position: Row[]) =>
		positionsFrom({ positionsInput: 'fields', positions: { position } });
	const fromJson = (list: unknown) =>
		positionsFrom({ positionsInput: 'json', positionsJson: JSON.stringify(list) });

	it('reads the same positions from fields and from the wire form', () => {
		const fields = fromFields(
			{ x: 62, y: 81, docIds: 'doc-0001' },
			{
				signPositionType: 'KEYWORD',
				keyword: '乙方签字',
				docIds: 'doc-0001',
				templateIds: 'tpl-1',
			},
		);
		expect(fields).toEqual([
			onPage(),
			{
				controlType: 'SIGNATURE',
				signPositionType: 'KEYWORD',
				keyword: '乙方签字',
				keywordType: '1',
				relationDocList: [
					{ docType: '1', docId: 'doc-0001' },
					{ docType: '2', docId: 'tpl-1' },
				],
			},
		]);
		expect(fromJson(fields)).toEqual(fields);
	});

	it('gives nothing when nothing is filled in', () => {
		expect(positionsFrom({ positionsInput: 'fields' })).toBeUndefined();
		expect(fromFields()).toBeUndefined();
		expect(fromFields({ signPositionType: 'NONE' })).toBeUndefined();
		for (const positionsJson of ['', '[]', undefined])
			expect(positionsFrom({ positionsInput: 'json', positionsJson })).toBeUndefined();
	});

	it('takes no date, which the platform refuses together with a signature on behalf', () => {
		const date = { x: 5, y: 5, docIds: 'd', controlType: 'SIGN_DATE' };
		const wire = onPage({ controlType: 'SIGN_DATE', signDateFormat: 'LINE' });
		for (const read of [() => fromFields(date), () => fromJson([onPage(), wire])])
			expect(refusalOf(read)?.message).toBe(
				'A signing date cannot be given together with a signature on behalf',
			);
	});

	it('warns of pages that the platform swaps, as the signers do', () => {
		const pages = (pageConfig: string) => {
			const positionsJson = JSON.stringify([onPage({ pageConfig })]);
			const { call, hints } = callWith(
				{ positionsInput: 'json', positionsJson },
				behalfPositionProperties(),
			);
			positionsOf(call);
			return hints;
		};
		expect(pages('ODD_NUMBER')).toEqual([
			expect.stringContaining('ODD_NUMBER: the platform swaps'),
		]);
		expect(pages('1,3')).toEqual([]);
	});

	it('takes no seal: a person signs', () => {
		const said = (read: () => unknown) => refusalOf(read)?.message;
		expect(said(() => fromJson([onPage({ controlType: 'SEAL' })]))).toMatch(
			/^'Positions \(Raw JSON\)': positionParamList\[0\]\.controlType is SEAL where/,
		);
		expect(said(() => fromFields({ x: 5, y: 5, docIds: 'd', controlType: 'CHOP_STAMP' }))).toBe(
			"'Positions 1 → Field Type' is CHOP_STAMP where no company seal is used",
		);
	});

	it('has to say in which document the position is', () => {
		expect(refusalOf(() => fromFields({ x: 5, y: 5 }))?.message).toBe(
			"'Positions 1 → Document IDs' and 'Positions 1 → Template IDs' are empty, and no document is named above",
		);
		expect(refusalOf(() => fromJson([onPage({ relationDocList: [] })]))?.message).toBe(
			"'Positions (Raw JSON)': positionParamList[0].relationDocList is missing",
		);
	});

	it('names the parameter in messages', () => {
		expect(refusalOf(() => fromJson({}))?.message).toBe(
			"'Positions (Raw JSON)': positionParamList is not a list",
		);
		expect(refusalOf(() => fromFields({ x: 200, y: 5, docIds: 'd' }))?.message).toBe(
			"'Positions 1 → X Position (%)' is out of range",
		);
	});
});
