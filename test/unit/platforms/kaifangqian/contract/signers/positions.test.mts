import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RowContext } from '../../../../../../nodes/CnEsign/platforms/kaifangqian/contract/signers/rows.js';
import { sizeOf } from '../../../../../../nodes/CnEsign/platforms/kaifangqian/wireValues.js';
import { refusalOf } from '../../../../support.mjs';
import { documents, files, readRows, type Row } from './support.mjs';

const li = { name: '李四', contact: '13900139000' };
const one = files(1);

const positionsOf = (row: Row, context: RowContext = one, asJson = true) =>
	readRows([{ ...li, ...row }], context, asJson)[0].positions;
const wireOf = (row: Row, context?: RowContext) =>
	positionsOf(row, context).map(({ wire }) => wire);
const said = (row: Row, context?: RowContext) => {
	const refusal = refusalOf(() => positionsOf(row, context, false));
	return refusal && [refusal.message, refusal.description];
};

describe('a place on the page', () => {
	it('is given in per cent from the top left, and sent as a part of 1', () => {
		expect(wireOf({ x: 62, y: '80.5' })).toEqual([
			{
				controlType: 'SIGNATURE',
				signPositionType: 'POSITION',
				pageConfig: '1',
				offsetX: '0.62',
				offsetY: '0.805',
			},
		]);
		expect(wireOf({ x: 0, y: 100 })[0]).toMatchObject({ offsetX: '0', offsetY: '1' });
	});

	it('comes through as the same place, written without an exponent', () => {
		const perCent = fc.oneof(
			fc.integer({ min: 0, max: 100 }),
			fc.double({ min: 1, max: 100, noNaN: true }).map((value) => Number(value.toFixed(4))),
		);
		fc.assert(
			fc.property(perCent, perCent, (x, y) => {
				const [{ offsetX, offsetY }] = wireOf({ x, y });
				expect(`${offsetX} ${offsetY}`).toMatch(/^[01](?:\.\d{1,6})? [01](?:\.\d{1,6})?$/);
				expect(Number(offsetX)).toBeCloseTo(x / 100, 5);
				expect(Number(offsetY)).toBeCloseTo(y / 100, 5);
			}),
		);
	});

	it('of less than one per cent is refused: somebody has given a part of 1', () => {
		expect(said({ x: 0.62, y: 80 })).toEqual([
			"'Signers 1 → Positions 1 → X Position (%)' is 0.62, which is less than one per cent",
			'Enter per cent of the page from the top left, 0 to 100: 62 instead of 0.62.',
		]);
		expect(said({ x: 62, y: '0.81' })?.[1]).toContain('81 instead of 0.81');
		// One per cent, and the upper left corner.
		expect(said({ x: 1, y: 0 })).toBeUndefined();
	});

	it.each([
		[{ x: 101, y: 5 }, "'Signers 1 → Positions 1 → X Position (%)' is out of range"],
		[{ x: 5, y: -1 }, "'Signers 1 → Positions 1 → Y Position (%)' is out of range"],
		[{ x: '62%', y: 5 }, "'Signers 1 → Positions 1 → X Position (%)' is not a number"],
		[
			{ x: 5, y: 5, pageConfig: '3-2' },
			"'Signers 1 → Positions 1 → Pages' holds the falling range 3-2",
		],
		[
			{ x: 5, y: 5, pageConfig: 'EVEN_NUMBER' },
			"'Signers 1 → Positions 1 → Pages' is EVEN_NUMBER, which the platform swaps",
		],
		[
			{ x: 5, y: 5, controlWidth: 9 },
			"'Signers 1 → Positions 1 → Width' is not between 10 and 120",
		],
		[
			{ x: 5, y: 5, controlHeight: '121' },
			"'Signers 1 → Positions 1 → Height' is not between 10 and 120",
		],
		[
			{ x: 5, y: 5, controlType: 'SEAL' },
			"'Signers 1 → Positions 1 → Field Type' is SEAL where no company seal is used",
		],
		[{ x: 5, y: 5, controlType: 'STAMP' }, "'Signers 1 → Positions 1 → Field Type' is not one of"],
		[
			{ x: 5, y: 5, signPositionType: 'PLACE' },
			"'Signers 1 → Positions 1 → Positioned By' has an unknown value",
		],
	])('%j is refused by the names on the screen', (row, message) => {
		const [found = ''] = said(row) ?? [];
		expect(found.startsWith(message), found).toBe(true);
	});

	it('is on page 1 unless it says otherwise', () => {
		expect(wireOf({ x: 5, y: 5, pageConfig: 'ALL' })[0].pageConfig).toBe('ALL');
		expect(wireOf({ x: 5, y: 5, pageConfig: '' })[0].pageConfig).toBe('1');
	});
});

