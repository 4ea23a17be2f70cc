import { unzipSync } from 'fflate';
import { createHash } from 'node:crypto';
import { PDFDocument } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import {
	autoSeal,
	company,
	lisi,
	mobile,
	pdfOf,
	person,
	wangwu,
} from '../../../sandbox/kaifangqian/testing.mjs';
import { position, useStage } from './support.mjs';

const stage = useStage();
const download = async (contractId: string, contact = stage.sandbox.operator.contact) =>
	await stage.api.get('/contract/document/download', { contractId, contact });
const upload = async (fileName: string, ...pages: string[]) =>
	await stage.api.upload(await pdfOf(...pages, 'end'), fileName);

describe('a download', () => {
	it('is a PDF called as it was uploaded, its length not told', async () => {
		const docId = await upload("服务 合同(1)!~'*-_.pdf", 'one');
		const contractId = await stage.contract({ signDocumentList: [{ docId }] });
		const { headers, bytes } = await download(contractId);
		const name = '%E6%9C%8D%E5%8A%A1+%E5%90%88%E5%90%8C%281%29%21%7E%27*-_.pdf.pdf';
		expect(headers.get('content-type')).toBe('application/octet-stream;charset=utf-8');
		expect(headers.get('content-disposition')).toBe(`attachment;fileName=${name}`);
		expect(headers.get('fileName')).toBe(name);
		expect(headers.get('content-length')).toBeNull();
		expect(headers.get('transfer-encoding')).toBe('chunked');
		expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
	});

	it('is a ZIP of several documents, called like the subject', async () => {
		const docIds = [await upload('合同一'), await upload('合同二')];
		const signDocumentList = docIds.map((docId) => ({ docId }));
		const contractId = await stage.contract({ subject: '两份', signDocumentList });
		const { headers, bytes } = await download(contractId);
		expect(decodeURIComponent(headers.get('fileName') ?? '')).toMatch(/^两份\d+\.zip$/);
		expect(Object.keys(unzipSync(bytes))).toEqual(['合同一.pdf', '合同二.pdf']);
	});

	it('of two documents of one name is refused, for ever', async () => {
		const docIds = [await upload('同名'), await upload('同名')];
		const signDocumentList = docIds.map((docId) => ({ docId }));
		const contractId = await stage.contract({ signDocumentList });
		for (let time = 0; time < 2; time += 1) {
			expect((await download(contractId)).json).toMatchObject({
				code: 31000,
				message: 'duplicate entry: 同名.pdf',
			});
			stage.sandbox.control.signAll(contractId);
		}
	});

	it('comes in any state but deleted', async () => {
		const draft = await stage.contract({ send: '0' });
		expect((await download(draft)).json).toBeUndefined();
		const recalled = await stage.contract();
		stage.sandbox.control.recall(recalled);
		expect((await download(recalled)).json).toBeUndefined();
		stage.sandbox.control.remove(recalled);
		expect((await download(recalled)).json).toMatchObject({
			code: 31000,
			message: '签章数据不存在',
		});
	});

	it('holds no attachments', async () => {
		const file = Buffer.from('x').toString('base64');
		const annex = await stage.api.post('/annex/file', { file, fileName: 'a', fileSuffix: '.zip' });
		const annexList = [{ fileId: annex.json.result.fileId }];
		const { bytes } = await download(await stage.contract({ annexList }));
		expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
	});
});

