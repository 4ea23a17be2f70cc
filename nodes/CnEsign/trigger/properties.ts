import { createHash, timingSafeEqual } from 'crypto';
import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import type { PlatformDefinition } from '../platforms/definition';
import { platformProperty } from '../platforms/describe/platformProperty';
import { splitList, spoiltBy, withoutInvisible } from '../runtime/items/cleanText';
import { simplifyField } from '../runtime/items/results';
import { byName, optionsCollection } from '../runtime/properties/properties';

/** Starts for every event. */
export const ANY_EVENT = '*';

/** The values of *Trigger On*: a list, or one text where an expression gives that. */
export function chosenEventsIn(value: unknown): string[] {
	const parts = Array.isArray(value) ? value.map(String) : splitList(String(value ?? ''));
	return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** The first entry that no event of the platform ever fits. */
export function wrongEvent(value: unknown, events: Array<{ value: string }>): string | undefined {
	return chosenEventsIn(value).find(
		(chosen) => chosen !== ANY_EVENT && !events.some((event) => event.value === chosen),
	);
}

const sharedOptions: INodeProperties[] = [
	{
		displayName: 'Contract IDs',
		name: 'contractIds',
		type: 'string',
		default: '',
		placeholder: 'e.g. contract-0001, contract-0002',
		description: 'Start only for these contracts, separated by commas. Leave empty for all.',
	},
	{
		displayName: 'Ignore Repeats',
		name: 'ignoreRepeats',
		type: 'boolean',
		default: true,
		description:
			"Whether to start only once for an event that is delivered again. A Remove Duplicates node on 'eventId' stops the last few, too.",
	},
	{
		displayName: 'URL Secret',
		name: 'urlSecret',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description:
			'Letters, digits and . _ ~ -. Add ?secret= and the secret to the address in the vendor’s console.',
	},
];

const anyEvent = {
	name: 'Any Event',
	value: ANY_EVENT,
	description: 'Every event, also ones that this version does not know',
};

const ownProperties = ({ value, trigger }: PlatformDefinition): INodeProperties[] => [
	{
		displayName: trigger.notice,
		name: `${value}Notice`,
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		required: true,
		options: [anyEvent, ...[...trigger.events].sort(byName)],
		default: [ANY_EVENT],
		description: 'Which events start the workflow',
	},
];

const optionsProperty = ({ trigger }: PlatformDefinition): INodeProperties =>
	optionsCollection([...trigger.options, ...sharedOptions]);

/** All properties of the trigger node; what belongs to one platform is shown for it only. */
export function triggerProperties(platforms: PlatformDefinition[]): INodeProperties[] {
	const shown = (platform: PlatformDefinition, properties: INodeProperties[]): INodeProperties[] =>
		updateDisplayOptions({ show: { platform: [platform.value] } }, properties);
	return [
		platformProperty(
			platforms,
			'The e-signature platform that sends the events. The credential must be one of the same platform.',
		),
		...platforms.flatMap((platform) => shown(platform, ownProperties(platform))),
		simplifyField,
		...platforms.flatMap((platform) => shown(platform, [optionsProperty(platform)])),
	];
}

// A filter that can never match must not be accepted silently.
const ID = /^[\w.:-]{1,64}$/;

/** The IDs of the option *Contract IDs*: an array, or one text. */
export function contractIdsIn(value: unknown): string[] {
	const parts = Array.isArray(value)
		? value.map(String)
		: splitList(String(value ?? '')).flatMap((part) => part.split(/\s+/));
	return parts.map(withoutInvisible).filter((part) => part !== '');
}

/** The first entry that cannot be an ID. */
export function wrongContractId(value: unknown): string | undefined {
	return contractIdsIn(value).find((id) => !ID.test(id) || spoiltBy(id) !== undefined);
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Compares in a time that says nothing about how much is right, nor about the length. */
export function sameSecret(given: unknown, expected: string): boolean {
	return (
		timingSafeEqual(digest(typeof given === 'string' ? given : ''), digest(expected)) &&
		typeof given === 'string'
	);
}

/** Whether a secret reads the same in an address as it is written: `+`, `&`, `#` and others do not. */
export function fitsIntoUrl(secret: string): boolean {
	return /^[A-Za-z0-9._~-]*$/.test(secret);
}
