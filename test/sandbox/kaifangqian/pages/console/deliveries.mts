import { html, type SafeHtml } from '../../../shared/html.mjs';
import { badge, clockTime, postButton, shortened, table } from '../../../shared/parts.mjs';
import { MOST_TRIES, type CallbackSender, type Delivery } from '../../callbacks.mjs';
import { CALLBACK_NAMES } from '../../wire.mjs';

/** Where the button posts to that runs the scheduled job. */
export const RETRY_FORM = '/console/retry';

const SHOWN = 15;
const SHOWN_DROPPED = 3;

/** One callback with all its tries. */
interface Message {
	last: Delivery;
	tries: number;
}

function messagesOf(deliveries: Delivery[]): Message[] {
	const messages = new Map<number, Message>();
	for (const delivery of deliveries)
		messages.set(delivery.message, { last: delivery, tries: delivery.attempt });
	return [...messages.values()].sort((a, b) => b.last.at - a.last.at).slice(0, SHOWN);
}

export function deliveriesView(
	{ deliveries, dropped, waiting }: CallbackSender,
	nextJobAt: number | undefined,
): SafeHtml {
	const waitingNow = waiting();
	const rows = messagesOf(deliveries).map(({ last, tries }) => {
		const { event, contractId, status } = contentOf(last.body);
		return [
			clockTime(performance.timeOrigin + last.at),
			html`<span class="nowrap">${event}</span><br /><span class="soft nowrap"
					>${shortened(contractId, 40)}</span
				>`,
			html`<span class="nowrap">${status}</span>`,
			answerOf(last),
			html`${nextTry(last, waitingNow, nextJobAt)}<br /><span class="soft nowrap"
					>${tries} of ${MOST_TRIES} tries</span
				>`,
		];
	});
	const headings = [
		'Time (北京)',
		'Event (事件)',
		'Status (状态)',
		'Answer (应答)',
		'Next Try (重推)',
	];
	return html`<section id="deliveries">
		<h2>Callbacks (回调) · last ${SHOWN}</h2>
		${
			rows.length > 0
				? table(headings, rows)
				: html`<p class="soft">Nothing has been sent to a callback address yet.</p>`
		}
		${
			waitingNow.length > 0
				? html`<div class="bar">
						${postButton({ to: RETRY_FORM, label: 'Try Again Now (重推)', values: {} })}
					</div>`
				: html``
		}
		${droppedView(dropped)}
	</section>`;
}

function droppedView(dropped: CallbackSender['dropped']): SafeHtml {
	if (dropped.length === 0) return html``;
	const last = dropped.slice(-SHOWN_DROPPED).reverse();
	return html`<p class="soft">
		Not sent at all: ${dropped.length}.
		${last.map(({ body, reason }) => {
			const { event, contractId } = contentOf(body);
			return html`<br />${event} ${contractId}: ${reason}`;
		})}
	</p>`;
}

/** A test can publish anything as a callback. */
function contentOf(body: string): { event: string; contractId: string; status: string } {
	const { callbackType, contractId = '', contractStatus = '' } = parsed(body);
	if (callbackType === undefined) return { event: shortened(body, 60), contractId: '', status: '' };
	const name = Object.entries(CALLBACK_NAMES).find(([wire]) => wire === callbackType)?.[1];
	const event = name ? `${callbackType} ${name}` : callbackType;
	return { event, contractId, status: contractStatus };
}

function parsed(body: string): Record<string, string | undefined> {
	try {
		const value: unknown = JSON.parse(body);
		if (typeof value !== 'object' || value === null) return {};
		return Object.fromEntries(
			Object.entries(value).filter(
				(entry): entry is [string, string] => typeof entry[1] === 'string',
			),
		);
	} catch {
		return {};
	}
}

function answerOf({ answer, error, ok }: Delivery): SafeHtml {
	if (error) return html`${badge('no answer', 'ended')} <span class="soft">${error}</span>`;
	if (!answer) return badge('under way', 'open');
	const said = answer.body.trim() === '' ? '(empty)' : shortened(answer.body.trim(), 60);
	return html`${badge(`HTTP ${answer.status}`, ok ? 'done' : 'ended')} ${said}`;
}

/** Three tries at once, three more by the scheduled job (docs/api/kaifangqian.md 7.1). */
function nextTry(
	{ ok, attempt, answer, error, message }: Delivery,
	waitingNow: number[],
	nextJobAt: number | undefined,
): SafeHtml | string {
	if (ok) return 'none needed';
	if (!answer && error === undefined) return '';
	if (attempt >= MOST_TRIES) return 'none, given up';
	if (!waitingNow.includes(message)) return 'at once';
	return nextJobAt === undefined ? 'by hand' : clockTime(nextJobAt);
}
