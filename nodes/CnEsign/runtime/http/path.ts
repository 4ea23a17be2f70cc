import type { Fail } from '../items/parameters';

/**
 * A path below the base URL, as given or refused: a call can be steered to another path here, never to
 * another host, another protocol, or out of the API.
 */
export function pathBelowBase(given: string, label: string, fail: Fail): string {
	const path = given.startsWith('/') ? given : `/${given}`;
	let decoded = path;
	try {
		decoded = decodeURIComponent(path);
	} catch {
		return fail(
			`${label} holds a % that is not followed by two digits`,
			'Write the path without percent signs.',
		);
	}
	if (/^\/+[\w.-]*:|:\/\/|^\/\//.test(decoded)) {
		return fail(
			`${label} is a whole address`,
			"Enter only the part after the credential's base URL, such as /contract/tasks.",
		);
	}
	if (/[?#]/.test(decoded))
		return fail(`${label} holds a ? or #`, 'Put the parameters of the call into the query.');
	// Java servers read what follows a ; apart from the path, and then see the dots before it.
	if (/[;\\\s\p{Cc}]/u.test(decoded))
		return fail(
			`${label} holds a character that no path has`,
			'Remove spaces, backslashes and line breaks.',
		);
	if (decoded.split('/').some((part) => part === '.' || part === '..')) {
		return fail(`${label} leads out of the API`, 'Remove the parts that are only dots.');
	}
	return path;
}
