/**
 * Everything docs/api/qiandun.md, 9 marks "(choice)": what is not known about the platform can be turned
 * either way, so that a client is tested against all of it and not against one guess.
 */
export interface Switches {
	// gate
	/** Form of a gate refusal (§9.6). The 4xx forms also send `X-Ca-Error-Code` and `X-Ca-Error-Message`. */
	gateRefusal: 'envelope200' | 'json4xx' | 'empty4xx';
	/** HTTP status of the two 4xx forms; which one the gateway uses is not known. */
	gateStatus: number;
	/** A body that is no form must come with `Content-MD5` (§9.4). */
	strictMd5: boolean;
	/**
	 * Demand that key, nonce and timestamp are sent and signed, named in alphabetical order (§9.5).
	 * Documented default: only the key.
	 */
	strictSignedHeaders: boolean;
	/** Refuse a query parameter with an empty value (§9.7). */
	refuseEmptyQuery: boolean;
	/** How a raw `+` in the query is decoded before it is signed. Not known; CODE's library reads a space. */
	plusInQuery: 'space' | 'literal';

	// answers
	/** HTTP status of a refusal with a business code (§9.8). */
	refusalStatus: number;
	/** Paths and methods that are not known (§9.9). */
	unknownPathAnswer: 'code400' | 'http404';
	/** Paths below the base whose envelope has no `success`; `'*'` = all of them. */
	omitSuccess: string[];
	/** `code` as a JSON number. */
	numericCode: boolean;
	/** Ids above 2^53 in `result` as bare JSON integers. */
	bigIntegers: boolean;
	/** `contractId` of #30 alone as a bare JSON integer. */
	startContractIdAsNumber: boolean;
	/** #4 answers the vendor's contradictory sample (`subFlowId`, `faceUrl`). */
	faceSampleContradiction: boolean;
	/** Member names of the `result` of #8; nothing is known about them. */
	personUrlResultFields: string[];
	/** `signStatus` of a signer who has not signed; only `finished` is known. */
	unfinishedSignStatus: string;
	/** Serve the three known paths of edition B (§10). */
	editionB: boolean;
	latencyMs: number;
	/** Added to the clock: positive = the platform is ahead of its callers. */
	clockSkewMs: number;

	// callbacks
	/** What counts as received; not known. */
	callbackReceivedWhen: '2xx' | 'anyAnswer' | 'never';
	/** Further attempts for a notification that was not received. */
	callbackRetries: number;
	callbackRetryDelayMs: number;
	callbackTimeoutMs: number;
	/** Time-out of the GET before an address is enabled; "short", at most 5 s (§9.10). */
	connectivityTimeoutMs: number;
	/** Deliver again, received or not, until #40 was called for the `transactionId`. */
	redeliverUntilConfirmed: boolean;
	redeliverDelayMs: number;
	redeliverLimit: number;
	/** Deliver every notification twice. */
	duplicateNotifications: boolean;
	/** Leave `businessType` out of the notification: that it is a field of it is unverified (§6). */
	omitBusinessType: boolean;
	/** Added to every notification. */
	extraFields: Record<string, unknown>;
}

export const defaultSwitches = (): Switches => ({
	gateRefusal: 'envelope200',
	gateStatus: 403,
	strictMd5: true,
	strictSignedHeaders: false,
	refuseEmptyQuery: true,
	plusInQuery: 'space',
	refusalStatus: 200,
	unknownPathAnswer: 'code400',
	omitSuccess: ['/open/seal/detail', '/open/seal/autosign/auth/url'],
	numericCode: false,
	bigIntegers: false,
	startContractIdAsNumber: false,
	faceSampleContradiction: false,
	personUrlResultFields: ['sandboxOnlyUrl'],
	unfinishedSignStatus: 'sandbox-only-unfinished',
	editionB: false,
	latencyMs: 0,
	clockSkewMs: 0,
	callbackReceivedWhen: '2xx',
	callbackRetries: 0,
	callbackRetryDelayMs: 100,
	callbackTimeoutMs: 5_000,
	connectivityTimeoutMs: 3_000,
	redeliverUntilConfirmed: false,
	redeliverDelayMs: 200,
	redeliverLimit: 10,
	duplicateNotifications: false,
	omitBusinessType: false,
	extraFields: {},
});

/** For switches that arrive from another process: a typing slip must not pass silently. */
export const switchesSchema = {
	type: 'object',
	additionalProperties: false,
	properties: {
		gateRefusal: { enum: ['envelope200', 'json4xx', 'empty4xx'] },
		gateStatus: { type: 'integer', minimum: 400, maximum: 499 },
		plusInQuery: { enum: ['space', 'literal'] },
		refusalStatus: { type: 'integer', minimum: 200, maximum: 599 },
		unknownPathAnswer: { enum: ['code400', 'http404'] },
		omitSuccess: { type: 'array', items: { type: 'string' } },
		personUrlResultFields: { type: 'array', items: { type: 'string' } },
		unfinishedSignStatus: { type: 'string' },
		callbackReceivedWhen: { enum: ['2xx', 'anyAnswer', 'never'] },
		extraFields: { type: 'object' },
		clockSkewMs: { type: 'number' },
		...Object.fromEntries(
			[
				'latencyMs',
				'callbackRetries',
				'callbackRetryDelayMs',
				'callbackTimeoutMs',
				'connectivityTimeoutMs',
				'redeliverDelayMs',
				'redeliverLimit',
			].map((name) => [name, { type: 'number', minimum: 0 }]),
		),
		...Object.fromEntries(
			[
				'strictMd5',
				'strictSignedHeaders',
				'refuseEmptyQuery',
				'numericCode',
				'bigIntegers',
				'startContractIdAsNumber',
				'faceSampleContradiction',
				'editionB',
				'redeliverUntilConfirmed',
				'duplicateNotifications',
				'omitBusinessType',
			].map((name) => [name, { type: 'boolean' }]),
		),
	},
} as const;
