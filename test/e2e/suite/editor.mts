import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { n8n } from './stage.mjs';

export const byId = (scope: Page | Locator, id: string): Locator =>
	scope.locator(`[data-test-id="${id}"]`);

export const openWorkflow = async (page: Page, id: string): Promise<void> => {
	await page.goto(`${n8n.url}/workflow/${id}`);
	await byId(page, 'canvas-node').first().waitFor();
};

export const openNewWorkflow = async (page: Page): Promise<void> => {
	await page.goto(`${n8n.url}/workflow/new`);
	await byId(page, 'node-creator-plus-button').waitFor();
};

/** The node creator with something typed into it. */
export const searchNodes = async (page: Page, text: string): Promise<Locator> => {
	const creator = byId(page, 'node-creator');
	if (!(await creator.isVisible())) await byId(page, 'node-creator-plus-button').click();
	await creator.locator('input').first().fill(text);
	return creator;
};

export const pickNode = async (page: Page, search: string, name: string): Promise<void> => {
	const creator = await searchNodes(page, search);
	await byId(creator, 'node-creator-item-name').filter({ hasText: name }).first().click();
};

/** One of the actions that the node creator shows for a node. */
export const pickAction = async (page: Page, name: string): Promise<void> =>
	await byId(byId(page, 'node-creator'), 'node-creator-item-name')
		.filter({ hasText: name })
		.first()
		.click();

/** The actions that the node creator offers for the node, in a new workflow that has its start. */
export const openActions = async (page: Page): Promise<Locator> => {
	await openNewWorkflow(page);
	await pickNode(page, 'manual', 'Trigger manually');
	await byId(page, 'canvas-node').waitFor();
	await byId(page, 'node-creator').waitFor({ state: 'hidden' });
	await pickNode(page, 'esign', 'CN E-Sign');
	const names = byId(byId(page, 'node-creator'), 'node-creator-item-name');
	await names.filter({ hasText: 'Create contract' }).first().waitFor();
	return names;
};

export const openNode = async (page: Page, name: string): Promise<Locator> => {
	await byId(page, 'canvas-node').filter({ hasText: name }).first().dblclick();
	const panel = byId(page, 'ndv');
	await panel.waitFor();
	return panel;
};

export const closeNode = async (page: Page): Promise<void> => {
	await byId(page, 'ndv-close-button').click();
	await byId(page, 'ndv').waitFor({ state: 'hidden' });
};

export const fill = async (
	scope: Page | Locator,
	parameter: string,
	text: string,
): Promise<void> => {
	const input = byId(scope, `parameter-input-${parameter}`).locator('input, textarea').last();
	await input.fill(text);
	expect(await input.inputValue()).toBe(text);
};

export const choose = async (
	page: Page,
	scope: Page | Locator,
	parameter: string,
	option: string,
): Promise<void> => {
	await byId(scope, `parameter-input-${parameter}`).locator('input').last().click();
	await page.getByRole('option', { name: option }).locator('visible=true').first().click();
};

/** Takes a field out of a collection, by what its list is called and by the field's label. */
export const addOption = async (
	page: Page,
	scope: Locator,
	placeholder: string,
	label: string,
): Promise<void> => {
	await scope.getByPlaceholder(placeholder).last().click();
	await page.getByRole('option', { name: label }).locator('visible=true').first().click();
};

/** A resource locator: what *From list* offers, by its name. */
export const pickFromList = async (
	page: Page,
	scope: Locator,
	parameter: string,
	name: string,
): Promise<string[]> => {
	await byId(byId(scope, `parameter-input-${parameter}`), 'rlc-input').click();
	const items = byId(page, 'rlc-item').locator('visible=true');
	await items.first().waitFor();
	const names = await items.allInnerTexts();
	await items.filter({ hasText: name }).first().click();
	return names.map((text) => text.trim());
};

export const chooseCredential = async (page: Page, scope: Locator, name: string): Promise<void> => {
	await byId(scope, 'node-credentials-select').click();
	await page.getByText(name, { exact: true }).locator('visible=true').last().click();
	await byId(scope, 'node-credentials-select')
		.getByText(name)
		.or(byId(scope, 'node-credentials-select').locator('input'))
		.first()
		.waitFor();
};

export const executeStep = async (panel: Locator): Promise<void> =>
	await byId(panel, 'node-execute-button').click();

/** The right-hand side of an open node. */
export const output = (panel: Locator): Locator => byId(panel, 'output-panel');
