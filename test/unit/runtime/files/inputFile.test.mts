import { Readable } from 'node:stream';
import type { IBinaryData, IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	binaryFieldOf,
	binaryFieldNamed,
	binaryFieldsOf,
	existingFields,
	inputFile,
	withoutBytes,
} from '../../../../nodes/CnEsign/runtime/files/inputFile.js';
import { parametersOf } from '../../../../nodes/CnEsign/runtime/items/parameters.js';
import { chunked, fail, node, refusalOf, thrownBy } from '../../support.mjs';

const read = async (chunks: AsyncIterable<Uint8Array>): Promise<Buffer> => {
	const parts: Uint8Array[] = [];
	for await (const chunk of chunks) parts.push(chunk);
	return Buffer.concat(parts);
};

const binaryOf = (content: Buffer, stored = false): IBinaryData => ({
	...(stored ? { id: 'filesystem-v2:1' } : {}),
	data: stored ? 'filesystem-v2' : content.toString('base64'),
	fileName: '合同.pdf',
	mimeType: 'application/pdf',
});

/** A node with one input item, whose file is in the item itself, or behind an ID in n8n's storage. */
const execWith = (
	item: INodeExecutionData,
	content: Buffer = Buffer.alloc(0),
	cuts: number[] = [],
) =>
	({
		getNode: () => node,
		getInputData: () => [item],
		helpers: {
			assertBinaryData: (_: number, name: string) => item.binary?.[name],
			getBinaryMetadata: async () => ({ fileSize: content.length }),
			getBinaryStream: async () => Readable.from(chunked(content, cuts)),
		},
	}) as unknown as IExecuteFunctions;

const execWithFile = (content: Buffer, stored = false, cuts: number[] = []) =>
	execWith({ json: {}, binary: { data: binaryOf(content, stored) } }, content, cuts);

const bytes = fc.uint8Array({ maxLength: 100 }).map((array) => Buffer.from(array));
const cuts = fc.array(fc.nat(100), { maxLength: 5 });

describe('inputFile', () => {
	it('reads the same bytes from either kind of storage, as often as asked', async () => {
		await fc.assert(
			fc.asyncProperty(
				bytes,
				fc.boolean(),
				cuts,
				fc.nat(120),
				async (content, stored, at, count) => {
					const file = await inputFile(execWithFile(content, stored, at), 0, 'data');
					expect(file.size).toBe(content.length);
					expect(await file.head(count)).toEqual(content.subarray(0, count));
					expect(await read(file.open())).toEqual(content);
					expect(await read(file.open())).toEqual(content);
				},
			),
		);
	});

	it('takes binary data that an expression has found, wherever that stands', async () => {
		const content = Buffer.from('%PDF-1.7');
		const file = await inputFile(execWith({ json: {} }), 0, binaryOf(content));
		expect(await read(file.open())).toEqual(content);
		expect([file.fileName, file.mimeType]).toEqual(['合同.pdf', 'application/pdf']);
	});

	it.each([
		[{ json: {} }, 'The item has no binary field: let a node before this one deliver the file.'],
		[
			{ json: {}, binary: { data: binaryOf(Buffer.alloc(1)), scan: binaryOf(Buffer.alloc(1)) } },
			"The item has: 'data', 'scan'.",
		],
	])('says of a field that is not there what there is instead: %#', async (item, said) => {
		const thrown = await thrownBy(async () => await inputFile(execWith(item), 0, 'contract'));
		expect(thrown.message).toBe("The item has no binary field 'contract'");
		expect((thrown as { description?: string }).description).toBe(said);
	});

	it('ends all reading that is under way when it is closed', async () => {
		const file = await inputFile(execWithFile(Buffer.from('abcdef'), true, [2, 4]), 0, 'data');
		const reading = file.open()[Symbol.asyncIterator]();
		expect(Buffer.from((await reading.next()).value as Uint8Array).toString()).toBe('ab');
		file.close?.();
		expect(await reading.next()).toEqual({ done: true, value: undefined });
		// Whoever reads afterwards begins anew.
		expect((await read(file.open())).toString()).toBe('abcdef');
	});
});

describe('binaryFieldsOf', () => {
	const combined = (item: INodeExecutionData) => {
		const exec = execWith(item);
		const fieldAt = (path: string) =>
			path.split('.').reduce<unknown>((value, key) => (value as IDataObject)[key], item.json);
		exec.helpers.assertBinaryData = (_: number, path: string) =>
			(item.binary?.[path] ?? fieldAt(path)) as IBinaryData;
		return exec;
	};

	it("are the item's own, and in the combined mode of n8n those among its other fields", () => {
		const data = binaryOf(Buffer.from('x'));
		const item = {
			json: {
				scan: data as never,
				stored: { ...data, id: 'filesystem-v2:1', data: '' } as never,
				name: '张三',
				_files: { scan: data as never, 合同: data as never, other: 'x' },
				list: [data as never],
				// Talks of a type, but has no file.
				attachment: { mimeType: 'application/pdf', url: 'x' },
			},
			binary: { data },
		};
		const fields = ['data', 'scan', 'stored', '_files.scan', '_files.合同'];
		expect(binaryFieldsOf(combined(item), 0)).toEqual(fields);
		expect(existingFields(combined(item), 0)).toBe(
			`The item has: ${fields.map((name) => `'${name}'`).join(', ')}.`,
		);
		expect(binaryFieldsOf(combined(item), 5)).toEqual([]);
		// In the other mode n8n takes nothing out of the JSON, whoever has written it.
		expect(binaryFieldsOf(execWith(item), 0)).toEqual(['data']);
	});

	it('are found by their name or by the end of their path, where that is clear', () => {
		const data = binaryOf(Buffer.from('x')) as never;
		const exec = combined({ json: { _files: { data, scan: data }, more: { scan: data } } });
		const found = ['data', '_files.data', 'scan', 'more.scan', 'other', '_files'].map((field) =>
			binaryFieldNamed(exec, 0, field),
		);
		expect(found).toEqual([
			...['_files.data', '_files.data', undefined, 'more.scan', undefined, undefined],
		]);
	});
});

describe('binaryFieldOf', () => {
	const field = { displayName: 'Input', name: 'input', type: 'string', default: '' } as const;
	const of = (input: unknown) => binaryFieldOf(parametersOf({ input }, [field], fail), 'input');

	it('is a name, or binary data that an expression gives', () => {
		expect(of(' data ')).toBe('data');
		const data = binaryOf(Buffer.from('x'));
		expect(of(data)).toBe(data);
	});

	it('is refused where it is neither', () => {
		expect(refusalOf(() => of(''))?.message).toBe("'Input' is empty for this item");
		expect(refusalOf(() => of({ fileName: 'a.pdf' }))?.message).toBe("'Input' is not a text");
	});
});

describe('withoutBytes', () => {
	it('is the rest of the file, wherever its pieces are cut', async () => {
		await fc.assert(
			fc.asyncProperty(bytes, cuts, fc.nat(100), fc.nat(100), async (content, at, cut, count) => {
				const first = Math.min(cut, content.length);
				const file = withoutBytes(
					await inputFile(execWithFile(content, true, at), 0, 'data'),
					first,
				);
				const rest = content.subarray(first);
				expect(file.size).toBe(rest.length);
				expect(await read(file.open())).toEqual(rest);
				expect(await file.head(count)).toEqual(rest.subarray(0, count));
				expect(file.fileName).toBe('合同.pdf');
			}),
		);
	});
});
