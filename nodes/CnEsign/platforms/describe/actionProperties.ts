import {
	updateDisplayOptions,
	type IDisplayOptions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';
import { behaviorOptions } from '../../runtime/items/settings';
import type { Operation, Resource } from '../../runtime/items/operation';
import {
	byName,
	hiddenFromTools,
	OPTIONS,
	optionsCollection,
} from '../../runtime/properties/properties';
import type { PlatformDefinition } from '../definition';
import { platformProperty } from './platformProperty';

const PLATFORM_DESCRIPTION =
	'The e-signature platform to work with. The credential must be one of the same platform.';

const resourcesOf = ({ actions }: PlatformDefinition): Resource[] => actions.resources;

/**
 * One resource list for all platforms, each with its own entries; a resource that several platforms have
 * is one entry of it. n8n's node creator looks for the operations of every entry, so an entry named twice
 * would list its operations twice.
 */
const resourceProperty = (platforms: PlatformDefinition[]): INodeProperties => {
	const options = new Map<string, INodePropertyOptions>();
	for (const { name, value } of platforms.flatMap(resourcesOf)) {
		const having = platforms.filter((platform) =>
			resourcesOf(platform).some((resource) => resource.value === value),
		);
		const displayOptions = { show: { platform: having.map((platform) => platform.value) } };
		options.set(value, {
			name,
			value,
			...(having.length === platforms.length ? {} : { displayOptions }),
		});
	}
	return {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [...options.values()].sort(byName),
		default: 'contract',
	};
};

/** Whether a platform before this one lists a resource of the same value. */
const isListedBefore = (
	platforms: PlatformDefinition[],
	platform: PlatformDefinition,
	value: string,
): boolean =>
	platforms
		.slice(0, platforms.indexOf(platform))
		.some((before) => resourcesOf(before).some((resource) => resource.value === value));

const creatorValue = (platform: PlatformDefinition, resource: Resource): string =>
	`${platform.value}:${resource.value}`;

/**
 * Hidden; only n8n's node creator reads it. It takes the first operation list that names a resource and
 * overlooks the one of a second platform with a resource of the same value. So that list names a second
 * value too, and here stands an entry for it. What the creator then sets is the first value that the list
 * names for platform and resource, which is the real one.
 */
const creatorResourceProperty = (platforms: PlatformDefinition[]): INodeProperties[] => {
	const options = platforms.flatMap((platform) =>
		resourcesOf(platform)
			.filter(({ value }) => isListedBefore(platforms, platform, value))
			.map((resource) => ({
				name: `${platform.name} ${resource.name}`,
				value: creatorValue(platform, resource),
			})),
	);
	if (options.length === 0) return [];
	const [{ value: first }] = options;
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { platform: ['none'] } },
			options,
			default: first,
		},
	];
};

/**
 * What the node creator lists, what names a new node, and all that n8n tells a model about a tool. n8n describes
 * a tool by the first platform's action when resource and operation have the same value on both, so that one
 * names no platform.
 */
const actionOf = (
	platforms: PlatformDefinition[],
	platform: PlatformDefinition,
	resource: Resource,
	{ value, action, isFinal }: Operation,
): string => {
	const having = platforms.filter((other) =>
		resourcesOf(other).some(
			(twin) =>
				twin.value === resource.value && twin.operations.some((same) => same.value === value),
		),
	);
	const notes = [
		...(having.length > 1 && having[0] === platform ? [] : [platform.name]),
		...(isFinal ? ['cannot be undone'] : []),
	];
	return notes.length === 0 ? action : `${action} (${notes.join(', ')})`;
};

const operationProperties = (
	platforms: PlatformDefinition[],
	platform: PlatformDefinition,
): INodeProperties[] =>
	resourcesOf(platform).map((resource) => {
		const options = resource.operations
			.map((operation) => ({
				name: operation.name,
				value: operation.value,
				action: actionOf(platforms, platform, resource, operation),
				description: operation.description,
			}))
			// What most people come for stands first.
			.sort((a, b) =>
				[a, b].some(({ value }) => value === resource.preferred)
					? Number(b.value === resource.preferred) - Number(a.value === resource.preferred)
					: byName(a, b),
			);
		const preferred = resource.preferred ?? options[0].value;
		const values = isListedBefore(platforms, platform, resource.value)
			? [resource.value, creatorValue(platform, resource)]
			: [resource.value];
		return {
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { platform: [platform.value], resource: values } },
			options,
			default: preferred,
		};
	});

/** The operation's own options, and those that every call of the platform has. */
const withBehavior = (
	properties: INodeProperties[],
	{ actions }: PlatformDefinition,
): INodeProperties[] => {
	const operationOptions = properties.find(({ name }) => name === OPTIONS)?.options as
		INodeProperties[] | undefined;
	return [
		...properties.filter(({ name }) => name !== OPTIONS),
		optionsCollection([
			...(operationOptions ?? []),
			...[...behaviorOptions, ...actions.options].map((option) => ({
				...option,
				displayOptions: hiddenFromTools,
			})),
		]),
	];
};

const propertiesOfOperations = (platform: PlatformDefinition): INodeProperties[] =>
	resourcesOf(platform).flatMap((resource) =>
		resource.operations.flatMap(({ value, properties }) => {
			const show: IDisplayOptions['show'] = {
				platform: [platform.value],
				resource: [resource.value],
				operation: [value],
			};
			return updateDisplayOptions({ show }, withBehavior(properties, platform));
		}),
	);

/**
 * All properties of the action node: platform, resource, operation, then each operation's own, shown
 * only for it.
 */
export function actionProperties(platforms: PlatformDefinition[]): INodeProperties[] {
	return [
		platformProperty(platforms, PLATFORM_DESCRIPTION),
		resourceProperty(platforms),
		...creatorResourceProperty(platforms),
		...platforms.flatMap((platform) => operationProperties(platforms, platform)),
		...platforms.flatMap(propertiesOfOperations),
	];
}
