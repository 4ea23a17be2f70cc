import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { byDisplayName, notForTools } from './properties';
import { behaviourOptions } from './settings';
import { sharedProperties, shownFor } from './shared';
import type { Platform } from './types';

type AnyPlatform = Platform<unknown>;

/**
 * The order that n8n wants lists in: capitals and small letters count alike. Not `localeCompare`: its
 * first call loads the rules of the language, which took a quarter of the time that loading takes.
 */
export const byName = (a: { name: string }, b: { name: string }) =>
	a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1;

/** A choice; `type` and `default` are variables because they are not known where this is written. */
export const choiceProperty = (
	words: Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'displayOptions'>,
	options: INodePropertyOptions[],
	preferred: string | number = options[0].value as string | number,
): INodeProperties => {
	const type = 'options' as const;
	return { ...words, type, options, default: preferred };
};

const showOnly = (show: Record<string, string[]>) => ({ show });

/**
 * One resource list for all platforms, each with its own entries; a resource that several platforms have
 * is one entry of it. n8n's node creator looks for the operations of every entry, so an entry named twice
 * would list its operations twice.
 */
const resourceProperty = (platforms: AnyPlatform[]): INodeProperties => {
	const options = new Map<string, INodePropertyOptions>();
	for (const { name, value } of platforms.flatMap(({ resources }) => resources)) {
		const having = platforms.filter(({ resources }) => resources.some((r) => r.value === value));
		const displayOptions = showOnly({ platform: having.map((platform) => platform.value) });
		options.set(value, {
			name,
			value,
			...(having.length === platforms.length ? {} : { displayOptions }),
		});
	}
	const words = { displayName: 'Resource', name: 'resource' };
	const sorted = [...options.values()].sort(byName);
	const preferred = sorted.find(({ value }) => value === 'contract');
	return { ...choiceProperty(words, sorted, preferred?.value as string), noDataExpression: true };
};

/** The platforms that list a resource of this value before this one does. */
const listedBefore = (platforms: AnyPlatform[], platform: AnyPlatform, value: string): boolean =>
	platforms
		.slice(0, platforms.indexOf(platform))
		.some(({ resources }) => resources.some((resource) => resource.value === value));

const creatorValue = (platform: AnyPlatform, resource: { value: string }) =>
	`${platform.value}:${resource.value}`;

/**
 * Never shown and never a value: for n8n's node creator alone. It takes the first operation list that
 * names a resource and overlooks the one of a second platform with a resource of the same value. So that
 * list names a second value too, and here stands an entry for it. What the creator then sets is the first
 * value that the list names for platform and resource, which is the real one.
 */
const creatorResourceProperty = (platforms: AnyPlatform[]): INodeProperties[] => {
	const options = platforms.flatMap((platform) =>
		platform.resources
			.filter(({ value }) => listedBefore(platforms, platform, value))
			.map((resource) => ({
				name: `${platform.name} ${resource.name}`,
				value: creatorValue(platform, resource),
			})),
	);
	if (options.length === 0) return [];
	const displayOptions = showOnly({ platform: ['none'] });
	const words = { displayName: 'Resource', name: 'resource', displayOptions };
	return [{ ...choiceProperty(words, options), noDataExpression: true }];
};

/**
 * What the node creator lists, and what names a new node. n8n describes a tool by the first platform's
 * action when resource and operation have the same value on both, so that one names no platform.
 */
const actionOf = (
	platforms: AnyPlatform[],
	platform: AnyPlatform,
	resource: AnyPlatform['resources'][number],
	operation: { value: string; action: string },
): string => {
	const twins = platforms.filter(({ resources }) =>
		resources.some(
			({ value, operations }) =>
				value === resource.value && operations.some((other) => other.value === operation.value),
		),
	);
	return twins.length > 1 && twins[0] === platform
		? operation.action
		: `${operation.action} (${platform.name})`;
};

const operationProperties = (platforms: AnyPlatform[], platform: AnyPlatform): INodeProperties[] =>
	platform.resources.map((resource) => {
		const options = resource.operations
			.map((operation) => ({
				name: operation.name,
				value: operation.value,
				action: actionOf(platforms, platform, resource, operation),
				description: operation.description,
			}))
			.sort(byName);
		const values = listedBefore(platforms, platform, resource.value)
			? [resource.value, creatorValue(platform, resource)]
			: [resource.value];
		const displayOptions = showOnly({ platform: [platform.value], resource: values });
		const words = { displayName: 'Operation', name: 'operation', displayOptions };
		return { ...choiceProperty(words, options, resource.preferred), noDataExpression: true };
	});

const platformProperty = (platforms: AnyPlatform[]): INodeProperties => {
	const words = {
		displayName: 'Platform',
		name: 'platform',
		description:
			'The e-signature platform to work with. The credential must be one of the same platform.',
	};
	const options = platforms
		.map(({ name, value, description }) => ({ name, value, description }))
		.sort(byName);
	return { ...choiceProperty(words, options, platforms[0].value), noDataExpression: true };
};

const ownProperties = (platform: AnyPlatform): INodeProperties[] =>
	sharedProperties(
		platform.resources.flatMap((resource) =>
			resource.operations.map(({ value, properties }) => ({
				place: { resource: resource.value, operation: value },
				properties,
			})),
		),
		platform.value,
	);

/** One collection for all; what only some platforms have is shown for these. */
const optionsProperty = (platforms: AnyPlatform[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	displayOptions: notForTools,
	options: [
		...behaviourOptions,
		...platforms.flatMap((platform) =>
			platform.options.map((option) => shownFor(option, { '/platform': [platform.value] })),
		),
	].sort(byDisplayName),
});

/**
 * All properties of the action node: platform, resource, operation, then each operation's own, shown
 * only for it, and last the options that all operations of a platform share.
 */
export const assembleProperties = (platforms: AnyPlatform[]): INodeProperties[] => [
	platformProperty(platforms),
	resourceProperty(platforms),
	...creatorResourceProperty(platforms),
	...platforms.flatMap((platform) => operationProperties(platforms, platform)),
	...platforms.flatMap(ownProperties),
	optionsProperty(platforms),
];
