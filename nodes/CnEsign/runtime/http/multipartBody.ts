import { assertWhole, type FileSource } from './jsonFileBody';

export interface FilePart {
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
