import { jsonParameter } from '../../../../../runtime/json';
import { parametersOf, type Parameters } from '../../../../../runtime/parameters';
import { contactTypeOf, given, type ContractUser } from '../../../fields';
import { contactRule } from '../../../rules';
import { signPosition } from '../../../signers';
import { wireReader, type Raw } from '../../../wire';
import { AUTOMATIC, companySteps, rowsField, SEAL } from './signerRowFields';
import { sameParty } from './signerWire';

export interface SignerRow {
	/** From 1, as a person counts. */
	row: number;
	signer: ContractUser | undefined;
	company: string;
	signerType: 'SENDER' | 'RECEIVER_ENT' | 'RECEIVER_PERSONAL';
	/** Of companies only. */
	nodeType: string;
	automatic: boolean;
	sealId: string;
	/** Without its documents; `undefined` where no place is given. */
	position: Raw | undefined;
	/** Indexes of the files to sign. */
	files: number[];
}

// Places for signers who were given none: three beside each other, then the next line. A seal, the
// largest mark, takes a fifth of the width and a seventh of the height of an A4 page.
const COLUMNS = ['0.1', '0.4', '0.7'];
const LINES = ['0.8', '0.64', '0.48', '0.32', '0.16', '0'];

const ownPlace = (taken: number): { x: string; y: string } | undefined => {
	const y = LINES[Math.floor(taken / COLUMNS.length)];
	return y === undefined ? undefined : { x: COLUMNS[taken % COLUMNS.length], y };
};

const personOfRow = (row: Parameters, needed: boolean): ContractUser | undefined => {
	if (!needed && row.text('name') === '' && row.text('contact') === '') return undefined;
	const name = row.text('name', { required: true });
	const contact = row.text('contact', contactRule);
	return { name, contactType: contactTypeOf(contact), contact };
};

const filesOfRow = (row: Parameters, count: number): number[] => {
	const listed = row.list('files').map((part) => {
		const number = /^[1-9]\d{0,5}$/.test(part) ? Number(part) : 0;
		if (number >= 1 && number <= count) return number - 1;
		return row.fail(
			`${row.label('files')} names a file that is not there`,
			count === 1
				? 'There is one file: give 1, or leave this empty.'
				: `There are ${count} files: give numbers from 1 to ${count}, or leave this empty.`,
		);
	});
	const all = Array.from({ length: count }, (_, index) => index);
	return listed.length === 0 ? all : all.filter((index) => listed.includes(index));
};

const whereOf = (row: Parameters): string => {
	const where =
		row.text('signPositionType') || (row.text('keyword') === '' ? 'POSITION' : 'KEYWORD');
	if (['KEYWORD', 'POSITION', 'NONE'].includes(where)) return where;
	return row.fail(`${row.label('signPositionType')} has an unknown value`, 'Choose from the list.');
};

const stepOf = (row: Parameters, ofCompany: boolean): string => {
	const step = row.text('nodeType') || SEAL;
	if (!companySteps.some(({ value }) => value === step))
		row.fail(`${row.label('nodeType')} has an unknown value`, 'Choose from the list.');
	// The first of the list is what stands there untouched.
	if (!ofCompany && step !== SEAL && step !== 'PERSONAL_SIGN')
		row.fail(
			`${row.label('company')} is empty although ${row.label('nodeType')} is set`,
			'Give the company, or let the person sign with a signature.',
		);
	return step;
};

const readRow = (
	row: Parameters,
	index: number,
	fileCount: number,
	places: { taken: number },
): SignerRow => {
	const side = row.text('side') || 'receiver';
	if (side !== 'receiver' && side !== 'sender')
		row.fail(`${row.label('side')} is neither receiver nor sender`, 'Choose from the list.');
	const company = row.text('company');
	const own = side === 'sender';
	const ofCompany = own || company !== '';
	const step = stepOf(row, ofCompany);
	const automatic = ofCompany && step === AUTOMATIC;
	const nodeType = automatic ? SEAL : step;
	const signer = personOfRow(row, !automatic);
	const controlType = ofCompany && nodeType === SEAL ? 'SEAL' : 'SIGNATURE';
	const where = whereOf(row);
	const files = filesOfRow(row, fileCount);

	const positionOf = (): Raw | undefined => {
		if (where === 'NONE') return undefined;
		const offsetX = row.text('offsetX');
		const offsetY = row.text('offsetY');
		if (where === 'KEYWORD')
			return given({
				controlType,
				signPositionType: where,
				keyword: row.text('keyword', { required: true }),
				keywordType: row.text('keywordType') || '1',
				offsetX,
				offsetY,
			});
		const free = offsetX === '' || offsetY === '' ? ownPlace(places.taken++) : { x: '', y: '' };
		if (!free)
			return row.fail(
				`${row.label('offsetX')} and ${row.label('offsetY')} are empty, and the page is full`,
				'Give the place of this signer, or a keyword.',
			);
		return {
			controlType,
			signPositionType: where,
			pageConfig: row.text('pageConfig') || '1',
			offsetX: offsetX || free.x,
			offsetY: offsetY || free.y,
		};
	};
	const raw = positionOf();
	// Checked by the same rules as the positions of Create; the documents come later.
	const position =
		raw &&
		signPosition(
			wireReader(raw, 'row', (path, reason, hint) =>
				row.fail(`${row.label(path.replace('row.', ''))} ${reason}`, hint ?? 'Correct this field.'),
			),
			controlType === 'SEAL',
			['later'],
		);
	return {
		row: index + 1,
		signer,
		company,
		signerType: own ? 'SENDER' : ofCompany ? 'RECEIVER_ENT' : 'RECEIVER_PERSONAL',
		nodeType,
		automatic,
		sealId: automatic ? row.text('sealId') : '',
		position,
		files,
	};
};

const checkParties = (rows: SignerRow[], { fail }: Parameters, label: string): void => {
	rows.forEach((row, index) => {
		const earlier = rows.slice(0, index);
		const first = earlier.find((other) => sameParty(other, row));
		if (!first) return;
		if (!sameParty(earlier[index - 1], row))
			fail(
				`${label}: rows ${first.row} and ${row.row} are of one company, with another signer between them`,
				'Put the rows of one company one below the other.',
			);
		const named = earlier.find((other) => sameParty(other, row) && other.company !== '');
		if (named && row.company !== '' && row.company !== named.company)
			fail(
				`${label}: rows ${named.row} and ${row.row} name two companies of your own side`,
				'A contract has one sender. Name the same company, or change one of the rows to the other side.',
			);
	});
};

const isRow = (value: unknown): boolean =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The rows, checked as far as that is possible without the platform. */
export const signerRowsOf = (parameters: Parameters, fileCount: number): SignerRow[] => {
	const asJson = parameters.text('signersInput') === 'json';
	const name = asJson ? 'signersJson' : 'signers';
	const label = parameters.label(name);
	const listed = (): Parameters[] => {
		if (!asJson) return parameters.entries(name);
		const list = jsonParameter(parameters.value(name), label, parameters.fail) ?? [];
		if (!Array.isArray(list) || list.some((row) => !isRow(row)))
			return parameters.fail(`${label} is not a list of rows`, 'Put rows { … } between [ and ].');
		return parametersOf({ signers: { signer: list } }, [rowsField], parameters.fail).entries(
			'signers',
		);
	};
	const places = { taken: 0 };
	const rows = listed().map((row, index) => readRow(row, index, fileCount, places));
	if (rows.length === 0) parameters.fail(`${label} is empty`, 'Add at least one signer.');
	checkParties(rows, parameters, label);
	return rows;
};
