import type { IDataObject } from 'n8n-workflow';
import { splitList, withoutInvisible } from '../../../runtime/items/cleanText';
import type { RunSettings } from '../../../runtime/items/settings';
import type { ItemContext } from '../../../runtime/items/operation';

/** Options that hold what an earlier run has made for one item. */
const FIELDS_OF_ONE_ITEM = ['contractId', 'signDocumentList', 'annexList'];

/** Per run of the node: the first two items that were given the same ID, if any. */
const repeatedIds = new WeakMap<RunSettings, { field: string; items: [number, number] } | null>();

/** An expression that cannot be evaluated ends the work on its own item, not on all others. */
const fieldsOf = (exec: ItemContext['exec'], item: number): Record<string, unknown> => {
	try {
		return exec.getNodeParameter('options', item, {}) as IDataObject;
	} catch {
		return {};
	}
};

const firstGivenTwice = ({ exec }: ItemContext) => {
	const seen = new Map<string, number>();
	for (let item = 0; item < exec.getInputData().length; item++) {
		const fields = fieldsOf(exec, item);
		for (const field of FIELDS_OF_ONE_ITEM) {
			const value = fields[field] ?? '';
			const ids = (Array.isArray(value) ? value : splitList(String(value)))
				.map((id) => withoutInvisible(String(id)))
				.filter((id) => id !== '');
			for (const id of ids) {
				const first = seen.get(`${field} ${id}`);
				if (first !== undefined && first !== item)
					return { field, items: [first, item] as [number, number] };
				seen.set(`${field} ${id}`, item);
			}
		}
	}
	return null;
};

/**
 * The IDs of an earlier run belong to one item. Entered for all items, they would put one item's files into
 * every contract, so the run ends before anything is sent.
 */
export function refuseIdsGivenTwice(call: ItemContext): void {
	if (call.indexes.length > 1 || call.exec.getInputData().length < 2) return;
	if (!repeatedIds.has(call.settings)) repeatedIds.set(call.settings, firstGivenTwice(call));
	const repeated = repeatedIds.get(call.settings);
	if (!repeated) return;
	const label = call.parameters.group('options').label(repeated.field);
	call.parameters.fail(
		`${label} gives items ${repeated.items[0]} and ${repeated.items[1]} the same ID`,
		'These IDs belong to one item. Run that item alone, or give each item its own by an expression.',
	);
}
