import { describe, expect, it } from 'vitest';
import {
	annexKind,
	documentKind,
	type UploadKind,
} from '../../../../../nodes/CnEsign/platforms/kaifangqian/files/kinds.js';
import {
	readyFile,
	sendFile,
	uploadFile,
	type FileChoices,
} from '../../../../../nodes/CnEsign/platforms/kaifangqian/files/readyFile.js';
import type { InputFile } from '../../../../../nodes/CnEsign/runtime/files/inputFile.js';
import { Refused, thrownBy } from '../../../support.mjs';
import { binary, callWith } from '../callSupport.mjs';
import { bytesOf, fileOf, pdfOf } from './support.mjs';

const MB = 1024 * 1024;

const ready = async (
	file: InputFile,
	kind: UploadKind = documentKind,
	more: Partial<FileChoices> = {},
) => {
	const { call, hints } = callWith({}, []);
	return { ...(await readyFile(call, kind, file, { place: "'Input' (data)", ...more })), hints };
};

const refusal = async (...given: Parameters<typeof ready>): Promise<Refused> => {
	const thrown = await thrownBy(async () => await ready(...given));
	expect(thrown).toBeInstanceOf(Refused);
	return thrown as Refused;
};

/** A file that claims to be so large; nobody reads it. */
const large = (size: number): InputFile => ({ ...fileOf('%PDF-1.7'), size });

describe('a document that is ready to be sent', () => {
	it('has no suffix in its name, and one beside it (docs/api/kaifangqian.md, 6.2)', async () => {
		const { fileName, suffix } = await ready(fileOf('%PDF-1.7', { fileName: '服务合同.PDF' }));
		expect([fileName, suffix]).toEqual(['服务合同', '.pdf']);
		const word = fileOf('PK\x03\x04', { fileName: '合同.docx' });
		expect(await ready(word)).toMatchObject({ fileName: '合同', suffix: '.docx' });
	});

	it('is judged by its bytes, not by its name', async () => {
		expect(await ready(fileOf('%PDF-1.4', { fileName: 'download.do' }))).toMatchObject({
			fileName: 'download',
			suffix: '.pdf',
		});
		const { message } = await refusal(fileOf('<html>', { fileName: '合同.pdf' }));
		expect(message).toBe(
			"The file in 'Input' (data) is named .pdf but contains something else, such as text or a web page",
		);
	});

	it('takes another name where its own is taken', async () => {
		const taken = new Set<string>();
		const names = [];
		for (const fileName of ['合同.pdf', '合同.pdf', '合同.docx'])
			names.push(
				(
					await ready(
						fileOf(fileName.endsWith('x') ? 'PK' : '%PDF-1.7', { fileName }),
						documentKind,
						{ taken },
					)
				).fileName,
			);
		expect(names).toEqual(['合同', '合同 (2)', '合同 (3)']);
	});

	it('loses what stands before the PDF, where the PDF works without it', async () => {
		const pdf = await pdfOf([[595, 842]]);
		const prefix = Buffer.from('HTTP/1.1 200 OK\r\n\r\n');
		const { file } = await ready(fileOf(Buffer.concat([prefix, pdf])));
		expect(await bytesOf(file)).toEqual(pdf);
		expect(file.size).toBe(pdf.length);
		// The same under a name that says something else.
		const other = await ready(fileOf(Buffer.concat([prefix, pdf]), { fileName: 'x.do' }));
		expect(await bytesOf(other.file)).toEqual(pdf);
	});

	it('is refused where the PDF does not work without what stands before it', async () => {
		const { message, description } = await refusal(fileOf('\ufeff%PDF-1.7 broken'));
		expect(message).toBe(
			"The file in 'Input' (data) has 3 bytes in front of the PDF, which the platform does not take",
		);
		expect(description).toMatch(/^Nothing was sent\..*PDF 1\.7/);
	});

	it('is refused in another version than 1 (docs/api/kaifangqian.md, 6.2)', async () => {
		for (const version of ['%PDF-2.0', '%PDF-2.', '%PDF-'])
			expect((await refusal(fileOf(`${version}\n`))).message).toContain(
				'is a PDF of another version than 1',
			);
		for (const version of ['1.3', '1.7', '1.8'])
			expect((await ready(fileOf(`%PDF-${version}\n`))).suffix).toBe('.pdf');
	});
});

describe('an attachment that is ready to be sent', () => {
	it('keeps its suffix in its name (docs/api/kaifangqian.md, 6.3)', async () => {
		const { fileName, suffix } = await ready(fileOf('PK', { fileName: '报价.ZIP' }), annexKind);
		expect([fileName, suffix]).toEqual(['报价.zip', '.zip']);
	});

	it('may have bytes in front, be of any version, and have the name of another', async () => {
		const taken = new Set<string>();
		for (const content of ['%PDF-2.0', '%PDF-1.7'])
			expect(
				(await ready(fileOf(content, { fileName: 'a.pdf' }), annexKind, { taken })).fileName,
			).toBe('a.pdf');
	});
});

