import { html, type SafeHtml } from '../../../shared/html.mjs';
import { badge, clockTime, postButton, shortened, table } from '../../../shared/parts.mjs';
import { BUSINESS_TYPE_NAMES, type Delivery } from '../../callbacks.mjs';
import type { QiandunSandbox } from '../../types.mjs';
import { REDELIVER_FORM } from './forms.mjs';

const SHOWN = 15;

export function deliveriesView({ callbacks, switches }: QiandunSandbox): SafeHtml {
	const { deliveries, log } = callbacks;
	const pending = callbacks.pending();
	const isPulled = (id: string) =>
		log.some(({ what, transactionId }) => what === 'pulled' && transactionId === id);
	const rows = deliveries
		.slice(-SHOWN)
		.reverse()
		.map((delivery) => [
			clockTime(delivery.at),
			html`<span class="nowrap">${nameOf(delivery.businessType)}</span><br /><span
					class="soft nowrap"
					>${delivery.transactionId}</span
				>`,
			answerOf(delivery),
			html`${isPulled(delivery.transactionId) ? badge('asked back', 'open') : html``}
			${pending.includes(delivery.transactionId) ? badge('not confirmed') : badge('confirmed', 'done')}`,
			nextTry(delivery, switches.callbackRetries),
		]);
	const headings = [
		'Time (北京)',
		'Event (业务类型)',
		'Answer (应答)',
		'State (状态)',
		'Next Try (重推)',
	];
	return html`<section id="deliveries">
		<h2>Callbacks (回调) · last ${SHOWN} tries</h2>
		${
			rows.length > 0
				? table(headings, rows)
				: html`<p class="soft">
						Nothing has been sent. Without a callback address events are not kept.
					</p>`
		}
		${
			pending.length > 0
				? html`<div class="bar">
						${postButton({
							to: REDELIVER_FORM,
							label: `Send the ${pending.length} Not Confirmed Again (重推)`,
							values: {},
						})}
					</div>`
				: html``
		}
	</section>`;
}

function nameOf(businessType: string): SafeHtml {
	const name = Object.entries(BUSINESS_TYPE_NAMES).find(([wire]) => wire === businessType)?.[1];
	return name ? html`${businessType}<br />${name}` : html`${shortened(businessType, 60)}`;
}

function answerOf({ status, answer, detail, received }: Delivery): SafeHtml {
	if (status !== null) {
		const said = answer.trim() === '' ? '(empty)' : shortened(answer.trim(), 60);
		return html`${badge(`HTTP ${status}`, received ? 'done' : 'ended')} ${said}`;
	}
	if (detail === '') return badge('under way', 'open');
	return html`${badge('no answer', 'ended')} <span class="soft">${detail}</span>`;
}

/** How often the real platform tries is not known; here it is a switch. */
function nextTry({ received, status, detail, attempt }: Delivery, retries: number): string {
	if (received) return 'none needed';
	if (status === null && detail === '') return '';
	return attempt <= retries ? 'by itself' : 'by hand';
}
