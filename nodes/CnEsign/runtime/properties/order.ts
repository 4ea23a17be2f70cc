import type { INodeProperties } from 'n8n-workflow';

/** The order that n8n wants lists in: capitals and small letters count alike. */
export function byName(a: { name: string }, b: { name: string }): number {
	return a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1;
}

/** The order of the fields in a collection. */
export function byDisplayName(a: INodeProperties, b: INodeProperties): number {
	return a.displayName === b.displayName ? 0 : a.displayName < b.displayName ? -1 : 1;
}
