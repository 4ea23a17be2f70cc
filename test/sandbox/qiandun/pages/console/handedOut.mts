import { html, type SafeHtml } from '../../../shared/html.mjs';
import { badge, clockTime } from '../../../shared/parts.mjs';
import { PERSON_PAGE } from '../../endpoints/personUrl.mjs';
import { SILENT_SIGN_PAGE } from '../../endpoints/silentSignLink.mjs';
import { nameOf, type State } from '../../state.mjs';
import { VERIFY_RESULTS } from '../person.mjs';
import { SILENT_SIGN_RESULTS } from '../silentSign.mjs';

const SHOWN = 10;

interface HandedOut {
	at: number;
	href: string;
	what: string;
	/** Left out while nobody has decided. */
	result: { text: string; isGood: boolean } | undefined;
}

/** Pages whose links the API has answered, newest first. */
export function handedOutView(state: State): SafeHtml {
	const all = [...silentSignPages(state), ...personPages(state)].sort((a, b) => b.at - a.at);
	return html`<section id="pages">
		<h2>Pages Handed Out (链接)</h2>
		${
			all.length === 0
				? html`<p class="soft">
						None yet. Links for silent signing and for verifying persons appear here, too.
					</p>`
				: html`<ul>
						${all.slice(0, SHOWN).map(pageView)}
					</ul>`
		}
	</section>`;
}

const pageView = ({ at, href, what, result }: HandedOut): SafeHtml =>
	html`<li>
		<span>${clockTime(at)} <a target="_blank" rel="noopener" href="${href}">${what}</a></span>
		${result ? badge(result.text, result.isGood ? 'done' : 'ended') : badge('open 待办', 'open')}
	</li>`;

const silentSignPages = (state: State): HandedOut[] =>
	state.silentSignPages.map(({ id, at, accountId, result }) => ({
		at,
		href: `${SILENT_SIGN_PAGE}/${id}`,
		what: `Silent signing (静默签授权) of ${nameOf(state, accountId)}`,
		result: result && { text: SILENT_SIGN_RESULTS[result], isGood: result === 'allowed' },
	}));

const personPages = ({ personPages: pages }: State): HandedOut[] =>
	pages.map(({ id, at, request, result }) => ({
		at,
		href: `${PERSON_PAGE}/${id}`,
		what: `Person verification (个人实名认证) ${request.psnAuthConfig?.psnName ?? ''}`,
		result: result && {
			text: VERIFY_RESULTS[result.verifyStatus],
			isGood: result.verifyStatus === 'passed',
		},
	}));
