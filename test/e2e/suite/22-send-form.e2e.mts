import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SIGNER } from '../demo/examples.mjs';
import { openWindow, picture, watched, type Window } from './browser.mjs';
import {
	addOption,
	byId,
	choose,
	chooseCredential,
	closeNode,
	executeStep,
	fill,
	openNewWorkflow,
	openNode,
	openWorkflow,
	output,
	pickAction,
	pickFromList,
	pickNode,
} from './editor.mjs';
import { n8n, openStage, rest, type Stage } from './stage.mjs';
import { action, chain, manualTrigger, pdfSource, samplePdf } from './workflows.mjs';

/** *Send Files for Signing* as somebody fills it in who has never seen it. */

const NODE = 'Send Files';
const MOST_FIELDS = 9;
const MOST_CLICKS = 25;
const HEIGHT = 900;
const NEEDED = ['binaryPropertyNames', 'signReId', 'subject', 'name', 'contact'];

let window: Window;
let stage: Stage;

beforeAll(async () => {
	stage = await openStage('Send form');
	window = await openWindow();
	await window.page.setViewportSize({ width: 1440, height: HEIGHT });
});
afterAll(async () => {
	await window.close();
	await stage.close();
});

/** Counts what a person does on the page from now on. Plain text: it runs in the browser. */
const COUNTER = `
	globalThis.counts = { clicks: 0, fields: new Set() };
	addEventListener('click', ({ isTrusted }) => (counts.clicks += isTrusted ? 1 : 0), true);
	addEventListener('input', ({ target }) => counts.fields.add(target), true);
`;

const counted = async (page: Page) =>
	await page.evaluate<{ clicks: number; fields: number }>(
		'({ clicks: counts.clicks, fields: counts.fields.size })',
	);

/** As a person does it, who has to click into a field first. */
const type = async (panel: Locator, parameter: string, text: string): Promise<void> => {
	await byId(panel, `parameter-input-${parameter}`).locator('input, textarea').last().click();
	await fill(panel, parameter, text);
};

const newWorkflow = async (name: string): Promise<string> =>
	(
		await rest.createWorkflow(
			chain(name, [
				manualTrigger(),
				...pdfSource(await samplePdf()),
				action(NODE, stage.credential, 'contract', 'sendFiles'),
			]),
		)
	).id;

/** Whether an element stands on the screen without anybody scrolling. */
const isOnScreen = async (element: Locator): Promise<boolean> => {
	const box = await element.boundingBox();
	return box !== null && box.y >= 0 && box.y + box.height <= HEIGHT;
};

it('from an empty canvas to a sent contract', async () => {
	const { page } = window;
	const file = join(n8n.files, '服务合同.pdf');
	writeFileSync(file, await samplePdf());
	await watched(page, 'send form', async () => {
		await openNewWorkflow(page);
		await page.evaluate(COUNTER);
		await pickNode(page, 'manual', 'Trigger manually');
		await byId(page, 'canvas-node').waitFor();
		await byId(page, 'node-creator').waitFor({ state: 'hidden' });

		await pickNode(page, 'read files', 'Read/Write Files from Disk');
		await pickAction(page, 'Read File(s) From Disk');
		await type(byId(page, 'ndv'), 'fileSelector', file);
		await closeNode(page);

		await pickNode(page, 'esign', 'CN E-Sign');
		await pickAction(page, 'Send files for signing');
		const panel = byId(page, 'ndv');
		await panel.waitFor();
		await chooseCredential(page, panel, 'Send form Kaifangqian');
		// What has to be filled in is on the screen; one row is there from the beginning.
		for (const name of NEEDED)
			expect(await isOnScreen(byId(panel, `parameter-input-${name}`)), name).toBe(true);
		await picture(page, '22-send-empty');
		// The rest ends within one more screen.
		const end = await panel.getByPlaceholder('Add Option').last().boundingBox();
		expect(end!.y).toBeLessThan(2 * HEIGHT);
		// A private person takes two fields.
		await type(panel, 'name', SIGNER.name);
		await type(panel, 'contact', SIGNER.contact);
		await pickFromList(page, panel, 'signReId', '服务合同');
		await picture(page, '22-send-person');
		await executeStep(panel);
		await output(panel).getByText('signingLink').first().waitFor({ timeout: 40_000 });
		const { clicks, fields } = await counted(page);
		console.log(`  ${fields} fields and ${clicks} clicks from an empty canvas to a sent contract`);
		expect(fields).toBeLessThanOrEqual(MOST_FIELDS);
		expect(clicks).toBeLessThanOrEqual(MOST_CLICKS);
	});
	const [contract] = stage.kaifangqian.control.contracts();
	expect(contract).toMatchObject({ status: 'SIGNING', subject: '服务合同' });
});

it('a company takes three fields, and rows may come as JSON', async () => {
	const { page } = window;
	await watched(page, 'send company', async () => {
		await openWorkflow(page, await newWorkflow('Send to a company'));
		const panel = await openNode(page, NODE);
		await fill(panel, 'name', '赵六');
		await fill(panel, 'contact', '13700137000');
		await addOption(page, panel, 'Add Detail', 'Company (企业)');
		await fill(panel, 'company', '某某客户有限公司');
		await picture(page, '22-send-company');
		await choose(page, panel, 'signersInput', 'Using JSON');
		await byId(panel, 'parameter-input-rowsJson').waitFor();
		await picture(page, '22-send-json');
	});
});
