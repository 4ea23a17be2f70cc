import { positionFields } from '../../../../../../nodes/CnEsign/platforms/kaifangqian/contract/signers/positionProperties.js';
import { signerProperties } from '../../../../../../nodes/CnEsign/platforms/kaifangqian/contract/signers/rowProperties.js';
import {
	signerRowsOf,
	type RowContext,
	type SignerRow,
} from '../../../../../../nodes/CnEsign/platforms/kaifangqian/contract/signers/rows.js';
import { toSignerList } from '../../../../../../nodes/CnEsign/platforms/kaifangqian/contract/signers/toSignerList.js';
import type { Raw } from '../../../../../../nodes/CnEsign/platforms/kaifangqian/contract/signers/wireReader.js';
import { parametersOf } from '../../../../../../nodes/CnEsign/runtime/items/parameters.js';
import { fail, refusalOf, Refused } from '../../../../support.mjs';

/** The wire checks' `fail`: the message is path and reason. */
export const wireFail = (path: string, reason: string, hint?: string): never => {
	throw new Refused(`${path} ${reason}`, hint);
};

export const person = (more: Raw = {}): Raw => ({
	name: '李四',
	contactType: 'MOBILE',
	contact: '13900139000',
	...more,
});

export const atKeyword = (more: Raw = {}): Raw => ({
	controlType: 'SIGNATURE',
	signPositionType: 'KEYWORD',
	relationDocList: [{ docType: '1', docId: 'doc-0001' }],
	keyword: '乙方签字',
	keywordType: '1',
	...more,
});

export const onPage = (more: Raw = {}): Raw => ({
	controlType: 'SIGNATURE',
	signPositionType: 'POSITION',
	relationDocList: [{ docType: '1', docId: 'doc-0001' }],
	pageConfig: '1',
	offsetX: '0.62',
	offsetY: '0.81',
	...more,
});

export const personal = (more: Raw = {}): Raw => ({
	signerType: 'RECEIVER_PERSONAL',
	signerName: '李四',
	signerOrder: '1',
	receiver: person(),
	...more,
});

export const step = (more: Raw = {}): Raw => ({
	nodeType: 'PERSONAL_SIGN',
	signerOrder: '1',
	signer: person(),
	...more,
});

export const sealStep = (more: Raw = {}): Raw =>
	step({ nodeType: 'ENTERPRISE_SEAL', sealId: 'seal-0001', ...more });

export const company = (steps: Raw[], more: Raw = {}): Raw => ({
	signerType: 'SENDER',
	signerName: '某某科技有限公司',
	signerOrder: '1',
	internalNodeList: steps,
	...more,
});

/** Rows as a person writes them in JSON: all fields side by side. */
export type Row = Record<string, unknown>;

const AT_TOP = ['name', 'contact'];
const OF_POSITION = new Set(
	[...positionFields(true), ...positionFields(false)].map(({ name }) => name),
);

/** The same row as the fields of the editor hold it: the rest under Details, positions in their list. */
export const asFields = (given: unknown): unknown => {
	if (typeof given !== 'object' || given === null) return given;
	const row = given as Row;
	const part = (isIn: (name: string) => boolean) =>
		Object.fromEntries(Object.entries(row).filter(([name]) => isIn(name)));
	const position = part((name) => OF_POSITION.has(name));
	const listed = row.positions ?? (Object.keys(position).length > 0 ? [position] : undefined);
	const details = part(
		(name) => ![...AT_TOP, 'positions'].includes(name) && !OF_POSITION.has(name),
	);
	return {
		...part((name) => AT_TOP.includes(name)),
		details: { ...details, ...(listed === undefined ? {} : { positions: { position: listed } }) },
	};
};

/** The files of Send Files for Signing. */
export const files = (count: number): RowContext => ({
	documents: Array.from({ length: count }, (_, file) => ({ file })),
	countsFiles: true,
});

/** Documents by their IDs, as Create has them. */
export const documents = (...docIds: string[]): RowContext => ({
	documents: docIds.map((docId) => ({ docType: '1' as const, docId })),
	countsFiles: false,
});

const parametersWith = (values: Row, { countsFiles }: RowContext) =>
	parametersOf(values, signerProperties({ countsFiles, takesWireForm: !countsFiles }), fail);

/** The rows as the operations read them, from the fields of the editor or from JSON. */
export const readRows = (rows: unknown, context: RowContext, asJson = true): SignerRow[] =>
	signerRowsOf(
		parametersWith(
			asJson
				? { signersInput: 'rows', rowsJson: rows }
				: {
						signersInput: 'fields',
						signers: { signer: Array.isArray(rows) ? (rows as unknown[]).map(asFields) : rows },
					},
			context,
		),
		context,
	);

export const li = { name: '李四', contact: '13900139000' };
export const wang = { name: '王五', contact: 'wangwu@example.com' };

export const docIds = ['doc-1', 'doc-2', 'doc-3'];
const three = files(docIds.length);

/** What rows become on the wire, in a contract of three files unless it says otherwise. */
export const wire = (rows: unknown, asJson = true, context = three): Raw[] =>
	toSignerList(readRows(rows, context, asJson), docIds);

/** What is said about rows that are refused. */
export const said = (rows: unknown, asJson = false, context = three): string | undefined =>
	refusalOf(() => wire(rows, asJson, context))?.message;
