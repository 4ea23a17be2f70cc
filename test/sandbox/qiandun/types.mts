/** What a test sees of the stand-in. */
import type { Control } from './control.mjs';
import type { Callbacks } from './callbacks.mjs';
import type { FailNext } from './faults.mjs';
import type { GateReason } from './gate.mjs';
import type { RefusalCode } from './envelope.mjs';
import type { Seeds } from './seeds.mjs';
import type { State } from './state.mjs';
import type { Switches } from './switches.mjs';

/**
 * Paths below the base of the endpoints whose real paths are not public (docs/api/qiandun.md, 9.9):
 * #30 start a contract, #39 callback content, #40 confirm a callback. The test chooses them.
 */
export interface ConfiguredPaths {
	start: string;
	details: string;
	confirm: string;
}

export interface QiandunOptions {
	/** 0 = any free port. */
	port?: number;
	appKey?: string;
	appSecret?: string;
	paths?: Partial<ConfiguredPaths>;
	switches?: Partial<Switches>;
	/** The stand-in's clock in ms, for fixed signature vectors. */
	now?: () => number;
	/** Serve `/__control/…` for tests in another process, and the pages. Default true. */
	controlApi?: boolean;
}

export type Outcome =
	| 'open'
	| 'ok'
	| `refused:${RefusalCode}`
	| `gate:${GateReason}`
	| `fault:${string}`
	| 'unknownPath'
	| 'crashed';

export interface RecordedRequest {
	/** ms, clock of the machine. */
	at: number;
	method: string;
	/** As on the request line, with `/api`, without the query. */
	path: string;
	/** Decoded; a repeated key gives an array. */
	query: Record<string, string | string[]>;
	/** Without leading `?`, as received. */
	rawQuery: string;
	headers: Record<string, string | undefined>;
	rawBody: Buffer;
	nonce: string | undefined;
	timestamp: string | undefined;
	/** What the gate signed, to be compared with the caller's own string. */
	stringToSign: string;
	outcome: Outcome;
	/** Why, in words for the test's author. */
	detail: string;
	/** Status that was answered; `null` when the connection was dropped. */
	status: number | null;
	answeredAt: number | null;
}

export interface QiandunSandbox {
	origin: string;
	/** `origin` + `/api`. */
	baseUrl: string;
	appKey: string;
	appSecret: string;
	paths: ConfiguredPaths;
	seeds: Seeds;
	/** Live: what the endpoints read and write. Replaced by `reset()`. */
	readonly state: State;
	requests: RecordedRequest[];
	readonly maxInFlight: number;
	switches: Switches;
	failNext: FailNext;
	control: Control;
	callbacks: Callbacks;
	reset(): void;
	close(): Promise<void>;
}
