import type { Connectivity } from './connectivity.mjs';
import type { Notice } from './forms.mjs';
import { html, isWebAddress, type SafeHtml } from './html.mjs';
import { shortened } from './parts.mjs';

/** Where both consoles post the form of their callback address. */
export const CALLBACK_FORM = '/console/callback-address';

export interface CallbackAddress {
	saved: string;
	/** What was typed last and not saved. */
	typed: string | undefined;
	placeholder: string;
	warning: string | undefined;
	/** What *Save* and *Test* do. */
	about: string;
}

export const callbackAddressView = ({
	saved,
	typed,
	placeholder,
	warning,
	about,
}: CallbackAddress): SafeHtml =>
	html`<section id="callback-address">
		<h2>Callback Address (回调地址)</h2>
		<form method="post" action="${CALLBACK_FORM}" class="bar">
			<input
				class="grow"
				name="url"
				value="${typed ?? saved}"
				placeholder="${placeholder}"
				aria-label="Callback Address (回调地址)"
				autocomplete="off"
				spellcheck="false"
			/><button class="tall" name="action" value="save">Save (保存)</button
			><button class="plain tall" name="action" value="test">Test (测试)</button>
		</form>
		${warning ? html`<p class="small warn">${warning}</p>` : html``}
		${
			typed !== undefined && typed !== saved
				? html`<p class="small warn wrap">Not saved. In use: ${saved || 'none'}</p>`
				: html``
		}
		<p class="soft">${about}</p>
	</section>`;

export interface CallbackActions {
	test(url: string): Promise<Connectivity>;
	/** Left out: callbacks are switched off. */
	save(url: string | undefined): void | Promise<void>;
	/** Can be saved, and the page warns of it. */
	isDoubtful(url: string): boolean;
}

/** *Save* and *Test* of that form. */
export async function onCallbackAddress(
	{ url = '', action }: Record<string, string | undefined>,
	{ test, save, isDoubtful }: CallbackActions,
): Promise<Notice> {
	const typed = url.trim();
	if (action === 'save' && typed === '') {
		await save(undefined);
		return { tone: 'good', text: 'Saved: no callback address, so nothing is sent.' };
	}
	if (!isWebAddress(typed))
		return { tone: 'bad', text: `'${typed}' is no web address (http:// or https://).`, typed };
	if (action === 'test') return { ...noticeOf(await test(typed)), typed };
	if (action !== 'save') return { tone: 'bad', text: 'Nothing was done.', typed };
	try {
		await save(typed);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		return { tone: 'bad', text: `Not saved: ${reason}`, typed };
	}
	return { tone: isDoubtful(typed) ? 'warn' : 'good', text: `Saved: ${typed}` };
}

function noticeOf({ url, status, body, error, durationMs }: Connectivity): Notice {
	if (status === null) return { tone: 'bad', text: `No answer from ${url}: ${error}.` };
	const text = `${url} answered GET with HTTP ${status} after ${durationMs} ms: ${said(body.trim())}.`;
	if (status >= 200 && status < 300) return { tone: 'good', text };
	if (status !== 404) return { tone: 'warn', text };
	return {
		tone: 'warn',
		text: `${text} In n8n the production URL answers so until its workflow is published (active), and the test URL until it listens.`,
	};
}

function said(body: string): string {
	if (body === '') return 'nothing more';
	return /^<(!doctype|html)/i.test(body) ? 'a web page' : shortened(body);
}
