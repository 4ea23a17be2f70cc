// The vendor's dates carry no zone; the platform's clock is China's (a switch moves it).

const HOUR = 3_600_000;

const shifted = (at: number, utcOffsetHours: number): string =>
	new Date(at + utcOffsetHours * HOUR).toISOString();

/** `yyyy-MM-dd` on the platform's calendar. */
export const dayOf = (at: number, utcOffsetHours: number): string =>
	shifted(at, utcOffsetHours).slice(0, 10);

export const minuteOf = (at: number, utcOffsetHours: number): string =>
	shifted(at, utcOffsetHours).slice(0, 16).replace('T', ' ');

/** A day that exists, written `yyyy-MM-dd`. */
export function isDay(value: string): boolean {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
	const at = Date.parse(`${value}T00:00:00Z`);
	return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
}

/** Milliseconds of `yyyy-MM-dd HH:mm:ss`; undefined for anything else. */
export function momentOf(value: string, utcOffsetHours: number): number | undefined {
	const match = /^(\d{4}-\d{2}-\d{2}) (([01]\d|2[0-3]):[0-5]\d:[0-5]\d)$/.exec(value);
	if (!match || !isDay(match[1])) return undefined;
	return Date.parse(`${match[1]}T${match[2]}Z`) - utcOffsetHours * HOUR;
}
