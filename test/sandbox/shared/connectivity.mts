import { isWebAddress } from './html.mjs';
import { get } from './httpRequest.mjs';

/** What became of the GET with which a console tries a callback address. */
export interface Connectivity {
	url: string;
	/** Of any answer; null when there was none. */
	status: number | null;
	body: string;
	/** Why there was no answer. */
	error: string;
	durationMs: number;
}

/** One GET without parameters or anything in it. Never rejects: no answer is a result, too. */
export async function testConnectivity(url: string, timeoutMs: number): Promise<Connectivity> {
	const begun = performance.now();
	const result = { url, status: null, body: '', error: '' };
	const took = () => ({ durationMs: Math.round(performance.now() - begun) });
	if (!isWebAddress(url)) return { ...result, error: 'not a web address', ...took() };
	try {
		const answer = await get(url, {
			connectTimeoutMs: timeoutMs,
			readTimeoutMs: timeoutMs,
			signal: AbortSignal.timeout(timeoutMs),
		});
		return { ...result, ...answer, ...took() };
	} catch (error) {
		return { ...result, error: reasonOf(error, timeoutMs), ...took() };
	}
}

/** Node's message names no time-out, and is empty where all addresses of a host have failed. */
function reasonOf(error: unknown, timeoutMs: number): string {
	if (!(error instanceof Error)) return String(error);
	if (error.name === 'AbortError') return `no answer within ${timeoutMs} ms`;
	const { code } = error as NodeJS.ErrnoException;
	return error.message || code || error.name;
}
