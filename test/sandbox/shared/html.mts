const ENTITIES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

const escapeHtml = (value: unknown): string =>
	String(value ?? '').replace(/[&<>"']/g, (character) => ENTITIES[character]);

/** A string that is already HTML; everything else is escaped by `html`. */
export interface SafeHtml {
	safe: string;
}

const isSafe = (value: unknown): value is SafeHtml =>
	typeof value === 'object' && value !== null && 'safe' in value;

const render = (value: unknown): string => {
	if (Array.isArray(value)) return value.map(render).join('');
	return isSafe(value) ? value.safe : escapeHtml(value);
};

/** Template tag that escapes every value put into it, unless the value came from `html` itself. */
export function html(parts: TemplateStringsArray, ...values: unknown[]): SafeHtml {
	return { safe: parts.reduce((text, part, index) => text + render(values[index - 1]) + part) };
}

/** Only such addresses may become a link: `javascript:` must not. */
export function isWebAddress(value: string | undefined): value is string {
	if (!value || !URL.canParse(value)) return false;
	return ['http:', 'https:'].includes(new URL(value).protocol);
}
