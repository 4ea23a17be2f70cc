import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWindow, picture, watched, type Window } from './browser.mjs';
import { byId, openNode, openWorkflow } from './editor.mjs';
import { openStage, rest, type Stage } from './stage.mjs';
import { action, chain, manualTrigger } from './workflows.mjs';

/** The fields that an operation returns, as the editor knows them before anything has run. */

let window: Window;
let stage: Stage;

beforeAll(async () => {
	stage = await openStage('Output fields');
	window = await openWindow();
});
afterAll(async () => {
	await window.close();
	await stage.close();
});

it('can be dragged into the next node before the first run', async () => {
	const { page } = window;
	const { id } = await rest.createWorkflow(
		chain('Output fields', [
			manualTrigger(),
			action('Status', stage.credential, 'contract', 'getStatus', {
				contractId: '1900000000000000001',
			}),
			{
				id: 'next',
				name: 'Next',
				type: 'n8n-nodes-base.set',
				typeVersion: 3.4,
				position: [600, 0],
				parameters: { assignments: { assignments: [] }, options: {} },
			},
		]),
	);
	await watched(page, 'output fields', async () => {
		await openWorkflow(page, id);
		const panel = await openNode(page, 'Next');
		const input = byId(panel, 'ndv-input-panel');
		const field = byId(input, 'run-data-schema-item').filter({ hasText: 'statusName' });
		await field.first().waitFor();
		await picture(page, '24-output-fields');
		// As a hand does it: n8n's drag begins with a move.
		const { x, y } = (await panel.getByText('fields here').first().boundingBox())!;
		await field.getByText('statusName').first().hover();
		await page.mouse.down();
		await page.mouse.move(x, y, { steps: 10 });
		await page.mouse.up();
		await panel.getByText('{{ $json.statusName }}').first().waitFor();
		await picture(page, '24-output-fields-dragged');
	});
	expect(stage.kaifangqian.requests).toHaveLength(0);
});
