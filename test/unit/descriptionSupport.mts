import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { CnEsignApi } from '../../credentials/CnEsignApi.credentials.js';
import { CnEsign } from '../../nodes/CnEsign/CnEsign.node.js';

export const node = new CnEsign();
export const credential = new CnEsignApi();

export interface Place {
	property: INodeProperties;
	/** Where the property is, for messages. */
	path: string;
	/** The properties beside it: the ones its conditions can refer to. */
	siblings: INodeProperties[];
}

export const choicesOf = ({ options = [] }: INodeProperties): INodePropertyOptions[] =>
	options.filter((option): option is INodePropertyOptions => 'value' in option);

export const sectionsOf = ({ options = [] }: INodeProperties): INodePropertyCollection[] =>
	options.filter((option): option is INodePropertyCollection => 'values' in option);

export const fieldsOf = ({ type, options = [] }: INodeProperties): INodeProperties[] =>
	type === 'collection' ? (options as INodeProperties[]) : [];

const walk = (siblings: INodeProperties[], path: string): Place[] =>
	siblings.flatMap((property) => {
		const shown = Object.values(property.displayOptions?.show ?? {}).join('/');
		const here = `${path}.${property.name}${shown === '' ? '' : `{${shown}}`}`;
		return [
			{ property, path: here, siblings },
			...walk(fieldsOf(property), here),
			...sectionsOf(property).flatMap(({ values, name }) => walk(values, `${here}.${name}`)),
			...walk((property.modes ?? []) as unknown as INodeProperties[], here),
		];
	});

/** Every property of the node and the credential, nested ones included. */
export const places: Place[] = [
	...walk(node.description.properties, 'node'),
	...walk(credential.properties, 'credential'),
];

/** The paths of the places that a check does not hold for. */
export const failing = (check: (place: Place) => boolean): string[] =>
	places.filter((place) => !check(place)).map(({ path }) => path);

/** Every text that a person reads. */
export const copyOf = ({ property }: Place): string[] =>
	[
		property.displayName,
		property.description,
		property.hint,
		property.placeholder,
		...choicesOf(property).flatMap(({ name, action, description }) => [name, action, description]),
		...sectionsOf(property).map(({ displayName }) => displayName),
	].filter((text): text is string => typeof text === 'string');
