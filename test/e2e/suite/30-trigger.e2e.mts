import { afterAll, beforeAll, expect, it } from 'vitest';
import { addressOf } from '../demo/examples.mjs';
import { guidePicture, openWindow, picture, watched, type Window } from './browser.mjs';
import { executeStep, openNode, openWorkflow, output } from './editor.mjs';
import { sendContract } from './contract.mjs';
import { n8n, openStage, rest, type Stage } from './stage.mjs';
import { trigger } from './workflows.mjs';

const WEBHOOK = '11111111-0000-4000-8000-000000000030';

let window: Window;
let stage: Stage;
let workflowId: string;

beforeAll(async () => {
	stage = await openStage('Trigger');
	window = await openWindow();
	const saved = await rest.createWorkflow({
		name: 'Test event',
		nodes: [trigger(stage.credential, WEBHOOK)],
		connections: {},
	});
	workflowId = saved.id;
});

afterAll(async () => {
	await window.close();
	await stage.close();
});

it('shows its addresses, and a test event arrives', async () => {
	const { page } = window;
	const { kaifangqian } = stage;
	await watched(page, 'trigger', async () => {
		await openWorkflow(page, workflowId);
		const panel = await openNode(page, 'CN E-Sign Trigger');
		await panel.getByText('Webhook URLs').click();
		await panel
			.getByText(addressOf(n8n, WEBHOOK, true))
			.first()
			.waitFor();
		await panel.getByText('Production URL', { exact: true }).click();
		await panel.getByText(addressOf(n8n, WEBHOOK)).first().waitFor();
		await guidePicture(page, 'trigger');

		kaifangqian.control.setCallbackUrl(addressOf(n8n, WEBHOOK, true));
		await executeStep(panel);
		await panel
			.getByText(/Stop Listening/i)
			.first()
			.waitFor();
		await picture(page, '31-trigger-listening');
		const contractId = await sendContract(kaifangqian);
		await output(panel).getByText('contract.sent').first().waitFor({ timeout: 40_000 });
		await output(panel).getByText(contractId).first().waitFor();
		await picture(page, '32-trigger-event');
	});
	expect(kaifangqian.callbacks.deliveries.at(-1)?.answer?.body).toBe('success');
});
