import { callbackAddressView } from '../../../shared/callbackAddress.mjs';
import { noticeView, type Notice } from '../../../shared/forms.mjs';
import { html, type SafeHtml } from '../../../shared/html.mjs';
import { page } from '../../../shared/page.mjs';
import { badge, copyable, facts } from '../../../shared/parts.mjs';
import type { StoredFile } from '../../state.mjs';
import type { QiandunSandbox } from '../../types.mjs';
import { BRAND } from '../layout.mjs';
import { accountsView, sealsView } from './accounts.mjs';
import { contractsView } from './contracts.mjs';
import { deliveriesView } from './deliveries.mjs';
import { handedOutView } from './handedOut.mjs';

export const consoleView = (sandbox: QiandunSandbox, said: Notice | undefined): string =>
	page({
		brand: BRAND,
		lang: 'en',
		title: 'Qiandun (签盾) stand-in',
		nav: html`<a href="#contracts">Contracts</a><a href="#deliveries">Callbacks</a
			><a href="/">Reload</a>`,
		body: html`<main class="console">
			${noticeView(said)}
			<div>
				${callbackAddressView({
					saved: sandbox.control.callbackTarget()?.url ?? '',
					typed: said?.typed,
					placeholder: 'http://127.0.0.1:5678/webhook/…',
					warning: undefined,
					about:
						'The production URL of a CN E-Sign Trigger. Test and Save send one GET without content, ' +
						'and Save needs an answer. Empty: no callbacks.',
				})}
				${handedOutView(sandbox.state)} ${contractsView(sandbox.state)} ${deliveriesView(sandbox)}
			</div>
			<div>
				${appView(sandbox)} ${accountsView(sandbox.state)} ${sealsView(sandbox)}
				${filesView(sandbox.state.files)}
			</div>
		</main>`,
	});

const appView = ({ baseUrl, appKey, appSecret, paths }: QiandunSandbox): SafeHtml =>
	html`<section id="app">
		<h2>App (应用), Credential in n8n</h2>
		${facts([
			['Base URL', copyable(baseUrl)],
			['App Key (AppKey)', copyable(appKey)],
			['App Secret (AppSecret)', copyable(appSecret)],
			['Path to start a contract (发起合同)', copyable(paths.start)],
			['Path of callback content (获取回调信息)', copyable(paths.details)],
			['Path to confirm a callback (回调成功确认)', copyable(paths.confirm)],
		])}
		<p class="soft">The real paths of the last three are not public.</p>
	</section>`;

const filesView = (files: StoredFile[]): SafeHtml =>
	html`<section id="files">
		<h2>Files (文件)</h2>
		${files.map(
			({ fileCode, pages, formatSupported, processable }) =>
				html`<div class="item">
					${copyable(fileCode)}
					<div class="bar">
						${badge(pages === 1 ? '1 page' : `${pages} pages`)}
						${formatSupported ? html`` : badge('format not supported', 'ended')}
						${processable ? html`` : badge('cannot be processed', 'ended')}
					</div>
				</div>`,
		)}
	</section>`;
