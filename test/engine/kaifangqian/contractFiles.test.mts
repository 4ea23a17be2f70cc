/** Which files *Send Files* takes, and under which name and in which form it sends them. */
import { PDFDocument } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { fileItem, memoryFileItem } from '../engine.mjs';
import { itemWith, refusing, row, rows, sending, three } from './sendFiles.support.mjs';
import { bodyOf, pdf, pdfItem, stage } from './support.mjs';

const setting = await stage();
const { sandbox, act, sent } = setting;
const send = sending(setting);
const refusal = refusing(setting);

const uploads = () => sent('/document/file').map(bodyOf);
const names = () => uploads().map(({ fileName }) => fileName);
const bytes = () => uploads().map(({ file }) => Buffer.from(String(file), 'base64'));

/** With a page tree that can be read without unpacking. */
const plain = Buffer.from(await (await PDFDocument.load(pdf)).save({ useObjectStreams: false }));
const pdfNamed = async (name: string, content = pdf) =>
	await fileItem(content, name, 'application/pdf');

describe('the binary fields', () => {
	it('are the only one of the item where none is named, whatever it is called', async () => {
		const input = [await itemWith({ Attachment_0: [pdf, 'a.pdf'] }), await pdfItem()];
		const { error } = await send(input, { options: { itemsInParallel: 1 } });
		expect(error).toBeUndefined();
		expect(names()).toEqual(['a', '服务合同']);
	});

	it('are the only one of each item where all items make one contract', async () => {
		const input = [await itemWith({ x: [pdf, 'a.pdf'] }), await itemWith({ y: [pdf, 'b.pdf'] })];
		const { error } = await send(input, { options: { contracts: 'allItems' } });
		expect(error).toBeUndefined();
		expect(names()).toEqual(['a', 'b']);
	});

	it('are the only one beside the attachments', async () => {
		const input = [await itemWith({ price: [pdf, 'p.pdf'], data: [pdf, 'a.pdf'] })];
		const { error } = await send(input, { options: { annexBinaryPropertyNames: 'price' } });
		expect(error).toBeUndefined();
		expect([names(), sent('/annex/file').length]).toEqual([['a'], 1]);
	});

	it('have to be named where there are several, and the message names them', async () => {
		const { message, description } = await refusal([await three()]);
		expect(message).toBe("'Input Data Field Names' is empty, and the item has 3 files");
		expect(description).toBe(
			"The item has: 'a', 'b', 'c'. Enter the names of those to sign, or * for all.",
		);
	});

	it('are missing where the item has none', async () => {
		const { message, description } = await refusal([{ json: {} }]);
		expect(message).toBe("'Input Data Field Names' is empty, and the item has 0 files");
		expect(description).toContain('Let a node before this one deliver the file.');
	});

	it('are missing in one of several items that make one contract: the message says which', async () => {
		const options = { contracts: 'allItems' };
		const none = await refusal([await pdfItem(), { json: {} }], { options });
		expect(none.message).toBe("'Input Data Field Names' is empty, and item 1 has 0 files");
		const binaryPropertyNames = 'data';
		const other = await refusal([await pdfItem(), await three()], { binaryPropertyNames, options });
		expect(other.message).toBe(
			"'Input Data Field Names' names the binary field 'data', which item 1 does not have",
		);
		expect(other.description).toBe("The item has: 'a', 'b', 'c'.");
	});

	it('are all with *, but for those of the attachments and those that are named already', async () => {
		const { items, error } = await send(
			[await itemWith({ a: [pdf, 'a.pdf'], annex: [pdf, 'annex.pdf'], b: [pdf, 'b.pdf'] })],
			{ binaryPropertyNames: 'b,*', options: { annexBinaryPropertyNames: 'annex' } },
		);
		expect(error).toBeUndefined();
		expect(items[0].json).toMatchObject({
			documents: [{ fileName: 'b' }, { fileName: 'a' }],
			attachments: [{ fileName: 'annex.pdf' }],
		});
	});

	it.each(['data,more', 'data，more', 'data、more', 'data；more', ' data \n more '])(
		'are a list however it is written: %j',
		async (binaryPropertyNames) => {
			const input = [await itemWith({ data: [pdf, 'a.pdf'], more: [pdf, 'b.pdf'] })];
			const { error } = await send(input, { binaryPropertyNames });
			expect(error).toBeUndefined();
			expect(names()).toEqual(['a', 'b']);
		},
	);

	it.each([
		['one', '={{ $binary.a }}', ['a']],
		['a list', '={{ [$binary.c, $binary.a] }}', ['c', 'a']],
		['all there are', '={{ Object.values($binary) }}', ['a', 'b', 'c']],
		['their names', '={{ Object.keys($binary) }}', ['a', 'b', 'c']],
	])('can be given by an expression: %s', async (_what, binaryPropertyNames, expected) => {
		const { error } = await send([await three()], { binaryPropertyNames });
		expect(error).toBeUndefined();
		expect(names()).toEqual(expected);
	});

	it('can be given by an expression where n8n holds the file in memory and leaves it out there', async () => {
		const { binary } = memoryFileItem(plain, 'other.pdf', 'application/pdf');
		const item = memoryFileItem(pdf, 'memory.pdf', 'application/pdf');
		const input = [{ ...item, binary: { other: binary!.data, ...item.binary } }];
		const { error } = await send(input, { binaryPropertyNames: '={{ $binary.data }}' });
		expect(error).toBeUndefined();
		expect([names(), bytes()]).toEqual([['memory'], [pdf]]);
	});

	it('cannot be told apart there where two files look the same', async () => {
		const { binary } = memoryFileItem(pdf, 'a.pdf', 'application/pdf');
		const input = [{ json: {}, binary: { data: binary!.data, more: binary!.data } }];
		const given = { binaryPropertyNames: '={{ $binary.data }}' };
		const { message, description } = await refusal(input, given);
		expect(message).toBe('An expression gave a file without its content');
		expect(description).toContain('Enter the name of the binary field');
	});

	it('cannot be given by an expression where all items make one contract', async () => {
		const { message, description } = await refusal([await pdfItem(), await pdfItem()], {
			binaryPropertyNames: '={{ $binary.data }}',
			options: { contracts: 'allItems' },
		});
		expect(message).toBe(
			"'Input Data Field Names' holds a file of the first item, but the files of all items make one contract",
		);
		expect(description).toContain('or * for all');
	});
});

