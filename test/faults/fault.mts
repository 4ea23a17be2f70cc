/** What a fault is: something that happens to a call, and what the node has to make of it. */
import type { Spoiling } from '../sandbox/kaifangqian/switches.mjs';
import type { Kind, Step } from './inputs/input.mjs';
import type { ConnectionFault, Exchange, RequestFault } from './proxy.mjs';

export type PlatformName = 'kaifangqian' | 'qiandun';

/** The sense of what the node answers for an item; `words.mts` knows them by their text. */
export type Said =
	| 'done'
	/** Nobody knows whether it was carried out. */
	| 'unknown'
	/** Started, and not as it was sent; somebody has to look at it. */
	| 'mixed up'
	/** Started, and taken back or left because nobody was asked. */
	| 'nobody asked'
	| 'not sent'
	/** Not sent, because the calls before it had no answer. */
	| 'held back'
	/** A call that only reads got no answer. */
	| 'no answer'
	| 'broke off'
	| 'redirected'
	/** Somebody answered who is not the platform, or the platform in a way that nobody can read. */
	| 'foreign'
	| 'refused';

export interface Expected {
	said: Said;
	/** How often the call is made in all; a refused connection is no call. */
	calls: number;
	/** Contracts that ask somebody, where that is not one for an item that is done and none for others. */
	asking?: number;
}

/** What the surroundings lend a fault. */
export interface Surroundings {
	platform: PlatformName;
	bystander: string;
	/** Everything secret, as an answer may repeat it. */
	secrets: string[];
	/** The platform mixes up the next start. */
	spoil(how: Spoiling): void;
	struck: Target;
}

/** The call that is struck. */
export interface Target extends Pick<Step, 'path' | 'alone' | 'starts'> {
	/** What it does by itself: a call that asks first or adds to a result only reads. */
	kind: Kind;
	platform: PlatformName;
}

export interface Fault {
	name: string;
	/**
	 * `port`: from the second item on nobody listens. `whole`: no connection comes about in the whole
	 * run. `connection`, `request`: the second item's calls. `all`: everybody's. `clock`: no call at all.
	 */
	where: 'port' | 'whole' | 'connection' | 'request' | 'all' | 'clock';
	connection?: ConnectionFault;
	request?(surroundings: Surroundings, item: number): RequestFault;
	/** How many calls it strikes; all of them unless told. */
	times?: number;
	retries?: number;
	/** Seconds. */
	timeout?: number;
	/** The server may still be at work, as far as can be told from outside. */
	silent?: boolean;
	/** Left out: every call. */
	strikes?(target: Target): boolean;
	expected(target: Target): Expected;
}

export const RETRIES = 1;
export const AGAIN = RETRIES + 1;
/** Seconds. Long enough for what is not struck on a machine that does other things, too. */
export const TIMEOUT = 5;
export const JSON_TYPE = { 'content-type': 'application/json' };
export const HTML_TYPE = { 'content-type': 'text/html' };
export const PAGE = '<html><body><h1>Bad Gateway</h1></body></html>';
// Waiting as long as the node waits by itself would take hours for the whole table.
export const SOON = { 'retry-after': '0.05' };

export const fine =
	(calls = 1) =>
	(): Expected => ({ said: 'done', calls });
export const always = (said: Said, calls: number) => (): Expected => ({ said, calls });

/** No complete answer: a change stays unknown and is not repeated, what only reads is asked again. */
export const lost = ({ kind }: Target): Expected =>
	kind === 'changes' ? { said: 'unknown', calls: 1 } : { said: 'no answer', calls: AGAIN };

/** As `lost`, but a file's first half has been taken for the answer by then. */
export const lostHalfway = (target: Target): Expected =>
	target.kind === 'downloads' ? { said: 'broke off', calls: 1 } : lost(target);

/** An answer that nobody can read, after which a change may have been carried out or not. */
export const unreadable =
	(callsOfReads: number) =>
	({ kind }: Target): Expected =>
		kind === 'changes' ? { said: 'unknown', calls: 1 } : { said: 'foreign', calls: callsOfReads };

export const waitFor = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Done by the platform, and then something happens to the answer. */
export const afterwards =
	(then: (exchange: Exchange, done: Awaited<ReturnType<Exchange['forward']>>) => unknown) =>
	(): RequestFault =>
	async (exchange) => {
		await then(exchange, await exchange.forward());
	};

export const answering =
	(status: number, headers: Record<string, string>, body: string) =>
	(): RequestFault =>
	(exchange) =>
		exchange.answer(status, headers, body);
