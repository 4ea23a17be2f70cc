import type { INodePropertyOptions } from 'n8n-workflow';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CnEsign } from '../../../nodes/CnEsign/CnEsign.node.js';
import { DEMO_OWNER } from '../server/index.mjs';
import { openWindow, picture, watched, type Window } from './browser.mjs';
import { byId, openActions, openNewWorkflow, searchNodes } from './editor.mjs';
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

it('lists every action of both platforms, each once', async () => {
	const { page } = window;
	await watched(page, 'actions', async () => {
		const names = await openActions(window.page);
		await picture(page, '11-actions');
		const listed = (await names.allInnerTexts()).map((text) => text.trim());
		const properties = new CnEsign().description.properties;
		const expected = properties
			.filter(({ name }) => name === 'operation')
			.flatMap(({ options = [] }) => options as INodePropertyOptions[])
			.map(({ action }) => action as string);
		const actions = listed.filter((text) => !text.startsWith('On '));
		expect([...actions].sort()).toEqual([...expected].sort());
	});
});

it.each([
	[
		'Create contract (Kaifangqian, cannot be undone)',
		'Kaifangqian',
		'Contract',
		'Create',
		'signReId',
	],
	[
		'Start contract (Qiandun, cannot be undone)',
		'Qiandun',
		'Contract',
		'Start',
		'initiatorAccountId',
	],
	['Make API request (Qiandun)', 'Qiandun', 'API', 'Request', 'endpoint'],
	['Verify person (Qiandun)', 'Qiandun', 'Identity', 'Verify Person', 'psnMobile'],
])('%s opens its node', async (action, platform, resource, operation, parameter) => {
	const { page } = window;
	await watched(page, action, async () => {
		const names = await openActions(window.page);
		await names.filter({ hasText: action }).first().click();
		const panel = byId(page, 'ndv');
		await byId(panel, `parameter-input-${parameter}`).waitFor();
		const shown = async (name: string) =>
			await byId(panel, `parameter-input-${name}`).locator('input').inputValue();
		expect([await shown('platform'), await shown('resource'), await shown('operation')]).toEqual([
			platform,
			resource,
			operation,
		]);
		await picture(page, `12-${parameter}`);
	});
});

it('lists the resources of the chosen platform only', async () => {
	const { page } = window;
	await watched(page, 'resources', async () => {
		const names = await openActions(window.page);
		await names.filter({ hasText: 'Start contract' }).first().click();
		const panel = byId(page, 'ndv');
		await byId(panel, 'parameter-input-resource').locator('input').click();
		const options = page.getByRole('option').locator('visible=true');
		await options.filter({ hasText: 'OCR' }).waitFor();
		const listed = (await options.allInnerTexts()).map((text) => text.trim());
		// The last one is n8n's own.
		expect(listed).toEqual([
			...['API', 'Contract', 'Identity', 'OCR', 'Seal', 'User'],
			'Custom API Call',
		]);
	});
});
