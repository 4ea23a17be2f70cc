import type { IExecuteFunctions } from 'n8n-workflow';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether calls to this address can be read on their way: no TLS, and they leave the machine. */
export const isReadableOnTheWay = (baseUrl: string): boolean => {
	if (!URL.canParse(baseUrl)) return false;
	const { protocol, hostname } = new URL(baseUrl);
	return protocol === 'http:' && !LOOPBACK.test(hostname);
};

export const PLAIN_HTTP =
	"'Base URL' in the credential starts with http://, so the secrets and the contracts can be read by whoever is on the way. Use https:// if the platform has it.";

/** Says it once per run, beside the output and in n8n's log; only an execution has a place for it. */
export const warnOfPlainHttp = (exec: IExecuteFunctions, baseUrl: string): void => {
	if (typeof exec.addExecutionHints !== 'function' || !isReadableOnTheWay(baseUrl)) return;
	exec.addExecutionHints({ message: PLAIN_HTTP, type: 'warning', location: 'outputPane' });
	exec.logger.warn(`CN E-Sign: ${PLAIN_HTTP}`, { node: exec.getNode().name });
};
