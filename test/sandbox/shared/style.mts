import type { SafeHtml } from './html.mjs';

/** Of every page of both stand-ins. `--brand` is set by the page. */
export const STYLE: SafeHtml = {
	safe: `
:root { color-scheme: light; --ink: #1d2330; --soft: #667085; --line: #e3e6ec; --red: #c8161d; --blue: #1f5eff; --green: #067647; --amber: #93580a; }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.55 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; color: var(--ink); background: #f4f5f8; }
header { background: #fff; border-bottom: 3px solid var(--brand); padding: 14px 24px; display: flex; gap: 12px; align-items: baseline; flex-wrap: wrap; }
header a { font-size: 17px; font-weight: 700; color: inherit; text-decoration: none; } header span { color: var(--soft); font-size: 13px; }
header nav { margin-left: auto; font-size: 13px; } header nav a { font: inherit; color: var(--blue); margin-left: 14px; }
main { max-width: 1080px; margin: 24px auto; padding: 0 20px; display: grid; gap: 20px; grid-template-columns: minmax(0, 1fr) 320px; align-items: start; }
main.console { max-width: 1260px; grid-template-columns: minmax(0, 1fr) 380px; }
main.narrow { display: block; max-width: 520px; }
section { background: #fff; border: 1px solid var(--line); border-radius: 10px; padding: 16px 20px; margin-bottom: 16px; }
h1 { font-size: 20px; margin: 0 0 4px; } h2 { font-size: 15px; margin: 0 0 10px; } h3 { font-size: 14px; margin: 14px 0 4px; } p { margin: 6px 0; }
a { color: var(--blue); }
.soft { color: var(--soft); font-size: 13px; } .small { font-size: 13px; }
.wrap { overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 4px 14px; margin: 10px 0 0; font-size: 14px; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
main.console > div + div dl { display: block; } main.console > div + div dd { margin-bottom: 8px; }
object { width: 100%; height: 720px; border: 1px solid var(--line); border-radius: 8px; background: #fafbfc; }
form { margin: 8px 0 0; } input, textarea { width: 100%; font: inherit; padding: 8px 10px; border: 1px solid #c9cfda; border-radius: 8px; }
input[readonly] { background: #f4f5f8; color: var(--soft); }
label { display: block; font-size: 13px; color: var(--soft); margin-top: 8px; }
button { font: inherit; font-weight: 600; width: 100%; padding: 10px; margin-top: 8px; border-radius: 8px; border: 1px solid var(--blue); background: var(--blue); color: #fff; cursor: pointer; }
button.refuse { background: #fff; color: var(--red); border-color: var(--red); }
button.plain { background: #fff; color: var(--ink); border-color: #c9cfda; }
ul { margin: 0; padding: 0; list-style: none; } li { display: flex; justify-content: space-between; gap: 10px; padding: 6px 0; border-top: 1px solid var(--line); font-size: 14px; } li:first-child { border: 0; }
.done { color: var(--green); } .open { color: var(--blue); } .ended { color: var(--red); } .warn { color: var(--amber); }
table { width: 100%; border-collapse: collapse; font-size: 13px; } th { text-align: left; color: var(--soft); font-weight: 500; white-space: nowrap; } th, td { padding: 6px 10px 6px 0; border-top: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; } tr:first-child th { border: 0; padding-top: 0; } .nowrap { white-space: nowrap; }
code { font: 13px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; user-select: all; }
table + .bar { margin-top: 10px; }
.bar { display: flex; gap: 8px; flex-wrap: wrap; align-items: center; } .bar form { margin: 0; display: flex; gap: 6px; }
.bar button, td button { width: auto; margin: 0; padding: 3px 11px; font-size: 13px; font-weight: 500; } .bar input { width: auto; padding: 3px 8px; font-size: 13px; }
.bar .grow { flex: 1; min-width: 240px; padding: 7px 10px; } .bar .tall { padding: 7px 16px; font-size: 14px; }
button.copy { width: auto; margin: 0 0 0 6px; padding: 0 7px; font-size: 12px; font-weight: 400; line-height: 1.6; background: #fff; color: var(--soft); border: 1px solid var(--line); border-radius: 6px; }
.badge { display: inline-block; padding: 0 8px; font-size: 12px; line-height: 1.7; border-radius: 999px; background: #eef1f6; white-space: nowrap; } .badge.open { background: #e8efff; } .badge.done { background: #e2f5ec; } .badge.ended { background: #fdeaea; } .badge.warn { background: #fdf2df; }
.notice { border-left: 4px solid var(--blue); grid-column: 1 / -1; margin: 0; padding: 10px 16px; font-size: 14px; overflow-wrap: anywhere; } .notice.good { border-left-color: var(--green); } .notice.bad { border-left-color: var(--red); } .notice.warn { color: inherit; border-left-color: #e0a030; }
.item { border-top: 1px solid var(--line); padding: 12px 0; } .item:first-of-type { border: 0; padding-top: 0; } .item:last-child { padding-bottom: 0; } .item .bar { margin-top: 6px; } .item b { overflow-wrap: anywhere; }
@media (max-width: 900px) { main, main.console { grid-template-columns: minmax(0, 1fr); } object { height: 480px; } }
`,
};
