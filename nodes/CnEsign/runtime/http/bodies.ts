import { createHash } from 'crypto';

/** A file on its way out: read when it is sent, and again if it has to be read twice. */
export interface FileSource {
	/** Bytes. */
	size: number;
	open(): AsyncIterable<Uint8Array>;
	/** Ends all reading that is still under way. */
	close?(): void;
	/** SHA-256 of the bytes, in hexadecimal. */
	digest?(): Promise<string>;
	/** Whether the latest reading got to the end. */
	isWhole?(): boolean;
}

function isFileSource(value: unknown): value is FileSource {
	return (
		typeof value === 'object' && value !== null && typeof (value as FileSource).open === 'function'
	);
}

/**
 * To be called when a call is over. After a broken connection the HTTP client stops reading without closing
 * the source: the files would stay open until memory is cleared up.
 */
export function closeFiles(body: unknown): void {
	for (const file of filesIn(body)) file.close?.();
}

/** The files among the values of a body. */
export function filesIn(body: unknown): FileSource[] {
	if (typeof body !== 'object' || body === null) return [];
	return Object.values(body).flat().filter(isFileSource);
}

/** Throws where a file had more or fewer bytes than were announced. */
function assertWhole({ size }: FileSource, seen: number): void {
	if (seen !== size) throw new Error(`The file has ${seen} bytes where ${size} were announced`);
}

/** Base64 of a byte stream, cut where groups of three bytes end so that the pieces can be joined. */
export async function* base64Of(source: FileSource): AsyncGenerator<Uint8Array> {
	let rest = Buffer.alloc(0);
	let seen = 0;
	for await (const chunk of source.open()) {
		seen += chunk.length;
		const bytes =
			rest.length > 0
				? Buffer.concat([rest, chunk])
				: Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
		const whole = bytes.length - (bytes.length % 3);
		rest = Buffer.from(bytes.subarray(whole));
		if (whole > 0) yield Buffer.from(bytes.toString('base64', 0, whole), 'latin1');
	}
	assertWhole(source, seen);
	if (rest.length > 0) yield Buffer.from(rest.toString('base64'), 'latin1');
}

/**
 * A JSON object whose file values are written as Base64 while the body is sent, so that a file is never
 * in memory as a whole.
 *
 * Why a Blob: community nodes may not import `stream`, but n8n's HTTP client takes any Blob as a body,
 * sends its `size` as the length and pulls from its `stream()`. Unlike a Node stream it can be read more
 * than once: to sign it first, then to send it.
 */
export class JsonFileBody extends Blob {
	// An own property also keeps n8n from taking the body for an empty object and dropping it.
	readonly pieces: Array<Uint8Array | FileSource>;

	constructor(readonly fields: Record<string, unknown>) {
		super([]);
		this.pieces = [];
		let text = '';
		for (const [key, value] of Object.entries(fields)) {
			if (value === undefined) continue;
			text += `${text === '' && this.pieces.length === 0 ? '{' : ','}${JSON.stringify(key)}:`;
			if (isFileSource(value)) {
				this.pieces.push(Buffer.from(`${text}"`), value);
				text = '"';
			} else {
				text += JSON.stringify(value);
			}
		}
		this.pieces.push(Buffer.from(`${text}}`));
		const lengths = this.pieces.map((piece) =>
			piece instanceof Uint8Array ? piece.length : Math.ceil(piece.size / 3) * 4,
		);
		Object.defineProperties(this, {
			size: { value: lengths.reduce((sum, length) => sum + length, 0) },
			type: { value: 'application/json' },
		});
	}

	async *chunks(): AsyncGenerator<Uint8Array> {
		for (const piece of this.pieces) {
			if (piece instanceof Uint8Array) yield piece;
			else yield* base64Of(piece);
		}
	}

	override stream(): ReturnType<Blob['stream']> {
		return ReadableStream.from(this.chunks()) as ReturnType<Blob['stream']>;
	}
}

/** Whether one of the top-level values is a file, that is, whether the body has to be streamed. */
export function holdsFile(body: Record<string, unknown>): boolean {
	return Object.values(body).some(isFileSource);
}

interface FilePart {
	name: string;
	fileName: string;
	mimeType: string;
	file: FileSource;
}

/** The bytes of a file; fewer than announced would end in a form that looks whole. */
async function* wholeOf(file: FileSource): AsyncGenerator<Uint8Array> {
	let seen = 0;
	for await (const chunk of file.open()) {
		seen += chunk.length;
		yield chunk;
	}
	assertWhole(file, seen);
}

const quoted = (text: string) => text.replace(/"/g, '%22').replace(/[\r\n]/g, ' ');

/**
 * A multipart form with one file, read while it is sent. Built here instead of with `FormData`, because
 * the boundary is part of the content type, and that has to be known when the request is signed.
 * Why a Blob: see `JsonFileBody`.
 */
export class MultipartBody extends Blob {
	readonly contentType: string;

	readonly pieces: Array<Uint8Array | FileSource>;

	constructor(
		readonly fields: Record<string, string>,
		part: FilePart,
		boundary: string,
	) {
		super([]);
		this.contentType = `multipart/form-data; boundary=${boundary}`;
		const texts = Object.entries(fields).map(
			([name, value]) =>
				`--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"\r\n\r\n${value}\r\n`,
		);
		const head = `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(part.name)}"; filename="${quoted(part.fileName)}"\r\nContent-Type: ${quoted(part.mimeType)}\r\n\r\n`;
		this.pieces = [
			Buffer.from(texts.join('') + head),
			part.file,
			Buffer.from(`\r\n--${boundary}--\r\n`),
		];
		const size = this.pieces.reduce(
			(sum, piece) => sum + (piece instanceof Uint8Array ? piece.length : piece.size),
			0,
		);
		Object.defineProperties(this, { size: { value: size }, type: { value: this.contentType } });
	}

	async *chunks(): AsyncGenerator<Uint8Array> {
		for (const piece of this.pieces) {
			if (piece instanceof Uint8Array) yield piece;
			else yield* wholeOf(piece);
		}
	}

	override stream(): ReturnType<Blob['stream']> {
		return ReadableStream.from(this.chunks()) as ReturnType<Blob['stream']>;
	}
}

/** Digest of a file's bytes; those that were counted while it was sent are not read again. */
export async function fileDigest(file: FileSource): Promise<string> {
	if (file.digest) return await file.digest();
	const hash = createHash('sha256');
	for await (const chunk of file.open()) hash.update(chunk);
	return hash.digest('hex');
}

/** What a body says, with files as the digest of their bytes. */
export async function contentDigest(body: unknown): Promise<unknown> {
	if (isFileSource(body)) return await fileDigest(body);
	if (body instanceof MultipartBody)
		return [body.fields, await Promise.all(body.pieces.filter(isFileSource).map(fileDigest))];
	if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
	const entries = Object.entries(body).map(async ([name, value]) => [
		name,
		isFileSource(value) ? await fileDigest(value) : value,
	]);
	return await Promise.all(entries);
}
