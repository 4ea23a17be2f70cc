import { OperationalError, sleep, type INode } from 'n8n-workflow';
import { toApiError, type ErrorDetails } from '../http/errors';

type Peekable = NodeJS.ReadableStream & { unshift(chunk: Buffer): void };

const HEAD = 1024;
const MOST_WAITS = 20;

/**
 * The first bytes of a stream, which stay in the stream. Empty when it ends without any. A first piece
 * that is too short to tell a file by is given a moment to grow.
 */
export async function peek(stream: NodeJS.ReadableStream): Promise<Buffer> {
	const first = await firstPiece(stream);
	if (first.length === 0 || first.length >= HEAD) return first;
	const buffered = () => (stream as { readableLength?: number }).readableLength ?? 0;
	let broken: Error | undefined;
	const note = (error: Error) => {
		broken = error;
	};
	// An 'error' event without a listener would end the whole process.
	stream.on('error', note);
	for (let waits = 0; waits < MOST_WAITS && buffered() < HEAD && !broken; waits++) await sleep(10);
	stream.off('error', note);
	if (broken) throw broken;
	const head = (stream as Peekable).read() as Buffer | null;
	if (head === null) return first;
	(stream as Peekable).unshift(head);
	return head;
}

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
export async function textOf(stream: NodeJS.ReadableStream, limit = 1_000_000): Promise<string> {
	const parts: Buffer[] = [];
	let length = 0;
	for await (const chunk of stream as AsyncIterable<Buffer>) {
		parts.push(chunk);
		length += chunk.length;
		if (length > limit) break;
	}
	return Buffer.concat(parts).toString('utf8');
}

interface Arriving {
	push?(chunk: unknown, encoding?: BufferEncoding): boolean;
	readableLength?: number;
	destroy(error: Error): void;
	emit(event: 'error', error: Error): boolean;
}

const LOOK = 1000;

/**
 * Breaks a stream and its connection off once nothing has arrived for `timeout` milliseconds. n8n's time-out
 * ends with the answer's headers: a server that then falls silent would hold the execution for ever. Arrivals
 * are noticed in `push`, because a listener would make the stream flow before anybody reads it.
 */
export function endSilence(stream: NodeJS.ReadableStream, timeout: number, end: () => void): void {
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
	// Stays when all others have left: an 'error' event without a listener would end the whole process.
	stream.on('error', finish);
	const look = async () => {
		while (!over) {
			await sleep(Math.min(LOOK, timeout));
			// Data is waiting to be read: this side is slow, not the server.
			if ((arriving.readableLength ?? 0) > 0) latest = Date.now();
			if (over || Date.now() - latest < timeout) continue;
			const silent = Object.assign(new OperationalError(SILENT), { code: 'ETIMEDOUT' });
			// In this order: ending the connection first would look like a cancellation to the reader, and after
			// the error the HTTP client does not listen for the end any more.
			arriving.destroy(silent);
			end();
			// The HTTP client's stream ends only with its source, which here never ends.
			arriving.emit('error', silent);
		}
	};
	void look();
}

const SILENT = 'Nothing more arrived in time';

/** Said where a download ended before its file was complete. */
export const brokenDownload: ErrorDetails = {
	message: 'The download broke off before the file was complete',
	description: 'No file was kept. Run the item again.',
};

/** The first bytes of a download, which stay in it; a download that ends before them is refused. */
export async function firstBytes(
	node: INode,
	itemIndex: number,
	stream: NodeJS.ReadableStream,
): Promise<Buffer> {
	return await peek(stream).catch(() => {
		throw toApiError(node, { ...brokenDownload, itemIndex });
	});
}
