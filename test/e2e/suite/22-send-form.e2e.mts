import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SIGNER } from '../demo/examples.mjs';
import { openWindow, picture, watched, type Window } from './browser.mjs';
import {
	addOption,
	byId,
	choose,
	executeStep,
	fill,
	openNode,
	openWorkflow,
	output,
	pickFromList,
} from './editor.mjs';
import { openStage, rest, type Stage } from './stage.mjs';
import { action, chain, manualTrigger, pdfSource, samplePdf } from './workflows.mjs';

/** *Send Files for Signing* as somebody fills it in who has never seen it. */

const NODE = 'Send Files';
const MOST_FIELDS = 9;
const MOST_CLICKS = 25;

let window: Window;
let stage: Stage;

beforeAll(async () => {
	stage = await openStage('Send form');
	window = await openWindow();
	await window.page.setViewportSize({ width: 1440, height: 900 });
});
afterAll(async () => {
	await window.close();
	await stage.close();
});

/** Counts what a person does on the page from now on. */
const count = async (page: Page) => {
	await page.evaluate(() => {
		const counts = { clicks: 0, fields: new Set<EventTarget | null>() };
		Object.assign(globalThis, { counts });
		addEventListener('click', ({ isTrusted }) => (counts.clicks += isTrusted ? 1 : 0), true);
		addEventListener('input', ({ target }) => counts.fields.add(target), true);
	});
	return async () =>
		await page.evaluate(() => {
			const { clicks, fields } = (
				globalThis as unknown as { counts: { clicks: number; fields: Set<unknown> } }
			).counts;
			return { clicks, fields: fields.size };
		});
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
	return box !== null && box.y >= 0 && box.y + box.height <= 900;
};

it('a new node fits on one screen, and a private person takes two fields', async () => {
	const { page } = window;
	await watched(page, 'send form', async () => {
		await openWorkflow(page, await newWorkflow('Send form'));
		const counted = await count(page);
		const panel = await openNode(page, NODE);
		await picture(page, '22-send-empty');
		for (const name of [
			'binaryPropertyNames',
			'signersInput',
			'subject',
			'operatorName',
			'signReId',
		])
			expect(await isOnScreen(byId(panel, `parameter-input-${name}`)), name).toBe(true);
		expect(await isOnScreen(panel.getByPlaceholder('Add Option').last())).toBe(true);

		// One row is there from the beginning.
		await fill(panel, 'name', SIGNER.name);
		await fill(panel, 'contact', SIGNER.contact);
		await pickFromList(page, panel, 'signReId', '服务合同');
		await picture(page, '22-send-person');
		await executeStep(panel);
		await output(panel).getByText('signingLink').first().waitFor({ timeout: 40_000 });
		const { clicks, fields } = await counted();
		console.log(`  ${fields} fields and ${clicks} clicks from the open canvas to a sent contract`);
		expect(fields).toBeLessThanOrEqual(MOST_FIELDS);
		expect(clicks).toBeLessThanOrEqual(MOST_CLICKS);
	});
	const [contract] = stage.kaifangqian.control.contracts();
	expect(contract.status).toBe('SIGNING');
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