describe('who may download', () => {
	const NO_RIGHT = '业务处理失败,operator不是合同参与人或业务线中指定的签约文件下载人，无下载权限';
	const may = async (contractId: string, contact: string) => {
		const { json } = await download(contractId, contact);
		return json === undefined ? true : json.message;
	};

	it.each<[number | undefined, boolean, boolean]>([
		[3, true, true],
		[1, true, false],
		[2, false, true],
		[undefined, false, false],
	])('the line grants %s: the party %s, who may view %s', async (downloaders, party, viewer) => {
		stage.sandbox.control.setDownloaders('free', downloaders);
		const contractId = await stage.contract();
		const { operator, colleague } = stage.sandbox;
		expect(await may(contractId, operator.contact)).toBe(true);
		expect(await may(contractId, lisi.contact)).toBe(party || NO_RIGHT);
		expect(await may(contractId, colleague.contact)).toBe(viewer || NO_RIGHT);
		expect(await may(contractId, wangwu.contact)).toBe(NO_RIGHT);
		expect(await may(contractId, '13012341234')).toBe('业务处理失败,账号不存在');
	});

	it('is asked after the contract', async () => {
		const { json } = await download('nope', '13012341234');
		expect(json.message).toBe('业务处理失败,contractId：nope数据不存在');
		const without = await stage.api.get('/contract/document/download', { contact: 'x' });
		expect(without.json).toMatchObject({ code: 21000, message: 'contractId参数缺失' });
	});

	it('only people with an account, which whoever signs has', async () => {
		const zhaoliu = mobile('赵六', '13300133000');
		const contractId = await stage.contract({ signerList: [person(zhaoliu, '1')] });
		expect(await may(contractId, zhaoliu.contact)).toBe('业务处理失败,账号不存在');
		stage.sandbox.control.sign(contractId);
		expect(await may(contractId, zhaoliu.contact)).toBe(true);
	});
});

describe('what has been signed', () => {
	it('is seen in every field, once it has been', async () => {
		const original = await pdfOf('one', 'two', 'three');
		const docId = await stage.api.upload(original);
		const seal = autoSeal('1', {
			sealId: stage.sandbox.sealId,
			positionParamList: [
				position(docId, { controlType: 'SEAL' }),
				position(docId, { controlType: 'CHOP_STAMP', pageConfig: 'ALL' }),
			],
		});
		const date = position(docId, { controlType: 'SIGN_DATE', signDateFormat: 'YEAR_MONTH_DAY' });
		const signer = person(lisi, '1', {
			positionParamList: [position(docId, { pageConfig: '2' }), date],
		});
		const contractId = await stage.contract({
			signDocumentList: [{ docId }],
			signerList: [signer, company('SENDER', '2', seal)],
		});
		expect((await download(contractId)).bytes.equals(original)).toBe(true);
		stage.sandbox.control.signAll(contractId);
		const { bytes } = await download(contractId);
		expect(bytes.length).toBeGreaterThan(original.length + 1000);
		expect((await PDFDocument.load(bytes)).getPageCount()).toBe(3);
		expect((await download(contractId)).bytes.equals(bytes)).toBe(true);
	});

	it('stands on a template too', async () => {
		const { lines, templateId, sealId, operator } = stage.sandbox;
		const onTemplate = position(templateId, {
			relationDocList: [{ docType: '2', docId: templateId }],
			pageConfig: '2',
		});
		const node = { nodeType: 'ENTERPRISE_SEAL', signerOrder: '1', sealId, signer: operator };
		const contractId = await stage.contract({
			signReId: lines.template,
			signDocumentList: undefined,
			signTemplateParamList: [{ templateParamList: [{ paramKey: 'amount', paramValue: '1000' }] }],
			signerList: [
				company('SENDER', '1', node),
				person(lisi, '2', { positionParamList: [onTemplate] }),
			],
		});
		expect(stage.sandbox.control.placed(contractId)).toMatchObject([{ page: '2' }]);
		const before = (await download(contractId)).bytes.length;
		stage.sandbox.control.signAll(contractId);
		const { bytes } = await download(contractId);
		expect(bytes.length).toBeGreaterThan(before);
		expect((await PDFDocument.load(bytes)).getPageCount()).toBe(2);
	});
});

describe('by switch or fault a download', () => {
	it('has any size and any name', async () => {
		const contractId = await stage.contract();
		const downloadFileName = 'a b+.zip';
		Object.assign(stage.sandbox.switches, { downloadBytes: 3_000_001, downloadFileName });
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

	it('is cut, or never begins', async () => {
		const contractId = await stage.contract();
		for (const fault of ['cutBody', 'dropAfter'] as const) {
			stage.sandbox.failNext('*', fault);
			await expect(download(contractId)).rejects.toThrow();
		}
	});

	it('breaks without uniqueCode', async () => {
		const contractId = await stage.contract();
		const params = { contractId, contact: stage.sandbox.operator.contact, uniqueCode: undefined };
		const { json } = await stage.api.get('/contract/document/download', params);
		expect(json).toMatchObject({ success: false, code: 500 });
	});
});
