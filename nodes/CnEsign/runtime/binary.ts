import {
	OperationalError,
	sleep,
	type IBinaryData,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';
import type { FileSource } from './fileBody';
import { apiError, type Refusal } from './errors';
import { safeFileName } from './fileName';
import { redact, shorten } from './redact';
import { cancelled } from './waiting';

export interface InputFile extends FileSource {
	fileName: string | undefined;
	mimeType: string;
	/** The first bytes, to see what kind of file it is. */
	head(bytes: number): Promise<Buffer>;
}

// Divisible by three, so that each piece becomes Base64 by itself: joining the ends of pieces would copy
// the whole file once more, and the copies wait in memory for the next garbage collection.
const PIECE = 48 * 1024;

/** A binary field of the input item, in whatever way n8n stores it. Nothing is read yet. */
export const inputFile = async (
	exec: IExecuteFunctions,
	itemIndex: number,
	field: string,
): Promise<InputFile> => {
	const data: IBinaryData = exec.helpers.assertBinaryData(itemIndex, field);
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
	const open = () => {
		const reading = read();
		readings.add(reading);
		return reading;
	};
	return {
		fileName: data.fileName,
		mimeType: data.mimeType,
		size,
		open,
		close: () => {
			// Not waited for: a storage that hangs must not hold up the answer. Nobody reads on, so
			// nobody misses what cannot be ended either.
			for (const reading of readings) reading.return(undefined).catch(() => {});
			readings.clear();
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
};

type Peekable = NodeJS.ReadableStream & { unshift(chunk: Buffer): void; destroy(): void };

const HEAD = 1024;
const PATIENCE = 20;

/**
 * The first bytes of a stream, which stay in the stream. Empty when it ends without any. A first piece
 * that is too short to tell a file by is given a moment to grow.
 */
export const peek = async (stream: NodeJS.ReadableStream): Promise<Buffer> => {
	const first = await firstPiece(stream);
	if (first.length === 0 || first.length >= HEAD) return first;
	const buffered = () => (stream as { readableLength?: number }).readableLength ?? 0;
	let broken: Error | undefined;
	const note = (error: Error) => {
		broken = error;
	};
	// While nobody else listens: a stream that breaks off unheard would end the whole process.
	stream.on('error', note);
	for (let waits = 0; waits < PATIENCE && buffered() < HEAD && !broken; waits++) await sleep(10);
	stream.off('error', note);
	if (broken) throw broken;
	const head = (stream as Peekable).read() as Buffer | null;
	if (head === null) return first;
	(stream as Peekable).unshift(head);
	return head;
};

const firstPiece = async (stream: NodeJS.ReadableStream): Promise<Buffer> =>
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

interface Arriving {
	push?(chunk: unknown, encoding?: BufferEncoding): boolean;
	readableLength?: number;
	destroy(error: Error): void;
	emit(event: 'error', error: Error): boolean;
}

const LOOK = 1000;

/**
 * Breaks a stream off once nothing has arrived for `patience` milliseconds. n8n's time-out ends with
 * the answer's headers: a server that then falls silent would hold the execution for ever. Arrivals are
 * noticed where they come in, because a listener would make the stream flow before anybody reads it.
 */
export const endSilence = (stream: NodeJS.ReadableStream, patience: number): void => {
	const arriving = stream as unknown as Arriving;
	const { push } = arriving;
	if (!push) return;
	let latest = Date.now();
	let over = false;
	arriving.push = (chunk, encoding) => {
		latest = Date.now();
		return push.call(stream, chunk, encoding);
	};
	const finish = () => {
		over = true;
	};
	stream.once('end', finish);
	stream.once('close', finish);
	// Also hears what comes once nobody else listens any more: unheard it would end the whole process.
	stream.on('error', finish);
	const look = async () => {
		while (!over) {
			await sleep(Math.min(LOOK, patience));
			// What has arrived and is not read yet: it is we who are slow.
			if ((arriving.readableLength ?? 0) > 0) latest = Date.now();
			if (over || Date.now() - latest < patience) continue;
			const silent = Object.assign(new OperationalError(SILENT), { code: 'ETIMEDOUT' });
			arriving.destroy(silent);
			// The HTTP client's stream ends only when its source does, which is what it does not do.
			arriving.emit('error', silent);
		}
	};
	void look();
};

const SILENT = 'Nothing more arrived in time';

const brokenDownload = {
	message: 'The download broke off before the file was complete',
	description: 'No file was kept. Run the item again.',
};

// What the HTTP client and Node say of a stream that ends before its time.
const LOST =
	/^(?:ECONNRESET|ECONNABORTED|ETIMEDOUT|EPIPE|ERR_BAD_RESPONSE|ERR_STREAM_PREMATURE_CLOSE|Z_\w+)$/;

/** What is said when storing a download ended early: the connection's fault, or the storage's. */
const storingFault = (thrown: unknown): Refusal => {
	const { code, message = '' } = thrown as { code?: string; message?: string };
	if ((code && LOST.test(code)) || /aborted|premature|socket hang up/i.test(message))
		return brokenDownload;
	return {
		message: 'The file could not be stored in n8n',
		description: `The download itself was begun. n8n says: ${shorten(redact(message))}`,
	};
};

/** The first bytes of a download, which stay in it; a download that ends before them is refused. */
export const firstBytes = async (
	node: INode,
	itemIndex: number,
	stream: NodeJS.ReadableStream,
): Promise<Buffer> =>
	await peek(stream).catch(() => {
		throw apiError(node, { ...brokenDownload, itemIndex });
	});

/** Streams a download into n8n's binary storage and returns the item that carries it. */
export const outputFile = async (
	exec: IExecuteFunctions,
	itemIndex: number,
	field: string,
	stream: NodeJS.ReadableStream,
	fileName: string,
	mimeType: string,
	json: IDataObject,
): Promise<INodeExecutionData> => {
	const name = safeFileName(fileName);
	const store = async () =>
		await exec.helpers.prepareBinaryData(
			stream as unknown as Parameters<typeof exec.helpers.prepareBinaryData>[0],
			name,
			mimeType,
		);
	const binary = await store().catch((thrown: unknown) => {
		if (exec.getExecutionCancelSignal()?.aborted) throw cancelled();
		throw apiError(exec.getNode(), { ...storingFault(thrown), itemIndex });
	});
	return { json: { ...json, fileName: name, mimeType }, binary: { [field]: binary } };
};
