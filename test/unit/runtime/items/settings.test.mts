import type { IExecuteFunctions } from 'n8n-workflow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	behaviorOptions,
	callsPerSecondOption,
	readSettings,
} from '../../../../nodes/CnEsign/runtime/items/settings.js';

const { signal } = new AbortController();

const settingsFrom = (options: Record<string, unknown>) =>
	readSettings({
		getNodeParameter: (name: string, _: number, fallback: unknown) =>
			options[name.replace(/^options\./, '')] ?? fallback,
		getExecutionCancelSignal: () => signal,
	} as unknown as IExecuteFunctions);

describe('readSettings', () => {
	it('has the defaults that the fields show', () => {
		const shown = Object.fromEntries(
			[...behaviorOptions, callsPerSecondOption].map(({ name, default: value }) => [name, value]),
		);
		const { timeout, ...rest } = settingsFrom({});
		expect({ ...rest, timeout: timeout / 1000 }).toEqual({ ...shown, signal });
	});

	it('takes what is set', () => {
		expect(
			settingsFrom({ itemsInParallel: 2, callsPerSecond: 0, retries: 0, timeout: '30' }),
		).toEqual({ itemsInParallel: 2, callsPerSecond: 0, retries: 0, timeout: 30_000, signal });
	});

	it('stays within what the fields allow, whatever an expression gives', () => {
		const value = fc.oneof(fc.anything(), fc.integer(), fc.double());
		fc.assert(
			fc.property(
				fc.constantFrom(...behaviorOptions, callsPerSecondOption),
				value,
				(property, given) => {
					// Numbers are made of symbols and of objects without a text nowhere in n8n.
					fc.pre(typeof given !== 'symbol' && !(typeof given === 'object' && given !== null));
					const settings = settingsFrom({ [property.name]: given });
					const found = settings[property.name as 'timeout'];
					const longest = property.name === 'timeout' ? 3600 : 1000;
					const { minValue = 0, maxValue = longest } = property.typeOptions ?? {};
					const number = property.name === 'timeout' ? found / 1000 : found;
					expect(Number.isInteger(number)).toBe(true);
					expect(number).toBeGreaterThanOrEqual(minValue);
					expect(number).toBeLessThanOrEqual(maxValue);
				},
			),
		);
	});
});