describe('the name of a file', () => {
	it('goes without its suffix, so that the download is called as the file was', async () => {
		const { items } = await send([await pdfNamed('合同.pdf')]);
		const { contractId } = items[0].json;
		sandbox.control.signAll(String(contractId));
		const { contact } = sandbox.operator;
		const downloaded = await act('contract', 'download', { contractId, contact });
		expect(downloaded.items[0].json.fileName).toBe('合同.pdf');
		expect(uploads()).toMatchObject([{ fileName: '合同', fileSuffix: '.pdf' }]);
	});

	it.each([
		['合同.PDF', '合同'],
		['合同', '合同'],
		['合同 v1.2', '合同 v1.2'],
		['合同．pdf', '合同'],
		['download.do', 'download'],
		['合同.docx', '合同'],
		['%E5%90%88%E5%90%8C.pdf', '合同'],
		['合同.pdf?token=1&x=.png', '合同'],
		['100%.pdf', '100%'],
		['a\u200b\u202ecod.pdf', 'acod'],
		['合同/终稿.pdf', '合同_终稿'],
	])('%j of a PDF is sent as %j', async (given, expected) => {
		const { error } = await send([await pdfNamed(given)]);
		expect(error).toBeUndefined();
		expect(uploads()).toMatchObject([{ fileName: expected, fileSuffix: '.pdf' }]);
	});

	it('gets a number where the contract has it already, and the contract can be downloaded', async () => {
		const input = [
			await itemWith({ a: [pdf, '合同.pdf'], b: [pdf, '合同.PDF'], c: [pdf, '合同'] }),
			await pdfNamed('合同.pdf'),
		];
		const { items, error } = await send(input, {
			binaryPropertyNames: '*',
			options: { contracts: 'allItems' },
		});
		expect(error).toBeUndefined();
		expect(names()).toEqual(['合同', '合同 (2)', '合同 (3)', '合同 (4)']);
		const { contractId } = items[0].json;
		sandbox.control.signAll(String(contractId));
		const { contact } = sandbox.operator;
		const downloaded = await act('contract', 'download', { contractId, contact });
		expect(downloaded.error).toBeUndefined();
		expect(downloaded.items[0].json.mimeType).toBe('application/zip');
	});

	it('is that of its contract only', async () => {
		await send([await pdfNamed('合同.pdf'), await pdfNamed('合同.pdf')]);
		expect(names()).toEqual(['合同', '合同']);
	});

	it.each<[string, string, string]>([
		[`${'长'.repeat(129)}.pdf`, 'is longer than 128 characters', 'Give the file another name'],
		['合同😀.pdf', 'holds a character that the platform cannot store', 'Take out emoji'],
		['合同𠮷.pdf', 'holds a character that the platform cannot store', 'rare characters'],
		['合同-undefined.pdf', "ends in 'undefined'", 'An expression in it found no value'],
		['null.pdf', "ends in 'null'", 'An expression in it found no value'],
		['[object Object].pdf', "ends in '[object Object]'", 'An expression in it found no value'],
		['ºÏÍ¬\ufffd.pdf', 'holds characters that were lost', 'the wrong character set'],
	])('%j is refused', async (name, reason, hint) => {
		const { message, description } = await refusal([await pdfNamed(name)]);
		expect(message).toBe(`The name of the file in 'Input Data Field Names' (data) ${reason}`);
		expect(description).toContain(hint);
		expect(description).toContain('in the node that delivers it');
	});
});

