/** As much of Markdown as the checks of the documents need. */

const FENCE = /^\s*```/;

/** Lines outside code blocks; of a code block only its two fences are left. */
export const proseOf = (text: string): string[] => {
	let inside = false;
	return text.split('\n').filter((line) => {
		if (FENCE.test(line)) {
			inside = !inside;
			return true;
		}
		return !inside;
	});
};

export const textIn = (text: string, pattern: RegExp): string[] =>
	[...proseOf(text).join('\n').matchAll(pattern)].map(([, found]) => found);

export interface Heading {
	level: number;
	text: string;
}

export const headingsOf = (text: string): Heading[] =>
	proseOf(text).flatMap((line) => {
		const match = /^(#{1,6}) (.+)$/.exec(line);
		return match ? [{ level: match[1].length, text: match[2].trim() }] : [];
	});

/** The anchors that GitHub gives headings. */
export const slugsOf = (text: string): string[] => {
	const seen = new Map<string, number>();
	return headingsOf(text).map((heading) => {
		const slug = heading.text
			.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
			.toLowerCase()
			.replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
			.replaceAll(' ', '-');
		const count = seen.get(slug) ?? 0;
		seen.set(slug, count + 1);
		return count === 0 ? slug : `${slug}-${count}`;
	});
};

export interface Link {
	image: boolean;
	label: string;
	target: string;
}

export const linksOf = (text: string): Link[] =>
	[
		...proseOf(text)
			.join('\n')
			.matchAll(/(!?)\[([^\]]*)\]\(([^)\s]+)\)/g),
	].map(([, mark, label, target]) => ({ image: mark === '!', label, target }));

/** The words in *italics*, in which the guides set what stands on the screen. */
export const italicsOf = (text: string): string[] =>
	textIn(
		// Bold and code may hold asterisks of their own.
		text.replace(/`[^`\n]*`/g, '').replace(/\*\*[^*\n]+\*\*/g, ''),
		/(?<![*\w])\*(?!\s)([^*\n]+?)(?<!\s)\*(?!\*)/g,
	);

/** Tables as rows of cells, without head and rule. */
export const tablesOf = (text: string): string[][][] => {
	const tables: string[][][] = [];
	let current: string[][] | undefined;
	for (const line of proseOf(text)) {
		if (!line.startsWith('|')) {
			current = undefined;
			continue;
		}
		const cells = line
			.split('|')
			.slice(1, -1)
			.map((cell) => cell.trim());
		if (current) current.push(cells);
		else tables.push((current = [cells]));
	}
	return tables.map((rows) => rows.slice(2));
};
