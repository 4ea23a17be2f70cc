import type { INodeProperties } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { platforms } from '../../../../nodes/CnEsign/platforms/index.js';

/** What the editor says where a choice has consequences that nobody expects (docs/api/kaifangqian.md). */

const kaifangqian = platforms.find(({ value }) => value === 'kaifangqian')!;

const within = (properties: INodeProperties[]): INodeProperties[] =>
	properties.flatMap((property) => [
		property,
		...(property.options ?? []).flatMap((option) => {
			if ('values' in option) return within(option.values);
			return 'type' in option ? within([option as INodeProperties]) : [];
		}),
	]);

const operation = (path: string) => {
	const [resource, name] = path.split('.');
	return kaifangqian.actions.resources
		.find(({ value }) => value === resource)!
		.operations.find(({ value }) => value === name)!;
};

const field = (path: string, name: string) =>
	within(operation(path).properties).filter((property) => property.name === name);

describe('a help text says', () => {
	it.each([
		['contract.sendFiles', 'sealId', 'needed for every seal of your own company'],
		['contract.create', 'sealId', 'needed for every seal of your own company'],
		['contract.sendFiles', 'keyword', 'The field stands where the piece begins'],
		['contract.sendFiles', 'keyword', '( ) : , . ; ! ? / [ ]'],
		['contract.sendFiles', 'expireDate', 'ends when this day begins (China time, where'],
		['contract.create', 'expireDate', 'ends when this day begins (China time, where'],
		['contract.sendFiles', 'presetSigners', 'only the other sides, with the order numbers'],
		['contract.create', 'presetSigners', 'only the other sides, with the order numbers'],
		['contract.create', 'signOrderType', 'everybody is then asked to sign again'],
		['account.registerCompany', 'companyName', 'the person becomes its administrator'],
		['contract.getPageLink', 'noLogin', 'logged in as the person, not only for this contract'],
	])('%s, %s: %s', (path, name, words) => {
		const found = field(path, name);
		expect(found).not.toEqual([]);
		for (const { description } of found) expect(description).toContain(words);
	});

	it.each([
		['contract.getTaskLink', 'The link holds the phone number'],
		['contract.getPageLink', 'Whoever has no turn yet gets none'],
		['contract.addSigners', 'without a signing order everybody signs again'],
		['account.registerCompany', 'The published server verifies nothing'],
	])('%s: %s', (path, words) => {
		expect(operation(path).description).toContain(words);
	});
});

it('what the platform ignores or does not need is not asked for', () => {
	expect(field('account.registerCompany', 'isMakeSeal')).toEqual([]);
	expect(operation('account.registerCompany').properties).toContainEqual(
		expect.objectContaining({ name: 'companyName', required: true }),
	);
	for (const path of ['contract.sendFiles', 'contract.create'])
		for (const { required } of field(path, 'templateId')) expect(required).toBeFalsy();
});
