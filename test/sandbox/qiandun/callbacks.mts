/**
 * Notifications to the address a test sets (docs/api/qiandun.md, 6, 9.10–9.14): first a GET that only
 * tests the connection, then POSTs with `transactionId` and `businessType` and no signature.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { testConnectivity, type Connectivity } from '../shared/connectivity.mjs';
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

/** As the vendor calls them (docs/api/qiandun.md 6). */
export const BUSINESS_TYPE_NAMES: Record<(typeof BUSINESS_TYPES)[number], string> = {
	OPEN_CORP_AUTHORIZATION_AUDIT_RESULT: '企业授权书审批结果通知',
	OPEN_PSN_FACE_RECOGNITION_RESULT: '个人人脸核身结果通知',
	OPEN_PSN_CERT_RESULT: '个人认证结果通知',
	OPEN_CORP_CERT_RESULT: '企业认证结果通知',
	OPEN_CONTRACT_STATUS_CHANGED: '合同状态变更',
	OPEN_CONTRACT_SIGNED: '签署结果回调通知',
	OPEN_CONTRACT_AUTO_SIGN_SEAL_AUTH: '合同静默签印章授权生效通知',
	OPEN_GET_SEAL_POSITION: '获取拖章定位通知',
};

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

export interface CallbackTarget {
	url: string;
	/** `null` = every type. */
	types: string[] | null;
}

export interface CallbackDesk {
	api: Callbacks;
	notify: Notify;
	target(): CallbackTarget | null;
	/** One GET, as before an address is enabled. */
	test(url: string): Promise<Connectivity>;
	/** `null` switches callbacks off. Without `types` every type is on. */
	setUrl(url: string | null, types?: string[]): Promise<void>;
	pull(transactionId: string): Notification | undefined;
	confirm(transactionId: string): Notification | undefined;
	reset(): void;
}

/** `fetch` says why only in the cause. */
function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const { cause } = error;
	return cause instanceof Error ? `${error.message}: ${cause.message}` : error.message;
}

export function createCallbacks(switches: Switches): CallbackDesk {
	const notifications = new Map<string, Notification>();
	const deliveries: Delivery[] = [];
	const log: CallbackEvent[] = [];
	const connectivityTests: Callbacks['connectivityTests'] = [];
	const running = new Set<Promise<void>>();
	let target: CallbackTarget | null = null;
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
			delivery.detail = reasonOf(error);
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

	async function test(url: string): Promise<Connectivity> {
		const entry: (typeof connectivityTests)[number] = { at: Date.now(), url, status: null };
		connectivityTests.push(entry);
		const result = await testConnectivity(url, Math.min(switches.connectivityTimeoutMs, 5_000));
		entry.status = result.status;
		return result;
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
		target: () => target,
		test,
		async setUrl(url, types) {
			if (url === null) {
				target = null;
				return;
			}
			// Its content does not matter, only that an answer comes (§6). No answer: not enabled (choice).
			const { status, error } = await test(url);
			if (status === null) throw new Error(`no answer from ${url}: ${error}`);
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
