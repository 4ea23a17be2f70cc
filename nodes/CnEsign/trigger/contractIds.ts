import { splitList, spoiltBy, withoutInvisible } from '../runtime/items/cleanText';

// A filter that can never match must not be accepted silently.
const ID = /^[\w.:-]{1,64}$/;

/** The IDs of the option *Contract IDs*: an array, or one text. */
export function contractIdsIn(value: unknown): string[] {
	const parts = Array.isArray(value)
		? value.map(String)
		: splitList(String(value ?? '')).flatMap((part) => part.split(/\s+/));
	return parts.map(withoutInvisible).filter((part) => part !== '');
}

/** The first entry that cannot be an ID. */
export function wrongContractId(value: unknown): string | undefined {
	return contractIdsIn(value).find((id) => !ID.test(id) || spoiltBy(id) !== undefined);
}
