import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { behaviourOptions } from './settings';
import type { Platform } from './types';

type AnyPlatform = Platform<unknown>;

/** The order that n8n wants lists in: capitals and small letters count alike. */
export const byName = (a: { name: string }, b: { name: string }) =>
	a.name.localeCompare(b.name, 'en');

/** Adds a condition to what a property already demands. */
const shownFor = (property: INodeProperties, show: Record<string, string[]>): INodeProperties => ({
	...property,
	displayOptions: {
		...property.displayOptions,
		show: { ...show, ...property.displayOptions?.show },
	},
});

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

const resourceProperty = (platform: AnyPlatform): INodeProperties => {
	const options = platform.resources.map(({ name, value }) => ({ name, value })).sort(byName);
	const preferred = options.find(({ value }) => value === 'contract');
	const words = {
		displayName: 'Resource',
		name: 'resource',
		displayOptions: showOnly({ platform: [platform.value] }),
	};
	return { ...choiceProperty(words, options, preferred?.value), noDataExpression: true };
};

const operationProperties = (platform: AnyPlatform): INodeProperties[] =>
	platform.resources.map((resource) => {
		const options = resource.operations
			.map(({ name, value, action, description }) => ({ name, value, action, description }))
			.sort(byName);
		const preferred = options.find(({ value }) => value === 'create');
		const displayOptions = showOnly({ platform: [platform.value], resource: [resource.value] });
		const words = { displayName: 'Operation', name: 'operation', displayOptions };
		return { ...choiceProperty(words, options, preferred?.value), noDataExpression: true };
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

/**
 * All properties of the action node: platform, resource, operation, then each operation's own, shown
 * only for it, and last the options that all operations of a platform share.
 */
export const assembleProperties = (platforms: AnyPlatform[]): INodeProperties[] => [
	platformProperty(platforms),
	...platforms.flatMap((platform) => [
		resourceProperty(platform),
		...operationProperties(platform),
	]),
	...platforms.flatMap((platform) =>
		platform.resources.flatMap((resource) =>
			resource.operations.flatMap((operation) =>
				operation.properties.map((property) =>
					shownFor(property, {
						platform: [platform.value],
						resource: [resource.value],
						operation: [operation.value],
					}),
				),
			),
		),
	),
	...platforms.map((platform): INodeProperties => ({
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: { platform: [platform.value] } },
		options: [...behaviourOptions, ...platform.options].sort((a, b) =>
			a.displayName < b.displayName ? -1 : 1,
		),
	})),
];
