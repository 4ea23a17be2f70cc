import type { INodeProperties } from 'n8n-workflow';
import type { Parameters } from '../../runtime/items/parameters';
import {
	hasLineBreak,
	spoiltBy,
	withoutInvisible,
	cleanContact,
	MOBILE,
} from '../../runtime/items/cleanText';
import type { ItemContext } from '../../runtime/items/operation';
import { OPTIONS, optionsCollection } from '../../runtime/properties/properties';
import {
	CONTACT_HINT,
	contactRule,
	isContact,
	nameRule,
	NOT_STORABLE,
	shortIdRule,
	STORABLE,
} from './rules';
import type { KaifangqianCredential } from './signing';

/** Shared fields of the Kaifangqian operations; wire names and values as in docs/api/kaifangqian.md, 5. */

export const contractIdField: INodeProperties = {
	displayName: 'Contract ID (合同ID)',
	name: 'contractId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. {{ $json.contractId }}',
	description: 'ID of the contract, as returned when it was created',
};

/** The contract ID where its length is limited (docs/api/kaifangqian.md, 3.3). */
export function contractIdOf(parameters: Parameters): string {
	return parameters.text('contractId', shortIdRule);
}

/** Two fields for one person. `prefix` keeps several persons of one operation apart (`operatorName` …). */
export function personFields({
	prefix,
	title,
	term,
	who,
}: {
	prefix: string;
	title: string;
	/** The vendor's word for the person, behind the label. */
	term: string;
	who: string;
}): INodeProperties[] {
	return [
		{
			displayName: `${title} Name (${term})`,
			name: `${prefix}Name`,
			type: 'string',
			default: '',
			placeholder: 'e.g. 张三',
			description: `Full name of ${who}`,
		},
		{
			displayName: `${title} Phone or Email`,
			name: `${prefix}Contact`,
			type: 'string',
			default: '',
			placeholder: 'e.g. 13800138000 or name@email.com',
			description: `Mobile number or email address of ${who}`,
		},
	];
}

/** `ContractUser` (docs/api/kaifangqian.md, 5.1). */
export interface ContractUser {
	name?: string;
	contactType: string;
	contact: string;
}

/** `contactType` of a contact that is a mobile number or an email address. */
export function contactTypeOf(contact: string): string {
	return MOBILE.test(contact) ? 'MOBILE' : 'EMAIL';
}

/** Reads the two fields of `personFields`. */
export function personOf(
	parameters: Parameters,
	prefix: string,
	{ nameRequired = true, emptyHint }: { nameRequired?: boolean; emptyHint?: string } = {},
): ContractUser {
	const name = parameters.text(`${prefix}Name`, { ...nameRule(50, nameRequired), emptyHint });
	const contact = parameters.text(`${prefix}Contact`, { ...contactRule, emptyHint });
	return { ...(name === '' ? {} : { name }), contactType: contactTypeOf(contact), contact };
}

export const senderFields = personFields({
	prefix: 'operator',
	title: 'Sender',
	term: '经办人',
	who: 'the member of your company who sends. Leave empty for the one in the credential.',
});

const NO_SENDER =
	'Fill it in, or enter the sender in the credential. If it holds an expression, the expression gave nothing: look at the input on the left.';

/** The sender of the credential, if it names one. */
const defaultSender = ({ parameters, credential }: ItemContext): ContractUser | undefined => {
	const { senderName = '', senderContact = '' } = credential as KaifangqianCredential;
	const name = withoutInvisible(senderName);
	const contact = cleanContact(senderContact);
	if (name === '' && contact === '') return undefined;
	const wrong = [
		[name.length > 50, 'is longer than 50 characters'],
		[!STORABLE.test(name), NOT_STORABLE],
		[hasLineBreak(name), 'holds a line break'],
		[true, spoiltBy(name)?.reason],
	].find(([isSo, reason]) => isSo && reason !== undefined)?.[1];
	if (wrong !== undefined)
		parameters.fail(`'Sender Name' of the credential ${wrong}`, 'Correct it in the credential.');
	if (!isContact(contact))
		parameters.fail(
			"'Sender Phone or Email' of the credential is neither a mobile number nor an email address",
			CONTACT_HINT,
		);
	return { ...(name === '' ? {} : { name }), contactType: contactTypeOf(contact), contact };
};

/** Who sends: as the node says, else as the credential says. */
export function senderOf(call: ItemContext): ContractUser {
	const { parameters } = call;
	const isNamed = ['operatorName', 'operatorContact'].some((name) => parameters.text(name) !== '');
	const sender = isNamed ? undefined : defaultSender(call);
	if (sender === undefined) return personOf(parameters, 'operator', { emptyHint: NO_SENDER });
	if (sender.name !== undefined) return sender;
	return parameters.fail(
		"'Sender Name' of the credential is empty",
		`Fill it in there, or fill in ${parameters.label('operatorName')} here.`,
	);
}

/** A person who may stay empty: then it is the sender of the credential. */
export function contactField(displayName: string, description: string): INodeProperties {
	return {
		displayName,
		name: 'contact',
		type: 'string',
		default: '',
		placeholder: 'e.g. 13800138000 or name@email.com',
		description: `${description}. Leave empty for the sender in the credential.`,
	};
}

/** Reads `contactField`. */
export function contactOf(call: ItemContext): string {
	const { parameters } = call;
	const sender = parameters.text('contact') === '' ? defaultSender(call) : undefined;
	return sender?.contact ?? parameters.text('contact', { ...contactRule, emptyHint: NO_SENDER });
}

/** Field of the common parameters that any call may carry (docs/api/kaifangqian.md, 2.1). */
const operatorAccountField: INodeProperties = {
	displayName: 'Operator Account (经办人账号)',
	name: 'operatorAccount',
	type: 'string',
	default: '',
	description: 'Leave empty unless you have linked an account of your own to a user, who then acts',
};

/** The options of an operation; each also has the common optional parameter. */
export function optionsProperty(fields: INodeProperties[] = []): INodeProperties {
	return optionsCollection([...fields, operatorAccountField]);
}

/** The common parameter of a call, where the user has set it. */
export function operatorAccountOf(parameters: Parameters): { operatorAccount?: string } {
	const operatorAccount = parameters.group(OPTIONS).optional('operatorAccount', nameRule(64));
	return operatorAccount === undefined ? {} : { operatorAccount };
}

/**
 * A list of ids as the wire wants it: `[{ [key]: id }]`. Lists of such objects are taken as well. A document
 * that comes twice has one name twice: such a contract can never be downloaded (docs/api/kaifangqian.md, 6.13).
 */
export function idObjects(
	parameters: Parameters,
	name: string,
	key: string,
): Array<Record<string, string>> {
	return parameters.list(name, { ids: true, distinct: true, key }).map((id) => ({ [key]: id }));
}
