import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { startKaifangqian } from '../../../sandbox/kaifangqian/index.mjs';
import { clientOf } from '../../../sandbox/kaifangqian/testing.mjs';
import { useStage } from './support.mjs';

const stage = useStage();
const PDF = Buffer.from('%PDF-1.7\n');
const DOCX = Buffer.from(zipSync({ 'word/document.xml': Buffer.from('<a/>') }));
const OLE = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(64)]);
const ZIP = Buffer.from(zipSync({ 'a.txt': Buffer.from('a') }));

const sendTo =
	(path: string) =>
	async (bytes: Buffer, fileSuffix: string, more: Record<string, unknown> = {}) =>
		(
			await stage.api.post(path, {
				file: bytes.toString('base64'),
				fileName: '合同',
				fileSuffix,
				...more,
			})
		).json;
const document = sendTo('/document/file');
const annex = sendTo('/annex/file');

describe('a document', () => {
	it('is what its first bytes say, whatever its suffix is', async () => {
		for (const suffix of ['.pdf', '.doc', '.docx', '.xls', '.xlsx'])
			expect(await document(PDF, suffix)).toMatchObject({ code: 10000 });
		for (const bytes of [DOCX, OLE, Buffer.from('%PDF-2.0'), Buffer.from(' %PDF-1.7')])
			expect(await document(bytes, '.pdf')).toMatchObject({
				code: 31000,
				message: '不支持的文件类型',
			});
	});

	it.each(['pdf', '.PDF', '.txt', '.ofd', '.jpg'])('has no suffix %s', async (suffix) => {
		expect(await document(PDF, suffix)).toMatchObject({
			code: 23000,
			message: 'fileSuffix参数格式不正确',
		});
	});

	it('may be an Office file where the installation converts them', async () => {
		stage.sandbox.switches.officeConversion = true;
		const converted = await document(DOCX, '.docx');
		expect(converted.code).toBe(10000);
		const { docId } = converted.result;
		expect(stage.sandbox.control.documentBytes(docId).toString('latin1')).toMatch(/^%PDF-1\./);
		expect((await document(OLE, '.doc')).code).toBe(10000);
		expect((await document(ZIP, '.docx')).code).toBe(31000);
	});

	it.each<[Record<string, unknown>, number, string]>([
		[{ fileName: undefined }, 21000, 'fileName 参数缺失'],
		[{ fileName: '' }, 22000, 'fileName 参数不能为空'],
		[{ fileName: '名'.repeat(129) }, 23000, 'fileName参数格式不正确，长度不合法'],
		[{ file: undefined }, 21000, 'file参数缺失'],
		[{ file: '' }, 21000, 'file参数缺失'],
		[{ fileSuffix: undefined }, 21000, 'fileSuffix参数缺失'],
		[{ file: 'a' }, 31000, '业务处理失败,base64解析失败'],
		[{ file: 'JVBERi0x\nLjcK' }, 31000, '业务处理失败,base64解析失败'],
		[{ file: 'JVBERi0x-LjcK' }, 31000, '业务处理失败,base64解析失败'],
	])('is refused with %j', async (more, code, message) => {
		expect(await document(PDF, '.pdf', more)).toMatchObject({ code, message });
	});

	it('has a name of up to 128 characters of up to 3 bytes', async () => {
		expect((await document(PDF, '.pdf', { fileName: '名'.repeat(128) })).code).toBe(10000);
		expect(await document(PDF, '.pdf', { fileName: '𠮷' })).toMatchObject({
			success: false,
			message: '字段太长,超出数据库字段的长度',
		});
	});
});

describe('an attachment', () => {
	it('is not looked at', async () => {
		const { fileId } = (await annex(Buffer.from('text'), '.pdf')).result;
		expect(stage.sandbox.control.annexBytes(fileId).toString()).toBe('text');
	});

	it.each(['.xls', '.jpeg', '.ofd', '.txt', 'zip'])('has no suffix %s', async (suffix) => {
		expect(await annex(PDF, suffix)).toMatchObject({
			code: 23000,
			message: 'fileSuffix参数格式不正确,文件格式不支持',
		});
	});

	it.each<[Record<string, unknown>, string]>([
		[{ fileName: undefined }, 'fileName参数缺失'],
		[{ file: undefined }, 'file参数缺失'],
	])('is refused with %j', async (more, message) => {
		expect(await annex(PDF, '.pdf', more)).toMatchObject({ code: 21000, message });
	});
});

it('answers a body over the limit of the server like the platform', async () => {
	const small = await startKaifangqian({ bodyLimitBytes: 1000 });
	const { json } = await clientOf(small).post('/document/file', { file: 'A'.repeat(2000) });
	expect(json.success).toBe(false);
	await small.close();
});
