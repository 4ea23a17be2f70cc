import type { INodeProperties } from 'n8n-workflow';
import { cleanContact, MOBILE } from '../../runtime/items/cleanText';
import {
	idNumberRule,
	type NumberRule,
	type Parameters,
	type TextRule,
} from '../../runtime/items/parameters';

/** Shared fields of the Qiandun operations; wire names as in docs/api/qiandun.md, 5. */

/** A name is one line. */
export const nameRule: TextRule = { singleLine: true };

export const phoneRule: TextRule = { clean: cleanContact };

/** Each check is billed, and a carrier knows mobile numbers only. */
export const billedPhoneRule: TextRule = {
	...phoneRule,
	pattern: MOBILE,
	expected: 'is not a mobile number',
	hint: 'Nothing was sent. Enter 11 digits.',
};

/** The number of a resident's ID card, which other documents do not have. */
export function billedIdRule(type: string): TextRule {
	if (type !== ID_CARD) return idNumberRule;
	return {
		...idNumberRule,
		pattern: /^(?:\d{15}|\d{17}[\dX])$/,
		expected: 'is not the number of an ID card',
		hint: 'Nothing was sent. Enter its 18 digits as text: a spreadsheet makes 1.1E+17 of them, and the last ones are lost.',
	};
}
/** The only value seen; others are not published (docs/api/qiandun.md, 7). */
export const ID_CARD = 'CRED_PSN_CH_IDCARD';

/** `name`: what this call names the field. */
export function idCardTypeField(name: string): INodeProperties {
	return {
		displayName: 'ID Document (证件类型)',
		name,
		type: 'string',
		default: ID_CARD,
		description: 'Type of ID document. Only this value is known.',
	};
}

/** `willingnessAuthModes`: two values are published, more may exist (docs/api/qiandun.md, 7). */
export const intentField: INodeProperties = {
	displayName: 'Intent Verification (意愿校验)',
	name: 'willingnessAuthModes',
	type: 'string',
	default: '',
	placeholder: 'e.g. CODE_SMS,PSN_FACE',
	description: 'CODE_SMS (code by SMS), PSN_FACE (face), separated by commas. Others may exist.',
};

/** Where a page of the platform leads afterwards. */
export const redirectFields: INodeProperties[] = [
	{
		displayName: 'Return Page (跳转页面)',
		name: 'redirectUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://your-domain.com/done',
		description: 'Page that the person comes back to',
	},
	{
		displayName: 'Return Delay (重定向跳转延迟时间)',
		name: 'redirectDelayTime',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 3,
		description: 'How long to wait before the return page opens; probably in seconds',
	},
];

/** At least one of several parameters, or the item ends. */
export function requireOneOf(parameters: Parameters, names: string[]): void {
	if (names.some((name) => parameters.text(name) !== '')) return;
	parameters.fail(
		`${names.map((name) => parameters.label(name)).join(' and ')} are both empty`,
		'Fill in at least one of them.',
	);
}

export function integer(
	parameters: Parameters,
	name: string,
	rule: NumberRule = {},
): number | undefined {
	return parameters.number(name, { integer: true, ...rule });
}
