import type { IBinaryData, IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { FileSource } from './fileBody';
import { safeFileName } from './fileName';

export interface InputFile extends FileSource {
	fileName: string | undefined;
	mimeType: string;
	/** The first bytes, to see what kind of file it is. */
	head(bytes: number): Promise<Buffer>;
}

/** A binary field of the input item, in whatever way n8n stores it. Nothing is read yet. */
export const inputFile = async (
	exec: IExecuteFunctions,
	itemIndex: number,
	field: string,
): Promise<InputFile> => {
	const data: IBinaryData = exec.helpers.assertBinaryData(itemIndex, field);
	const { id } = data;
	let size: number;
	let open: () => AsyncIterable<Uint8Array>;
	if (id) {
		size = (await exec.helpers.getBinaryMetadata(id)).fileSize;
		open = async function* () {
			yield* (await exec.helpers.getBinaryStream(id)) as AsyncIterable<Uint8Array>;
		};
	} else {
		const bytes = Buffer.from(data.data, 'base64');
		size = bytes.length;
		open = async function* () {
			yield bytes;
		};
	}
	return {
		fileName: data.fileName,
		mimeType: data.mimeType,
		size,
		open,
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
};

type Peekable = NodeJS.ReadableStream & { unshift(chunk: Buffer): void; destroy(): void };

/** The first bytes of a stream, which stay in the stream. Empty when it ends without any. */
export const peek = async (stream: NodeJS.ReadableStream): Promise<Buffer> =>
	await new Promise((resolve, reject) => {
		const onReadable = () => {
			const chunk = (stream as Peekable).read() as Buffer | null;
			if (chunk === null) return;
			settle();
			(stream as Peekable).unshift(chunk);
			resolve(chunk);
		};
		const onEnd = () => {
			settle();
			resolve(Buffer.alloc(0));
		};
		const onError = (error: Error) => {
			settle();
			reject(error);
		};
		const settle = () => {
			stream.off('readable', onReadable);
			stream.off('end', onEnd);
			stream.off('error', onError);
		};
		stream.on('readable', onReadable);
		stream.on('end', onEnd);
		stream.on('error', onError);
	});

/** A stream's text, up to `limit` bytes; the rest is not read. */
export const textOf = async (stream: NodeJS.ReadableStream, limit = 1_000_000): Promise<string> => {
	const parts: Buffer[] = [];
	let length = 0;
	for await (const chunk of stream as AsyncIterable<Buffer>) {
		parts.push(chunk);
		length += chunk.length;
		if (length > limit) break;
	}
	return Buffer.concat(parts).toString('utf8');
};

/** Streams a download into n8n's binary storage and returns the item that carries it. */
export const outputFile = async (
	exec: IExecuteFunctions,
	field: string,
	stream: NodeJS.ReadableStream,
	fileName: string,
	mimeType: string,
	json: IDataObject,
): Promise<INodeExecutionData> => {
	const name = safeFileName(fileName);
	const binary = await exec.helpers.prepareBinaryData(
		stream as unknown as Parameters<typeof exec.helpers.prepareBinaryData>[0],
		name,
		mimeType,
	);
	return { json: { ...json, fileName: name, mimeType }, binary: { [field]: binary } };
};
