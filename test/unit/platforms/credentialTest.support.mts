import { CnEsignApi } from '../../../credentials/CnEsignApi.credentials.js';

const { rules = [] } = new CnEsignApi().test;

const at = (body: unknown, path: string): unknown =>
	path
		.split(/[.[\]]+/)
		.filter(Boolean)
		.reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], body);

/** n8n's own reading of the rules: the first whose value is exactly the answer's speaks. */
export const verdictOnBody = (body: Record<string, unknown>): string | undefined => {
	for (const rule of rules) {
		if (rule.type !== 'responseSuccessBody') continue;
		const { key, value, message } = rule.properties;
		if (at(body, key) === value) return message;
	}
	return undefined;
};

/** The same for an HTTP status that n8n takes for a refusal. */
export const verdictOnStatus = (status: number): string | undefined =>
	rules.flatMap((rule) =>
		rule.type === 'responseCode' && rule.properties.value === status
			? [rule.properties.message]
			: [],
	)[0];
