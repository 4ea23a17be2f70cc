import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { PDFDocument } from 'pdf-lib';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { binaryBytes, type WorkflowJson } from '../engine/engine.mjs';
import { contractPdf } from './contract-pdf.mjs';
import type { Part } from './part.mjs';
import { LI_SI } from './people.mjs';
import { placesOf } from './places.mjs';
import { DemoFault, line, seconds, shown } from './print.mjs';
import { runSteps } from './run.mjs';
import { demoSecrets } from './secrets.mjs';
import { fillIn, nodeNamed, shippedWorkflow } from './workflow.mjs';

/** How long the signer takes, so that the waiting can be seen. */
const READING_TIME = 2000;

const textOf = (json: IDataObject, field: string): string => {
	const value = json[field];
	if (typeof value !== 'string' || value === '')
		throw new DemoFault(`The step gave no '${field}': ${JSON.stringify(json)}`);
	return value;
};

interface Task extends IDataObject {
	taskId: string;
	taskType: string;
	signerName: string;
}

/** What each step has to tell. Links are secrets: only the server they lead to is shown. */
const tell: Record<string, (items: INodeExecutionData[]) => string> = {
	'Contract PDF': ([{ json }]) => `${textOf(json, 'fileName')}, two pages`,
	Upload: ([{ json }]) => `document ${textOf(json, 'docId')}`,
	'Business Lines': (items) =>
		`${items.length} lines: ${items.map(({ json }) => textOf(json, 'signReName')).join(', ')}`,
	Create: ([{ json }]) => `contract ${textOf(json, 'contractId')}, sent for signing`,
	'Get Status': ([{ json }]) => {
		const tasks = json.tasks as Task[];
		const open = tasks.map(({ taskType, signerName }) => `${taskType} by ${signerName}`).join(', ');
		return `${textOf(json, 'status')}; our seal is set, still open: ${open}`;
	},
	'Get Task Link': ([{ json }]) =>
		`page on ${new URL(textOf(json, 'signingLink')).host} for task ${textOf(json, 'taskId')}`,
	'Wait for Status': ([{ json }]) => `${textOf(json, 'status')}, nothing left to do`,
	Download: ([{ binary }]) =>
		`${binary!.data.fileName} (${binary!.data.mimeType}, ${binary!.data.fileSize})`,
};

const save = async (item: INodeExecutionData, draft: Uint8Array, file: string): Promise<void> => {
	const bytes = await binaryBytes(item);
	const pages = (await PDFDocument.load(bytes)).getPageCount();
	if (pages !== 2) throw new DemoFault(`The signed file has ${pages} pages instead of 2`);
	if (bytes.equals(draft)) throw new DemoFault('The downloaded file is the draft, not signed');
	writeFileSync(file, bytes);
};

const prepared = (settings: Record<string, string>): WorkflowJson => {
	const json = shippedWorkflow('contract-from-draft-to-signed-pdf');
	fillIn(json, 'Settings', settings);
	return json;
};

/** Upload → business line → create and send → task link → somebody signs → wait → download. */
export const signedPdf: Part = {
	title: 'Workflow 1: a contract from draft to signed PDF',
	async run({ kaifangqian, output }) {
		const draftFile = join(output, 'contract.pdf');
		const signedFile = join(output, 'signed-contract.pdf');
		const json = prepared({
			file: draftFile,
			companyName: kaifangqian.companyName,
			sealId: kaifangqian.sealId,
			senderName: kaifangqian.operator.name,
			senderContact: kaifangqian.operator.contact,
			signerName: LI_SI.name,
			signerContact: LI_SI.contact,
		});
		const draft = await contractPdf(placesOf(nodeNamed(json, 'Create').parameters.signers));
		writeFileSync(draftFile, draft);

		let signing: Promise<void> = Promise.resolve();
		let last: INodeExecutionData | undefined;
		const signLater = async (contractId: string) => {
			await new Promise((resolve) => setTimeout(resolve, READING_TIME));
			kaifangqian.control.sign(contractId, LI_SI.contact);
			line('·', '(the signer)', `${LI_SI.name} reads and signs on that page`);
		};

		const secrets = demoSecrets(kaifangqian);
		const started = Date.now();
		await runSteps(json, secrets, (name, items, stop) => {
			if (items.length === 0) throw new DemoFault(`${name}: gave nothing`);
			if (name in tell) line('✓', name, tell[name](items));
			if (name === 'Get Task Link')
				signing = signLater(textOf(items[0].json, 'contractId')).catch(stop);
			if (name === 'Wait for Status' && items[0].json.reached !== true)
				throw new DemoFault(
					`${name}: the contract was not completed: ${String(items[0].json.status)}`,
				);
			if (name === 'Download') last = items[0];
		});
		await signing;
		if (!last) throw new DemoFault('The workflow ended without a download');
		await save(last, draft, signedFile);
		console.log(`\n  Done in ${seconds(started)}. The signed contract: ${shown(signedFile)}`);
		console.log(`  What was uploaded: ${shown(draftFile)}`);
	},
};
