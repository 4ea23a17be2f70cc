import type { ContractStatus } from './wire.mjs';

const MEGABYTE = 1024 * 1024;

export type CallbackSignature = 'valid' | 'wrong' | 'otherKey' | 'garbage' | 'none';

/** Everything api/kaifangqian.md §9 calls a choice or a fault. Change a field at any time. */
export interface Switches {
	/** Verify header `sign` by §2.3 (26000). The public server reads it and does not verify. */
	strictSign: boolean;
	/** A POST whose content type is not application/json answers 25000. */
	requireJsonContentType: boolean;
	/** Endpoint 16: accept the token from the body when the header lacks it. */
	endpoint16TokenInBody: boolean;

	throttle: boolean;
	throttleForm: 1 | 2 | 3;
	throttleCalls: number;
	throttleWindowMs: number;

	/** Send `result: null` where there is no result, instead of leaving it out. */
	nullResult: boolean;
	/** Send `code` as a string. */
	codeAsString: boolean;
	/** HTTP status and `code` of form 2: neither is known (§3.1, §10). */
	form2Status: number;
	form2Code: number;
	/** Status words in `tasks` and callbacks. */
	statusSpelling: 'server' | 'public';
	/** Every API answer waits this long. */
	latencyMs: number;

	maxFileBytes: number;
	maxAnnexBytes: number;
	/** The installation's Word/Excel conversion helper; off by default (§6.2). */
	officeConversion: boolean;
	/** The vendor's dates carry no zone; the platform's clock is China's. */
	utcOffsetHours: number;
	/** A contract (or a line) needs at least one document to be started. */
	requireDocument: boolean;
	requireSigner: boolean;
	statusAfterRefusedApproval: ContractStatus;
	/** A proxy signature that was the last task completes the contract (without `COMPLETE`). */
	completeAfterProxy: boolean;

	/** EVEN_NUMBER / ODD_NUMBER of POSITION look swapped in the server (trap 10). */
	swapEvenOddPages: boolean;
	/** Which corner `offsetX`/`offsetY` count from; unknown on the platform (§10). */
	positionOrigin: 'top-left' | 'bottom-left';

	/** File name of a download, instead of the contract's subject. */
	downloadFileName: string | undefined;
	/** `percent`: a blank is %20; `form`: a blank is +, as Java's URLEncoder does. */
	fileNameEncoding: 'percent' | 'form';
	/** Answer a download with this many deterministic bytes, named .zip. */
	downloadBytes: number | undefined;

	callbackSignature: CallbackSignature;
	duplicateCallbacks: boolean;
	reorderCallbacks: boolean;
	/** Replaces `callbackType` in every event queued while it is set. */
	unknownCallbackType: string | undefined;
	/** What the delivery record holds (§3.3); longer ones are never sent. */
	maxCallbackUrlLength: number;
	maxCallbackBodyLength: number;
}

export function defaultSwitches(): Switches {
	return {
		strictSign: false,
		requireJsonContentType: true,
		endpoint16TokenInBody: false,
		throttle: true,
		throttleForm: 1,
		throttleCalls: 5,
		throttleWindowMs: 1000,
		nullResult: false,
		codeAsString: false,
		form2Status: 200,
		form2Code: 500,
		statusSpelling: 'server',
		latencyMs: 0,
		maxFileBytes: 30 * MEGABYTE,
		maxAnnexBytes: 20 * MEGABYTE,
		officeConversion: false,
		utcOffsetHours: 8,
		requireDocument: true,
		requireSigner: true,
		statusAfterRefusedApproval: 'APPROVE_FAILED',
		completeAfterProxy: true,
		swapEvenOddPages: true,
		positionOrigin: 'top-left',
		downloadFileName: undefined,
		fileNameEncoding: 'percent',
		downloadBytes: undefined,
		callbackSignature: 'valid',
		duplicateCallbacks: false,
		reorderCallbacks: false,
		unknownCallbackType: undefined,
		maxCallbackUrlLength: 128,
		maxCallbackBodyLength: 2048,
	};
}
