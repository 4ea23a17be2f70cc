import type { IBinaryData } from 'n8n-workflow';
import {
	binaryFieldNamed,
	binaryFieldsOf,
	describesFile,
	existingFields,
	inputFile,
} from '../../../runtime/files/inputFile';
import { toApiError } from '../../../runtime/http/errors';
import type { Parameters } from '../../../runtime/items/parameters';
import type { ItemContext } from '../../../runtime/items/operation';
import type { UploadKind } from './kinds';
import { readyFile, sendFile, takeName, type ReadyFile } from './readyFile';

/** The files of a contract: binary fields of the input items, checked before the first is sent. */

/** Still to be uploaded, or named by the ID that an earlier run gave. */
export type ContractFile = { id: string } | ReadyFile;

/** A binary field of one of the input items, or binary data that an expression has found. */
interface Field {
	item: number;
	field: string | IBinaryData;
}

export const ALL_FIELDS = '*';

/** What the parameter holds: names, or binary data that an expression gives. */
const namesOrFiles = (parameters: Parameters, name: string): Array<string | IBinaryData> => {
	const value = parameters.value(name);
	if (describesFile(value)) return [value];
	if (Array.isArray(value) && value.length > 0 && value.every(describesFile)) return value;
	return [...new Set(parameters.list(name))];
};

/** Item by item. `*` stands for all fields that are not named otherwise. */
const fieldsOf = (
	{ exec, indexes }: ItemContext,
	names: Array<string | IBinaryData>,
	others: string[],
): Field[] =>
	indexes.flatMap((item) =>
		names.flatMap((name) => {
			if (name !== ALL_FIELDS) return [{ item, field: name }];
			return binaryFieldsOf(exec, item)
				.filter((field) => !names.includes(field) && !others.includes(field))
				.map((field) => ({ item, field }));
		}),
	);

export interface FileChoice {
	kind: UploadKind;
	/** The parameter with the names of binary fields, and where it stands. */
	fields: { in: Parameters; name: string };
	/** The parameter with IDs out of an earlier run, and where it stands. */
	ids: { in: Parameters; name: string };
	/** Names of binary fields that `*` leaves out. */
	others: string[];
	/** Takes the only file of an item where nothing is named. */
	takesOnly: boolean;
	sizeLimit: number | undefined;
}

/** Nothing named: the only file, if there is exactly one. */
const onlyField = (
	{ exec, indexes, parameters }: ItemContext,
	label: string,
	others: string[],
): Field[] =>
	indexes.map((item) => {
		const found = binaryFieldsOf(exec, item).filter((field) => !others.includes(field));
		if (found.length === 1) return { item, field: found[0] };
		const which = indexes.length > 1 ? `Item ${item}` : 'The item';
		return parameters.fail(
			`${label} is empty, and ${which.toLowerCase()} has ${found.length} files`,
			found.length === 0
				? 'Let a node before this one deliver the file.'
				: `${existingFields(exec, item)} Enter the names of those to sign, or * for all.`,
		);
	});

/** All checked and none of them sent. IDs stand for the first files, because files go up one by one. */
export async function filesOf(
	call: ItemContext,
	{ kind, fields, ids, others, takesOnly, sizeLimit }: FileChoice,
): Promise<ContractFile[]> {
	const { exec, indexes, parameters } = call;
	const label = fields.in.label(fields.name);
	const uploaded = ids.in.list(ids.name, { ids: true, distinct: true });
	const names = namesOrFiles(fields.in, fields.name);
	if (indexes.length > 1 && names.some(describesFile))
		parameters.fail(
			`${label} holds a file of the first item, but the files of all items make one contract`,
			'Enter the name of the binary field instead of the expression, or * for all.',
		);
	const isUnspecified = takesOnly && names.length === 0 && uploaded.length === 0;
	const found = isUnspecified ? onlyField(call, label, others) : fieldsOf(call, names, others);
	if (found.length > 0 && uploaded.length > found.length)
		parameters.fail(
			`${ids.in.label(ids.name)} holds ${uploaded.length} IDs, more than there are files (${found.length})`,
			'The IDs stand for the first files, in their order. Take out those that belong to no file of this item.',
		);
	const files: ContractFile[] = uploaded.map((id) => ({ id }));
	const taken = new Set<string>();
	const isThere = ({ item, field }: Field): boolean =>
		typeof field !== 'string' || binaryFieldNamed(exec, item, field) !== undefined;
	for (const { item, field } of found.slice(0, uploaded.length).filter(isThere))
		await takeName(kind, await inputFile(exec, item, field), taken);
	for (const { item, field } of found.slice(uploaded.length)) {
		const name = typeof field === 'string' ? field : (field.fileName ?? 'data');
		const where = indexes.length > 1 ? `${name}, item ${item}` : name;
		if (!isThere({ item, field }))
			parameters.fail(
				`${label} names the binary field '${name}', which ${indexes.length > 1 ? `item ${item}` : 'the item'} does not have`,
				existingFields(exec, item),
			);
		files.push(
			await readyFile(call, kind, await inputFile(exec, item, field), {
				place: `${label} (${where})`,
				sizeLimit,
				nameHint: 'Give the file another name in the node that delivers it.',
				taken,
			}),
		);
	}
	return files;
}

/**
 * Uploads what has no ID yet, in order. `done` gets each ID at once, so that none is lost half-way; what
 * it holds already stands for the first files.
 */
export async function uploadAll(
	call: ItemContext,
	kind: UploadKind,
	files: ContractFile[],
	done: string[],
): Promise<void> {
	for (const file of files.slice(done.length)) {
		if ('id' in file) {
			done.push(file.id);
			continue;
		}
		const result = (await sendFile(call, kind, file)) as Record<string, unknown> | undefined;
		const id = result?.[kind.idKey];
		if (typeof id !== 'string' || id === '')
			throw toApiError(call.exec.getNode(), {
				message: 'Kaifangqian took a file but named no ID for it',
				description: 'Run the item again.',
				itemIndex: call.index,
			});
		done.push(id);
	}
}
