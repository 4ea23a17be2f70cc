/** Names of the classes that an object is made of; most of n8n's errors bear the `name` "Error". */
const classNames = (value: object): string[] => {
	const names: string[] = [];
	for (
		let proto: unknown = Object.getPrototypeOf(value);
		proto;
		proto = Object.getPrototypeOf(proto)
	)
		names.push((proto as { constructor?: { name?: string } }).constructor?.name ?? '');
	return names;
};

/**
 * Whether this is one of n8n's errors, or made from one. Never asked by class: where the package finds
 * another copy of n8n-workflow than n8n's own, no error of n8n is an instance of the classes that it knows.
 */
export function isErrorNamed(thrown: unknown, names: string[]): thrown is Error {
	if (typeof thrown !== 'object' || thrown === null || !('message' in thrown)) return false;
	const ownName = (thrown as { name?: unknown }).name;
	return [ownName, ...classNames(thrown)].some((name) => names.includes(name as string));
}

/** Refusals that are written for people, thrown by n8n or by this package before anything is sent. */
export const LOCAL_ERRORS = ['UserError', 'NodeOperationError'];
