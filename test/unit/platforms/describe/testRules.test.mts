import { describe, expect, it } from 'vitest';
import {
	bodyRules,
	statusRule,
} from '../../../../nodes/CnEsign/platforms/describe/credentialProperties.js';

describe('rules of a credential test', () => {
	it('look for a number in both forms, and for everything else as it is', () => {
		const valuesOf = (value: string | null | undefined) =>
			bodyRules('code', value, 'No.').map(({ properties }) => properties.value);
		expect(valuesOf('41000')).toEqual([41000, '41000']);
		expect(valuesOf('oc_1')).toEqual(['oc_1']);
		expect(valuesOf(null)).toEqual([null]);
		expect(valuesOf(undefined)).toEqual([undefined]);
	});

	it('name the HTTP status, or the place in the body', () => {
		expect(statusRule(401, 'No.')).toEqual({
			type: 'responseCode',
			properties: { value: 401, message: 'No.' },
		});
		expect(bodyRules('message[0]', '操', 'No.')).toEqual([
			{
				type: 'responseSuccessBody',
				properties: { key: 'message[0]', value: '操', message: 'No.' },
			},
		]);
	});
});
