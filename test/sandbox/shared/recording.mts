import { createHash } from 'node:crypto';

/** What stands in for a body too large to keep. */
export interface BodyDigest {
	bytes: number;
	sha256: string;
}

export interface RecordedRequest {
	/** Monotonic milliseconds (`performance.now()`) at which the call arrived. */
	at: number;
	method: string;
	path: string;
	query: Record<string, string | string[]>;
	headers: Record<string, string | string[] | undefined>;
	rawBody: Buffer | BodyDigest;
	/** 0 while the call is being handled, and for good when its connection was destroyed. */
	statusCode: number;
	/** Names sent that the API documentation does not know. */
	unknownFields: string[];
}

const KEEP_BODIES_UP_TO = 1024 * 1024;

/** Recordings must not hold uploads in memory for the life of a test run. */
export function recordableBody(raw: Buffer): Buffer | BodyDigest {
	if (raw.length <= KEEP_BODIES_UP_TO) return raw;
	return { bytes: raw.length, sha256: createHash('sha256').update(raw).digest('hex') };
}
