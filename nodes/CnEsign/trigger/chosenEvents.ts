import { splitList } from '../runtime/items/cleanText';

/** Starts for every event. */
export const ANY_EVENT = '*';

/** The values of *Trigger On*: a list, or one text where an expression gives that. */
export function chosenEventsIn(value: unknown): string[] {
	const parts = Array.isArray(value) ? value.map(String) : splitList(String(value ?? ''));
	return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** The first entry that no event of the platform ever fits. */
export function wrongEvent(value: unknown, events: Array<{ value: string }>): string | undefined {
	return chosenEventsIn(value).find(
		(chosen) => chosen !== ANY_EVENT && !events.some((event) => event.value === chosen),
	);
}
