import { html, isWebAddress, type SafeHtml } from '../../shared/html.mjs';

const STYLE: SafeHtml = {
	safe: `
:root { color-scheme: light; --ink: #1d2330; --soft: #667085; --line: #e3e6ec; --red: #c8161d; --blue: #1f5eff; }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.55 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; color: var(--ink); background: #f4f5f8; }
header { background: #fff; border-bottom: 3px solid var(--red); padding: 14px 24px; display: flex; gap: 12px; align-items: baseline; }
header b { font-size: 17px; } header span { color: var(--soft); font-size: 13px; }
main { max-width: 1080px; margin: 24px auto; padding: 0 20px; display: grid; gap: 20px; grid-template-columns: minmax(0, 1fr) 320px; }
main.narrow { display: block; max-width: 520px; }
section { background: #fff; border: 1px solid var(--line); border-radius: 10px; padding: 18px 20px; margin-bottom: 16px; }
h1 { font-size: 20px; margin: 0 0 4px; } h2 { font-size: 15px; margin: 0 0 10px; } p { margin: 6px 0; }
.soft { color: var(--soft); font-size: 13px; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 4px 14px; margin: 10px 0 0; font-size: 14px; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
object { width: 100%; height: 720px; border: 1px solid var(--line); border-radius: 8px; background: #fafbfc; }
form { margin: 8px 0 0; } input, textarea { width: 100%; font: inherit; padding: 8px 10px; border: 1px solid #c9cfda; border-radius: 8px; }
button { font: inherit; font-weight: 600; width: 100%; padding: 10px; margin-top: 8px; border-radius: 8px; border: 1px solid var(--blue); background: var(--blue); color: #fff; cursor: pointer; }
button.refuse { background: #fff; color: var(--red); border-color: var(--red); }
ul { margin: 0; padding: 0; list-style: none; } li { display: flex; justify-content: space-between; gap: 10px; padding: 6px 0; border-top: 1px solid var(--line); font-size: 14px; } li:first-child { border: 0; }
.done { color: #067647; } .open { color: var(--blue); } .ended { color: var(--red); }
@media (max-width: 820px) { main { grid-template-columns: 1fr; } object { height: 480px; } }
`,
};

/** A page without anything from outside. */
export const layout = (title: string, body: SafeHtml): string =>
	html`<!doctype html>
		<html lang="zh-CN">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta name="referrer" content="no-referrer" />
				<title>${title}</title>
				<style>
					${STYLE}
				</style>
			</head>
			<body>
				<header>
					<b>开放签</b><span>测试替身，非真实平台 · stand-in for tests, not the real platform</span>
				</header>
				${body}
			</body>
		</html>`.safe;

export const notice = (title: string, detail: string): string =>
	layout(
		title,
		html`<main class="narrow">
			<section>
				<h1>${title}</h1>
				<p class="soft">${detail}</p>
			</section>
		</main>`,
	);

/** Only web addresses become a link; anything else is left out. */
export const backLink = (address: string | undefined): SafeHtml =>
	isWebAddress(address) ? html`<p><a rel="noreferrer" href="${address}">返回 Back</a></p>` : html``;