describe('a place at a keyword', () => {
	it('is meant where a keyword is given, the first one, at its beginning', () => {
		expect(wireOf({ keyword: '乙方签字' })).toEqual([
			{
				controlType: 'SIGNATURE',
				signPositionType: 'KEYWORD',
				keyword: '乙方签字',
				keywordType: '1',
			},
		]);
		expect(
			wireOf({ keyword: '乙方签字', keywordType: '-1', xOffset: 60, yOffset: '-10' })[0],
		).toMatchObject({
			keywordType: '-1',
			offsetX: '60',
			offsetY: '-10',
		});
	});

	it.each([
		[{ keyword: '乙方 签字' }, "'Signers 1 → Positions 1 → Keyword' holds a blank or one of"],
		[{ signPositionType: 'KEYWORD' }, "'Signers 1 → Positions 1 → Keyword' is empty for this item"],
		[
			{ keyword: '乙方', keywordType: '2' },
			"'Signers 1 → Positions 1 → If Found Several Times' is not one of",
		],
		// Points, not per cent and not a part of 1 (docs/api/kaifangqian.md, 8, trap 11).
		[
			{ keyword: '乙方', xOffset: '0.5' },
			"'Signers 1 → Positions 1 → X Offset' is not a whole number",
		],
		[{ keyword: '乙方', yOffset: 'x' }, "'Signers 1 → Positions 1 → Y Offset' is not a number"],
	])('%j is refused by the names on the screen', (row, message) => {
		const [found = ''] = said(row) ?? [];
		expect(found.startsWith(message), found).toBe(true);
	});
});

describe('a keyword in a contract of several files', () => {
	it('needs to be said where it is, because the platform wants it in every one (docs/api/kaifangqian.md, 5.4)', () => {
		expect(said({ keyword: '乙方签字' }, files(2))).toEqual([
			"'Signers 1 → Positions 1 → Files' is empty beside a keyword, and there are 2 files",
			'The platform refuses a keyword that is not in every file. Enter the numbers of the files that hold it.',
		]);
		for (const row of [{ files: '1,2' }, { files: 2 }, { templateIds: 'tpl-1' }])
			expect(said({ keyword: '乙方签字', ...row }, files(2))).toBeUndefined();
		expect(said({ keyword: '乙方签字' }, files(1))).toBeUndefined();
		// A place on the page is in every file.
		expect(said({ x: 5, y: 5 }, files(2))).toBeUndefined();
	});
});

describe('what stands at a position', () => {
	const company = { ...li, company: '甲公司' };

	it('is what fits the signer: a seal for a company seal, a signature for everybody else', () => {
		const usual = (row: Row) => wireOf({ ...row, x: 5, y: 5 })[0].controlType;
		expect(usual({})).toBe('SIGNATURE');
		expect(usual(company)).toBe('SEAL');
		expect(usual({ ...company, nodeType: 'AGENT_SIGN' })).toBe('SIGNATURE');
		expect(usual({ side: 'sender', sealId: 's' })).toBe('SEAL');
		expect(usual({ side: 'sender', nodeType: 'PERSONAL_SIGN' })).toBe('SIGNATURE');
	});

	it('is a date in the form that is chosen, with dashes unless one is', () => {
		const date = (row: Row) => wireOf({ x: 5, y: 5, controlType: 'SIGN_DATE', ...row })[0];
		expect(date({})).toMatchObject({ controlType: 'SIGN_DATE', signDateFormat: 'LINE' });
		expect(date({ signDateFormat: 'YEAR_MONTH_DAY' }).signDateFormat).toBe('YEAR_MONTH_DAY');
		// Left over from another choice, it is not sent.
		expect(wireOf({ x: 5, y: 5, signDateFormat: 'LINE' })[0]).not.toHaveProperty('signDateFormat');
		const [message] = said({ x: 5, y: 5, controlType: 'SIGN_DATE', signDateFormat: 'ISO' }) ?? [];
		expect(message).toContain("'Signers 1 → Positions 1 → Date Format' is not one of");
	});

	it('is a paging seal at the right edge of all pages, in the middle unless a height is given', () => {
		const paging = (row: Row) => wireOf({ ...company, controlType: 'CHOP_STAMP', ...row })[0];
		expect(paging({})).toEqual({
			controlType: 'CHOP_STAMP',
			signPositionType: 'POSITION',
			pageConfig: 'ALL',
			offsetY: '0.43',
		});
		// The platform takes all pages whatever list it gets.
		expect(paging({ y: 20, pageConfig: '1-3' })).toMatchObject({
			offsetY: '0.2',
			pageConfig: 'ALL',
		});
	});

	it('has the size that is given', () => {
		expect(wireOf({ x: 5, y: 5, controlWidth: 100, controlHeight: '40' })[0]).toMatchObject({
			controlWidth: '100',
			controlHeight: '40',
		});
	});
});

