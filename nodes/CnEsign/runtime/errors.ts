import { NodeApiError, NodeOperationError, type INode, type JsonObject } from 'n8n-workflow';

export interface Refusal {
	/** What happened, in the user's words. */
	message: string;
	/** What to do. */
	description?: string;
	/** The platform's own code, or the HTTP status where the platform gave none. */
	code?: string;
	itemIndex?: number;
	/** The call went out, and nobody knows whether it was carried out. */
	outcomeUnknown?: boolean;
}

/** How a message ends after which nobody knows what was done. */
export const UNKNOWN = 'whether the call was carried out is unknown';

export const howToFindOut = (platformName: string, code?: string): string =>
	`The call was not repeated, because that could do it twice${code ? ` (${code})` : ''}. Look in the ${platformName} console whether it was carried out before you run this item again.`;

/**
 * A refusal as n8n shows it. Built from scratch, never around the HTTP client's error: that one carries
 * the request with its token, and n8n stores what hangs on an error.
 */
export const apiError = (
	node: INode,
	{ message, description, code, itemIndex, outcomeUnknown }: Refusal,
): NodeApiError => {
	const plain: JsonObject = { message };
	const error = new NodeApiError(node, plain, {
		message,
		description,
		httpCode: code ?? 'none',
		itemIndex,
		level: 'warning',
	});
	if (code === undefined) error.httpCode = null;
	// n8n replaces texts in which it recognises a network code; ours are already written for people.
	error.message = message;
	error.description = description;
	error.messages = [];
	if (outcomeUnknown) error.context.outcomeUnknown = true;
	return error;
};

export type NodeFault = NodeApiError | NodeOperationError;

/** What exists on the platform although the item was refused: ids by the name of their kind. */
export type LeftBehind = Record<string, string[]>;

export const leftBehindOf = ({ context }: NodeFault): LeftBehind | undefined =>
	context.leftBehind as LeftBehind | undefined;

/** `docId 1, 2; fileId 3`. */
export const listed = (left: LeftBehind): string =>
	Object.entries(left)
		.filter(([, ids]) => ids.length > 0)
		.map(([kind, ids]) => `${kind} ${ids.join(', ')}`)
		.join('; ');

/** Whatever was thrown while an item was worked on, as an error of the node that names the item. */
export const asNodeFault = (node: INode, thrown: unknown, itemIndex: number): NodeFault => {
	if (thrown instanceof NodeApiError || thrown instanceof NodeOperationError) {
		thrown.context.itemIndex ??= itemIndex;
		return thrown;
	}
	const message = thrown instanceof Error ? thrown.message : 'Something unexpected was thrown';
	const { description } = thrown as { description?: string | null };
	return new NodeOperationError(node, message, {
		itemIndex,
		description: description ?? undefined,
	});
};
