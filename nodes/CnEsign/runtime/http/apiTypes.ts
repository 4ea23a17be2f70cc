import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestMethods,
	ILoadOptionsFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

/** Whoever may make calls: an execution, a webhook, a list in the editor. */
export type ApiCaller =
	IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IWebhookFunctions;

/** One call as it is sent. */
export interface ApiRequest {
	method: IHttpRequestMethods;
	/** Base URL and path, without a query. */
	url: string;
	/** What the platform calls it; the path, for most. */
	name: string;
	query?: IDataObject;
	body?: unknown;
	headers?: IDataObject;
	/** `true` where calling twice changes nothing: such calls are repeated after a lost connection. */
	readsOnly: boolean;
	/** Set where the platform limits calls per second to this call. */
	isRateLimited?: boolean;
	/** Set where the platform mixes up calls of this kind that are under way at the same time. */
	isOneAtATime?: boolean;
	answer?: 'text' | 'stream';
	/** Milliseconds. */
	timeout?: number;
	/** For calls that may be made again without harm, such as uploads: an earlier one counts only for the same content. */
	isRepeatable?: boolean;
	/** What the call is about, such as one contract: calls about others are not its retries. */
	journalSubject?: string;
	/** What is meant by the body where that is not the body itself: IDs of files instead of their bytes. */
	meaning?(): Promise<unknown>;
	/** For the operation, if a later attempt finds this call done. */
	about?: IDataObject;
}

/** An answer, whatever its status. */
export interface ApiResponse {
	status: number;
	/** Names in small letters. */
	headers: Record<string, string>;
	/** The body's text; empty where the answer is a file, which is in `stream`. */
	text: string;
	stream?: NodeJS.ReadableStream;
	/** Ends the connection of `stream`, for whoever does not read it to its end. */
	end?(): void;
	/** Notes for n8n's retries what `stream` has turned out to be, where the call changes something. */
	settle?(read: ApiResponse): Promise<void>;
	/** Set where an earlier attempt has got this answer, and nothing was sent now. */
	earlier?: { isSame: boolean; about: IDataObject; isAnswerGone?: boolean };
}

/** What an answer says about a call that changes something. */
export type WriteOutcome = 'done' | 'refused' | 'unknown';
