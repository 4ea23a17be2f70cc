import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import type { PlatformDefinition } from '../platforms/definition';
import { platformProperty } from '../platforms/describe/platformProperty';
import { simplifyField } from '../runtime/items/simplify';
import { byName } from '../runtime/properties/order';
import { optionsCollection } from '../runtime/properties/properties';
import { ANY_EVENT } from './chosenEvents';

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
