export type CallbackSignature = 'valid' | 'wrong' | 'otherKey' | 'garbage' | 'none';

/**
 * What becomes of a start that was spoiled (docs/api/kaifangqian.md 3.4): refused, or granted and wrong. The wrong
 * ones have nobody asked (`stuckInStart`, `signingWithoutTask`), somebody asked twice, or an end without signatures.
 */
export type Spoiling =
	'refused' | 'stuckInStart' | 'signingWithoutTask' | 'askedTwice' | 'completeUnsigned';

/** What differs between installations, and what can go wrong. Change a field at any time. */
export interface Switches {
	/** Verify header `sign` by docs/api/kaifangqian.md 2.3 (26000). The published server does not. */
	strictSign: boolean;
	/** Serve endpoint 16, which only the hosted site has. */
	hostedSite: boolean;
	/** Automatic seals are opened for the company at the platform. */
	silentSigning: boolean;
	/** Approvals that a line demands: the published server cannot carry them out (5.6a). */
	lineApprovals: 'hang' | 'work';
	/** The installation converts Word and Excel files; off by default (6.2). */
	officeConversion: boolean;

	throttle: boolean;
	throttleCalls: number;
	throttleWindowMs: number;

	/** How long a call is at work that moves a contract along. */
	startMs: number;
	/** What happens to the second of two such calls at the same moment; `harmless`: nothing. */
	overlap: Spoiling | 'harmless';
	/** The next starts are spoiled so, one each, as by people at work on the pages. */
	spoilNext: Spoiling[];

	/** Send `code` as a string. */
	codeAsString: boolean;
	/** Status words in `tasks` and callbacks. */
	statusSpelling: 'server' | 'public';
	/** Every API answer waits this long. */
	latencyMs: number;
	/** File name of a download, instead of the file's own. */
	downloadFileName: string | undefined;
	/** Answer a download with this many deterministic bytes, named .zip. */
	downloadBytes: number | undefined;

	callbackSignature: CallbackSignature;
	duplicateCallbacks: boolean;
	reorderCallbacks: boolean;
	/** Replaces `callbackType` in every event queued while it is set. */
	unknownCallbackType: string | undefined;
	/** `SUBMIT_SIGN` of automatic seals gets lost, as it sometimes does (7.1). */
	loseAutomaticSealEvents: boolean;
}

export function defaultSwitches(): Switches {
	return {
		strictSign: false,
		hostedSite: false,
		silentSigning: true,
		lineApprovals: 'hang',
		officeConversion: false,
		throttle: true,
		throttleCalls: 5,
		throttleWindowMs: 1000,
		startMs: 50,
		overlap: 'refused',
		spoilNext: [],
		codeAsString: false,
		statusSpelling: 'server',
		latencyMs: 0,
		downloadFileName: undefined,
		downloadBytes: undefined,
		callbackSignature: 'valid',
		duplicateCallbacks: false,
		reorderCallbacks: false,
		unknownCallbackType: undefined,
		loseAutomaticSealEvents: false,
	};
}
