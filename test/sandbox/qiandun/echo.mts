/**
 * A path of no vendor's: shows what came through the gate, for tests of calls the documents leave
 * open (any method, file uploads). Uploading itself is endpoint #26, whose path is not known.
 */
import { createHash } from 'node:crypto';
import { ok, type Answer } from './envelope.mjs';
import { queryObject, type QueryPair } from './query.mjs';

export const ECHO_PATH = '/sandbox-only/echo';

export interface Received {
	method: string;
	path: string;
	pairs: QueryPair[];
	contentType: string | undefined;
	body: Buffer;
}

export async function echo({ method, path, pairs, contentType, body }: Received): Promise<Answer> {
	return ok({
		method,
		path,
		query: queryObject(pairs),
		/** Order and repetition as received. */
		queryPairs: pairs.map(({ key, value }) => [key, value]),
		contentType: contentType ?? null,
		size: body.length,
		sha256: sha256(body),
		...(await contentOf(contentType ?? '', body)),
	});
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function contentOf(contentType: string, body: Buffer): Promise<Record<string, unknown>> {
	if (body.length === 0) return {};
	if (/^multipart\/form-data|^application\/x-www-form-urlencoded/i.test(contentType)) {
		return await formOf(contentType, body);
	}
	const text = body.toString('utf8');
	if (!/json/i.test(contentType)) return { text };
	try {
		return { text, body: JSON.parse(text) as unknown };
	} catch {
		return { text };
	}
}

async function formOf(contentType: string, body: Buffer): Promise<Record<string, unknown>> {
	const form = await new Response(new Uint8Array(body), {
		headers: { 'content-type': contentType },
	})
		.formData()
		.catch(() => null);
	if (!form) return { fields: null, files: null };
	const fields: Array<{ name: string; value: string }> = [];
	const files: Array<Record<string, unknown>> = [];
	for (const [name, value] of form.entries()) {
		if (typeof value === 'string') {
			fields.push({ name, value });
			continue;
		}
		const bytes = new Uint8Array(await value.arrayBuffer());
		files.push({
			name,
			fileName: value.name,
			contentType: value.type,
			size: bytes.length,
			sha256: sha256(bytes),
		});
	}
	return { fields, files };
}