describe('several positions of one signer', () => {
	const positions = [
		{ x: 10, y: 80 },
		{ keyword: '乙方签字', keywordType: '0', files: '1' },
		{ controlType: 'SIGN_DATE', x: 60, y: 80, signDateFormat: 'BACK_SLASH', files: '2' },
	];

	it('are sent in their order, the same from fields and from JSON', () => {
		const two = files(2);
		for (const asJson of [true, false]) {
			const found = positionsOf({ positions }, two, asJson);
			expect(found.map(({ wire }) => [wire.controlType, wire.signPositionType])).toEqual([
				['SIGNATURE', 'POSITION'],
				['SIGNATURE', 'KEYWORD'],
				['SIGN_DATE', 'POSITION'],
			]);
			expect(found.map(({ documents: of }) => of)).toEqual([
				[{ file: 0 }, { file: 1 }],
				[{ file: 0 }],
				[{ file: 1 }],
			]);
		}
	});

	it('name the one that is wrong', () => {
		const refusal = refusalOf(() =>
			positionsOf({ positions: [...positions, { x: 200, y: 1 }] }, files(2)),
		);
		expect(refusal?.message).toBe("'Signers (JSON) 1 → positions 4 → x' is out of range");
	});

	it('of which one is left to the signer are the others', () => {
		const found = wireOf({ positions: [{ signPositionType: 'NONE' }, { x: 1, y: 1 }] });
		expect(found).toHaveLength(1);
	});

	it('that are none at all mean a place of its own', () => {
		expect(wireOf({ positions: [] })).toHaveLength(1);
	});
});

describe('places of their own', () => {
	const placesOf = (rows: Row[], context: RowContext = one) =>
		readRows(rows, context).flatMap(({ positions }) => positions.map(({ wire }) => wire));

	it('are on page 1, and no two of them overlap, whatever is set there', () => {
		const seals = Array.from({ length: 18 }, (_, index) => ({ ...li, company: `公司${index}` }));
		fc.assert(
			fc.property(fc.integer({ min: 2, max: 18 }), fc.boolean(), (count, areSeals) => {
				const rows = areSeals ? seals : seals.map(() => li);
				const places = placesOf(rows.slice(0, count)).map(
					({ controlType, offsetX, offsetY, pageConfig }) => {
						expect(pageConfig).toBe('1');
						const { width, height } = sizeOf(String(controlType));
						return { x: Number(offsetX) * 595, y: Number(offsetY) * 842, width, height };
					},
				);
				expect(places).toHaveLength(count);
				for (const [index, place] of places.entries()) {
					expect(place.x + place.width).toBeLessThanOrEqual(595);
					expect(place.y + place.height).toBeLessThanOrEqual(842);
					for (const other of places.slice(0, index))
						expect(
							Math.abs(place.x - other.x) >= place.width ||
								Math.abs(place.y - other.y) >= place.height,
						).toBe(true);
				}
			}),
		);
	});

	it('are used up by those who take one, and by nobody else', () => {
		const own = placesOf([li, li]);
		const mixed = placesOf([
			li,
			{ ...li, x: 50, y: 50 },
			{ ...li, keyword: '乙方' },
			{ ...li, signPositionType: 'NONE' },
			{ ...li, company: '甲公司', controlType: 'CHOP_STAMP' },
			li,
		]);
		expect([mixed[0], mixed.at(-1)]).toEqual(own);
	});

	it('keep what is given of a place', () => {
		const [place] = placesOf([{ ...li, x: 50 }]);
		expect(place).toMatchObject({ offsetX: '0.5', offsetY: '0.8' });
	});

	it('end when the page is full', () => {
		const rows = Array.from({ length: 19 }, () => li);
		expect(placesOf(rows.slice(1))).toHaveLength(18);
		const refusal = refusalOf(() => readRows(rows, one, false));
		expect(refusal?.message).toBe("'Signers 19 → Positions' is empty, and the page is full");
		expect(refusal?.description).toBe('Enter the place of this signer, or a keyword.');
	});

	it('are for contracts whose documents are named, and for templates', () => {
		expect(placesOf([li], documents())).toEqual([]);
		expect(placesOf([li], documents('doc-1'))).toHaveLength(1);
		expect(placesOf([{ ...li, templateIds: 'tpl-1' }], documents())).toHaveLength(1);
		expect(placesOf([{ ...li, docIds: 'doc-1' }], documents())).toHaveLength(1);
	});
});

