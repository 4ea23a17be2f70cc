import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { setUpExamples, type Examples } from '../demo/examples.mjs';
import { itemsOf } from '../server/index.mjs';
import { guidePicture, openWindow, picture, watched, type Window } from './browser.mjs';
import { byId, closeNode, openNode, openWorkflow, output } from './editor.mjs';
import { n8n, nextExecution, openStage, rest, type Stage } from './stage.mjs';

let window: Window;
let stage: Stage;
let examples: Examples;

beforeAll(async () => {
	stage = await openStage('Examples');
	window = await openWindow();
	const { url, files } = n8n;
	examples = await setUpExamples({ url, files, rest }, stage.kaifangqian, stage.credential);
});

afterAll(async () => {
	await window.close();
	await rest.deactivate(examples.completed.id);
	await stage.close();
});

/** The link, read where a person reads it: n8n stores nothing of an execution that still runs. */
const linkOf = async (page: Page): Promise<string> => {
	const panel = await openNode(page, 'Get Task Link');
	const cell = output(panel).getByText(/^http:\/\/127\.0\.0\.1:\d+\/\S+$/);
	await cell.first().waitFor({ timeout: 60_000 });
	await picture(page, '34-task-link');
	const link = await cell.first().innerText();
	await closeNode(page);
	return link.trim();
};

/** The browser's own viewer draws the PDF; nothing in the page tells when. Only the picture needs it. */
const documentDrawn = async (page: Page): Promise<void> => await page.waitForTimeout(2500);

/** What is used of an element in the browser. */
interface Box {
	clientHeight: number;
	scrollHeight: number;
	querySelectorAll(selector: string): Iterable<Box>;
	getBoundingClientRect(): { top: number; bottom: number; height: number };
}

/** How much of a note its text fills, from 0 to 1, and whether it is more than that. */
const filled = (element: unknown) => {
	const note = element as Box;
	const overflows = [note, ...note.querySelectorAll('*')].some(
		({ clientHeight, scrollHeight }) => clientHeight > 0 && scrollHeight > clientHeight + 4,
	);
	const { top, height } = note.getBoundingClientRect();
	const lines = [...note.querySelectorAll('p, li')].map((line) => line.getBoundingClientRect());
	return { overflows, part: (Math.max(...lines.map(({ bottom }) => bottom)) - top) / height };
};

it('notes fit their text, and nodes say what they do', async () => {
	const { page } = window;
	await watched(page, 'canvas', async () => {
		for (const [{ id }, words] of [
			[examples.contract, 'wait for status: contract'],
			[examples.completed, 'contract completed'],
		] as const) {
			await openWorkflow(page, id);
			const { overflows, part } = await byId(page, 'sticky').evaluate(filled);
			expect(overflows).toBe(false);
			expect(part).toBeGreaterThan(0.75);
			await byId(page, 'canvas-node').getByText(words, { exact: true }).first().waitFor();
		}
	});
});

it('what npm start shows: execute, sign in the browser, and both workflows have run', async () => {
	const { page } = window;
	await watched(page, 'examples', async () => {
		await openWorkflow(page, examples.contract.id);
		await byId(page, 'execute-workflow-button').first().click();
		const link = await linkOf(page);

		const signer = await page.context().newPage();
		await watched(signer, 'signing', async () => {
			await signer.goto(link);
			await signer.getByRole('button', { name: 'Log in as' }).click();
			await signer.getByRole('button', { name: '签署 Sign' }).waitFor();
			await documentDrawn(signer);
			await guidePicture(signer, 'signing-page');
			await signer.getByRole('button', { name: '签署 Sign' }).click();
			await signer.getByText('已提交 Submitted').waitFor();
			await documentDrawn(signer);
			await picture(signer, '36-signed-page');
		});
		await signer.close();

		const [{ id }] = await rest.executions(examples.contract.id);
		const contract = await rest.finished(id);
		expect(contract.data.resultData.error).toBeUndefined();
		await page.getByText('Workflow executed successfully').first().waitFor();
		await byId(page, 'zoom-to-fit').click();
		await picture(page, '37-contract-workflow');

		const completed = await nextExecution(examples.completed.id);
		expect(completed).toMatchObject({ status: 'success', mode: 'webhook' });
		const [{ json }] = itemsOf(completed, 'CN E-Sign Trigger');
		expect(json).toMatchObject({ event: 'contract.completed', verified: 'platform' });
		const file = join(n8n.files, `${String(json.contractId)}.pdf`);
		expect(existsSync(file), readdirSync(n8n.files).join()).toBe(true);
		expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-');

		await page.goto(`${examples.completed.url}/executions/${completed.id}`);
		await byId(page, 'canvas-node').first().waitFor();
		// n8n lays this over the list once a workflow has run in production.
		const checklist = page.getByText('Production Checklist');
		await checklist.waitFor({ timeout: 5000 }).catch(() => {});
		if (await checklist.isVisible()) await page.keyboard.press('Escape');
		await guidePicture(page, 'completed-workflow');
	});
});
