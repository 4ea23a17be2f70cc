import type { FastifyInstance } from 'fastify';
import { formOf, sendPage } from '../../shared/forms.mjs';
import { html, isWebAddress } from '../../shared/html.mjs';
import { backLink } from '../../shared/parts.mjs';
import type { CallbackSender } from '../callbacks.mjs';
import type { IdentityOrder, World } from '../world.mjs';
import { layout, notice } from './layout.mjs';

export const IDENTITY_STATES = {
	open: '待认证 Open',
	passed: '已认证 Verified',
	failed: '未通过 Refused',
} as const;

/** The page behind `authUrl` of endpoint 16. */
export function addIdentityPages(
	pages: FastifyInstance,
	world: World,
	callbacks: CallbackSender,
): void {
	const orderOf = (params: unknown) =>
		world.identityOrders.get((params as { orderNo: string }).orderNo);
	pages.get('/ident/:orderNo', (request, reply) => {
		const order = orderOf(request.params);
		return order ? sendPage(reply, view(order)) : sendPage(reply, UNKNOWN_ORDER(), 404);
	});
	pages.post('/ident/:orderNo', (request, reply) => {
		const order = orderOf(request.params);
		if (!order) return sendPage(reply, UNKNOWN_ORDER(), 404);
		const { action } = formOf(request);
		if (action !== 'pass' && action !== 'fail') return sendPage(reply, view(order), 400);
		if (order.state === 'open') {
			order.state = action === 'fail' ? 'failed' : 'passed';
			tell(callbacks, order);
		}
		return reply.redirect(`/ident/${order.orderNo}`, 303);
	});
}

const UNKNOWN_ORDER = () =>
	notice('订单不存在 No such order', 'Orders are forgotten when the stand-in ends.');

/**
 * What the platform posts to `authCallbackUrl`, whether signed and how often, is not known
 * (docs/api/kaifangqian.md 7.6). This body is the stand-in's own: nobody may read more than "something
 * has happened to this order" out of it. Sent once, unsigned.
 */
function tell(
	callbacks: CallbackSender,
	{ authCallbackUrl, orderNo, clientRequestId }: IdentityOrder,
): void {
	if (!isWebAddress(authCallbackUrl)) return;
	callbacks.publish(JSON.stringify({ orderNo, clientRequestId }), {
		url: authCallbackUrl,
		sign: null,
		tries: 1,
	});
}

const view = ({ orderNo, companyName, state, callbackPage }: IdentityOrder): string =>
	layout(
		'企业实名认证 Company verification',
		html`<main class="narrow">
			<section>
				<h1>企业实名认证 Company verification</h1>
				<dl>
					<dt>企业 Company</dt>
					<dd>${companyName ?? '—'}</dd>
					<dt>订单 Order</dt>
					<dd>${orderNo}</dd>
					<dt>状态 State</dt>
					<dd>${IDENTITY_STATES[state]}</dd>
				</dl>
				${
					state === 'open'
						? html`<form method="post">
								<button name="action" value="pass">完成认证 Verify</button
								><button class="refuse" name="action" value="fail">认证失败 Fail</button>
							</form>`
						: backLink(callbackPage)
				}
			</section>
		</main>`,
	);
