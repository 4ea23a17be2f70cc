/**
 * Notifications to the address a test sets (api/qiandun.md §6, §9.10–9.14): first a GET that only
 * tests the connection, then POSTs with `transactionId` and `businessType` and no signature.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Switches } from './switches.mjs';

export const BUSINESS_TYPES = [
	'OPEN_CORP_AUTHORIZATION_AUDIT_RESULT',
	'OPEN_PSN_FACE_RECOGNITION_RESULT',
	'OPEN_PSN_CERT_RESULT',
	'OPEN_CORP_CERT_RESULT',
	'OPEN_CONTRACT_STATUS_CHANGED',
	'OPEN_CONTRACT_SIGNED',
	'OPEN_CONTRACT_AUTO_SIGN_SEAL_AUTH',
	'OPEN_GET_SEAL_POSITION',
] as const;

export interface Notification {
	transactionId: string;
	businessType: string;
	/** What #39 answers beside the two names above. */
	content: Record<string, unknown>;
	at: number;
	confirmed: boolean;
}

export interface Delivery {
	at: number;
	transactionId: string;
	businessType: string;
	url: string;
	/** 1 = the first for this `transactionId`. */
	attempt: number;
	reason: 'first' | 'duplicate' | 'retry' | 'redelivery' | 'manual';
	/** As sent. */
	body: string;
	/** `null` when no answer came. */
	status: number | null;
	answer: string;
	detail: string;
	received: boolean;
	durationMs: number;
}

/** In order of happening, so that "pulled before emitted, confirmed after" can be asserted. */
export interface CallbackEvent {
	at: number;
	what: 'queued' | 'delivered' | 'pulled' | 'confirmed';
	transactionId: string;
}

export interface Callbacks {
	deliveries: Delivery[];
	log: CallbackEvent[];
	/** The GETs made before an address was enabled. */
	connectivityTests: Array<{ at: number; url: string; status: number | null }>;
	/** Resolves when nothing is on its way, scheduled attempts included. */
	idle(): Promise<void>;
	/** `transactionId`s not confirmed by #40. */
	pending(): string[];
	/** Sends every pending notification once more. */
	redeliver(): Promise<void>;
}

/** `null` when no address is set or the type is not switched on: then nothing happens at all. */
export type Notify = (businessType: string, content: Record<string, unknown>) => string | null;

export interface CallbackDesk {
	api: Callbacks;
	notify: Notify;
	/** `null` switches callbacks off. Without `types` every type is on. */
	setUrl(url: string | null, types?: string[]): Promise<void>;
	pull(transactionId: string): Notification | undefined;
	confirm(transactionId: string): Notification | undefined;
	reset(): void;
}

