import { createHash } from 'crypto';
import { isFileSource, type FileSource } from './jsonFileBody';
import { MultipartBody } from './multipartBody';

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
