import { html, type SafeHtml } from '../../shared/html.mjs';
import {
	notice as noticePage,
	page,
	unknownPage as unknownPageOf,
	type Brand,
} from '../../shared/page.mjs';

export const BRAND: Brand = { name: '签盾', color: '#0b7285' };

export const layout = (title: string, body: SafeHtml): string =>
	page({ brand: BRAND, title, body: html`<main class="narrow"><section>${body}</section></main>` });

export const unknownPage = (): string => unknownPageOf(BRAND, 'Qiandun');

export const refusal = (text: string): string => noticePage(BRAND, '无法办理 Cannot be done', text);
