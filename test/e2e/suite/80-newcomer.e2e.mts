import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeNamed, shippedFile } from '../../demo/workflow.mjs';
import { inRoot } from '../../tools/project.mjs';
import { folderOf, workflowOf } from '../../workflows/index.mjs';
import { LANGUAGES, namesOf, wordsOf, type Language } from '../../workflows/workflow.mjs';
import { SIGNER } from '../demo/examples.mjs';
import { guidePicture, openWindow, watched, type Window } from './browser.mjs';
import {
	byId,
	chooseCredential,
	closeNode,
	executeStep,
	fill,
	openActions,
	openNewWorkflow,
	openNode,
	output,
	pickFromList,
} from './editor.mjs';
import { n8n, openStage, rest, type Stage } from './stage.mjs';
import { action, chain, manualTrigger, pdfSource, samplePdf } from './workflows.mjs';

/**
 * The path of the guide 'Getting started', walked in a browser by somebody who has never seen the package,
 * with the time that each step takes: once with the workflow of each language. It also makes the pictures
 * of the guides.
 */

const FILE = 'send-contract-from-form';
const NODE = 'Send Files for Signing';
/** The name that n8n gives the first credential of the package. */
const CREDENTIAL = 'CN E-Sign (开放签, 签盾) account';

let window: Window;
let stage: Stage;
let folder: string;

beforeAll(async () => {
	stage = await openStage('Newcomer');
	window = await openWindow();
	folder = mkdtempSync(join(tmpdir(), 'newcomer-'));
	writeFileSync(join(folder, 'service-contract.pdf'), await samplePdf());
});

afterAll(async () => {
	await window.close();
	await stage.close();
	rmSync(folder, { recursive: true, force: true });
});

const forgetCredentials = async (): Promise<void> => {
	for (const { id, type } of await rest.credentials())
		if (type === 'cnEsignApi') await rest.request('DELETE', `/credentials/${id}`);
};

let times: Array<[string, number]> = [];

/** What the workflow says in a language: names of nodes, labels of the form. */
const wordingOf = (language: Language) => {
	const names = namesOf(workflowOf(FILE), language);
	const word = wordsOf(workflowOf(FILE), language);
	const { parameters } = nodeNamed(shippedFile(FILE, language), names.form);
	return {
		path: inRoot(folderOf(language), `${FILE}.json`),
		send: names.send,
		emails: [names.link, names.notify, names.report],
		title: word('Title'),
		signerName: `${word('Signer')} 1 ${word('Name')}`,
		signerContact: `${word('Signer')} 1 ${word('Phone or Email')}`,
		sender: word('Your Email'),
		button: word('Send'),
		thanks: (
			parameters.options as { respondWithOptions: { values: { formSubmittedText: string } } }
		).respondWithOptions.values.formSubmittedText,
		/** The Chinese guide has pictures of its own where the workflow is to be seen. */
		suffix: language === 'en' ? '' : '-zh',
	};
};
type Wording = ReturnType<typeof wordingOf>;

/** One step of the guide. Its time is printed; it decides nothing. */
const step = async <T,>(name: string, work: () => Promise<T>): Promise<T> => {
	const begun = Date.now();
	const result = await watched(window.page, `newcomer ${name}`, work);
	times.push([name, Date.now() - begun]);
	return result;
};

const printTimes = (): void => {
	const total = times.reduce((sum, [, time]) => sum + time, 0);
	for (const [name, time] of [...times, ['together', total] as const])
		console.log(`  ${name.padEnd(24)} ${(time / 1000).toFixed(1).padStart(6)} s`);
};

/** Only its dialog: from a packed file, as the suite installs it, n8n's own page cannot. */
const showInstallDialog = async (page: Page): Promise<void> => {
	await page.goto(`${n8n.url}/settings/community-nodes`);
	await page.getByText('Install a community node').click();
	const dialog = page.getByRole('dialog');
	await dialog.locator('input').first().fill('n8n-nodes-cn-esign');
	await dialog.getByText(/I understand the risks/).click();
	await guidePicture(page, 'guide-install');
};