describe('a file that cannot be sent', () => {
	it('says so before anything is sent: empty, without a suffix, of another kind', async () => {
		expect((await refusal(fileOf(''))).message).toBe("The file in 'Input' (data) is empty");
		expect((await refusal(fileOf('text', { fileName: '合同' }))).message).toBe(
			"The file in 'Input' (data) has no suffix",
		);
		const other = await refusal(fileOf('text', { fileName: '合同.txt' }));
		expect(other.message).toBe(
			"The file in 'Input' (data) has the suffix '.txt', which the platform does not take",
		);
		expect(other.description).toBe(documentKind.suffixHint);
		const annex = await refusal(fileOf('text', { fileName: 'a.txt' }), annexKind);
		expect(annex.description).toBe(annexKind.suffixHint);
	});

	it('is too large for the limit of its kind, or for one that the user sets', async () => {
		expect((await refusal(large(30 * MB + 1))).message).toContain('more than the limit of 30 MB');
		expect((await refusal(large(20 * MB + 1), annexKind)).message).toContain(
			'more than the limit of 20 MB',
		);
		expect((await refusal(large(2 * MB), documentKind, { sizeLimit: 1 })).message).toBe(
			"The file in 'Input' (data) has 2.0 MB, more than the limit of 1 MB",
		);
		expect((await ready(large(40 * MB), documentKind, { sizeLimit: 50 })).suffix).toBe('.pdf');
	});

	it('that is only large brings a hint (docs/api/kaifangqian.md, 8, trap 26)', async () => {
		expect((await ready(large(20 * MB))).hints).toEqual([]);
		expect((await ready(large(20 * MB + 1))).hints).toEqual([
			expect.stringContaining('larger than 20 MB'),
		]);
	});

	it('has a name that the platform cannot store, or that is none', async () => {
		const said = async (fileName: string, kind = documentKind) =>
			(await refusal(fileOf(kind === documentKind ? '%PDF-1.7' : 'PK', { fileName }), kind))
				.message;
		const what = "The name of the file in 'Input' (data)";
		expect(await said(`${'合'.repeat(129)}.pdf`)).toBe(`${what} is longer than 128 characters`);
		// Of an attachment the suffix is part of the name.
		expect(await said(`${'a'.repeat(125)}.zip`, annexKind)).toBe(
			`${what} is longer than 128 characters`,
		);
		expect(await said('合同😀.pdf')).toBe(
			`${what} holds a character that the platform cannot store`,
		);
		expect(await said('合同 undefined.pdf')).toBe(`${what} ends in 'undefined'`);
		expect(await said('\ufffd\ufffd.pdf')).toBe(`${what} holds characters that were lost`);
		expect(
			(await ready(fileOf('%PDF-1.7', { fileName: `${'合'.repeat(128)}.pdf` }))).fileName,
		).toBe('合'.repeat(128));
	});

	it('says how to give it another name', async () => {
		const file = fileOf('%PDF-1.7', { fileName: '😀.pdf' });
		expect((await refusal(file)).description).toContain("'File Name' under Options");
		expect((await refusal(file, documentKind, { nameHint: 'Rename it.' })).description).toMatch(
			/Rename it\.$/,
		);
		expect((await ready(file, documentKind, { name: '合同' })).fileName).toBe('合同');
	});
});

describe('sendFile', () => {
	it('sends file, name and suffix, and the operator account where there is one', async () => {
		const options = {
			displayName: 'Options',
			name: 'options',
			type: 'collection' as const,
			default: {},
		};
		const account = {
			displayName: 'Operator Account',
			name: 'operatorAccount',
			type: 'string' as const,
			default: '',
		};
		const { call, sent } = callWith(
			{ options: { operatorAccount: 'a-1' } },
			[{ ...options, options: [account] }],
			{ answer: () => ({ docId: 'doc-1' }) },
		);
		const file = fileOf('%PDF-1.7');
		const result = await sendFile(call, documentKind, { file, fileName: '合同', suffix: '.pdf' });
		expect(result).toEqual({ docId: 'doc-1' });
		expect(sent).toEqual([
			{
				path: '/document/file',
				body: { file, fileName: '合同', fileSuffix: '.pdf', operatorAccount: 'a-1' },
			},
		]);
	});
});

describe('uploadFile', () => {
	const properties = [
		{ displayName: 'Input', name: 'binaryPropertyName', type: 'string' as const, default: '' },
	];

	it('sends the binary field of the item, or binary data that an expression gives', async () => {
		for (const field of ['scan', binary('附件.pdf')]) {
			const items = [{ json: {}, binary: { scan: binary('附件.pdf') } }];
			const { call, sent } = callWith({ binaryPropertyName: field }, properties, {
				items,
				answer: () => ({ fileId: 'f-1' }),
			});
			expect(await uploadFile(call, annexKind)).toEqual({
				result: { fileId: 'f-1' },
				fileName: '附件.pdf',
			});
			expect(sent[0].body.fileName).toBe('附件.pdf');
			expect((await bytesOf(sent[0].body.file as InputFile)).toString()).toBe('%PDF-1.7');
		}
	});

	it('says which binary fields there are instead', async () => {
		const items = [{ json: {}, binary: { scan: binary('a.pdf') } }];
		const { call, sent } = callWith({ binaryPropertyName: 'data' }, properties, { items });
		const thrown = await thrownBy(async () => await uploadFile(call, annexKind));
		expect(thrown.message).toBe("The item has no binary field 'data'");
		expect((thrown as Refused).description).toBe("The item has: 'scan'.");
		expect(sent).toEqual([]);
	});
});
