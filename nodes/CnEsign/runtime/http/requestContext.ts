import type { RunSettings } from '../items/settings';
import type { ApiCaller, ApiRequest, ApiResponse, WriteOutcome } from './apiTypes';
import type { ItemJournal } from './retryJournal';

/** What a call needs besides the request: who makes it, and how the platform answers. */
export interface RequestContext {
	exec: ApiCaller;
	itemIndex: number;
	/** As `readCredential` gave it, once for the whole run. */
	credential: object;
	settings: RunSettings;
	platformName: string;
	/** Tells from a response that the platform was too busy to accept the call. */
	isThrottled(response: ApiResponse): boolean;
	/** Tells that asking again may help; used for calls that only read. */
	isBusy?(response: ApiResponse): boolean;
	/** A harmless call that any running server answers; needed for calls that go one at a time. */
	probe?: ApiRequest;
	/** What n8n's retries must not do again; only where an item is worked on. */
	journal?: ItemJournal;
	/** Reads an answer for the journal. */
	outcomeOf(response: ApiResponse, request: ApiRequest): WriteOutcome;
}