const makeCredential = async (page: Page): Promise<void> => {
	const { baseUrl, token, operator } = stage.kaifangqian;
	await page.goto(`${n8n.url}/home/credentials`);
	await byId(page, 'add-resource-credential').first().click();
	const select = byId(page, 'new-credential-type-select');
	await select.locator('input').first().fill('CN E');
	await byId(page, 'new-credential-type-select-option').filter({ hasText: 'CN E-Sign' }).click();
	await byId(page, 'new-credential-type-button').click();
	const dialog = byId(page, 'editCredential-modal');
	await fill(dialog, 'baseUrl', baseUrl);
	await fill(dialog, 'appAuthToken', token);
	await fill(dialog, 'senderName', operator.name);
	await fill(dialog, 'senderContact', operator.contact);
	await byId(dialog, 'credential-save-button').click();
	await dialog.getByText('Connection tested successfully').waitFor();
	await guidePicture(page, 'guide-credential', dialog);
};

const importWorkflow = async (page: Page, { path, send }: Wording): Promise<void> => {
	await openNewWorkflow(page);
	await byId(page, 'workflow-menu').first().click();
	await page.getByText('Import', { exact: true }).hover();
	const fromFile = page.getByText('From file', { exact: true });
	await fromFile.waitFor();
	await guidePicture(page, 'guide-import');
	const chooser = page.waitForEvent('filechooser');
	await fromFile.click();
	await (await chooser).setFiles(path);
	await byId(page, 'canvas-node').filter({ hasText: send }).waitFor();
	// n8n chooses the only credential that fits, and says so.
	await page.getByText('Credentials auto-added').first().waitFor();
};

const fillIn = async (page: Page, { send, emails, suffix }: Wording): Promise<void> => {
	const panel = await openNode(page, send);
	await pickFromList(page, panel, 'signReId', '服务合同');
	await guidePicture(page, `guide-send-files${suffix}`);
	await closeNode(page);
	for (const [index, name] of emails.entries()) {
		await byId(page, 'canvas-node').filter({ hasText: name }).first().click();
		await page.keyboard.press('d');
		await page.getByText('(Deactivated)').nth(index).waitFor();
	}
};

const sendForm = async (page: Page, wording: Wording): Promise<void> => {
	const opened = page.context().waitForEvent('page');
	await byId(page, 'execute-workflow-button').first().click();
	const form = await opened;
	await watched(form, 'newcomer form', async () => {
		const field = (label: string) => form.getByLabel(label, { exact: false }).first();
		await field(wording.title).fill('服务合同');
		await form.locator('input[type=file]').setInputFiles(join(folder, 'service-contract.pdf'));
		await field(wording.signerName).fill(SIGNER.name);
		await field(wording.signerContact).fill(SIGNER.contact);
		await field(wording.sender).fill('zhangsan@example.com');
		await guidePicture(form, `guide-form${wording.suffix}`);
		await form.getByRole('button', { name: wording.button }).click();
		await form.getByText(wording.thanks).waitFor();
	});
	await form.close();
};

/** The link and the contract, read where a person reads them. */
const readOutput = async (
	page: Page,
	{ send, suffix }: Wording,
): Promise<{ link: string; contractId: string }> => {
	const panel = await openNode(page, send);
	await output(panel).getByText('signingLink').first().waitFor();
	await output(panel).getByText('JSON', { exact: true }).click();
	await output(panel).getByText('"signingLink"').first().waitFor();
	await guidePicture(page, `guide-links${suffix}`);
	const text = await output(panel).innerText();
	await closeNode(page);
	const valueOf = (name: string) => new RegExp(`"${name}":\\s*"([^"]+)"`).exec(text)?.[1] ?? '';
	return { link: valueOf('signingLink'), contractId: valueOf('contractId') };
};

