import { callbackAddressView } from '../../../shared/callbackAddress.mjs';
import { noticeView, type Notice } from '../../../shared/forms.mjs';
import { html, type SafeHtml } from '../../../shared/html.mjs';
import { page } from '../../../shared/page.mjs';
import type { KaifangqianSandbox } from '../../index.mjs';
import type { World } from '../../world.mjs';
import { BRAND } from '../layout.mjs';
import { companyView } from './company.mjs';
import { contractsView } from './contracts.mjs';
import { deliveriesView } from './deliveries.mjs';

export interface ConsoleState {
	world: World;
	sandbox: KaifangqianSandbox;
	/** What the button pressed last has done. */
	said: Notice | undefined;
	/** About the callback address. */
	warning: string | undefined;
	/** When the scheduled job tries callbacks again by itself. */
	nextJobAt: number | undefined;
}

/** Links of `pageUrl` and `taskUrl` have the console's form `/#/contract/detail/base?…`. */
const OPEN_LINK: SafeHtml = {
	safe: "if (location.hash.startsWith('#/contract/')) location.replace(location.hash.slice(1));",
};

export const consoleView = ({ world, sandbox, said, warning, nextJobAt }: ConsoleState): string =>
	page({
		brand: BRAND,
		lang: 'en',
		title: 'Kaifangqian (开放签) stand-in',
		nav: html`<a href="#contracts">Contracts</a><a href="#deliveries">Callbacks</a
			><a href="/">Reload</a>`,
		script: OPEN_LINK,
		body: html`<main class="console">
			${noticeView(said)}
			<div>
				${callbackAddressView({
					saved: sandbox.control.callbackUrl() ?? '',
					typed: said?.typed,
					placeholder: 'http://127.0.0.1:5678/webhook/…',
					warning,
					about:
						'The production URL of a CN E-Sign Trigger. A company has one address for all its contracts. ' +
						'Test sends one GET without content; Save sends nothing. Empty: no callbacks.',
				})}
				${contractsView(world)} ${deliveriesView(sandbox.callbacks, nextJobAt)}
			</div>
			<div>${companyView(world, sandbox)}</div>
		</main>`,
	});
