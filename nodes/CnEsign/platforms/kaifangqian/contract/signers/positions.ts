import type { Parameters } from '../../../../runtime/items/parameters';
import { omitEmpty } from '../../../../runtime/items/values';
import { positionFields } from './positionProperties';
import { checkPosition } from './signerRules';
import { wireReader, type Raw } from './wireReader';

/** A document of the contract: the number of a file that gets its ID later (from 0), or an ID. */
export type DocumentRef = { file: number } | { docType: '1' | '2'; docId: string };

export interface RowPosition {
	/** As the API takes it, without its documents. */
	wire: Raw;
	documents: DocumentRef[];
}

/** How many default places were given out so far. */
export interface DefaultPlaces {
	taken: number;
}

export interface PositionContext {
	/** Documents of a position that names none. */
	documents: DocumentRef[];
	countsFiles: boolean;
	places: DefaultPlaces;
	/** The mark that fits the signer. */
	usual: 'SEAL' | 'SIGNATURE';
	/** Set for an approver, who has a place only where one is entered. */
	withoutDefaultPlace?: boolean;
}

// Default places, for signers without one: three beside each other, then the next line. A seal, the
// largest mark, takes a fifth of the width and a seventh of the height of an A4 page.
const COLUMNS = [10, 40, 70];
const LINES = [80, 64, 48, 32, 16, 0];
/** Paging seals stand at the right edge. */
const MIDDLE = 43;

const defaultPlace = (taken: number): { x: number; y: number } | undefined => {
	const y = LINES[Math.floor(taken / COLUMNS.length)];
	return y === undefined ? undefined : { x: COLUMNS[taken % COLUMNS.length], y };
};

/** Per cent of the page as the part of 1 that the API takes. */
const toRatio = (perCent: number): string => String(Number((perCent / 100).toFixed(6)));

const perCentOf = (position: Parameters, name: string): number | undefined => {
	const value = position.number(name, { min: 0, max: 100 });
	if (value !== undefined && value > 0 && value < 1)
		return position.fail(
			`${position.label(name)} is ${value}, which is less than one per cent`,
			`Enter per cent of the page from the top left, 0 to 100: ${Number((value * 100).toFixed(4))} instead of ${value}.`,
		);
	return value;
};

const whereOf = (position: Parameters): string => {
	const where =
		position.text('signPositionType') || (position.text('keyword') === '' ? 'POSITION' : 'KEYWORD');
	if (['KEYWORD', 'POSITION', 'NONE'].includes(where)) return where;
	return position.fail(
		`${position.label('signPositionType')} has an unknown value`,
		'Use POSITION, KEYWORD, or NONE.',
	);
};

const fileNumber = (position: Parameters, count: number, given: string): number => {
	const part = given.normalize('NFKC');
	const number = /^[1-9]\d{0,5}$/.test(part) ? Number(part) : 0;
	if (number >= 1 && number <= count) return number - 1;
	return position.fail(
		`${position.label('files')} names a file that is not there`,
		count === 1
			? 'There is one file: enter 1, or leave this empty.'
			: `There are ${count} files: enter numbers from 1 to ${count}, or leave this empty.`,
	);
};

const documentsOf = (
	position: Parameters,
	{ documents, countsFiles }: PositionContext,
): DocumentRef[] => {
	const idsIn = (name: string) => [...new Set(position.list(name, { ids: true }))];
	const templates = idsIn('templateIds').map((docId): DocumentRef => ({ docType: '2', docId }));
	const numbers = countsFiles
		? position.list('files').map((part) => fileNumber(position, documents.length, part))
		: [];
	const named = countsFiles
		? documents.filter((_, file) => numbers.includes(file))
		: idsIn('docIds').map((docId): DocumentRef => ({ docType: '1', docId }));
	return named.length + templates.length > 0 ? [...named, ...templates] : documents;
};

const atKeyword = (position: Parameters, controlType: string): Raw => ({
	controlType,
	signPositionType: 'KEYWORD',
	keyword: position.text('keyword', { required: true }),
	keywordType: position.text('keywordType') || '1',
	offsetX: position.text('xOffset'),
	offsetY: position.text('yOffset'),
});

