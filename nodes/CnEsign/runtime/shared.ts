import type { INodeProperties } from 'n8n-workflow';
import { byDisplayName } from './properties';

/**
 * The properties of many operations as one list in which equal ones stand once: the editor loads the
 * description with every page. A collection stands once for all operations that have it, and each of its
 * fields is shown for those of them that declare it.
 */

/** What names an operation of a platform. */
export interface Place {
	resource: string;
	operation: string;
}

export interface Declared {
	place: Place;
	properties: INodeProperties[];
}

interface Entry {
	property: INodeProperties;
	/** The operations that have it. */
	places: Place[];
	/** Of a collection: the fields that each operation puts into it. */
	fields: Declared[];
	/** The entries that come next in one operation or another. */
	after: Set<Entry>;
}

type Condition = Partial<Record<keyof Place, string[]>>;

/** Adds a condition to what a property already demands. */
export const shownFor = (
	property: INodeProperties,
	show: Record<string, string[]>,
): INodeProperties => ({
	...property,
	displayOptions: {
		...property.displayOptions,
		show: { ...show, ...property.displayOptions?.show },
	},
});

const written = (property: INodeProperties): string =>
	JSON.stringify(property.type === 'collection' ? { ...property, options: [] } : property);

/** Whether two properties are one; the fields of a collection do not count. */
const areEqual = (a: INodeProperties, b: INodeProperties): boolean =>
	a === b || written(a) === written(b);

/** Entries by the name of their property: to compare all of them with all would take its time. */
class Entries {
	private readonly byName = new Map<string, Entry[]>();

	readonly all: Entry[] = [];

	equalTo(property: INodeProperties): Entry[] {
		const named = this.byName.get(property.name) ?? [];
		return named.filter((entry) => areEqual(entry.property, property));
	}

	add(property: INodeProperties): Entry {
		const entry: Entry = { property, places: [], fields: [], after: new Set() };
		this.all.push(entry);
		this.byName.set(property.name, [...(this.byName.get(property.name) ?? []), entry]);
		return entry;
	}
}

const noted = (entry: Entry, place: Place, property: INodeProperties): void => {
	entry.places.push(place);
	if (property.type === 'collection')
		entry.fields.push({ place, properties: (property.options ?? []) as INodeProperties[] });
};

const leadsTo = (from: Entry, to: Entry, seen = new Set<Entry>()): boolean => {
	if (from === to) return true;
	if (seen.has(from)) return false;
	seen.add(from);
	for (const next of from.after) if (leadsTo(next, to, seen)) return true;
	return false;
};

/** Every entry before those that come after it. */
const inOrder = (entries: Entry[]): Entry[] => {
	const ordered: Entry[] = [];
	const seen = new Set<Entry>();
	const visit = (entry: Entry) => {
		if (seen.has(entry)) return;
		seen.add(entry);
		[...entry.after].reverse().forEach(visit);
		ordered.unshift(entry);
	};
	[...entries].reverse().forEach(visit);
	return ordered;
};

/**
 * In an order that is each operation's own. Where two operations have the same two properties the
 * other way round, one of these stands there twice.
 */
const merged = (declared: Declared[]): Entry[] => {
	const entries = new Entries();
	for (const { place, properties } of declared) {
		let before: Entry | undefined;
		for (const property of properties) {
			const entry =
				entries.equalTo(property).find((equal) => !before || !leadsTo(equal, before)) ??
				entries.add(property);
			before?.after.add(entry);
			noted(entry, place, property);
			before = entry;
		}
	}
	return inOrder(entries.all);
};

/** The fields of a collection stand in the order of their names, in every operation. */
const mergedByName = (declared: Declared[]): Entry[] => {
	const entries = new Entries();
	for (const { place, properties } of declared)
		for (const property of properties)
			noted(entries.equalTo(property)[0] ?? entries.add(property), place, property);
	return entries.all.sort((a, b) => byDisplayName(a.property, b.property));
};

const unique = (values: string[]) => [...new Set(values)];

const fits = ({ resource, operation }: Condition, place: Place) =>
	(resource?.includes(place.resource) ?? true) && (operation?.includes(place.operation) ?? true);

/** Whether the condition names these among all places and no other; n8n joins its parts with "and". */
const isExact = (condition: Condition, places: Place[], all: Place[]) =>
	all.filter((place) => fits(condition, place)).length === places.length;

/** A condition that is true of each of these places. */
const conditionOn = (places: Place[]) => ({
	resource: unique(places.map(({ resource }) => resource)),
	operation: unique(places.map(({ operation }) => operation)),
});

/** Places that one condition can name: all at once, or those of each resource. */
const groupsOf = (places: Place[], all: Place[]): Place[][] =>
	isExact(conditionOn(places), places, all)
		? [places]
		: unique(places.map(({ resource }) => resource)).map((resource) =>
				places.filter((place) => place.resource === resource),
			);

/** The first of several conditions that tells these places from the others. */
const firstExact = (conditions: Condition[], places: Place[], all: Place[]): Condition =>
	conditions.find((condition) => isExact(condition, places, all))!;

type ConditionFor = (places: Place[], all: Place[]) => Record<string, string[]>;

/** Always names the operations: a resource that stays chosen from before must not be enough. */
const outside =
	(platform: string): ConditionFor =>
	(places, all) => {
		const { resource, operation } = conditionOn(places);
		return {
			platform: [platform],
			...firstExact([{ operation }, { resource, operation }], places, all),
		};
	};

/** With a stroke in front, a condition of a field refers to the node's own parameters. */
const inside: ConditionFor = (places, all) => {
	const { resource, operation } = conditionOn(places);
	const conditions = [
		{},
		...(resource.length < operation.length
			? [{ resource }, { operation }]
			: [{ operation }, { resource }]),
		{ resource, operation },
	];
	return Object.fromEntries(
		Object.entries(firstExact(conditions, places, all)).map(([name, values]) => [
			`/${name}`,
			values,
		]),
	);
};

/** Each entry with its condition, as often as it takes to say it. */
const emitted = (entries: Entry[], all: Place[], conditionFor: ConditionFor): INodeProperties[] => {
	// Most entries share their places with others, and finding a condition takes its time.
	const known = new Map<string, Array<{ group: Place[]; show: Record<string, string[]> }>>();
	const shownAt = (places: Place[]) => {
		const key = places.map(({ resource, operation }) => `${resource}/${operation}`).join();
		const found =
			known.get(key) ??
			groupsOf(places, all).map((group) => ({ group, show: conditionFor(group, all) }));
		known.set(key, found);
		return found;
	};
	return entries.flatMap(({ property, places, fields }) =>
		shownAt(places).map(({ group, show }) => {
			const shown = Object.keys(show).length === 0 ? property : shownFor(property, show);
			if (property.type !== 'collection') return shown;
			const own = fields.filter(({ place }) => group.includes(place));
			return { ...shown, options: emitted(mergedByName(own), group, inside) };
		}),
	);
};

/** Of all operations of a platform, also those without properties: each is shown only its own. */
export const sharedProperties = (declared: Declared[], platform: string): INodeProperties[] =>
	emitted(
		merged(declared),
		declared.map(({ place }) => place),
		outside(platform),
	);
