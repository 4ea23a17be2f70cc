// The vendor's dates carry no zone; the platform's clock is China's. Its date reader takes any numbers, so that
// 2030-02-30 is a day of March, and looks only at the beginning of the text (docs/api/kaifangqian.md 6.4).

const CHINA = 8 * 3_600_000;

const shifted = (at: number): string => new Date(at + CHINA).toISOString();

/** `yyyy-MM-dd` on the platform's calendar. */
export const dayOf = (at: number): string => shifted(at).slice(0, 10);

const DAY = /^\s*(\d+)-\s*(\d+)-\s*(\d+)/;
const TIME = /^ \s*(\d+):\s*(\d+):\s*(\d+)/;

/** The first moment of a day written `yyyy-MM-dd…`; undefined for any other text. */
export function startOfDay(value: string): number | undefined {
	const match = DAY.exec(value);
	if (!match) return undefined;
	const [year, month, day] = match.slice(1).map(Number);
	return inRange(Date.UTC(year, month - 1, day) - CHINA);
}

/** A moment written `yyyy-MM-dd HH:mm:ss…`; undefined for any other text. */
export function momentOf(value: string): number | undefined {
	const day = startOfDay(value);
	const time = TIME.exec(value.replace(DAY, ''));
	if (day === undefined || !time) return undefined;
	const [hours, minutes, seconds] = time.slice(1).map(Number);
	return inRange(day + ((hours * 60 + minutes) * 60 + seconds) * 1000);
}

const inRange = (at: number): number | undefined =>
	Number.isNaN(new Date(at + CHINA).getTime()) ? undefined : at;
