import { post } from '../shared/httpRequest.mjs';
import { CALLBACK_ADDRESS, CALLBACK_BODY } from './contract/limits.mjs';
import { keyPair, signText } from './keys.mjs';
import type { CallbackPayload } from './wire.mjs';
import { callbackAddressOf, type World } from './world.mjs';

// The sender of callbacks (docs/api/kaifangqian.md 7.1): one queue, one worker.

/** One attempt to deliver one callback. */
export interface Delivery {
	at: number;
	/** 1–6. */
	attempt: number;
	/** Which attempts belong to one callback. */
	message: number;
	url: string;
	body: string;
	headers: Record<string, string>;
	answer?: { status: number; body: string };
	/** Why there is no answer. */
	error?: string;
	ok: boolean;
}

export interface CallbackSender {
	deliveries: Delivery[];
	/** Events for which nothing was sent, with the reason. */
	dropped: Array<{ body: string; reason: string }>;
	/** Resolves when nothing is left to send; undelivered ones wait for the scheduled job. */
	idle(): Promise<void>;
	/** Callbacks by their number that wait for the scheduled job. */
	waiting(): number[];
	/** One more try for each undelivered callback, at most 6 in all. */
	runScheduledJob(): Promise<void>;
	/** Sends any body, signed by the switch unless `sign` is given; for tests of odd events. */
	publish(body: string, options?: { url?: string; sign?: string | null; tries?: number }): void;
}

interface Message {
	number: number;
	url: string;
	body: string;
	headers: Record<string, string>;
	attempts: number;
}

const IMMEDIATE_TRIES = 3;
export const MOST_TRIES = 6;
/** How long a reordered callback waits for the one that overtakes it. */
const REORDER_WAIT_MS = 50;

/** HTTP 200 or an error, and `success` in any case, line breaks dropped; other 2xx and 3xx do not count. */
const isAcknowledged = ({ status, body }: { status: number; body: string }): boolean =>
	(status === 200 || status >= 400) && body.replace(/[\r\n]/g, '').toLowerCase() === 'success';

/** Compact, keys in alphabetical order, what is not known left out. */
const bodyOf = (payload: CallbackPayload): string => JSON.stringify(inOrder(payload));

function inOrder(value: object): object {
	return Object.fromEntries(
		Object.entries(value)
			.filter(([, item]) => item !== undefined && item !== null)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([name, item]) => [name, typeof item === 'object' ? inOrder(item) : item]),
	);
}

export function createCallbackSender(
	world: World,
	timeouts: { connectTimeoutMs: number; readTimeoutMs: number },
) {
	const deliveries: Delivery[] = [];
	const dropped: CallbackSender['dropped'] = [];
	const undelivered = new Set<Message>();
	let tail: Promise<void> = Promise.resolve();
	let stop = new AbortController();
	let messages = 0;
	let held: { message: Message; timer: NodeJS.Timeout } | undefined;

	function signatureOf(body: string): string | undefined {
		const mode = world.switches.callbackSignature;
		if (mode === 'none') return undefined;
		if (mode === 'garbage') return '*** not a signature ***';
		if (mode === 'otherKey') return signText(body, keyPair('stranger').privateKey);
		return signText(mode === 'wrong' ? `${body} ` : body, keyPair('platform').privateKey);
	}

	function newMessage(url: string, body: string, sign: string | undefined): Message {
		const headers: Record<string, string> = {
			'Content-Type': 'application/json',
			'User-Agent': 'Java/17.0.15',
			Accept: 'text/html, image/gif, image/jpeg, */*; q=0.2',
		};
		if (sign !== undefined) headers.sign = sign;
		return { number: (messages += 1), url, body, headers, attempts: 0 };
	}

	async function attempt(message: Message, signal: AbortSignal): Promise<boolean> {
		const { url, body, headers } = message;
		message.attempts += 1;
		const delivery: Delivery = {
			at: performance.now(),
			attempt: message.attempts,
			message: message.number,
			url,
			body,
			headers,
			ok: false,
		};
		deliveries.push(delivery);
		try {
			delivery.answer = await post(url, body, { headers, ...timeouts, signal });
			delivery.ok = isAcknowledged(delivery.answer);
		} catch (error) {
			delivery.error = error instanceof Error ? error.message : String(error);
		}
		return delivery.ok;
	}

	function enqueue(message: Message, tries: number): void {
		const { signal } = stop;
		tail = tail.then(async () => {
			undelivered.delete(message);
			for (let tried = 0; tried < tries && message.attempts < MOST_TRIES; tried += 1) {
				if (signal.aborted || (await attempt(message, signal))) return;
			}
			if (!signal.aborted && message.attempts < MOST_TRIES) undelivered.add(message);
		});
	}

	function releaseHeld(): void {
		if (!held) return;
		clearTimeout(held.timer);
		const { message } = held;
		held = undefined;
		enqueue(message, IMMEDIATE_TRIES);
	}

	function queue(message: Message): void {
		if (!world.switches.reorderCallbacks) {
			releaseHeld();
			enqueue(message, IMMEDIATE_TRIES);
		} else if (held) {
			enqueue(message, IMMEDIATE_TRIES);
			releaseHeld();
		} else held = { message, timer: setTimeout(releaseHeld, REORDER_WAIT_MS) };
	}

	const addressOf = (company: string) => callbackAddressOf(world, company);

	const isAddressTooLong = (company: string): boolean =>
		(addressOf(company)?.length ?? 0) > CALLBACK_ADDRESS;

	function notify(company: string, payload: CallbackPayload): void {
		const body = bodyOf(payload);
		const url = addressOf(company);
		const drop = (reason: string) => dropped.push({ body, reason });
		if (!url) return void drop('no callback address');
		if (isAddressTooLong(company)) return void drop('callback address too long');
		if (body.length > CALLBACK_BODY) return void drop('body too long');
		for (let copy = 0; copy < (world.switches.duplicateCallbacks ? 2 : 1); copy += 1) {
			queue(newMessage(url, body, signatureOf(body)));
		}
	}

	async function idle(): Promise<void> {
		releaseHeld();
		for (let seen: Promise<void> | undefined; seen !== tail;) {
			seen = tail;
			await seen;
		}
	}

	const sender: CallbackSender = {
		deliveries,
		dropped,
		idle,
		waiting: () => [...undelivered].map(({ number }) => number),
		async runScheduledJob() {
			await idle();
			for (const message of [...undelivered]) enqueue(message, 1);
			await idle();
		},
		publish(
			body,
			{
				url = addressOf(world.companyName),
				sign = signatureOf(body),
				tries = IMMEDIATE_TRIES,
			} = {},
		) {
			if (!url) throw new Error('There is no callback address to publish to');
			enqueue(newMessage(url, body, sign ?? undefined), tries);
		},
	};

	function reset(): void {
		stop.abort();
		stop = new AbortController();
		if (held) clearTimeout(held.timer);
		held = undefined;
		undelivered.clear();
		deliveries.length = 0;
		dropped.length = 0;
	}

	return { ...sender, notify, isAddressTooLong, reset };
}
