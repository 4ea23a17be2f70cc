import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowNames } from '../../../../../../nodes/CnEsign/platforms/kaifangqian/contract/signers/rowProperties.js';
import type { RowContext } from '../../../../../../nodes/CnEsign/platforms/kaifangqian/contract/signers/rows.js';
import type { Raw } from '../../../../../../nodes/CnEsign/platforms/kaifangqian/contract/signers/wireReader.js';
import { refusalOf } from '../../../../support.mjs';
import { documents, li, said, wang, wire, type Row } from './support.mjs';

describe('rows as JSON', () => {
	const unknown = (row: Row, context?: RowContext) => {
		const refusal = refusalOf(() => wire([row], true, context));
		return [refusal?.message, /Perhaps '(\w+)' is meant/.exec(refusal?.description ?? '')?.[1]];
	};

	it.each([
		['Name', 'name'],
		['signerName', 'name'],
		['contactInfo', 'contact'],
		['companyName', 'company'],
		['sealID', 'sealId'],
		['seal_id', 'sealId'],
		['keyWord', 'keyword'],
		['pages', undefined],
		['page', 'pageConfig'],
		['offset', 'xOffset'],
		['position', 'positions'],
		['nmae', 'name'],
		['contat', 'contact'],
		['verifytpye', 'verifyType'],
		['Phone', undefined],
		['abc', undefined],
	])('refuse the unknown field %s by name, with the nearest one', (field, nearest) => {
		expect(unknown({ ...li, [field]: 'x' })).toEqual([
			`'Signers (JSON)': row 1 has the unknown field '${field}'`,
			nearest,
		]);
	});

	it('know the fields of their operation: numbers of files, or IDs of documents', () => {
		expect(unknown({ ...li, docIds: 'doc-1' })[0]).toContain("unknown field 'docIds'");
		expect(unknown({ ...li, files: '1' }, documents('doc-1'))[0]).toContain(
			"unknown field 'files'",
		);
		expect(refusalOf(() => wire([{ ...li, foo: 1 }]))?.description).toMatch(
			/Known fields: name, contact, company, .*signPositionType, .*files, /,
		);
	});

	it('refuse unknown fields of a position, too', () => {
		const [message, nearest] = unknown({
			...li,
			positions: [
				{ x: 1, y: 1 },
				{ X: 1, offsetX: 1 },
			],
		});
		expect(message).toBe("'Signers (JSON)': row 1, position 2 has the unknown field 'X'");
		expect(nearest).toBe('x');
	});

	it.each<[unknown, string]>([
		['{"name":"李四"}', "'Signers (JSON)' is not a list of rows"],
		[{ ...li }, "'Signers (JSON)' is not a list of rows"],
		['["李四"]', "'Signers (JSON)' is not a list of rows"],
		['[[]]', "'Signers (JSON)' is not a list of rows"],
		['[{]', "'Signers (JSON)' is not valid JSON"],
		['[{"__proto__":{}}]', "'Signers (JSON)' holds the key '[0].__proto__', which is not allowed"],
		[[{ ...li, positions: {} }], "'Signers (JSON)': row 1: positions is not a list"],
		[[li, { ...wang, positions: [1] }], "'Signers (JSON)': row 2: positions is not a list"],
	])('%j are none', (rows, message) => {
		expect(said(rows, true)).toBe(message);
	});

	it('may be none at all', () => {
		for (const rows of ['[]', [], '', undefined]) expect(wire(rows)).toEqual([]);
	});

	it('keep the digits of long IDs', () => {
		const [{ internalNodeList }] = wire(
			`[{"name":"李四","contact":"13900139000","side":"sender","sealId":1234567890123456789}]`,
		);
		expect((internalNodeList as Raw[])[0].sealId).toBe('1234567890123456789');
	});

	it('refuse every field that they do not have, and no other for its name', () => {
		const known = rowNames(true).map((property) => property.name);
		fc.assert(
			fc.property(fc.stringMatching(/^[A-Za-z_]{1,20}$/), (field) => {
				// What reaches a prototype is refused before.
				fc.pre(!known.includes(field) && !/^(?:constructor|prototype|__proto__)$/.test(field));
				expect(unknown({ ...li, [field]: 'x' })[0]).toBe(
					`'Signers (JSON)': row 1 has the unknown field '${field}'`,
				);
			}),
		);
		for (const field of known)
			expect(unknown({ ...li, [field]: '' })[0] ?? '').not.toContain('unknown field');
	});
});
