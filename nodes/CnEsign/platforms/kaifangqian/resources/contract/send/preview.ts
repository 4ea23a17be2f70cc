import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { canvas, type Box } from '../../../../../runtime/picture';
import { given } from '../../../fields';
import type { Raw } from '../../../wire';
import { sizeOf } from '../../../wireValues';
import type { ContractFile } from './files';
import type { SignerRow } from './signerRows';

/** Where the signatures would go, as rows and as a picture. Nothing is sent for it. */

const NOTE =
	'Nothing was sent. From which corner the platform counts a place on the page, and in which unit it measures the size of a field, is not documented: in the picture a solid box is counted from the top left corner, a dashed one from the bottom left, on an A4 page measured in points. Places at a keyword depend on the text of the file and are not drawn. A contract that is saved as draft shows the places for certain.';

// A4 in points, and pixels per point.
const PAGE = { width: 595, height: 842 };
const SCALE = 0.4;
const MARGIN = 24;
const SHEETS_IN_LINE = 4;
/** Enough to see; more would make a large picture of very small pages. */
const MOST_SHEETS = 12;

interface Mark {
	row: number;
	offsetX: number;
	offsetY: number;
	width: number;
	height: number;
}

const nameOf = (file: ContractFile): string => ('id' in file ? file.id : file.fileName);

/** What a row of the preview says about the signer, in whatever file. */
const lineOf = ({ row, signer, company }: SignerRow, position: Raw): IDataObject => {
	const { signPositionType, pageConfig, keyword, keywordType, offsetX, offsetY } = position;
	return given({
		signer: row,
		person: signer?.name,
		company,
		where: signPositionType ?? 'NONE',
		pages: pageConfig,
		keyword,
		keywordType,
		offsetX,
		offsetY,
		...(position.controlType === undefined ? {} : sizeOf(String(position.controlType))),
	}) as IDataObject;
};

const picture = (sheets: Mark[][]): Buffer => {
	const page = { width: PAGE.width * SCALE, height: PAGE.height * SCALE };
	const across = Math.min(sheets.length, SHEETS_IN_LINE);
	const down = Math.ceil(sheets.length / SHEETS_IN_LINE);
	const drawing = canvas(
		Math.round(across * (page.width + MARGIN) + MARGIN),
		Math.round(down * (page.height + MARGIN) + MARGIN),
	);
	sheets.forEach((marks, index) => {
		const left = MARGIN + (index % SHEETS_IN_LINE) * (page.width + MARGIN);
		const top = MARGIN + Math.floor(index / SHEETS_IN_LINE) * (page.height + MARGIN);
		drawing.number(index + 1, left, top - 16, 2);
		drawing.fill({ x: left, y: top, ...page }, 1);
		drawing.frame({ x: left, y: top, ...page }, 2);
		for (const { row, offsetX, offsetY, width, height } of marks) {
			const size = { width: width * SCALE, height: height * SCALE };
			const x = left + offsetX * page.width;
			const fromTop: Box = { x, y: top + offsetY * page.height, ...size };
			const fromBottom: Box = { x, y: top + (1 - offsetY) * page.height - size.height, ...size };
			drawing.frame(fromBottom, 3, 3);
			drawing.frame(fromTop, 3);
			drawing.number(row, fromTop.x + 4, fromTop.y + 4, 3);
			drawing.number(row, fromBottom.x + 4, fromBottom.y + 4, 3, 1);
		}
	});
	return drawing.png();
};

/** One item with the rows, and with the picture in the binary field `preview`. */
export const previewOf = async (
	exec: IExecuteFunctions,
	rows: SignerRow[],
	files: ContractFile[],
): Promise<INodeExecutionData> => {
	const sheets = new Map<string, Mark[]>();
	/** Draws the place; says on which page of the picture. */
	const sheetOf = ({ row, position }: SignerRow, file: number): { sheet?: number } => {
		if (position?.signPositionType !== 'POSITION') return {};
		const key = `${file} ${String(position.pageConfig)}`;
		const marks = sheets.get(key) ?? [];
		sheets.set(key, marks);
		const { offsetX, offsetY, controlType } = position;
		marks.push({
			row,
			offsetX: Number(offsetX),
			offsetY: Number(offsetY),
			...sizeOf(String(controlType)),
		});
		return { sheet: [...sheets.keys()].indexOf(key) + 1 };
	};
	const positions = rows.flatMap((row) => {
		const { position } = row;
		return position
			? row.files.map((file) => ({
					...lineOf(row, position),
					file: file + 1,
					fileName: nameOf(files[file]),
					...sheetOf(row, file),
				}))
			: [lineOf(row, {})];
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
};
