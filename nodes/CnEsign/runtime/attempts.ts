import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import type { NodeFault } from './errors';
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
	uploaded?: UploadedIds;
	files?: string;
}

export interface UploadedIds extends IDataObject {
	docIds: string[];
	fileIds: string[];
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

/** What an earlier attempt has uploaded, unless it was for other files. */
export const uploadedBefore = (attempt: Attempt, files: unknown): UploadedIds => {
	const hash = hashOf(files);
	// What was sent off stays together with what was uploaded for it.
	if (!attempt.sent && attempt.files !== hash) {
		attempt.files = hash;
		attempt.uploaded = undefined;
	}
	return (attempt.uploaded ??= { docIds: [], fileIds: [] });
};

/** Whether a call that writes may have been carried out although no success came back. */
export const isUndecided = (fault: NodeFault): boolean => fault.context.outcomeUnknown === true;
