import { unzipSync, zipSync } from 'fflate';
import { createHash } from 'node:crypto';
import { PDFDocument, PDFName } from 'pdf-lib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startKaifangqian, type KaifangqianSandbox } from '../../sandbox/kaifangqian/index.mjs';
import { pagesOf } from '../../sandbox/kaifangqian/stamp/place.mjs';
import { findKeyword } from '../../sandbox/kaifangqian/stamp/keywords.mjs';
import {
	autoSeal,
	clientOf,
	company,
	lisi,
	pdfOf,
	person,
	type Client,
} from '../../sandbox/kaifangqian/testing.mjs';

let sandbox: KaifangqianSandbox;
let api: Client;
beforeAll(async () => {
	sandbox = await startKaifangqian({ switches: { throttle: false } });
	api = clientOf(sandbox);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const bytesOf = (...head: number[]) => Buffer.concat([Buffer.from(head), Buffer.alloc(64)]);
const PNG = bytesOf(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const JPG = bytesOf(0xff, 0xd8, 0xff, 0xe0);
const OLE = bytesOf(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1);
const RAR = Buffer.from('Rar!\x1a\x07\x01\x00', 'latin1');
const ZIP = Buffer.from(zipSync({ 'a.txt': Buffer.from('a') }));
const DOCX = Buffer.from(zipSync({ 'word/document.xml': Buffer.from('<a/>') }));
const PDF = Buffer.from('%PDF-1.7\n');
const TEXT = Buffer.from('just text');

const sendTo =
	(path: string) =>
	async (bytes: Buffer, fileSuffix: string, more = {}) =>
		(
			await api.post(path, {
				file: bytes.toString('base64'),
				fileName: `f${fileSuffix}`,
				fileSuffix,
				...more,
			})
		).json;

describe('upload', () => {
	it('tells documents from their bytes', async () => {
		const send = sendTo('/document/file');
		expect((await send(PDF, '.pdf')).result).toEqual({ docId: expect.any(String) });
		for (const [bytes, suffix] of [
			[TEXT, '.pdf'],
			[PNG, '.pdf'],
			[PDF, '.PDF'],
			[PDF, 'pdf'],
			[PDF, '.ofd'],
			[DOCX, '.docx'],
		] as const) {
			expect(await send(bytes, suffix)).toMatchObject({
				code: 31000,
				message: '业务处理失败,不支持的文件类型',
			});
		}
		sandbox.switches.officeConversion = true;
		const codes = [
			await send(DOCX, '.docx'),
			await send(OLE, '.doc'),
			await send(OLE, '.xls'),
			await send(ZIP, '.docx'),
			await send(PDF, '.doc'),
		];
		expect(codes.map(({ code }) => code)).toEqual([10000, 10000, 10000, 31000, 31000]);
	});

	it('takes the attachments of the list only', async () => {
		const send = sendTo('/annex/file');
		const accepted = [
			[PNG, '.png'],
			[JPG, '.jpg'],
			[RAR, '.rar'],
			[ZIP, '.zip'],
			[OLE, '.wps'],
			[DOCX, '.docx'],
			[PDF, '.pdf'],
		] as const;
		for (const [bytes, suffix] of accepted) expect((await send(bytes, suffix)).code).toBe(10000);
		for (const [bytes, suffix] of [
			[OLE, '.xls'],
			[JPG, '.png'],
			[TEXT, '.txt'],
		] as const) {
			expect((await send(bytes, suffix)).code).toBe(31000);
		}
	});

	it('checks names, Base64 and size', async () => {
		const send = sendTo('/document/file');
		expect((await send(PDF, '.pdf', { fileName: '名'.repeat(128) })).code).toBe(10000);
		expect((await send(PDF, '.pdf', { fileName: '名'.repeat(129) })).code).toBe(23000);
		expect((await send(Buffer.alloc(0), '.pdf')).code).toBe(22000);
		expect((await send(PDF, '.pdf', { file: undefined })).code).toBe(21000);
		expect((await send(PDF, '.pdf', { file: 'data:application/pdf;base64,JVBERi0=' })).code).toBe(
			23000,
		);
		sandbox.switches.maxFileBytes = 100;
		expect((await send(Buffer.concat([PDF, Buffer.alloc(92)]), '.pdf')).code).toBe(31000);
		const { docId } = (await send(Buffer.concat([PDF, Buffer.alloc(91)]), '.pdf')).result;
		expect(sandbox.control.documentBytes(docId)).toHaveLength(100);
	});

	it('answers a body over the server’s limit like the platform', async () => {
		const small = await startKaifangqian({ bodyLimitBytes: 1000 });
		const { json } = await clientOf(small).post('/document/file', { file: 'A'.repeat(2000) });
		expect(json.success).toBe(false);
		await small.close();
	});
});

const position = (docId: string, more: Record<string, unknown> = {}) => ({
	controlType: 'SIGNATURE',
	signPositionType: 'POSITION',
	relationDocList: [{ docType: '1', docId }],
	pageConfig: '1',
	offsetX: '0.5',
	offsetY: '0.5',
	...more,
});

describe('download', () => {
	const download = (contractId: string, contact = sandbox.operator.contact) =>
		api.get('/contract/document/download', { contractId, contact });
	const signed = async (docIds: string[], more: Record<string, unknown> = {}) => {
		const contractId = await api.draft({
			subject: '服务 合同',
			signDocumentList: docIds.map((docId) => ({ docId })),
			signerList: [
				person(lisi, '1', { positionParamList: docIds.map((docId) => position(docId)) }),
			],
			...more,
		});
		sandbox.control.signAll(contractId);
		return contractId;
	};

	it('gives the stamped PDF with the headers of the platform', async () => {
		const original = await pdfOf('one', 'two');
		const docId = await api.upload(original);
		const seal = company(
			'SENDER',
			'2',
			autoSeal('1', {
				positionParamList: [
					position(docId, { controlType: 'SEAL' }),
					position(docId, { controlType: 'CHOP_STAMP', pageConfig: 'ALL' }),
				],
			}),
		);
		const date = position(docId, { controlType: 'SIGN_DATE', signDateFormat: 'YEAR_MONTH_DAY' });
		const signer = person(lisi, '1', { positionParamList: [position(docId), date] });
		const contractId = await signed([docId], { signerList: [signer, seal] });
		const { headers, bytes } = await download(contractId);
		const name = '%E6%9C%8D%E5%8A%A1%20%E5%90%88%E5%90%8C.pdf';
		expect(headers.get('content-type')).toBe('application/octet-stream');
		expect(headers.get('content-disposition')).toBe(`attachment;fileName=${name}`);
		expect(headers.get('fileName')).toBe(name);
		expect(bytes.length).toBeGreaterThan(original.length + 1000);
		expect((await PDFDocument.load(bytes)).getPageCount()).toBe(2);
	});

	it('leaves the file alone until somebody has signed it, and when it is no real PDF', async () => {
		const original = await pdfOf('one');
		const docId = await api.upload(original);
		const signerList = [person(lisi, '1', { positionParamList: [position(docId)] })];
		const contractId = await api.draft({ signDocumentList: [{ docId }], signerList });
		expect((await download(contractId)).bytes.equals(original)).toBe(true);
		sandbox.control.signAll(contractId);
		expect((await download(contractId)).bytes.equals(original)).toBe(false);
		const fake = await signed([await api.upload(PDF)]);
		expect((await download(fake)).bytes.equals(PDF)).toBe(true);
	});

	it('gives a ZIP for several documents', async () => {
		const docIds = [await api.upload(await pdfOf('one')), await api.upload(await pdfOf('two'))];
		const { headers, bytes } = await download(await signed(docIds));
		expect(decodeURIComponent(headers.get('fileName')!)).toBe('服务 合同.zip');
		const files = unzipSync(bytes);
		expect(Object.keys(files)).toEqual(['合同.pdf', '合同 (2).pdf']);
		await PDFDocument.load(files['合同.pdf']);
	});

	it('refuses others in form 1', async () => {
		const contractId = await signed([await api.upload(PDF)]);
		const refusal = await download(contractId, '13911111111');
		expect(refusal).toMatchObject({
			status: 200,
			json: { code: 31000, message: '业务处理失败,无下载权限' },
		});
		expect((await download(contractId, sandbox.visitor.contact)).json.code).toBe(31000);
		expect((await download(contractId, sandbox.colleague.contact)).json).toBeUndefined();
		expect((await download(contractId, lisi.contact)).json).toBeUndefined();
		expect((await download('1')).json.code).toBe(31000);
	});

	it('cuts the body half-way, streams any size, names the file as told', async () => {
		const contractId = await signed([await api.upload(await pdfOf('one'))]);
		sandbox.failNext('*', 'cutBody');
		await expect(download(contractId)).rejects.toThrow();
		sandbox.failNext('*', 'dropAfter');
		await expect(download(contractId)).rejects.toThrow();
		Object.assign(sandbox.switches, {
			downloadBytes: 3_000_001,
			downloadFileName: 'a b+.zip',
			fileNameEncoding: 'form',
		});
		const hashes = [];
		for (let time = 0; time < 2; time += 1) {
			const { bytes, headers } = await download(contractId);
			expect(bytes).toHaveLength(3_000_001);
			expect(bytes.subarray(0, 4).toString('latin1')).toBe('PK\x03\x04');
			expect(headers.get('fileName')).toBe('a+b%2B.zip');
			hashes.push(createHash('sha256').update(bytes).digest('hex'));
		}
		expect(hashes[0]).toBe(hashes[1]);
	});

	it('fills in the template of a template line', async () => {
		const contractId = await api.draft({
			signReId: sandbox.lines.template,
			signTemplateParamList: [
				{
					templateId: sandbox.templateId,
					templateParamList: [{ paramKey: sandbox.templateParamKey, paramValue: '1000' }],
				},
			],
			signerList: [
				person(lisi, '1', {
					positionParamList: [
						position(sandbox.templateId, {
							relationDocList: [{ docType: '2', docId: sandbox.templateId }],
						}),
					],
				}),
			],
		});
		sandbox.control.signAll(contractId);
		await PDFDocument.load((await download(contractId)).bytes);
	});
});

describe('places', () => {
	it('reads page lists, and even and odd as the server does', () => {
		expect(pagesOf('1,3-4,9', 5, true)).toEqual([0, 2, 3]);
		expect(pagesOf('ALL', 2, true)).toEqual([0, 1]);
		expect(pagesOf('EVEN_NUMBER', 4, true)).toEqual([0, 2]);
		expect(pagesOf('EVEN_NUMBER', 4, false)).toEqual([1, 3]);
	});

	it('finds a keyword where it stands', async () => {
		const pdf = await PDFDocument.load(await pdfOf('Seal here and seal here', 'Seal here'));
		const found = findKeyword(pdf, 'eal here');
		expect(found.map(({ page }) => page)).toEqual([0, 0, 1]);
		expect(found[0]).toMatchObject({ y: expect.closeTo(700, 0) });
		expect(found[0].x).toBeGreaterThan(64);
		expect(found[1].x).toBeGreaterThan(found[0].x + found[0].width);
		expect(findKeyword(pdf, 'nowhere')).toEqual([]);
	});

	it('finds Chinese keywords', async () => {
		const pdf = await PDFDocument.create();
		const page = pdf.addPage([595, 842]);
		const { context } = pdf;
		const descendant = context.obj({
			Type: 'Font',
			Subtype: 'CIDFontType0',
			BaseFont: 'STSong-Light',
			DW: 1000,
		});
		const font = context.obj({
			Type: 'Font',
			Subtype: 'Type0',
			BaseFont: 'STSong-Light',
			Encoding: 'UniGB-UCS2-H',
			DescendantFonts: [descendant],
		});
		page.node.setFontDictionary(PDFName.of('F1'), context.register(font));
		const text = Buffer.from('合同甲方盖章处', 'utf16le').swap16().toString('hex');
		const content = `q 1 0 0 1 10 20 cm BT /F1 10 Tf 100 500 Td <${text}> Tj ET Q`;
		page.node.set(PDFName.of('Contents'), context.register(context.flateStream(content)));
		const loaded = await PDFDocument.load(await pdf.save());
		expect(findKeyword(loaded, '甲方盖章')).toEqual([
			{ page: 0, x: 130, y: 520, width: 40, height: expect.closeTo(7.2) },
		]);
	});
});
