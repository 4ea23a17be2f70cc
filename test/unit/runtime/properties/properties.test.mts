import type { INodeProperties } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import {
	byDisplayName,
	byName,
	fileInputField,
	optionsCollection,
} from '../../../../nodes/CnEsign/runtime/properties/properties.js';

const field = (displayName: string): INodeProperties => ({
	displayName,
	name: displayName.toLowerCase(),
	type: 'string',
	default: '',
});

describe('the order of lists', () => {
	it('is by name, without regard to capitals', () => {
		const names = ['b', 'A', 'C', 'a2'].map((name) => ({ name })).sort(byName);
		expect(names.map(({ name }) => name)).toEqual(['A', 'a2', 'b', 'C']);
	});

	it('of fields is by label', () => {
		const fields = [field('Timeout'), field('Retries'), field('Retries')].sort(byDisplayName);
		expect(fields.map(({ displayName }) => displayName)).toEqual(['Retries', 'Retries', 'Timeout']);
	});
});

describe('optionsCollection', () => {
	it('lists its fields by label, and leaves the given list as it was', () => {
		const given = [field('Timeout'), field('Retries')];
		const { name, options } = optionsCollection(given);
		expect(name).toBe('options');
		expect((options as INodeProperties[]).map((one) => one.displayName)).toEqual([
			'Retries',
			'Timeout',
		]);
		expect(given[0].displayName).toBe('Timeout');
	});
});

describe('fileInputField', () => {
	it('is shown where it is asked to be', () => {
		expect(fileInputField({ what: 'seal' })).toMatchObject({
			name: 'binaryPropertyName',
			default: 'data',
			typeOptions: { binaryDataProperty: true },
			description: 'The name of the input binary field containing the seal',
		});
		const show = { source: ['file'] };
		expect(fileInputField({ what: 'seal', show }).displayOptions).toEqual({ show });
		expect(fileInputField({ what: 'seal' })).not.toHaveProperty('displayOptions');
	});
});