describe('the documents of a position', () => {
	it('are those of the contract, or the files that are named by number', () => {
		const of = (numbers: unknown) => positionsOf({ files: numbers }, files(3))[0].documents;
		const all = [{ file: 0 }, { file: 1 }, { file: 2 }];
		expect(of('')).toEqual(all);
		expect(of('2')).toEqual([{ file: 1 }]);
		expect(of('3、1')).toEqual([{ file: 0 }, { file: 2 }]);
		expect(of([1, 3])).toEqual([{ file: 0 }, { file: 2 }]);
		expect(of('1,1')).toEqual([{ file: 0 }]);
	});

	it.each(['0', '4', 'x', '1.5', '-1', '01', '999999999'])('are not file %j of three', (number) => {
		expect(said({ files: number }, files(3))).toEqual([
			"'Signers 1 → Positions 1 → Files' names a file that is not there",
			'There are 3 files: enter numbers from 1 to 3, or leave this empty.',
		]);
	});

	it('are IDs where the contract takes IDs, and templates anywhere', () => {
		const of = (row: Row, context: RowContext) => positionsOf(row, context)[0].documents;
		const doc = (docId: string) => ({ docType: '1', docId });
		const template = (docId: string) => ({ docType: '2', docId });
		expect(of({}, documents('doc-1', 'doc-2'))).toEqual([doc('doc-1'), doc('doc-2')]);
		expect(of({ docIds: 'doc-9' }, documents('doc-1'))).toEqual([doc('doc-9')]);
		expect(of({ docIds: ['doc-8', 'doc-9'] }, documents())).toEqual([doc('doc-8'), doc('doc-9')]);
		expect(of({ templateIds: 'tpl-1' }, documents('doc-1'))).toEqual([template('tpl-1')]);
		expect(of({ templateIds: 'tpl-1', files: '1' }, files(2))).toEqual([
			{ file: 0 },
			template('tpl-1'),
		]);
		expect(of({ templateIds: 'tpl-1' }, files(2))).toEqual([template('tpl-1')]);
	});

	it('have to be named for a keyword where there are several, for it must be in each of them', () => {
		expect(said({ keyword: '乙方' }, files(2))?.[0]).toBe(
			"'Signers 1 → Positions 1 → Files' is empty beside a keyword, and there are 2 files",
		);
		expect(said({ keyword: '乙方' }, documents('doc-1', 'doc-2'))).toEqual([
			"'Signers 1 → Positions 1 → Document IDs' is empty beside a keyword, and there are 2 documents",
			'The platform refuses a keyword that is not in every file. Enter the IDs of the files that hold it.',
		]);
		const named = { keyword: '乙方', docIds: 'doc-2' };
		expect(positionsOf(named, documents('doc-1', 'doc-2'))).toHaveLength(1);
		expect(positionsOf({ keyword: '乙方' }, documents('doc-1'))).toHaveLength(1);
	});

	it('have to be said where there are none, for any field of a position', () => {
		for (const row of [
			{ x: 5, y: 5 },
			{ keyword: '乙方' },
			{ controlType: 'SIGN_DATE' },
			{ pageConfig: '2' },
		])
			expect(said(row, documents())).toEqual([
				"'Signers 1 → Positions 1 → Document IDs' and 'Signers 1 → Positions 1 → Template IDs' are empty, and no document is named above",
				'Say in which document the position is.',
			]);
		const inJson = refusalOf(() => positionsOf({ x: 5, y: 5 }, documents()));
		expect(inJson?.message).toContain("'Signers (JSON) 1 → docIds'");
	});
});
