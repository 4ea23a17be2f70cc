import type { INodeProperties } from 'n8n-workflow';
import type { NumberRule, Parameters } from '../../runtime/parameters';

/** Shared fields of the Qiandun operations; wire names as in api/qiandun.md §5. */

export const text = (
	name: string,
	displayName: string,
	placeholder: string,
	description: string,
	more: Partial<INodeProperties> = {},
): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder,
	description,
	...more,
});

export const required = { required: true } as const;

/** The only value seen; others are not published (§7). */
export const ID_CARD = 'CRED_PSN_CH_IDCARD';

export const idCardTypeField = (name: string, displayName: string): INodeProperties =>
	text(
		name,
		displayName,
		`e.g. ${ID_CARD}`,
		'Kind of ID document (证件类型). The vendor has published only this value.',
		{ default: ID_CARD },
	);

export const group = (
	name: string,
	displayName: string,
	placeholder: string,
	description: string,
	options: INodeProperties[],
): INodeProperties => ({
	displayName,
	name,
	type: 'collection',
	placeholder,
	default: {},
	description,
	options: [...options].sort((a, b) => (a.displayName < b.displayName ? -1 : 1)),
});

/** `willingnessAuthModes`: two values are published, more may exist (§7). */
export const intentField: INodeProperties = text(
	'willingnessAuthModes',
	'Proof of Intent',
	'e.g. CODE_SMS,PSN_FACE',
	'How signers prove that they mean it, separated by commas. Published are CODE_SMS (code by SMS) and PSN_FACE (face); others may exist.',
);

export const webAddress = {
	pattern: /^https?:\/\/\S+$/i,
	expected: 'is not a web address',
	hint: 'Start it with https://.',
};

/** Leaves out what was not given. */
export const given = (values: Record<string, unknown>): Record<string, unknown> =>
	Object.fromEntries(
		Object.entries(values).filter(
			([, value]) =>
				value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
		),
	);

export const givenObject = (
	values: Record<string, unknown>,
): Record<string, unknown> | undefined => {
	const found = given(values);
	return Object.keys(found).length === 0 ? undefined : found;
};

/** At least one of several parameters, or the item ends. */
export const requireOneOf = (parameters: Parameters, names: string[]): void => {
	if (names.some((name) => parameters.text(name) !== '')) return;
	parameters.fail(
		`${names.map((name) => parameters.label(name)).join(' and ')} are both empty`,
		'Fill in at least one of them.',
	);
};

export const whole = (
	parameters: Parameters,
	name: string,
	rule: NumberRule = {},
): number | undefined => parameters.number(name, { integer: true, ...rule });
