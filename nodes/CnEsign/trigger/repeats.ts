import type { IDataObject } from 'n8n-workflow';

const MOST_REMEMBERED = 500;

/**
 * Whether this event came before, by the trigger's static data. Best effort: n8n writes that data as a
 * whole and without a lock, so deliveries at the same moment, or several webhook processes, can both be
 * taken for the first. n8n saves it only once the execution exists.
 */
export const isRepeat = (memory: IDataObject, eventId: string): boolean => {
	const seen = Array.isArray(memory.seen) ? (memory.seen as string[]) : [];
	if (seen.includes(eventId)) return true;
	memory.seen = [...seen, eventId].slice(-MOST_REMEMBERED);
	return false;
};
