import { createHash } from 'crypto';
import { NodeOperationError, type IBinaryData, type IExecuteFunctions } from 'n8n-workflow';
import { fileDigest, type FileSource } from '../http/bodies';
import { isRecord } from '../items/values';
import type { Parameters } from '../items/parameters';

export interface InputFile extends FileSource {
	fileName: string | undefined;
	mimeType: string;
	/** The first bytes, to see what kind of file it is. */
	head(bytes: number): Promise<Buffer>;
}

// Divisible by three, so that each piece becomes Base64 by itself: joining the ends of pieces would copy
// the whole file once more, and the copies wait in memory for the next garbage collection.
const PIECE = 48 * 1024;

const isBinary = (value: unknown): value is IBinaryData => {
	const { mimeType, data, id } = (value ?? {}) as Partial<IBinaryData>;
	return (
		typeof mimeType === 'string' &&
		[data, id].some((part) => typeof part === 'string' && part !== '')
	);
};

/** Whether a value describes a file, with or without its content. */
export function describesFile(value: unknown): value is IBinaryData {
	return typeof (value as Partial<IBinaryData> | null | undefined)?.mimeType === 'string';
}

const withoutContent = (file: IBinaryData): string =>
	JSON.stringify(file, (key, value: unknown) => (key === 'data' ? undefined : value));

/**
 * Where n8n keeps files in memory, an expression gives a file without its content. The binary field with the
 * same metadata is the one that is meant.
 */
const withContent = (
	exec: IExecuteFunctions,
	itemIndex: number,
	file: IBinaryData,
): IBinaryData => {
	if (isBinary(file)) return file;
	const { binary = {} } = exec.getInputData()[itemIndex] ?? {};
	const metadata = withoutContent(file);
	const found = Object.values(binary).filter((other) => withoutContent(other) === metadata);
	if (found.length === 1) return found[0];
	throw new NodeOperationError(exec.getNode(), 'An expression gave a file without its content', {
		itemIndex,
		description:
			'n8n keeps files in memory here, where expressions do not reach them. Enter the name of the binary field instead of the expression.',
	});
};

/** Paths of what looks like files in an item's JSON, at the top or in an object there. */
const pathsIn = (json: Record<string, unknown>): string[] =>
	Object.entries(json).flatMap(([name, value]) => {
		if (isBinary(value)) return [name];
		if (!isRecord(value)) return [];
		const inner = Object.keys(value).filter((key) => isBinary(value[key]));
		return inner.map((key) => `${name}.${key}`);
	});

/** Whether n8n itself knows this path as a file: JSON that only looks like one must not choose what is sent. */
const isTaken = (exec: IExecuteFunctions, itemIndex: number, field: string): boolean => {
	try {
		return isBinary(exec.helpers.assertBinaryData(itemIndex, field));
	} catch {
		return false;
	}
};

/** Names of an item's binary fields; in n8n's combined mode they stand among its other fields. */
export function binaryFieldsOf(exec: IExecuteFunctions, itemIndex: number): string[] {
	const { binary = {}, json = {} } = exec.getInputData()[itemIndex] ?? {};
	return [
		...Object.keys(binary),
		...pathsIn(json).filter((path) => isTaken(exec, itemIndex, path)),
	];
}

/** What the input has instead of a field that is not there, for messages. */
export function existingFields(exec: IExecuteFunctions, itemIndex: number): string {
	const names = binaryFieldsOf(exec, itemIndex);
	return names.length === 0
		? 'The item has no binary field: let a node before this one deliver the file.'
		: `The item has: ${names.map((name) => `'${name}'`).join(', ')}.`;
}

/** The text or the binary data that a parameter for a binary field holds. */
export function binaryFieldOf(parameters: Parameters, name: string): string | IBinaryData {
	const value = parameters.value(name);
	return describesFile(value) ? value : parameters.text(name, { required: true });
}

/** The field of this name; in n8n's combined mode it may be the end of a path. */
export function binaryFieldNamed(
	exec: IExecuteFunctions,
	itemIndex: number,
	field: string,
): string | undefined {
	const fields = binaryFieldsOf(exec, itemIndex);
	// n8n resolves any other path itself.
	if (fields.includes(field) || (/[.[]/.test(field) && isTaken(exec, itemIndex, field)))
		return field;
	const ends = fields.filter((path) => path.endsWith(`.${field}`));
	return ends.length === 1 ? ends[0] : undefined;
}

/** A binary field of the input item, in whatever way n8n stores it. Nothing is read yet. */
export async function inputFile(
	exec: IExecuteFunctions,
	itemIndex: number,
	field: string | IBinaryData,
): Promise<InputFile> {
	const named = typeof field === 'string' ? binaryFieldNamed(exec, itemIndex, field) : field;
	if (named === undefined)
		throw new NodeOperationError(
			exec.getNode(),
			`The item has no binary field '${String(field)}'`,
			{
				itemIndex,
				description: existingFields(exec, itemIndex),
			},
		);
	const data =
		typeof named === 'string'
			? exec.helpers.assertBinaryData(itemIndex, named)
			: withContent(exec, itemIndex, named);
	const { id } = data;
	let size: number;
	let read: () => AsyncGenerator<Uint8Array>;
	if (id) {
		size = (await exec.helpers.getBinaryMetadata(id)).fileSize;
		read = async function* () {
			yield* (await exec.helpers.getBinaryStream(id, PIECE)) as AsyncIterable<Uint8Array>;
		};
	} else {
		const bytes = Buffer.from(data.data, 'base64');
		size = bytes.length;
		read = async function* () {
			yield bytes;
		};
	}
	const readings = new Set<AsyncGenerator<Uint8Array>>();
	let digest: string | undefined;
	let isWhole = false;
	const counting = async function* (): AsyncGenerator<Uint8Array> {
		const hash = digest === undefined ? createHash('sha256') : undefined;
		isWhole = false;
		for await (const chunk of read()) {
			hash?.update(chunk);
			yield chunk;
		}
		isWhole = true;
		digest ??= hash?.digest('hex');
	};
	const open = () => {
		const reading = counting();
		readings.add(reading);
		return reading;
	};
	return {
		fileName: data.fileName,
		mimeType: data.mimeType,
		size,
		open,
		isWhole: () => isWhole,
		close: () => {
			// Fire and forget: closing may hang, and nobody reads this stream any more.
			for (const reading of readings) reading.return(undefined).catch(() => {});
			readings.clear();
		},
		digest: async () => {
			const reading = open();
			while (digest === undefined && !(await reading.next()).done);
			return digest ?? '';
		},
		head: async (bytes) => {
			const parts: Uint8Array[] = [];
			let length = 0;
			for await (const chunk of open()) {
				parts.push(chunk);
				length += chunk.length;
				if (length >= bytes) break;
			}
			return Buffer.concat(parts).subarray(0, bytes);
		},
	};
}

/** The same file without its first bytes. */
export function withoutBytes(file: InputFile, count: number): InputFile {
	const open = async function* (): AsyncGenerator<Uint8Array> {
		let left = count;
		for await (const chunk of file.open()) {
			if (left < chunk.length) yield chunk.subarray(left);
			left = Math.max(0, left - chunk.length);
		}
	};
	return {
		...file,
		size: file.size - count,
		open,
		// The whole file's digest and the number of bytes cut off identify what is left.
		digest: async () => `${count} ${await fileDigest(file)}`,
		head: async (bytes) => (await file.head(count + bytes)).subarray(count),
	};
}
