/** One endpoint = where it is, what it takes (JSON schema), and what it answers. */
import type { Answer } from '../envelope.mjs';
import type { Notification, Notify } from '../callbacks.mjs';
import type { State } from '../state.mjs';
import type { Switches } from '../switches.mjs';

export interface World {
	state: State;
	switches: Switches;
	appKey: string;
	origin: string;
	now(): number;
	notify: Notify;
	/** #39 and #40; `undefined` = no such `transactionId`. */
	pull(transactionId: string): Notification | undefined;
	confirm(transactionId: string): Notification | undefined;
}

export interface Input<Body = unknown> {
	query: Record<string, string | undefined>;
	body: Body;
}

export interface Endpoint {
	/** Number of the vendor's menu (docs/api/qiandun.md, 4). */
	number: string;
	method: 'GET' | 'POST';
	/** Below `/api`. */
	path: string;
	/** A request that does not fit is answered with code "400" (choice). */
	querystring?: object;
	body?: object;
	answer(world: World, input: Input): Answer;
}

export const text = { type: 'string' } as const;
/** Present and not empty. */
export const filled = { type: 'string', minLength: 1 } as const;
export const textOrNull = { type: ['string', 'null'] } as const;
export const numberOrNull = { type: ['number', 'null'] } as const;

/** Fields the documents do not name are let through: the tables are not known to be complete. */
export const object = (properties: object, required: string[] = []) => ({
	type: 'object',
	properties,
	required,
});

export const objectOrNull = (properties: object, required: string[] = []) => ({
	...object(properties, required),
	type: ['object', 'null'],
});

/** Absent and empty are the same in a query whose empty values are let in. */
export const given = (value: string | undefined): value is string =>
	value !== undefined && value !== '';
