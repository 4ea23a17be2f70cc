import type { INodeProperties } from 'n8n-workflow';
import { isRecord, omitEmpty } from '../../../../runtime/items/values';
import { jsonParameter } from '../../../../runtime/items/jsonParameter';
import { parametersOf, type Parameters } from '../../../../runtime/items/parameters';
import { contactTypeOf, type ContractUser } from '../../fields';
import { contactRule, nameRule } from '../../rules';
import { nearest } from './nearest';
import { readPositions, type DocumentRef, type DefaultPlaces, type RowPosition } from './positions';
import { AUTOMATIC, rowNames, SEAL } from './rowProperties';
import { checkNode, checkPerson, type Rules } from './signerRules';
import { wireReader, type Raw } from './wireReader';

/** One step of the signing as a row gives it, checked. */
export interface SignerRow {
	/** From 1, as a person counts. */
	row: number;
	signerType: 'SENDER' | 'RECEIVER_ENT' | 'RECEIVER_PERSONAL';
	company: string;
	signer: ContractUser | undefined;
	order: number | undefined;
	positions: RowPosition[];
	/** The step as the API takes it, without its order and its positions. */
	step: Raw;
}

/** What rows are read for. */
export interface RowContext {
	/** Documents of a position that names none: numbers of files, or IDs. */
	documents: DocumentRef[];
	/** Set where documents are given by the number of the file that is sent. */
	countsFiles: boolean;
}

const choiceOf = (row: Parameters, name: string, fallback: string, allowed: string[]): string => {
	const value = row.text(name) || fallback;
	if (allowed.includes(value)) return value;
	return row.fail(
		`${row.label(name)} has the unknown value '${value.slice(0, 40)}'`,
		`Use one of: ${allowed.filter((known) => known !== '').join(', ')}.`,
	);
};

const personOf = (row: Parameters, needed: boolean): ContractUser | undefined => {
	if (!needed && row.text('name') === '' && row.text('contact') === '') return undefined;
	const name = row.text('name', { ...nameRule(50, true) });
	const contact = row.text('contact', contactRule);
	return { name, contactType: contactTypeOf(contact), contact };
};

/** The row's name of a wire field, for messages. */
const ROW_NAMES: Record<string, string> = {
	autoSign: 'nodeType',
	positionParamList: 'positions',
	signerOrder: 'order',
	signerName: 'company',
};

/** Fields of the row itself, not of its details. */
const OF_PERSON = ['name', 'contact'];

const fieldOf = (path: string): string => {
	const name = path.split('.').at(-1) ?? '';
	return ROW_NAMES[name] ?? name;
};

/** `details` are the row itself where the fields stand side by side. */
const readRow = (
	row: Parameters,
	details: Parameters,
	number: number,
	context: RowContext & { places: DefaultPlaces },
): SignerRow => {
	const isSender = choiceOf(details, 'side', 'receiver', ['receiver', 'sender']) === 'sender';
	const company = details.text('company', nameRule(200));
	const ofCompany = isSender || company !== '';
	const chosen = details.text('nodeType') || SEAL;
	const automatic = ofCompany && chosen === AUTOMATIC;
	// A seal is the field's default, so it may be left standing for a private person.
	if (!ofCompany && chosen !== SEAL && chosen !== 'PERSONAL_SIGN')
		details.fail(
			`${details.label('company')} is empty although ${details.label('nodeType')} is set`,
			'Enter the company, or let the person sign with a signature.',
		);
	const nodeType = automatic ? SEAL : chosen;
	const signer = personOf(row, !automatic);
	const signerType = isSender ? 'SENDER' : ofCompany ? 'RECEIVER_ENT' : 'RECEIVER_PERSONAL';
	if (!isSender && details.text('sealId') !== '')
		details.fail(
			`${details.label('sealId')} is set for another side than your own`,
			'The platform uses it for your own company only. Leave it empty; the other side chooses its seal.',
		);
	const positions = readPositions(details, {
		...context,
		usual: ofCompany && nodeType === SEAL ? 'SEAL' : 'SIGNATURE',
		withoutDefaultPlace: nodeType === 'APPROVER_CHECK',
	});
	const raw = omitEmpty({
		...(ofCompany ? { nodeType, autoSign: automatic ? AUTOMATIC : undefined } : {}),
		sealId: isSender ? details.text('sealId') : undefined,
		[ofCompany ? 'signer' : 'receiver']: signer,
		verifyType: details.text('verifyType'),
		signConfirm: details.text('signConfirm'),
		agreeSkipWillingness: details.flag('agreeSkipWillingness') === true ? 1 : undefined,
		personalSignAuth: details.text('personalSignAuth'),
		sealType: details.text('sealType'),
	});
	// Every position has passed the same rules already.
	const rules: Rules = { documents: ['later'], positions: positions.map(({ wire }) => wire) };
	const reader = wireReader(raw, 'row', (path, reason, hint) => {
		const field = fieldOf(path);
		const owner = OF_PERSON.includes(field) ? row : details;
		return row.fail(`${owner.label(field)} ${reason}`, hint ?? 'Correct this field.');
	});
	return {
		row: number,
		signerType,
		company,
		signer,
		order: details.number('order', { min: 0, max: 127, integer: true }),
		positions,
		step: ofCompany ? checkNode(reader, signerType, rules) : checkPerson(reader, rules),
	};
};

