import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWindow, picture, watched, type Window } from './browser.mjs';
import { byId, choose, fill } from './editor.mjs';
import { n8n, openStage, type Stage } from './stage.mjs';

let window: Window;
let stage: Stage;

beforeAll(async () => {
	stage = await openStage('In the browser');
	window = await openWindow();
});

afterAll(async () => {
	await window.close();
	await stage.close();
});

const openNewCredential = async (page: Page): Promise<Locator> => {
	await page.goto(`${n8n.url}/home/credentials`);
	await byId(page, 'add-resource-credential').first().click();
	await byId(page, 'new-credential-type-select').locator('input').first().fill('CN E');
	await byId(page, 'new-credential-type-select-option').filter({ hasText: 'CN E-Sign' }).click();
	await byId(page, 'new-credential-type-button').click();
	const dialog = byId(page, 'editCredential-modal');
	await byId(dialog, 'parameter-input-appAuthToken').waitFor();
	return dialog;
};

it('a new credential: a wrong token is told, the right one is accepted', async () => {
	const { page } = window;
	const { baseUrl, token } = stage.kaifangqian;
	await watched(page, 'credential', async () => {
		const dialog = await openNewCredential(page);
		await picture(page, '15-credential-empty');

		await fill(dialog, 'baseUrl', baseUrl);
		await fill(dialog, 'appAuthToken', 'WRONGTOK');
		await byId(dialog, 'credential-save-button').click();
		await dialog.getByText('More details').click();
		const refusal = dialog
			.getByText(/token/i)
			.filter({ hasText: /App Auth Token|refus|wrong|know/i });
		await refusal.first().waitFor();
		await picture(page, '16-credential-bad-token');
		expect(await dialog.innerText()).not.toContain('WRONGTOK');

		await fill(dialog, 'appAuthToken', token);
		await byId(dialog, 'credential-save-button').click();
		await dialog.getByText('Connection tested successfully').waitFor();
		await picture(page, '17-credential-good-token');
	});
});

it('Qiandun shows its own fields', async () => {
	const { page } = window;
	await watched(page, 'credential-qiandun', async () => {
		await page.goto(`${n8n.url}/home/credentials/${stage.qiandunCredential.id}`);
		const dialog = byId(page, 'editCredential-modal');
		await byId(dialog, 'parameter-input-appKey').waitFor();
		expect(await byId(dialog, 'parameter-input-appAuthToken').count()).toBe(0);
		// The saved secret is not in the page.
		expect(await page.content()).not.toContain(stage.qiandun.appSecret);
		await picture(page, '18-credential-qiandun');
	});
});

it('a base URL that stays when the platform is changed is pointed out until it is replaced', async () => {
	const { page } = window;
	await watched(page, 'credential-platform', async () => {
		const dialog = await openNewCredential(page);
		await choose(page, dialog, 'platform', 'Qiandun');
		await byId(dialog, 'parameter-input-appKey').waitFor();
		const notice = dialog.getByText("looks like Kaifangqian's base URL");
		const field = byId(dialog, 'parameter-input-baseUrl').locator('input');
		expect(await notice.isVisible()).toBe((await field.inputValue()).includes('/resrun-paas/'));
		await fill(dialog, 'baseUrl', 'https://sign.example/resrun-paas/kaifangqian/openAPI/V2');
		await notice.waitFor();
		await picture(page, '19-credential-other-platform');
		await fill(dialog, 'baseUrl', 'https://api.pre-qiandun365.com/api');
		await notice.waitFor({ state: 'hidden' });
	});
});
