import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { omitEmpty } from '../../../../runtime/items/values';
import type { ContractFile } from '../../files/contractFiles';
import { pdfFacts } from '../../files/pdf';
import { sizeOf } from '../../wireValues';
import type { RowPosition } from '../signers/positions';
import type { SignerRow } from '../signers/rows';
import { canvas } from './picture';

/** Where the signatures would go, as rows and as a picture. Nothing is sent for it. */

const NOTE =
	'Nothing was sent. Each box is one field: the number in it is the row of the signer, the number above a page is the sheet in the rows of the output. Where the file does not tell its page size, A4 is drawn. Fields at a keyword depend on the text of the file and are not drawn.';

// A4 in points, and pixels per point.
const A4 = { width: 595, height: 842 };
const SCALE = 0.4;
const MARGIN = 24;
const SHEETS_IN_LINE = 4;
/** Enough to see; more would make a large picture of very small pages. */
const MOST_SHEETS = 12;

type Size = typeof A4;

interface Mark extends Size {
	row: number;
	x: number;
	y: number;
}

/** One page, or pages that look alike. */
interface Sheet {
	size: Size;
	marks: Mark[];
}

const nameOf = (file: ContractFile | undefined): string | undefined =>
	file && ('id' in file ? file.id : file.fileName);

/** Width and height of a field, in points. */
const boxOf = ({ controlType, controlWidth, controlHeight }: RowPosition['wire']): Size => {
	const usual = sizeOf(String(controlType));
	return {
		width: Number(controlWidth ?? usual.width),
		height: Number(controlHeight ?? usual.height),
	};
};

/** The field in points from the top left corner, moved back inside the page as the platform does. */
const markOf = (row: number, { wire }: RowPosition, page: Size): Mark => {
	const { width, height } = boxOf(wire);
	// A paging seal stands at the right edge.
	const x = wire.offsetX === undefined ? page.width : Number(wire.offsetX) * page.width;
	return {
		row,
		x: Math.min(x, page.width - width),
		y: Math.min(Number(wire.offsetY) * page.height, page.height - height),
		width,
		height,
	};
};

const picture = (sheets: Sheet[]): Buffer => {
	const cell = {
		width: Math.max(...sheets.map(({ size }) => size.width)) * SCALE,
		height: Math.max(...sheets.map(({ size }) => size.height)) * SCALE,
	};
	const across = Math.min(sheets.length, SHEETS_IN_LINE);
	const down = Math.ceil(sheets.length / SHEETS_IN_LINE);
	const drawing = canvas(
		Math.round(across * (cell.width + MARGIN) + MARGIN),
		Math.round(down * (cell.height + MARGIN) + MARGIN),
	);
	sheets.forEach(({ size, marks }, index) => {
		const left = MARGIN + (index % SHEETS_IN_LINE) * (cell.width + MARGIN);
		const top = MARGIN + Math.floor(index / SHEETS_IN_LINE) * (cell.height + MARGIN);
		const page = { x: left, y: top, width: size.width * SCALE, height: size.height * SCALE };
		drawing.number(index + 1, left, top - 16, 2);
		drawing.fill(page, 1);
		drawing.frame(page, 2);
		for (const mark of marks) {
			const x = left + mark.x * SCALE;
			const y = top + mark.y * SCALE;
			drawing.frame({ x, y, width: mark.width * SCALE, height: mark.height * SCALE }, 3);
			drawing.number(mark.row, x + 4, y + 4, 3);
		}
	});
	return drawing.png();
};

/** As the form has it: the wire has parts of 1 on a page, and points at a keyword. */
const perCent = (ratio: unknown): number | undefined =>
	ratio === undefined ? undefined : Number((Number(ratio) * 100).toFixed(4));

/** What the preview says about a field. */
const lineOf = ({ row, signer, company }: SignerRow, position?: RowPosition): IDataObject => {
	const { signPositionType, pageConfig, keyword, keywordType, controlType, offsetX, offsetY } =
		position?.wire ?? {};
	return omitEmpty({
		signer: row,
		signerName: signer?.name,
		signerCompany: company,
		where: signPositionType ?? 'NONE',
		pages: pageConfig,
		keyword,
		keywordType,
		...(signPositionType === 'KEYWORD'
			? { xOffset: offsetX, yOffset: offsetY }
			: { x: perCent(offsetX), y: perCent(offsetY) }),
		...(position ? { controlType, ...boxOf(position.wire) } : {}),
	}) as IDataObject;
};

/** One item with the rows, and with the picture in the binary field `preview`. */
export async function previewOf(
	exec: IExecuteFunctions,
	rows: SignerRow[],
	files: ContractFile[],
): Promise<INodeExecutionData> {
	const sizes: Size[] = [];
	for (const file of files) {
		const facts = 'id' in file || file.suffix !== '.pdf' ? {} : await pdfFacts(file.file);
		sizes.push(facts.size ?? A4);
	}
	const sheets = new Map<string, Sheet>();
	/** Draws the field; says on which page of the picture. */
	const draw = (row: number, position: RowPosition, file: number): { sheet?: number } => {
		if (position.wire.signPositionType !== 'POSITION') return {};
		const key = `${file} ${String(position.wire.pageConfig)}`;
		const sheet = sheets.get(key) ?? { size: sizes[file], marks: [] };
		sheets.set(key, sheet);
		sheet.marks.push(markOf(row, position, sheet.size));
		return { sheet: [...sheets.keys()].indexOf(key) + 1 };
	};
	const positions = rows.flatMap((row) => {
		if (row.positions.length === 0) return [lineOf(row)];
		return row.positions.flatMap((position) =>
			position.documents.map((document) =>
				'file' in document
					? {
							...lineOf(row, position),
							file: document.file + 1,
							fileName: nameOf(files[document.file]),
							...draw(row.row, position, document.file),
						}
					: { ...lineOf(row, position), templateId: document.docId },
			),
		);
	});
	const drawn = [...sheets.values()].slice(0, MOST_SHEETS);
	const json = {
		preview: true,
		files: files.map((file, index) => ({ file: index + 1, fileName: nameOf(file) })),
		positions,
		note: NOTE,
	};
	if (drawn.length === 0) return { json };
	const binary = await exec.helpers.prepareBinaryData(picture(drawn), 'positions.png', 'image/png');
	return { json, binary: { preview: binary } };
}