/** A company's name, whatever the width of its brackets and letters. */
const companyKey = ({ company }: SignerRow): string =>
	company.normalize('NFKC').replace(/\s+/g, '').toLowerCase();

/** Whether a row is another step of the party that the row before it belongs to. */
export function sameParty(one: SignerRow, other: SignerRow): boolean {
	return (
		one.signerType === other.signerType &&
		(one.signerType === 'SENDER' ||
			(one.signerType === 'RECEIVER_ENT' && companyKey(one) === companyKey(other)))
	);
}

const checkParties = (rows: SignerRow[], { fail }: Parameters, label: string): void => {
	rows.forEach((row, index) => {
		const earlier = rows.slice(0, index).filter((other) => sameParty(other, row));
		if (earlier.length === 0) return;
		if (!sameParty(rows[index - 1], row))
			fail(
				`${label}: rows ${earlier[0].row} and ${row.row} are of one company, with another signer between them`,
				'Put the rows of one company one below the other.',
			);
		const named = earlier.find(({ company }) => company !== '');
		if (named && row.company !== '' && companyKey(row) !== companyKey(named))
			fail(
				`${label}: rows ${named.row} and ${row.row} name two companies of your own side`,
				'A contract has one sender. Name the same company, or change one of the rows to the other side.',
			);
		const ordered = earlier.find(({ order }) => order !== undefined);
		if (ordered && row.order !== undefined && row.order !== ordered.order)
			fail(
				`${label}: rows ${ordered.row} and ${row.row} are of one company and have two orders`,
				'Inside a company the rows count from the top. Leave the order of its further rows empty.',
			);
	});
};

/** Messages about JSON name a field by its key. */
const byOwnName = (property: INodeProperties): INodeProperties => ({
	...property,
	displayName: property.name,
	...(property.options
		? {
				options: property.options.map((option) =>
					'values' in option ? { ...option, values: option.values.map(byOwnName) } : option,
				),
			}
		: {}),
});

const refuseUnknown = (row: Raw, allowed: string[], where: string, { fail }: Parameters): void => {
	for (const name of Object.keys(row)) {
		if (allowed.includes(name)) continue;
		const near = nearest(name, allowed);
		fail(
			`${where} has the unknown field '${name.slice(0, 40)}'`,
			`${near === undefined ? '' : `Perhaps '${near}' is meant. `}Known fields: ${allowed.join(', ')}.`,
		);
	}
};

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

const jsonRows = (parameters: Parameters, countsFiles: boolean): Parameters[] => {
	const label = parameters.label('rowsJson');
	const list = jsonParameter(parameters.value('rowsJson'), label, parameters.fail) ?? [];
	if (!Array.isArray(list) || !list.every(isRecord))
		return parameters.fail(`${label} is not a list of rows`, 'Put rows { … } between [ and ].');
	const properties = rowNames(countsFiles).map(byOwnName);
	const names = properties.map(({ name }) => name);
	const inPositions = properties
		.filter(({ name }) => name === 'positions')
		.flatMap(({ options = [] }) =>
			options.flatMap((option) => ('values' in option ? option.values : [])),
		)
		.map(({ name }) => name);
	list.forEach((row, index) => {
		const where = `${label}: row ${index + 1}`;
		refuseUnknown(row, names, where, parameters);
		const positions = row.positions ?? [];
		if (!Array.isArray(positions) || !positions.every(isRecord))
			return parameters.fail(
				`${where}: positions is not a list`,
				'Put positions { … } between [ and ].',
			);
		positions.forEach((position, place) => {
			refuseUnknown(position, inPositions, `${where}, position ${place + 1}`, parameters);
		});
		const beside = positions.length > 0 && inPositions.find((name) => isGiven(row[name]));
		if (beside)
			parameters.fail(
				`${where} has '${beside}' beside positions`,
				'Put it into one of the positions, or leave positions out.',
			);
	});
	const holder: INodeProperties = {
		displayName: 'Signers (JSON)',
		name: 'rowsJson',
		type: 'fixedCollection',
		default: {},
		options: [{ displayName: 'Row', name: 'row', values: properties }],
	};
	return parametersOf({ rowsJson: list }, [holder], parameters.fail).entries('rowsJson');
};

/** The rows, from fields or from JSON, checked as far as that is possible without the platform. */
export function signerRowsOf(parameters: Parameters, context: RowContext): SignerRow[] {
	const asJson = parameters.text('signersInput') === 'rows';
	const places: DefaultPlaces = { taken: 0 };
	const listed = asJson
		? jsonRows(parameters, context.countsFiles)
		: parameters.entries('signers').filter((row) => !isUntouched(row));
	const rows = listed.map((row, index) =>
		readRow(row, asJson ? row : row.group('details'), index + 1, { ...context, places }),
	);
	checkParties(rows, parameters, parameters.label(asJson ? 'rowsJson' : 'signers'));
	return rows;
}

/** A row that stands there from the beginning and was not filled in. */
const isUntouched = (row: Parameters): boolean => {
	const details = row.value('details');
	return (
		[row.value('name'), row.value('contact')].every((value) => (value ?? '') === '') &&
		Object.keys((details as Raw | undefined) ?? {}).length === 0
	);
};
