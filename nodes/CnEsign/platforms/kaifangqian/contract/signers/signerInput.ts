import { jsonParameter } from '../../../../runtime/items/jsonParameter';
import type { ItemContext } from '../../../../runtime/items/operation';
import type { Parameters } from '../../../../runtime/items/parameters';
import { readListed, type DocumentRef } from './positions';
import { signerRowsOf, type SignerRow } from './rows';
import { checkPositionList, checkSignerList } from './signerRules';
import { partiesOf, toSignerList } from './toSignerList';
import type { Raw, WireFail } from './wireReader';

// The platform's column ends there (docs/api/kaifangqian.md, 3.3).
const LAST_ORDER = 127;

/** The signers of one contract: rows, or exactly as the API takes them. */
export interface SignerInput {
	/** Empty where the wire form was given. */
	rows: SignerRow[];
	/** `signerList`; `docIds` are those of the uploaded files, where rows count files. */
	toWire(docIds?: string[]): Raw[];
}

const failing =
	({ fail }: Parameters, label: string): WireFail =>
	(path, reason, hint) =>
		fail(`${label}: ${path} ${reason}`, hint ?? 'Correct this field.');

/** Rows without an order count on from the one before them. */
const checkOrders = ({ fail, label, text }: Parameters, rows: SignerRow[]): void => {
	const orders = toSignerList(rows).map(({ signerOrder }) => Number(signerOrder));
	if (orders.some((order) => order > LAST_ORDER))
		fail(
			`${label(text('signersInput') === 'rows' ? 'rowsJson' : 'signers')}: the order counts beyond ${LAST_ORDER}`,
			'Give the signers smaller numbers as their order.',
		);
};

/** A line that presets its signers has the part of its own company already (docs/api/kaifangqian.md, 6.4). */
const checkPreset = (parameters: Parameters, list: Raw[]): void => {
	const options = parameters.group('options');
	if (options.flag('presetSigners') !== true) return;
	if (list.some(({ signerType }) => signerType === 'SENDER'))
		parameters.fail(
			`Your own company is among the signers, although ${options.label('presetSigners')} is on`,
			'Nothing was sent: the platform refuses it. Name only the other sides, each with the order number that the console shows.',
		);
	if (list.some(({ signerOrder }) => signerOrder === undefined))
		parameters.fail(
			`A signer has no order, although ${options.label('presetSigners')} is on`,
			'Nothing was sent: the platform tells the signers of such a line apart by their order. Enter the number that the console shows for each.',
		);
};

const warningIn =
	(exec: ItemContext['exec']) =>
	(message: string): void =>
		exec.addExecutionHints({ message, type: 'warning', location: 'outputPane' });

const wireSigners = ({ exec, parameters }: ItemContext, documents: DocumentRef[]): Raw[] => {
	const label = parameters.label('signersJson');
	const raw = jsonParameter(parameters.value('signersJson'), label, parameters.fail);
	const ids = documents.flatMap((document) => ('docId' in document ? [document.docId] : []));
	return checkSignerList(
		raw ?? [],
		{
			documents: ids,
			warn: warningIn(exec),
		},
		failing(parameters, label),
	);
};

/** `documents`: those of a position that names none. */
export function signersOf(
	call: ItemContext,
	documents: DocumentRef[],
	countsFiles = false,
): SignerInput {
	const { parameters } = call;
	if (parameters.text('signersInput') === 'json') {
		const list = wireSigners(call, documents);
		checkPreset(parameters, list);
		return { rows: [], toWire: () => list };
	}
	const rows = signerRowsOf(parameters, { documents, countsFiles });
	checkOrders(parameters, rows);
	checkPreset(
		parameters,
		partiesOf(rows).map((party) => ({
			signerType: party[0].signerType,
			signerOrder: party.find(({ order }) => order !== undefined)?.order,
		})),
	);
	return { rows, toWire: (docIds = []) => toSignerList(rows, docIds) };
}

const noDate = (parameters: Parameters, positions: Raw[]): Raw[] => {
	if (positions.some(({ controlType }) => controlType === 'SIGN_DATE'))
		parameters.fail(
			'A signing date cannot be given together with a signature on behalf',
			'Nothing was sent: the platform refuses the two together. Take the date out.',
		);
	return positions;
};

/**
 * Positions without signers (docs/api/kaifangqian.md, 6.9): as fields, or exactly as the API takes them.
 * `undefined` where there is none.
 */
export function positionsOf({ exec, parameters }: ItemContext): Raw[] | undefined {
	if (parameters.text('positionsInput') !== 'json') {
		const found = readListed(parameters, {
			documents: [],
			countsFiles: false,
			places: { taken: 0 },
			usual: 'SIGNATURE',
		}).map(({ wire, documents }) => ({ ...wire, relationDocList: documents }));
		return found.length === 0 ? undefined : noDate(parameters, found);
	}
	const label = parameters.label('positionsJson');
	const raw = jsonParameter(parameters.value('positionsJson'), label, parameters.fail);
	if (raw === undefined) return undefined;
	const rules = { documents: [], warn: warningIn(exec) };
	const list = checkPositionList(raw, rules, failing(parameters, label));
	return list.length === 0 ? undefined : noDate(parameters, list);
}
