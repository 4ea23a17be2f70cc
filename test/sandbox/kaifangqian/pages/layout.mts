import type { SafeHtml } from '../../shared/html.mjs';
import {
	notice as noticePage,
	page,
	unknownPage as unknownPageOf,
	type Brand,
} from '../../shared/page.mjs';

export const BRAND: Brand = { name: '开放签', color: '#c8161d' };

export const layout = (title: string, body: SafeHtml): string =>
	page({ brand: BRAND, title, body });

export const notice = (title: string, detail: string): string => noticePage(BRAND, title, detail);

export const unknownPage = (): string => unknownPageOf(BRAND, 'Kaifangqian');

export const refusal = (text: string): string => notice('无法办理 Cannot be done', text);