const sign = async (page: Page, link: string): Promise<void> => {
	const signer = await page.context().newPage();
	await watched(signer, 'newcomer signing', async () => {
		await signer.goto(link);
		await signer.getByRole('button', { name: 'Log in as' }).click();
		await signer.getByRole('button', { name: '签署 Sign' }).click();
		await signer.getByText('已提交 Submitted').waitFor();
	});
	await signer.close();
};

const seeThatItIsCompleted = async (page: Page, contractId: string): Promise<void> => {
	const names = await openActions(page);
	await names.filter({ hasText: 'Get status of contract' }).first().click();
	const panel = byId(page, 'ndv');
	await chooseCredential(page, panel, CREDENTIAL);
	await fill(panel, 'contractId', contractId);
	await executeStep(panel);
	await output(panel).getByText('COMPLETE').first().waitFor();
	await guidePicture(page, 'guide-completed');
};

describe.each(LANGUAGES)('with the workflow in %s', (language) => {
	const wording = wordingOf(language);

	beforeAll(async () => {
		times = [];
		stage.kaifangqian.reset();
		// A newcomer has none; with others beside it n8n would not know which one to take.
		await forgetCredentials();
	});

	it('install, credential, import, run, signed', async () => {
		const { page } = window;
		times.push(['install the package', n8n.took.install], ['start n8n', n8n.took.start]);
		await watched(page, 'newcomer install', async () => await showInstallDialog(page));

		await step('credential', async () => await makeCredential(page));
		await step('import', async () => await importWorkflow(page, wording));
		await step('fill in', async () => await fillIn(page, wording));
		await step('form sent', async () => await sendForm(page, wording));
		const { link, contractId } = await step(
			'link read',
			async () => await readOutput(page, wording),
		);
		expect(stage.kaifangqian.control.contract(contractId).status).toBe('SIGNING');
		await step('signed', async () => await sign(page, link));
		await step('seen to be completed', async () => await seeThatItIsCompleted(page, contractId));

		expect(stage.kaifangqian.control.contract(contractId)).toMatchObject({
			status: 'COMPLETE',
			subject: '服务合同',
		});
		expect(stage.kaifangqian.control.contracts()).toHaveLength(1);
		printTimes();
	}, 240_000);
});

it('the preview of the positions shows a picture and sends nothing', async () => {
	const { page } = window;
	const { operator, lines } = stage.kaifangqian;
	const before = stage.kaifangqian.control.contracts().length;
	const credential = await rest.saveCredential('Preview', {
		platform: 'kaifangqian',
		baseUrl: stage.kaifangqian.baseUrl,
		appAuthToken: stage.kaifangqian.token,
		secret: '',
		platformPublicKey: '',
	});
	const { id } = await rest.createWorkflow(
		chain('Preview', [
			manualTrigger(),
			...pdfSource(await samplePdf()),
			action(NODE, credential, 'contract', 'sendFiles', {
				operatorName: operator.name,
				operatorContact: operator.contact,
				signReId: { __rl: true, mode: 'id', value: lines.free },
				signers: {
					signer: [
						{ name: SIGNER.name, contact: SIGNER.contact },
						{
							name: '王五',
							contact: 'wangwu@example.com',
							details: { positions: { position: [{ x: '62', y: '30' }] } },
						},
					],
				},
				options: { previewPositions: true },
			}),
		]),
	);
	await watched(page, 'preview', async () => {
		await page.goto(`${n8n.url}/workflow/${id}`);
		const panel = await openNode(page, NODE);
		await executeStep(panel);
		await output(panel).getByText('Binary', { exact: true }).click();
		await output(panel).getByRole('button', { name: 'View', exact: true }).click();
		await page.locator('img[src*="binary-data"]').first().waitFor();
		await guidePicture(page, 'guide-preview');
	});
	expect(stage.kaifangqian.control.contracts()).toHaveLength(before);
});
