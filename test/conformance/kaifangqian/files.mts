import { PDFDocument, StandardFonts } from 'pdf-lib';
import { fileItem } from '../../engine/engine.mjs';
import { expectThat, textIn } from '../suite.mjs';
import { isMissing, type KaifangqianTrial } from './state.mjs';

export const pdfItem = async (fileName: string) => {
	const pdf = await PDFDocument.create();
	const font = await pdf.embedFont(StandardFonts.Helvetica);
	pdf.addPage([595, 842]).drawText('A test of the n8n nodes for electronic signatures.', {
		x: 72,
		y: 740,
		size: 14,
		font,
	});
	return await fileItem(Buffer.from(await pdf.save()), fileName, 'application/pdf');
};

/** Trials that need no contract; the first two only read. */
export const fileTrials: KaifangqianTrial[] = [
	{
		operation: 'businessLine.getAll',
		impossible: (target) => isMissing(target, 'operator'),
		async run({ operate, target }) {
			const { contact } = target.operator!;
			const items = await operate('businessLine.getAll', { contact });
			expectThat(items.length > 0, 'the operator may use no business line');
			for (const { json } of items) textIn(json, 'signReId');
			return items.length === 1 ? '1 line' : `${items.length} lines`;
		},
	},
	{
		operation: 'api.request',
		impossible: (target) => isMissing(target, 'operator'),
		async run({ operate, target }) {
			const { contact } = target.operator!;
			const query = JSON.stringify({ contact });
			const items = await operate('api.request', { method: 'GET', path: '/signRes', query });
			textIn(items[0]?.json, 'signReId');
			return 'GET /signRes';
		},
	},
	{
		operation: 'document.upload',
		creates: { document: 1 },
		async run({ operate, state }) {
			const [item] = await operate('document.upload', {}, [await pdfItem('n8n-test.pdf')]);
			state.docId = textIn(item?.json, 'docId');
			return 'a PDF of one page';
		},
	},
	{
		operation: 'attachment.upload',
		creates: { attachment: 1 },
		async run({ operate, state }) {
			const [item] = await operate('attachment.upload', {}, [await pdfItem('n8n-annex.pdf')]);
			state.fileId = textIn(item?.json, 'fileId');
			return 'a PDF of one page';
		},
	},
];
