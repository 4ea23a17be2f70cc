import {
	NodeApiError,
	NodeOperationError,
	type Failure,
	type INode,
	type JsonObject,
} from 'n8n-workflow';

/** Names of the classes that an object is made of; most of n8n's errors bear the `name` "Error". */
const classNames = (value: object): string[] => {
	const names: string[] = [];
	for (
		let proto: unknown = Object.getPrototypeOf(value);
		proto;
		proto = Object.getPrototypeOf(proto)
	)
		names.push((proto as { constructor?: { name?: string } }).constructor?.name ?? '');
	return names;
};

/**
 * Whether this is one of n8n's errors, or made from one. Never asked by class: where the package finds
 * another copy of n8n-workflow than n8n's own, no error of n8n is an instance of the classes that it knows.
 */
export function isErrorNamed(thrown: unknown, names: string[]): thrown is Error {
	if (typeof thrown !== 'object' || thrown === null || !('message' in thrown)) return false;
	const ownName = (thrown as { name?: unknown }).name;
	return [ownName, ...classNames(thrown)].some((name) => names.includes(name as string));
}

/** Refusals that are written for people, thrown by n8n or by this package before anything is sent. */
export const LOCAL_ERRORS = ['UserError', 'NodeOperationError'];

/** What an error says; `toApiError` makes one of n8n's errors of it. */
export interface ErrorDetails {
	/** What happened, in the user's words. */
	message: string;
	/** What to do. */
	description?: string;
	/** The platform's own code, or the HTTP status where the platform gave none. */
	code?: string;
	itemIndex?: number;
	/** The call went out, and nobody knows whether it was carried out. */
	outcomeUnknown?: boolean;
	/** Why it failed, in n8n's words, where that is certain. */
	cause?: Failure['cause'];
}

/** How a message ends after which nobody knows what was done. */
export const UNKNOWN = 'whether the call was carried out is unknown';

/** What to do where nobody knows whether a call was carried out. */
export function howToFindOut(platformName: string, code?: string): string {
	return `The call was not repeated, because that could do it twice${code ? ` (${code})` : ''}. Check on ${platformName}'s own pages whether it was carried out before you run this item again.`;
}

/**
 * An error as n8n shows it. Built from scratch, never around the HTTP client's error: that one carries
 * the request with its token, and n8n stores what hangs on an error.
 */
export function toApiError(
	node: INode,
	{ message, description, code, itemIndex, outcomeUnknown, cause }: ErrorDetails,
): NodeApiError {
	const plain: JsonObject = { message };
	const error = new NodeApiError(node, plain, {
		message,
		description,
		httpCode: code ?? 'none',
		itemIndex,
		level: 'warning',
		...(cause ? { failure: { cause } } : {}),
	});
	if (code === undefined) error.httpCode = null;
	// n8n replaces texts in which it recognizes a network code; these are already written for people.
	error.message = message;
	error.description = description;
	error.messages = [];
	if (outcomeUnknown) error.context.outcomeUnknown = true;
	return error;
}

export type NodeError = NodeApiError | NodeOperationError;

/** The code of a call that failed: the platform's, an HTTP status or a network code. */
export function codeOf(thrown: unknown): string | undefined {
	if (!isErrorNamed(thrown, ['NodeApiError'])) return undefined;
	return (thrown as NodeApiError).httpCode ?? undefined;
}

/** Whether a call that writes may have been carried out although no success came back. */
export function isOutcomeUnknown({ context }: NodeError): boolean {
	return context.outcomeUnknown === true;
}

/** What a call has left on the platform without being of use. Only what is there has a key. */
export interface LeftBehind {
	/** Contracts that nobody is to use, with the status they were left in. */
	contracts?: Array<{ id: string; status: string }>;
	/** Drafts whose ID the platform does not tell. */
	drafts?: number;
	docIds?: string[];
	fileIds?: string[];
}

/** The same without empty parts; `undefined` where nothing is left. */
export function compactLeftBehind(left: LeftBehind): LeftBehind | undefined {
	const { contracts = [], drafts = 0, docIds = [], fileIds = [] } = left;
	const compact: LeftBehind = {
		...(contracts.length > 0 ? { contracts } : {}),
		...(drafts > 0 ? { drafts } : {}),
		...(docIds.length > 0 ? { docIds } : {}),
		...(fileIds.length > 0 ? { fileIds } : {}),
	};
	return Object.keys(compact).length > 0 ? compact : undefined;
}

/** What an error says that its call has left behind. */
export function leftBehindOf({ context }: NodeError): LeftBehind | undefined {
	return context.leftBehind as LeftBehind | undefined;
}

/** `contract c1 (START); 2 drafts without an ID; docId 1, 2; fileId 3`. */
export function describeLeftBehind({
	contracts = [],
	drafts = 0,
	docIds = [],
	fileIds = [],
}: LeftBehind): string {
	return [
		contracts.length > 0
			? `contract ${contracts.map(({ id, status }) => `${id} (${status})`).join(', ')}`
			: '',
		drafts > 0 ? `${drafts} draft${drafts > 1 ? 's' : ''} without an ID` : '',
		docIds.length > 0 ? `docId ${docIds.join(', ')}` : '',
		fileIds.length > 0 ? `fileId ${fileIds.join(', ')}` : '',
	]
		.filter((part) => part !== '')
		.join('; ');
}

/** The message of a failure that does not end the item, for a note about it. */
export function reasonOf(thrown: unknown): string {
	return thrown instanceof Error ? thrown.message : 'no reason was given';
}

/** Whatever was thrown while an item was worked on, as an error of the node that names the item. */
export function asNodeError(node: INode, thrown: unknown, itemIndex: number): NodeError {
	if (isErrorNamed(thrown, ['NodeApiError', 'NodeOperationError'])) {
		const error = thrown as NodeError;
		error.context.itemIndex ??= itemIndex;
		return error;
	}
	const message = thrown instanceof Error ? thrown.message : 'Something unexpected was thrown';
	const { description, context } = (thrown ?? {}) as {
		description?: string | null;
		context?: Record<string, unknown>;
	};
	const error = new NodeOperationError(node, message, {
		itemIndex,
		description: description ?? undefined,
	});
	// n8n says there which node and which parameter an expression stumbled over.
	if (isErrorNamed(thrown, ['ExpressionError']))
		Object.assign(error.context, context, { itemIndex });
	return error;
}
