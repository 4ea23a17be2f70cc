import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Parameters } from '../../runtime/parameters';
import { additionalFieldsField } from '../../runtime/properties';
import { contactRule, MOBILE, shortIdRule } from './rules';

export { given, givenObject, webAddress } from '../../runtime/values';

/** Shared fields of the Kaifangqian operations; wire names and values as in api/kaifangqian.md §5. */

export const contractIdField: INodeProperties = {
	displayName: 'Contract ID',
	name: 'contractId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. {{ $json.contractId }}',
	description: 'ID of the contract (合同ID), as returned when it was created',
};

/** The contract ID of the operations that limit its length (§3.3). */
export const contractIdOf = (parameters: Parameters): string =>
	parameters.text('contractId', shortIdRule);

export const contactField = (who: string): INodeProperties => ({
	displayName: 'Contact',
	name: 'contact',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 13800138000',
	description: `Mobile number or e-mail address of ${who} (账号)`,
});

const contactTypeOptions: INodePropertyOptions[] = [
	{ name: 'E-Mail', value: 'EMAIL' },
	{ name: 'Mobile', value: 'MOBILE' },
	{ name: 'Recognize Automatically', value: 'auto' },
];

/**
 * Three fields for one person. `prefix` keeps several persons of one operation apart
 * (`operatorName`, `operatorContact` …); without it the names are the wire's own.
 */
export const personFields = (
	prefix: string,
	who: string,
	title: string,
	required: boolean,
): INodeProperties[] => {
	const named = (name: string) =>
		prefix === '' ? name : `${prefix}${name[0].toUpperCase()}${name.slice(1)}`;
	return [
		{
			displayName: `${title} Name`,
			name: named('name'),
			type: 'string',
			...(required ? { required } : {}),
			default: '',
			placeholder: 'e.g. 张三',
			description: `Full name of ${who} (姓名)`,
		},
		{
			displayName: `${title} Contact`,
			name: named('contact'),
			type: 'string',
			...(required ? { required } : {}),
			default: '',
			placeholder: 'e.g. 13800138000',
			// Who it is, the field before it says.
			description: 'Mobile number or e-mail address (联系方式)',
		},
		{
			displayName: `${title} Contact Type`,
			name: named('contactType'),
			type: 'options',
			options: contactTypeOptions,
			default: 'auto',
			description: 'What the contact is (联系类型)',
		},
	];
};

export interface ContractUser {
	name?: string;
	contactType: string;
	contact: string;
}

export const contactTypeOf = (contact: string): string =>
	MOBILE.test(contact) ? 'MOBILE' : 'EMAIL';

/** Reads the three fields of `personFields`; nothing filled in gives `undefined` unless required. */
export const personOf = (
	parameters: Parameters,
	prefix: string,
	required: boolean,
	nameRequired = true,
): ContractUser | undefined => {
	const named = (name: string) =>
		prefix === '' ? name : `${prefix}${name[0].toUpperCase()}${name.slice(1)}`;
	if (
		!required &&
		parameters.text(named('name')) === '' &&
		parameters.text(named('contact')) === ''
	)
		return undefined;
	const name = parameters.text(named('name'), { required: nameRequired });
	const contact = parameters.text(named('contact'), contactRule);
	const chosen = parameters.text(named('contactType')) || 'auto';
	const actual = contactTypeOf(contact);
	if (chosen !== 'auto' && chosen !== actual) {
		parameters.fail(
			`${parameters.label(named('contact'))} does not fit ${parameters.label(named('contactType'))}`,
			"Choose 'Recognize Automatically', or correct the contact.",
		);
	}
	return { ...(name === '' ? {} : { name }), contactType: actual, contact };
};

export const operatorFields = personFields(
	'operator',
	'the member of your company in whose name the contract is started',
	'Operator',
	true,
);

/** Field of the common parameters that any call may carry (§2.1). */
export const operatorAccountField: INodeProperties = {
	displayName: 'Operator Account',
	name: 'operatorAccount',
	type: 'string',
	default: '',
	placeholder: 'e.g. your-account-001',
	description:
		'Account in your own system that is linked to a user of the platform, who then acts (经办人账号). Leave empty unless you have linked one.',
};

/** `additionalFields` of an operation; each also offers the common optional parameter. */
export const additionalFields = (fields: INodeProperties[] = []): INodeProperties =>
	additionalFieldsField([...fields, operatorAccountField]);

export const operatorAccountOf = (parameters: Parameters): { operatorAccount?: string } => ({
	operatorAccount: parameters.group('additionalFields').optional('operatorAccount', { max: 64 }),
});

/** A list of ids as the wire wants it: `[{ [key]: id }]`. Lists of such objects are taken as well. */
export const idObjects = (
	parameters: Parameters,
	name: string,
	key: string,
): Array<Record<string, string>> => {
	const value = parameters.value(name);
	const asObjects =
		Array.isArray(value) && value.some((entry) => typeof entry === 'object' && entry !== null);
	const ids = asObjects
		? (value as Array<Record<string, unknown>>).map((entry) => {
				const id = entry?.[key];
				if (typeof id === 'string' && id !== '') return id;
				return parameters.fail(
					`${parameters.label(name)} holds an entry without '${key}'`,
					'Give a list of IDs.',
				);
			})
		: parameters.list(name);
	return ids.map((id) => ({ [key]: id }));
};
