/** As much of Markdown as the checks of the documents need. */

/** The text without its code blocks. */
const proseOf = (text: string): string => text.replace(/^\s*```[\s\S]*?^\s*```/gm, '');

/** The anchors that GitHub gives headings. */
export const slugsOf = (text: string): string[] => {
	const seen = new Map<string, number>();
	return [...proseOf(text).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => {
		const slug = heading
			.trim()
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
	/** What is clicked, or what a picture shows. */
	text: string;
	target: string;
}

export const linksOf = (text: string): Link[] =>
	[...proseOf(text).matchAll(/(!?)\[([^\]]*)\]\(([^)\s]+)\)/g)].map(([, mark, words, target]) => ({
		image: mark === '!',
		text: words,
		target,
	}));

/** The words in *italics*, in which the guides set what stands on the screen. */
export const italicsOf = (text: string): string[] =>
	[
		...proseOf(text)
			// Bold and code may hold asterisks of their own.
			.replace(/`[^`\n]*`/g, '')
			.replace(/\*\*[^*\n]+\*\*/g, '')
			.matchAll(/(?<![*\w])\*(?!\s)([^*\n]+?)(?<!\s)\*(?!\*)/g),
	].map(([, words]) => words);

/** Tables as rows of cells, without head and rule. */
export const tablesOf = (text: string): string[][][] =>
	[...proseOf(text).matchAll(/(?:^\|.*\n?)+/gm)].map(([table]) =>
		table
			.trim()
			.split('\n')
			.slice(2)
			.map((row) => row.split('|').slice(1, -1))
			.map((cells) => cells.map((cell) => cell.trim())),
	);
