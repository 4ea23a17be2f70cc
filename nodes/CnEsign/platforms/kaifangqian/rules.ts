import type { TextRule } from '../../runtime/parameters';

/** What the API file says about single fields (docs/api/kaifangqian.md, 3.3, 5, 6). */
export const MOBILE = /^1[3-9]\d{9}$/;
export const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Whether a text is a name, and not the contact that the platform gives where it has none. */
export const isProperName = (value: unknown): value is string =>
	typeof value === 'string' &&
	value.trim() !== '' &&
	!MOBILE.test(value.trim()) &&
	!EMAIL.test(value.trim());

export const contactRule: TextRule = {
	required: true,
	pattern: new RegExp(`${MOBILE.source}|${EMAIL.source}`),
	expected: 'is neither a mobile number nor an e-mail address',
	hint: 'Give a mobile number of mainland China (11 digits, without +86) or an e-mail address.',
};

export const shortIdRule: TextRule = { required: true, max: 64 };

export const FILE_NAME_MAX = 128;

const pad = (number: number) => String(number).padStart(2, '0');

/** Calendar date in China, where the platform's days begin and end. */
export const todayInChina = (now: number): string =>
	new Date(now + 8 * 3600_000).toISOString().slice(0, 10);

const ISO =
	/^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

interface DateParts {
	year: number;
	month: number;
	day: number;
	hour: number;
	minute: number;
	second: number;
	zone: string | undefined;
}

/** Parts of an ISO date, or `undefined` where it is none or names a day that does not exist. */
export const isoParts = (text: string): DateParts | undefined => {
	const match = ISO.exec(text);
	if (!match) return undefined;
	const [year, month, day, hour = 0, minute = 0, second = 0] = match
		.slice(1, 7)
		.map((part) => (part === undefined ? undefined : Number(part))) as [
		number,
		number,
		number,
		number?,
		number?,
		number?,
	];
	const date = new Date(Date.UTC(year, month - 1, day));
	const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
	if (!exists || hour > 23 || minute > 59 || second > 59) return undefined;
	return { year, month, day, hour, minute, second, zone: match[7] };
};

/**
 * `yyyy-MM-dd` of an ISO date: as written, or, where it names a zone, the day that it is in China then.
 * A date out of a database is often the evening before in UTC.
 */
export const dateOnly = (text: string): string | undefined => {
	const parts = isoParts(text);
	if (parts?.zone) return chinaTime(instantOf(text, 'UTC') as number).slice(0, 10);
	return parts && `${String(parts.year).padStart(4, '0')}-${pad(parts.month)}-${pad(parts.day)}`;
};

/** Offset of a time zone at an instant, in milliseconds. */
const offsetAt = (instant: number, timeZone: string): number => {
	const parts = new Intl.DateTimeFormat('en-US', {
		timeZone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
	}).formatToParts(instant);
	const part = (type: string) => Number(parts.find((entry) => entry.type === type)?.value);
	return (
		Date.UTC(
			part('year'),
			part('month') - 1,
			part('day'),
			part('hour'),
			part('minute'),
			part('second'),
		) -
		Math.floor(instant / 1000) * 1000
	);
};

/** The instant (ms) of an ISO text; without a zone it is meant in `timeZone`. */
export const instantOf = (text: string, timeZone: string): number | undefined => {
	const parts = isoParts(text);
	if (!parts) return undefined;
	const wall = Date.UTC(
		parts.year,
		parts.month - 1,
		parts.day,
		parts.hour,
		parts.minute,
		parts.second,
	);
	if (parts.zone === 'Z') return wall;
	if (parts.zone) {
		const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(parts.zone) as RegExpExecArray;
		return wall - (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
	}
	return wall - offsetAt(wall - offsetAt(wall, timeZone), timeZone);
};

/** `yyyy-MM-dd HH:mm:ss` in China time. That the platform reads it so is UNVERIFIED. */
export const chinaTime = (instant: number): string =>
	new Date(instant + 8 * 3600_000).toISOString().slice(0, 19).replace('T', ' ');
