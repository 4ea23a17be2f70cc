import type { ApiCaller } from './apiTypes';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether calls to this address leave the machine without TLS. */
export function isUnencrypted(baseUrl: string): boolean {
	if (!URL.canParse(baseUrl)) return false;
	const { protocol, hostname } = new URL(baseUrl);
	return protocol === 'http:' && !LOOPBACK.test(hostname);
}

export const UNENCRYPTED =
	"'Base URL' in the credential starts with http://, so anyone on the network can read the secrets and contracts. Use https:// if the platform has it.";

/** Warns an execution, beside its output and in n8n's log; other callers have no output to say it at. */
export function warnIfUnencrypted(exec: ApiCaller, baseUrl: string): void {
	if (!('addExecutionHints' in exec) || !isUnencrypted(baseUrl)) return;
	exec.addExecutionHints({ message: UNENCRYPTED, type: 'warning', location: 'outputPane' });
	exec.logger.warn(`CN E-Sign: ${UNENCRYPTED}`, { node: exec.getNode().name });
}