describe('the content of a file', () => {
	const behind = (prefix: string, content = pdf) => Buffer.concat([Buffer.from(prefix), content]);

	it.each(['\n', '\ufeff', 'HTTP/1.1 200 OK\r\n\r\n', 'x'.repeat(1000)])(
		'is sent from %%PDF- on where the PDF works so: %j in front',
		async (prefix) => {
			const { error } = await send([await pdfNamed('a.pdf', behind(prefix))]);
			expect(error).toBeUndefined();
			expect(bytes()).toEqual([pdf]);
		},
	);

	it('is refused where the PDF counts from what stands in front', async () => {
		const text = plain.toString('latin1');
		const shifted = text.replace(/startxref\s+(\d+)/, (_all, at) => `startxref\n${+at + 5}`);
		const file = behind('12345', Buffer.from(shifted, 'latin1'));
		const { message, description } = await refusal([await pdfNamed('a.pdf', file)]);
		expect(message).toBe(
			"The file in 'Input Data Field Names' (data) has 5 bytes in front of the PDF, which the platform does not take",
		);
		expect(description).toContain('Nothing was sent.');
		expect(description).toContain('save it as PDF 1.7');
	});

	it.each(['2.0', '2.1'])('is refused where it is PDF %s', async (version) => {
		const file = Buffer.from(
			pdf.toString('latin1').replace(/^%PDF-1\.\d/, `%PDF-${version}`),
			'latin1',
		);
		for (const content of [file, behind('\n', file)]) {
			const { message, description } = await refusal([await pdfNamed('a.pdf', content)]);
			expect(message).toBe(
				"The file in 'Input Data Field Names' (data) is a PDF of another version than 1, which the platform does not take",
			);
			expect(description).toContain('save it as PDF 1.7');
		}
	});

	it.each<[string, Buffer, string, string]>([
		['empty', Buffer.alloc(0), 'b.pdf', 'is empty'],
		['of another kind', Buffer.from('<html>'), 'b.pdf', 'is named .pdf but contains'],
		['with a suffix that nobody takes', Buffer.from('MZ'), 'b.exe', "has the suffix '.exe'"],
		['without a suffix, and no PDF', Buffer.from('text'), 'b', 'has no suffix'],
	])(
		'is %s in the second file: refused before the first is uploaded',
		async (_, content, name, expected) => {
			const input = [await itemWith({ a: [pdf, 'a.pdf'], b: [content, name] })];
			const { message } = await refusal(input, { binaryPropertyNames: 'a,b' });
			expect(message).toContain("The file in 'Input Data Field Names' (b)");
			expect(message).toContain(expected);
		},
	);

	it('is refused where it is too large', async () => {
		const large = Buffer.concat([pdf, Buffer.alloc(1024 * 1024)]);
		const options = { sizeLimit: 1 };
		const { message } = await refusal([await pdfNamed('a.pdf', large)], { options });
		expect(message).toContain('more than the limit of 1 MB');
	});
});

describe('a page beyond the last', () => {
	const onPage = (pageConfig: string, more = {}) => ({
		signers: rows(row(), row({}, { pageConfig, x: 10, y: 10, ...more })),
	});

	it.each([
		['3', 3],
		['1,2,7-10', 10],
	])('is refused where the file tells how many it has: %s', async (pages, highest) => {
		const { message, description } = await refusal([await pdfNamed('a.pdf', plain)], onPage(pages));
		expect(message).toBe(`Signer 2 is to sign on page ${highest}, but file 1 has 2 pages`);
		expect(description).toContain('Nothing was sent.');
	});

	it('is refused in the file that lacks it', async () => {
		const one = await PDFDocument.create();
		one.addPage();
		const short = Buffer.from(await one.save({ useObjectStreams: false }));
		const input = [await itemWith({ a: [plain, 'a.pdf'], b: [short, 'b.pdf'] })];
		const both = { ...onPage('2'), binaryPropertyNames: 'a,b' };
		const { message } = await refusal(input, both);
		expect(message).toBe('Signer 2 is to sign on page 2, but file 2 has 1 page');
		const { error } = await send(input, { ...both, ...onPage('2', { files: '1' }) });
		expect(error).toBeUndefined();
	});

	it('is left to the platform where the file does not tell, and the hint says what it is', async () => {
		const { error } = await send([await pdfNamed('a.pdf', pdf)], onPage('3'));
		expect(error?.message).toContain('index out of bounds');
		expect(error?.description).toContain("Correct 'Pages'");
		expect(error?.context.outcomeUnknown).toBeUndefined();
		expect(sandbox.control.contracts()).toEqual([]);
	});
});
