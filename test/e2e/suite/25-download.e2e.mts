import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWindow, picture, watched, type Window } from './browser.mjs';
import { byId, executeStep, openNode, openWorkflow, output } from './editor.mjs';
import { sendContract } from './contract.mjs';
import { openStage, rest, type Stage } from './stage.mjs';
import { action, chain, manualTrigger } from './workflows.mjs';

let window: Window;
let stage: Stage;

beforeAll(async () => {
	stage = await openStage('Download');
	window = await openWindow();
});

afterAll(async () => {
	await window.close();
	await stage.close();
});

const oneStep = async (name: string, operation: string, parameters: Record<string, string>) => {
	const node = action(name, stage.credential, 'contract', operation, parameters);
	return (await rest.createWorkflow(chain(name, [manualTrigger(), node]))).id;
};

it('Download gives a PDF', async () => {
	const { page } = window;
	const { control, operator } = stage.kaifangqian;
	const contractId = await sendContract(stage.kaifangqian);
	control.signAll(contractId);
	const id = await oneStep('Download', 'download', { contractId, contact: operator.contact });
	await watched(page, 'download', async () => {
		await openWorkflow(page, id);
		const panel = await openNode(page, 'Download');
		await executeStep(panel);
		const button = byId(panel, 'ndv-download-binary-data').first();
		await button.waitFor({ timeout: 40_000 });
		const text = await output(panel).innerText();
		for (const word of ['contract.pdf', 'application/pdf']) expect(text).toContain(word);
		await picture(page, '25-download');
		// n8n shows no PDF itself any more; its button saves the file.
		const [saved] = await Promise.all([page.waitForEvent('download'), button.click()]);
		expect(saved.suggestedFilename()).toBe('contract.pdf');
		expect(
			readFileSync(await saved.path())
				.subarray(0, 5)
				.toString(),
		).toBe('%PDF-');
	});
});

it('a contract that is not there: the message says so, and what to do', async () => {
	const { page } = window;
	const id = await oneStep('Get Status', 'getStatus', { contractId: '1234567890' });
	await watched(page, 'error', async () => {
		await openWorkflow(page, id);
		const panel = await openNode(page, 'Get Status');
		await executeStep(panel);
		const error = output(panel);
		await error.getByText('Error details').waitFor({ timeout: 40_000 });
		await picture(page, '27-error');
		const text = await error.innerText();
		expect(text).toMatch(/contract|合同/i);
		expect(text).toContain('31000');
		expect(text).not.toMatch(/undefined|\[object|at Object\./);
	});
});
