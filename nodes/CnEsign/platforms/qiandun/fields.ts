import type { INodeProperties } from 'n8n-workflow';
import type { NumberRule, Parameters } from '../../runtime/parameters';
import { textField as text } from '../../runtime/properties';

export {
	additionalFieldsField,
	groupField as group,
	textField as text,
} from '../../runtime/properties';
export { given, givenObject, webAddress } from '../../runtime/values';

/** Shared fields of the Qiandun operations; wire names as in api/qiandun.md §5. */

export const required = { required: true } as const;

/** The only value seen; others are not published (§7). */
export const ID_CARD = 'CRED_PSN_CH_IDCARD';

export const idCardTypeField = (name: string, displayName: string): INodeProperties =>
	text(name, displayName, '', 'Kind of ID document (证件类型). Only this value is known.', {
		default: ID_CARD,
	});

/** `willingnessAuthModes`: two values are published, more may exist (§7). */
export const intentField: INodeProperties = text(
	'willingnessAuthModes',
	'Proof of Intent',
	'e.g. CODE_SMS,PSN_FACE',
	'How signers confirm the will to sign, separated by commas: CODE_SMS (code by SMS), PSN_FACE (face). Others may exist.',
);

/** Where a page of the platform leads afterwards. */
export const redirectFields: INodeProperties[] = [
	text(
		'redirectUrl',
		'Return Page',
		'e.g. https://your-domain.com/done',
		'Page that the person comes back to (跳转页面)',
	),
	{
		displayName: 'Return Delay',
		name: 'redirectDelayTime',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 3,
		description:
			'How long to wait before the return page opens (重定向跳转延迟时间); probably in seconds',
	},
];

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
