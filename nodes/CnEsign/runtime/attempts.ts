import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import { apiError, asNodeFault, type LeftBehind, type NodeFault } from './errors';
import type { RunSettings } from './settings';
import type { ItemCall } from './types';

/**
 * What was tried for one item in this run of the node.
 *
 * n8n's setting 'Retry On Fail' runs the node anew for all items, also for those that were done, and an
 * execution that is retried by hand starts with what it knew. A contract that was started must not be
 * started again by that, so it is kept in the execution's own data, which both of them carry along.
 */
export interface Attempt extends IDataObject {
	/** The call went out, and no clear refusal came back. */
	sent?: boolean;
	result?: IDataObject;
	/** What was uploaded for it. */
	uploaded?: LeftBehind;
}

/** The same run, item and content: then it is another attempt at the same thing. */
export const attemptOf = <Client>({ exec, index }: ItemCall<Client>, content: unknown): Attempt => {
	// Only a hash: what is kept must not tell who signs.
	const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32);
	const run = Number(exec.getWorkflowDataProxy(index).$runIndex);
	const memory = exec.getContext('node');
	return (memory[`cnEsign ${run} ${index} ${hash}`] ??= {}) as Attempt;
};

// An HTTP status in place of the platform's own code: an answer that cannot be read, or a server that
// stopped in the middle, may stand at the end of work that was done.
const UNDECIDED = /^(?:200|5\d\d)$/;

/** Whether a call that writes may have been carried out although no success came back. */
export const isUndecided = (fault: NodeFault, { signal }: RunSettings): boolean =>
	// Cancelled while it was under way.
	signal?.aborted === true ||
	fault.context.outcomeUnknown === true ||
	('httpCode' in fault && UNDECIDED.test(fault.httpCode ?? ''));

/** Makes a call that must not be made twice, unless an earlier attempt has made it. */
export const onlyOnce = async <Client>(
	{ exec, index, settings }: ItemCall<Client>,
	attempt: Attempt,
	work: () => Promise<unknown>,
): Promise<unknown> => {
	if (attempt.result) return attempt.result;
	if (attempt.sent)
		throw apiError(exec.getNode(), {
			message: 'An earlier attempt was sent off, and whether it was carried out is unknown',
			description:
				'It was not sent again, because that could do it twice. Look in the console whether it was carried out; if it was not, start a new execution.',
			itemIndex: index,
			outcomeUnknown: true,
		});
	attempt.sent = true;
	try {
		const result = await work();
		attempt.result = (result ?? {}) as IDataObject;
		return result;
	} catch (thrown) {
		const fault = asNodeFault(exec.getNode(), thrown, index);
		if (!isUndecided(fault, settings)) attempt.sent = false;
		throw fault;
	}
};
