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
	/** What was uploaded for it, and for which files. */
	uploaded?: LeftBehind;
	files?: string;
}

// Only a hash: what is kept must not tell who signs.
const hashOf = (content: unknown): string =>
	createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32);

/**
 * The same run and item: then it is another attempt at the same thing, whatever is sent. An expression
 * such as a contract number made of the time gives something else with every attempt. Only the calls of
 * an agent are told apart by what they send, because several of them can bear the number of one run.
 */
export const attemptOf = <Client>({ exec, index }: ItemCall<Client>, content: unknown): Attempt => {
	const run = Number(exec.getWorkflowDataProxy(index).$runIndex);
	const key = ['cnEsign', run, index];
	if (exec.getNode().type.endsWith('Tool')) key.push(hashOf(content));
	return (exec.getContext('node')[key.join(' ')] ??= {}) as Attempt;
};

/** What an earlier attempt has uploaded, unless it was for other files; `none` where there is nothing. */
export const uploadedBefore = (
	attempt: Attempt,
	files: unknown,
	none: () => LeftBehind,
): LeftBehind => {
	const hash = hashOf(files);
	// What was sent off stays together with what was uploaded for it.
	if (!attempt.sent && attempt.files !== hash) {
		attempt.files = hash;
		attempt.uploaded = none();
	}
	return (attempt.uploaded ??= none());
};

/** Whether a call that writes may have been carried out although no success came back. */
export const isUndecided = (fault: NodeFault, { signal }: RunSettings): boolean =>
	// Cancelled while it was under way.
	signal?.aborted === true || fault.context.outcomeUnknown === true;

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