export function createCallbacks(switches: Switches): CallbackDesk {
	const notifications = new Map<string, Notification>();
	const deliveries: Delivery[] = [];
	const log: CallbackEvent[] = [];
	const connectivityTests: Callbacks['connectivityTests'] = [];
	const running = new Set<Promise<void>>();
	let target: { url: string; types: string[] | null } | null = null;
	let stop = new AbortController();

	const note = (what: CallbackEvent['what'], transactionId: string) =>
		log.push({ at: Date.now(), what, transactionId });

	function bodyOf({ transactionId, businessType }: Notification): string {
		return JSON.stringify({
			transactionId,
			...(switches.omitBusinessType ? {} : { businessType }),
			...switches.extraFields,
		});
	}

	async function deliver(
		notification: Notification,
		url: string,
		reason: Delivery['reason'],
		cancelled: AbortSignal,
	): Promise<boolean> {
		const { transactionId, businessType } = notification;
		const body = bodyOf(notification);
		const delivery: Delivery = {
			at: Date.now(),
			transactionId,
			businessType,
			url,
			attempt: 1 + deliveries.filter((entry) => entry.transactionId === transactionId).length,
			reason,
			body,
			status: null,
			answer: '',
			detail: '',
			received: false,
			durationMs: 0,
		};
		deliveries.push(delivery);
		note('delivered', transactionId);
		try {
			const response = await fetch(url, {
				method: 'POST',
				headers: { 'content-type': 'application/json;charset=UTF-8' },
				body,
				redirect: 'manual',
				signal: AbortSignal.any([cancelled, AbortSignal.timeout(switches.callbackTimeoutMs)]),
			});
			delivery.status = response.status;
			delivery.answer = await response.text();
			// What the platform expects as a reply is not known (§6).
			delivery.received =
				switches.callbackReceivedWhen === 'anyAnswer' ||
				(switches.callbackReceivedWhen === '2xx' && response.ok);
		} catch (error) {
			delivery.detail = error instanceof Error ? error.message : String(error);
		}
		delivery.durationMs = Date.now() - delivery.at;
		return delivery.received;
	}

	async function run(
		notification: Notification,
		url: string,
		cancelled: AbortSignal,
	): Promise<void> {
		let received = await deliver(notification, url, 'first', cancelled);
		if (switches.duplicateNotifications) {
			received = (await deliver(notification, url, 'duplicate', cancelled)) || received;
		}
		for (let left = switches.callbackRetries; !received && left > 0; left -= 1) {
			await sleep(switches.callbackRetryDelayMs, undefined, { signal: cancelled });
			received = await deliver(notification, url, 'retry', cancelled);
		}
		for (
			let left = switches.redeliverLimit;
			switches.redeliverUntilConfirmed && left > 0;
			left -= 1
		) {
			if (notification.confirmed) return;
			await sleep(switches.redeliverDelayMs, undefined, { signal: cancelled });
			if (notification.confirmed) return;
			await deliver(notification, url, 'redelivery', cancelled);
		}
	}

	function track(work: Promise<void>): void {
		// The only rejection is the sleep that `reset()` cancels.
		const settled = work.catch(() => undefined).finally(() => running.delete(settled));
		running.add(settled);
	}

	async function idle(): Promise<void> {
		while (running.size > 0) await Promise.all(running);
	}

	const unconfirmed = () => [...notifications.values()].filter(({ confirmed }) => !confirmed);

	/** Its content does not matter, only that an answer comes (§6). No answer: not enabled (choice). */
	async function testConnection(url: string): Promise<void> {
		const test: (typeof connectivityTests)[number] = { at: Date.now(), url, status: null };
		connectivityTests.push(test);
		const timeout = Math.min(switches.connectivityTimeoutMs, 5_000);
		const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(timeout) });
		test.status = response.status;
		await response.body?.cancel();
	}

	return {
		api: {
			deliveries,
			log,
			connectivityTests,
			idle,
			pending: () => unconfirmed().map(({ transactionId }) => transactionId),
			async redeliver() {
				if (!target) return;
				const { url } = target;
				await Promise.all(
					unconfirmed().map((notification) => deliver(notification, url, 'manual', stop.signal)),
				);
			},
		},
		notify(businessType, content) {
			if (!target || (target.types && !target.types.includes(businessType))) return null;
			const notification: Notification = {
				transactionId: randomUUID(), // its form is not known (choice)
				businessType,
				content,
				at: Date.now(),
				confirmed: false,
			};
			notifications.set(notification.transactionId, notification);
			note('queued', notification.transactionId);
			track(run(notification, target.url, stop.signal));
			return notification.transactionId;
		},
		async setUrl(url, types) {
			if (url === null) {
				target = null;
				return;
			}
			await testConnection(url);
			target = { url, types: types ?? null };
		},
		pull(transactionId) {
			const found = notifications.get(transactionId);
			if (found) note('pulled', transactionId);
			return found;
		},
		confirm(transactionId) {
			const found = notifications.get(transactionId);
			if (!found) return undefined;
			found.confirmed = true;
			note('confirmed', transactionId);
			return found;
		},
		reset() {
			stop.abort();
			stop = new AbortController();
			target = null;
			notifications.clear();
			deliveries.length = 0;
			log.length = 0;
			connectivityTests.length = 0;
		},
	};
}