const onPage = (
	position: Parameters,
	controlType: string,
	places: DefaultPlaces,
	unplaced: string,
): Raw => {
	const x = perCentOf(position, 'x');
	const y = perCentOf(position, 'y');
	const common = { controlType, signPositionType: 'POSITION' };
	if (controlType === 'CHOP_STAMP')
		// It goes across all pages: the platform ignores a list of pages (docs/api/kaifangqian.md, 5.4).
		return { ...common, pageConfig: 'ALL', offsetY: toRatio(y ?? MIDDLE) };
	const free = x === undefined || y === undefined ? defaultPlace(places.taken++) : { x, y };
	if (!free)
		return position.fail(
			`${unplaced}, and the page is full`,
			'Enter the place of this signer, or a keyword.',
		);
	return {
		...common,
		pageConfig: position.text('pageConfig') || '1',
		offsetX: toRatio(x ?? free.x),
		offsetY: toRatio(y ?? free.y),
	};
};

/** The form's name of a wire field, for messages. */
const nameOf = (wireName: string, where: string): string => {
	const byWay: Record<string, string> =
		where === 'KEYWORD'
			? { offsetX: 'xOffset', offsetY: 'yOffset' }
			: { offsetX: 'x', offsetY: 'y' };
	return byWay[wireName] ?? wireName;
};

/** `unplaced` says that no place on the page is given. */
const readPosition = (
	position: Parameters,
	context: PositionContext,
	unplaced: string,
): RowPosition[] => {
	const where = whereOf(position);
	if (where === 'NONE') return [];
	const documents = documentsOf(position, context);
	const controlType = position.text('controlType') || context.usual;
	const placed =
		where === 'KEYWORD'
			? atKeyword(position, controlType)
			: onPage(position, controlType, context.places, unplaced);
	const raw = omitEmpty({
		...placed,
		controlWidth: position.text('controlWidth'),
		controlHeight: position.text('controlHeight'),
		signDateFormat:
			controlType === 'SIGN_DATE' ? position.text('signDateFormat') || 'LINE' : undefined,
	});
	const reader = wireReader(raw, 'position', (path, reason, hint) =>
		position.fail(
			`${position.label(nameOf(path.replace('position.', ''), where))} ${reason}`,
			hint ?? 'Correct this field.',
		),
	);
	// A keyword has to be found in every document named.
	if (where === 'KEYWORD' && documents === context.documents && documents.length > 1)
		position.fail(
			context.countsFiles
				? `${position.label('files')} is empty beside a keyword, and there are ${documents.length} files`
				: `${position.label('docIds')} is empty beside a keyword, and there are ${documents.length} documents`,
			`The platform refuses a keyword that is not in every file. Enter the ${context.countsFiles ? 'numbers' : 'IDs'} of the files that hold it.`,
		);
	if (documents.length === 0)
		position.fail(
			`${position.label('docIds')} and ${position.label('templateIds')} are empty, and no document is named above`,
			'Say in which document the position is.',
		);
	const wire = checkPosition(reader, {
		onSealNode: context.usual === 'SEAL',
		documents: ['later'],
		byRows: true,
	});
	// Set once the files have their IDs.
	delete wire.relationDocList;
	return [{ wire, documents }];
};

/** The positions that are listed one by one. */
export function readListed(row: Parameters, context: PositionContext): RowPosition[] {
	return row
		.entries('positions')
		.flatMap((position) =>
			readPosition(
				position,
				context,
				`${position.label('x')} and ${position.label('y')} are empty`,
			),
		);
}

const isGiven = (value: unknown): boolean =>
	value !== undefined &&
	value !== null &&
	value !== '' &&
	!(Array.isArray(value) && value.length === 0);

/** The positions of a row: those listed, else the one in the row's own fields, else a default place. */
export function readPositions(row: Parameters, context: PositionContext): RowPosition[] {
	const listed = row.entries('positions');
	if (listed.length > 0) return readListed(row, context);
	const isPlaced = positionFields(context.countsFiles).some(({ name }) => isGiven(row.value(name)));
	// Without a document there is no default place: the signer chooses, or the business line says it.
	const noPlace = context.documents.length === 0 || context.withoutDefaultPlace === true;
	if (!isPlaced && noPlace) return [];
	return readPosition(row, context, `${row.label('positions')} is empty`);
}
