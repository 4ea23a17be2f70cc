/** The page of #38: the owner of seals lets the app use them silently, or does not (docs/api/qiandun.md 5.9). */
import type { FastifyInstance } from 'fastify';
import { formOf, sendPage } from '../../shared/forms.mjs';
import { html, type SafeHtml } from '../../shared/html.mjs';
import { backLink, badge, facts } from '../../shared/parts.mjs';
import { SILENT_SIGN_PAGE } from '../endpoints/silentSignLink.mjs';
import { isAuthorised, nameOf, type Seal, type SilentSignPage } from '../state.mjs';
import type { QiandunSandbox } from '../types.mjs';
import { layout, unknownPage } from './layout.mjs';

export const SILENT_SIGN_RESULTS = {
	allowed: '已授权 Allowed',
	refused: '已拒绝 Refused',
} as const;

export function addSilentSignPage(pages: FastifyInstance, sandbox: QiandunSandbox): void {
	const find = (params: unknown) =>
		sandbox.state.silentSignPages.find(({ id }) => id === (params as { id: string }).id);

	pages.get(`${SILENT_SIGN_PAGE}/:id`, (request, reply) => {
		const page = find(request.params);
		return page ? sendPage(reply, view(sandbox, page)) : sendPage(reply, unknownPage(), 404);
	});
	pages.post(`${SILENT_SIGN_PAGE}/:id`, (request, reply) => {
		const page = find(request.params);
		if (!page) return sendPage(reply, unknownPage(), 404);
		const { action } = formOf(request);
		if (action !== 'allow' && action !== 'refuse') return sendPage(reply, view(sandbox, page), 400);
		if (page.result === undefined) {
			page.result = action === 'allow' ? 'allowed' : 'refused';
			// Of a refusal the documents name no event.
			if (action === 'allow')
				for (const { sealId } of openSeals(sandbox, page)) sandbox.control.authorise(sealId);
		}
		return reply.redirect(`${SILENT_SIGN_PAGE}/${page.id}`, 303);
	});
}

const sealsOf = ({ state }: QiandunSandbox, { accountId, sealIds }: SilentSignPage): Seal[] =>
	state.seals.filter(
		(seal) => seal.accountId === accountId && (sealIds === null || sealIds.includes(seal.sealId)),
	);

const openSeals = (sandbox: QiandunSandbox, page: SilentSignPage): Seal[] =>
	sealsOf(sandbox, page).filter((seal) => !isAuthorised(seal, sandbox.appKey));

function view(sandbox: QiandunSandbox, page: SilentSignPage): string {
	const { state, appKey } = sandbox;
	const title = '印章静默签授权 Silent signing';
	return layout(
		title,
		html`<h1>${title}</h1>
			<p class="soft">
				应用 ${appKey} 申请使用以下印章自动签署。 The app asks to use these seals without asking
				again.
			</p>
			${facts([
				['用户 Owner', `${nameOf(state, page.accountId)} (${page.accountId})`],
				[
					'印章 Seals',
					html`${sealsOf(sandbox, page).map((seal) => sealView(seal, isAuthorised(seal, appKey)))}`,
				],
			])}
			${decision(page, openSeals(sandbox, page).length)}`,
	);
}

const sealView = ({ sealId, sealName }: Seal, isGiven: boolean): SafeHtml =>
	html`<div>
		${sealName} <span class="soft">${sealId}</span> ${isGiven ? badge('已授权', 'done') : html``}
	</div>`;

function decision({ result, redirectUrl }: SilentSignPage, left: number): SafeHtml {
	if (result)
		return html`<p><b>${SILENT_SIGN_RESULTS[result]}</b></p>
			${backLink(redirectUrl ?? undefined)}`;
	if (left === 0)
		return html`<p>没有需要授权的印章 No seal is left to be allowed.</p>
			${backLink(redirectUrl ?? undefined)}`;
	return html`<form method="post">
		<button name="action" value="allow">同意授权 Allow</button
		><button class="refuse" name="action" value="refuse">拒绝 Refuse</button>
	</form>`;
}
