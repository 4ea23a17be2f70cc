/** Pages as a person without a browser sees them: what they say, and forms that are sent as they stand. */
import axios, { type AxiosResponse } from 'axios';

const client = axios.create({
	proxy: false,
	maxRedirects: 0,
	responseType: 'text',
	validateStatus: () => true,
});

interface Button {
	label: string;
	name?: string;
	value?: string;
}

export interface Form {
	action: string;
	values: Record<string, string>;
	buttons: Button[];
}

export interface Page {
	url: string;
	status: number;
	html: string;
	/** Without tags, blanks run together. */
	text: string;
	forms: Form[];
	/** Label → address. */
	links: Array<{ label: string; href: string }>;
}

const ENTITIES: Record<string, string> = {
	'&lt;': '<',
	'&gt;': '>',
	'&quot;': '"',
	'&#39;': "'",
	'&amp;': '&',
};

const unescape = (text: string): string =>
	text.replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity]);

const textOf = (html: string): string =>
	unescape(html.replace(/<(style|script)>.*?<\/\1>/gs, ' ').replace(/<[^>]*>/g, ' '))
		.replace(/\s+/g, ' ')
		.trim();

const attributes = (tag: string): Record<string, string> =>
	Object.fromEntries(
		[...tag.matchAll(/([a-z-]+)="([^"]*)"/g)].map(([, name, value]) => [name, unescape(value)]),
	);

const formOf = (html: string): Form => {
	const inputs = [...html.matchAll(/<input\b[^>]*>/g)].map(([tag]) => attributes(tag));
	const buttons = [...html.matchAll(/<button\b([^>]*)>(.*?)<\/button\s*>/gs)].map(
		([, tag, label]) => ({
			...attributes(tag),
			label: textOf(label),
		}),
	);
	return {
		action: attributes(/<form\b[^>]*>/.exec(html)?.[0] ?? '').action ?? '',
		values: Object.fromEntries(inputs.map(({ name, value = '' }) => [name, value])),
		buttons,
	};
};

const pageOf = (url: string, { status, data }: AxiosResponse<string>): Page => ({
	url,
	status,
	html: data,
	text: textOf(data),
	forms: [...data.matchAll(/<form\b.*?<\/form\s*>/gs)].map(([form]) => formOf(form)),
	links: [...data.matchAll(/<a\b([^>]*)>(.*?)<\/a\s*>/gs)].map(([, tag, label]) => ({
		href: attributes(tag).href,
		label: textOf(label),
	})),
});

const followed = async (url: string, answer: AxiosResponse<string>): Promise<Page> => {
	const { location } = answer.headers as { location?: string };
	if (answer.status === 303 && location) return await open(new URL(location, url).href);
	return pageOf(url, answer);
};

export const open = async (url: string): Promise<Page> =>
	await followed(url, await client.get<string>(url));

/** Sends a form as a browser does, and goes where the answer leads. */
export const send = async (
	url: string,
	values: Record<string, string>,
	headers: Record<string, string> = {},
): Promise<Page> =>
	await followed(url, await client.post<string>(url, new URLSearchParams(values), { headers }));

/** Presses the button of that label; of several the first whose form has these hidden values. */
export const press = async (
	page: Page,
	label: string,
	typed: Record<string, string> = {},
	within: Record<string, string> = {},
): Promise<Page> => {
	for (const { action, values, buttons } of page.forms) {
		const button = buttons.find((candidate) => candidate.label.startsWith(label));
		const isMeant = Object.entries(within).every(([name, value]) => values[name] === value);
		if (!button || !isMeant) continue;
		const own = button.name === undefined ? {} : { [button.name]: button.value ?? '' };
		return await send(new URL(action, page.url).href, { ...values, ...typed, ...own });
	}
	throw new Error(`The page has no button '${label}'`);
};

export const follow = async (page: Page, label: string): Promise<Page> => {
	const link = page.links.find((candidate) => candidate.label.startsWith(label));
	if (!link) throw new Error(`The page has no link '${label}'`);
	return await open(new URL(link.href, page.url).href);
};

/** Labels of the buttons of all forms that have these hidden values. */
export const buttonsOf = ({ forms }: Page, within: Record<string, string> = {}): string[] =>
	forms
		.filter(({ values }) => Object.entries(within).every(([name, value]) => values[name] === value))
		.flatMap(({ buttons }) => buttons.map(({ label }) => label));

/** What the button pressed last has done. */
export const noticeOf = ({ html }: Page): { tone: string; text: string } => {
	const [, tone, text] = /<section class="notice (\w+)"[^>]*>(.*?)<\/section\s*>/s.exec(html) ?? [];
	return { tone: tone ?? '', text: textOf(text ?? '') };
};

/** Texts that would run as code, or break out of an attribute, where they were not escaped. */
export const HOSTILE = `"><img src=x onerror=alert(1)><script>alert('1')</script>'`;

/** No tag and no attribute has come out of such a text. Inside a quoted attribute it is harmless. */
export const isClean = ({ html }: Page): boolean =>
	!/<img|<script>\s*alert|<[^>]*\sonerror=/.test(html.replace(/="[^"]*"/g, '=""'));
