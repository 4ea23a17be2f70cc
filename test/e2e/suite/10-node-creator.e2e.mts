import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEMO_OWNER } from '../server/index.mjs';
import { openWindow, picture, watched, type Window } from './browser.mjs';
import { byId, openNewWorkflow, pickNode, searchNodes } from './editor.mjs';
import { n8n } from './stage.mjs';

let window: Window;

beforeAll(async () => {
	window = await openWindow();
});

afterAll(async () => await window.close());

it('the demo owner logs in', async () => {
	const { page, close } = await openWindow({ loggedIn: false });
	await watched(page, 'login', async () => {
		await page.goto(`${n8n.url}/signin`);
		await page.fill('input[name=emailOrLdapLoginId]', DEMO_OWNER.email);
		await page.fill('input[name=password]', DEMO_OWNER.password);
		await page.keyboard.press('Enter');
		await page.waitForURL(/home|workflow/);
	}).finally(close);
});

it.each(['开放签', '签盾', 'esign', '电子合同'])(
	'typing %s finds the trigger and the action',
	async (text) => {
		const { page } = window;
		await watched(page, `search ${text}`, async () => {
			await openNewWorkflow(page);
			// Both are one entry; with a workflow that has its start, it offers the actions.
			const creator = await searchNodes(page, text);
			const entry = byId(creator, 'node-creator-item-name').filter({
				hasText: /^\s*CN E-Sign\s*$/,
			});
			await entry.first().waitFor();
			await picture(page, `10-search-${text}`);
			await entry.first().click();
			for (const section of [/Triggers \(\d+\)/, /Actions \(\d+\)/])
				await creator.getByText(section).waitFor();
		});
	},
);

it('lists the actions, and one of them opens its node', async () => {
	const { page } = window;
	await watched(page, 'actions', async () => {
		await openNewWorkflow(page);
		await pickNode(page, 'manual', 'Trigger manually');
		await byId(page, 'canvas-node').waitFor();
		await byId(page, 'node-creator').waitFor({ state: 'hidden' });
		await pickNode(page, 'esign', 'CN E-Sign');
		const creator = byId(page, 'node-creator');
		const names = byId(creator, 'node-creator-item-name');
		await names.filter({ hasText: 'Create contract' }).first().waitFor();
		await picture(page, '11-actions');
		await names.filter({ hasText: 'Create contract' }).first().click();
		const panel = byId(page, 'ndv');
		await byId(panel, 'parameter-input-signReId').waitFor();
		expect(await byId(panel, 'parameter-input-platform').locator('input').inputValue()).toBe(
			'Kaifangqian',
		);
		await picture(page, '12-create-empty');
	});
});
