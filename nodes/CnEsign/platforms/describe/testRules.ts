import type { ICredentialTestRequest } from 'n8n-workflow';

type TestRule = NonNullable<ICredentialTestRequest['rules']>[number];

/**
 * n8n fails the test when the value under `key` of the answer is exactly `value`. The rules of all platforms
 * stand in one list, so no value may mean something else on another platform. A code may come as a number or
 * as a text, so numbers are looked for in both forms.
 */
export function bodyRules(
	key: string,
	value: string | null | undefined,
	message: string,
): TestRule[] {
	const isNumber = typeof value === 'string' && /^\d+$/.test(value);
	const values: unknown[] = isNumber ? [Number(value), value] : [value];
	return values.map((wanted) => ({
		type: 'responseSuccessBody',
		properties: { key, value: wanted, message },
	}));
}

/** n8n fails the test with this message when the answer has this HTTP status. */
export function statusRule(value: number, message: string): TestRule {
	return { type: 'responseCode', properties: { value, message } };
}
