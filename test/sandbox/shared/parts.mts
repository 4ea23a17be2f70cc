import { html, isWebAddress, type SafeHtml } from './html.mjs';

export type Tone = 'open' | 'done' | 'ended' | 'warn' | 'soft';

export const badge = (text: string, tone: Tone = 'soft'): SafeHtml =>
	html`<span class="badge ${tone}">${text}</span>`;

/** A text that is wanted elsewhere: one click marks it, another copies it. */
export const copyable = (text: string): SafeHtml =>
	html`<code>${text}</code
		><button type="button" class="copy" data-copy="${text}" aria-label="Copy ${text}">
			Copy
		</button>`;

export const facts = (rows: Array<[label: string, value: SafeHtml | string]>): SafeHtml =>
	html`<dl>
		${rows.map(
			([label, value]) =>
				html`<dt>${label}</dt>
					<dd>${value}</dd>`,
		)}
	</dl>`;

export const table = (headings: string[], rows: Array<Array<SafeHtml | string>>): SafeHtml =>
	html`<table>
		<tr>
			${headings.map((heading) => html`<th>${heading}</th>`)}
		</tr>
		${rows.map(
			(cells) =>
				html`<tr>
					${cells.map((cell) => html`<td>${cell}</td>`)}
				</tr>`,
		)}
	</table>`;

export interface PostButton {
	/** Where the form is posted. */
	to: string;
	label: string;
	values: Record<string, string>;
	style?: 'plain' | 'refuse';
	/** A text that may be added, by its name. */
	ask?: { name: string; label: string };
}

/** A form of one button, small enough for several beside one another. */
export const postButton = ({ to, label, values, style = 'plain', ask }: PostButton): SafeHtml =>
	html`<form method="post" action="${to}">
		${Object.entries(values).map(
			([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
		)}${
			ask
				? html`<input
						name="${ask.name}"
						maxlength="200"
						size="10"
						placeholder="${ask.label}"
						aria-label="${ask.label}"
					/>`
				: html``
		}<button class="${style}">${label}</button>
	</form>`;

/** Only web addresses become a link; anything else is left out. */
export const backLink = (address: string | undefined): SafeHtml =>
	isWebAddress(address) ? html`<p><a rel="noreferrer" href="${address}">返回 Back</a></p>` : html``;

const CHINA_TIME = new Intl.DateTimeFormat('en-GB', {
	timeZone: 'Asia/Shanghai',
	timeStyle: 'medium',
});

/** As on the platforms, which are in China. */
export function clockTime(at: number): SafeHtml {
	const date = new Date(at);
	const exact = date.toISOString();
	return html`<time class="nowrap" datetime="${exact}" title="${exact}"
		>${CHINA_TIME.format(date)}</time
	>`;
}

export const shortened = (text: string, most = 120): string =>
	text.length > most ? `${text.slice(0, most)}…` : text;
