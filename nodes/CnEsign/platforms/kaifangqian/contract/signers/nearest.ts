const LONGEST_NAME = 40;

/** Letters and nothing else: `seal_id`, `sealID` and `sealId` are one name. */
const lettersOf = (name: string): string =>
	name
		.slice(0, LONGEST_NAME)
		.toLowerCase()
		.replace(/[^a-z]/g, '');

/** How many letters have to be added, left out or replaced to make one word of the other. */
const distance = (one: string, other: string): number => {
	let row = Array.from({ length: other.length + 1 }, (_, index) => index);
	for (let at = 0; at < one.length; at++) {
		const next = [at + 1];
		for (let to = 0; to < other.length; to++)
			next.push(Math.min(next[to] + 1, row[to + 1] + 1, row[to] + (one[at] === other[to] ? 0 : 1)));
		row = next;
	}
	return row[other.length];
};

/** The name that was probably meant: the same letters, one inside the other, or a slip of the keys. */
export function nearest(name: string, names: string[]): string | undefined {
	const wanted = lettersOf(name);
	if (wanted === '') return undefined;
	const candidates = names.map((other) => ({ other, letters: lettersOf(other) }));
	const best = (
		fits: (letters: string) => boolean,
		rank: (letters: string) => number,
	): string | undefined =>
		candidates
			.filter(({ letters }) => fits(letters))
			.sort((a, b) => rank(a.letters) - rank(b.letters))[0]?.other;
	const slips = wanted.length < 4 ? 1 : 2;
	return (
		best(
			(letters) => letters === wanted,
			() => 0,
		) ??
		best(
			(letters) => wanted.length > 3 && letters.includes(wanted),
			(letters) => letters.length,
		) ??
		best(
			(letters) => letters.length > 3 && wanted.includes(letters),
			(letters) => -letters.length,
		) ??
		best(
			(letters) => wanted.length > 2 && letters.length > 2 && distance(wanted, letters) <= slips,
			(letters) => distance(wanted, letters),
		)
	);
}
