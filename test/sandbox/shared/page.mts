import { html, type SafeHtml } from './html.mjs';
import { STYLE } from './style.mjs';

export interface Brand {
	/** Of the platform, in Chinese. */
	name: string;
	color: string;
}

export interface PageOptions {
	brand: Brand;
	title: string;
	lang?: 'en' | 'zh-CN';
	/** In the header, to the right. */
	nav?: SafeHtml;
	/** A script of the page's own. */
	script?: SafeHtml;
	body: SafeHtml;
}

/** A click on a button with `data-copy` copies that text. */
const COPY: SafeHtml = {
	safe: `document.addEventListener('click', (event) => {
	const button = event.target.closest('[data-copy]');
	if (!button || !navigator.clipboard) return;
	navigator.clipboard.writeText(button.dataset.copy).then(() => { button.textContent = 'Copied'; });
});`,
};

/** A page without anything from outside. */
export const page = ({ brand, title, lang = 'zh-CN', nav, script, body }: PageOptions): string =>
	html`<!doctype html>
		<html lang="${lang}" style="--brand: ${brand.color}">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta name="referrer" content="no-referrer" />
				<link rel="icon" href="data:," />
				<title>${title}</title>
				<style>
					${STYLE}
				</style>
				<script>
					${script ?? { safe: '' }};
					${COPY};
				</script>
			</head>
			<body>
				<header>
					<a href="/">${brand.name}</a
					><span>测试替身，非真实平台 · stand-in for tests, not the real platform</span>
					<nav>${nav}</nav>
				</header>
				${body}
			</body>
		</html>`.safe;

/** A page that only says something. `more` leads on. */
export const notice = (
	brand: Brand,
	title: string,
	detail: string,
	more: SafeHtml = { safe: '' },
): string =>
	page({
		brand,
		title,
		body: html`<main class="narrow">
			<section>
				<h1>${title}</h1>
				<p class="soft wrap">${detail}</p>
				${more}
			</section>
		</main>`,
	});

/** Whoever came to a page that is not there learns where they are. */
export const unknownPage = (brand: Brand, platform: string): string =>
	notice(
		brand,
		'没有此页面 No such page',
		`This is a stand-in for ${platform} (${brand.name}) on this machine, for tests and demonstrations. ` +
			'It has no page at this address. Links to pages are forgotten when the stand-in ends.',
		html`<p><a href="/">${brand.name} stand-in: everything it holds</a></p>`,
	);
