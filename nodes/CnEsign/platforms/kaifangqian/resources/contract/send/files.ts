import type { IExecuteFunctions } from 'n8n-workflow';
import { inputFile } from '../../../../../runtime/binary';
import { apiError } from '../../../../../runtime/errors';
import type { Parameters } from '../../../../../runtime/parameters';
import type { ItemCall } from '../../../../../runtime/types';
import type { KaifangqianClient } from '../../../client';
import { readyFile, sendFile, type ReadyFile } from '../../upload';
import type { UploadKind } from '../../uploadFields';

/** A binary field of one of the input items. */
interface Field {
	item: number;
	field: string;
}

/** A file of the contract: still to be uploaded, or named by the ID that a former run gave. */
export type ContractFile = { id: string } | ReadyFile;

export const ALL_FIELDS = '*';

const fieldsIn = (exec: IExecuteFunctions, item: number): string[] =>
	Object.keys(exec.getInputData()[item]?.binary ?? {});

/** The binary fields that a parameter names, item by item. `*` stands for all but `others`. */
const fieldsOf = (
	{ exec, indexes }: ItemCall<KaifangqianClient>,
	names: string[],
	others: string[],
): Field[] =>
	indexes.flatMap((item) =>
		[...new Set(names)]
			.flatMap((name) =>
				name === ALL_FIELDS
					? fieldsIn(exec, item).filter((field) => ![...names, ...others].includes(field))
					: [name],
			)
			.map((field) => ({ item, field })),
	);

export interface FileChoice {
	kind: UploadKind;
	/** The parameter with the names of binary fields, and where it stands. */
	fields: { in: Parameters; name: string };
	/** The parameter with IDs out of a former run, and where it stands. */
	ids: { in: Parameters; name: string };
	/** Names of binary fields that `*` leaves out. */
	others: string[];
	sizeLimit: number | undefined;
}

/**
 * The files of a contract, all checked and none of them sent. IDs out of a former run stand for the
 * first files, because files are uploaded one after another.
 */
export const filesOf = async (
	call: ItemCall<KaifangqianClient>,
	{ kind, fields, ids, others, sizeLimit }: FileChoice,
): Promise<ContractFile[]> => {
	const { exec, indexes, parameters } = call;
	const label = fields.in.label(fields.name);
	const found = fieldsOf(call, fields.in.list(fields.name), others);
	const uploaded = ids.in.list(ids.name);
	if (found.length > 0 && uploaded.length > found.length)
		parameters.fail(
			`${ids.in.label(ids.name)} holds ${uploaded.length} IDs, more than there are files (${found.length})`,
			'The IDs stand for the first files, in their order. Take out those that belong to no file of this item.',
		);
	const files: ContractFile[] = uploaded.map((id) => ({ id }));
	for (const { item, field } of found.slice(uploaded.length)) {
		const where = indexes.length > 1 ? `${field}, item ${item}` : field;
		if (!fieldsIn(exec, item).includes(field))
			parameters.fail(
				`${label} names the binary field '${field}', which ${indexes.length > 1 ? `item ${item}` : 'the item'} does not have`,
				'Check the node that delivers the file, or give the name that its output shows.',
			);
		files.push(
			await readyFile(call, kind, await inputFile(exec, item, field), {
				place: `${label} (${where})`,
				sizeLimit,
				nameHint: 'Give the file a shorter name in the node that delivers it.',
			}),
		);
	}
	return files;
};

/**
 * Uploads what has no ID yet, in order. `done` gets each ID at once, so that none is lost half-way; what
 * it holds already stands for the first files.
 */
export const uploadAll = async (
	call: ItemCall<KaifangqianClient>,
	kind: UploadKind,
	key: 'docId' | 'fileId',
	files: ContractFile[],
	done: string[],
): Promise<void> => {
	for (const file of files.slice(done.length)) {
		if ('id' in file) {
			done.push(file.id);
			continue;
		}
		const result = (await sendFile(call, kind, file)) as Record<string, unknown> | undefined;
		const id = result?.[key];
		if (typeof id !== 'string' || id === '')
			throw apiError(call.exec.getNode(), {
				message: 'Kaifangqian took a file but named no ID for it',
				description: 'Run the item again.',
				itemIndex: call.index,
			});
		done.push(id);
	}
};
