import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './importGraph.mjs';

const TEXT = /\.(?:[cm]?[jt]s|md)$/;
const NOT_OURS = /(?:^|\/)node_modules\//;

const files = ['nodes', 'credentials', 'test'].flatMap((folder) =>
	(readdirSync(resolve(root, folder), { recursive: true }) as string[])
		.map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
		.filter((name) => TEXT.test(name) && !NOT_OURS.test(name)),
);

const SECTION = String.raw`\d+(?:\.\d+)?[a-z]?(?![\w.]*\w)`;
const PART = `(?:(?:section )?${SECTION}|traps? ${SECTION})`;
const CITATION = new RegExp(
	`docs/api/(\\w+)\\.md(?:#([\\p{L}\\p{N}_-]+)|(?:,? ${PART}(?:(?:, | and | to |–)${PART})*)?)`,
	'gu',
);

interface Citation {
	reference: string;
	/** `6.4a`, `trap 7`, or `#` and the words of a heading. */
	parts: string[];
}

/** What a text cites, also where a comment goes on in the next line. */
const citationsIn = (text: string): Citation[] =>
	[...text.replace(/\s*\n\s*(?:\*|\/\/)?\s*/g, ' ').matchAll(CITATION)].map(
		([whole, reference, anchor]) => ({
			reference,
			parts: anchor
				? [`#${anchor}`]
				: (whole.slice(`docs/api/${reference}.md`.length).match(new RegExp(PART, 'g')) ?? []).map(
						(part) => part.replace('section ', '').replace('traps', 'trap'),
					),
		}),
	);

/** Everything of a reference that can be cited. */
const citable = (markdown: string): Set<string> => {
	const found = new Set<string>();
	let section = '';
	for (const line of markdown.split('\n')) {
		const heading = /^#{1,4} (.*)$/.exec(line)?.[1];
		if (heading !== undefined) {
			section = /^(\d+(?:\.\d+)?[a-z]?)[. ]/.exec(heading)?.[1] ?? '';
			found.add(section);
			const words = heading.toLowerCase().replace(/[^\p{L}\p{N}\s-]/gu, '');
			found.add(`#${words.trim().replace(/\s/g, '-')}`);
			continue;
		}
		const row = /^\| (\d+[a-z]?) \|/.exec(line)?.[1];
		if (row !== undefined && section === '8') found.add(`trap ${row}`);
		// A point of a section that is a numbered list, such as 9.6.
		const point = /^(\d+)\. /.exec(line)?.[1];
		if (point !== undefined && section !== '') found.add(`${section}.${point}`);
	}
	return found;
};

const references = new Map(
	readdirSync(resolve(root, 'docs/api'))
		.filter((name) => name.endsWith('.md'))
		.map((name) => [
			name.replace(/\.md$/, ''),
			citable(readFileSync(resolve(root, 'docs/api', name), 'utf8')),
		]),
);

const cited = files.flatMap((file) =>
	citationsIn(readFileSync(resolve(root, file), 'utf8')).map((citation) => ({ file, ...citation })),
);

describe('what the sources cite of docs/api/', () => {
	it('is found by the test', () => {
		expect(cited.length).toBeGreaterThan(250);
		expect(cited.filter(({ parts }) => parts.length > 0).length).toBeGreaterThan(200);
		expect([...new Set(cited.map(({ reference }) => reference))].sort()).toEqual(
			expect.arrayContaining(['kaifangqian', 'qiandun']),
		);
	});

	it('are files that are there, and sections and traps that they have', () => {
		const wrong = cited.flatMap(({ file, reference, parts }) => {
			const known = references.get(reference);
			if (!known) return [`${file}: docs/api/${reference}.md`];
			return parts
				.filter((part) => !known.has(part))
				.map((part) => `${file}: docs/api/${reference}.md, ${part}`);
		});
		expect(wrong).toEqual([]);
	});

	it('is cited in one way', () => {
		// Put together from parts: this file is one of those that are searched.
		const older = new RegExp(
			String.raw`api/\w+\.md,? ${'§'}|(?<!docs/)api/(?:kaifangqian|qiandun)\.md`,
		);
		expect(files.filter((file) => older.test(readFileSync(resolve(root, file), 'utf8')))).toEqual(
			[],
		);
	});
});

describe('the reading of it', () => {
	it.each<[string, string, string[]]>([
		['(kaifangqian.md, 6.4a).', 'kaifangqian', ['6.4a']],
		['kaifangqian.md 3.4: x', 'kaifangqian', ['3.4']],
		['kaifangqian.md, section 3.4', 'kaifangqian', ['3.4']],
		['qiandun.md, 8, trap 9). A', 'qiandun', ['8', 'trap 9']],
		['kaifangqian.md, trap 2a', 'kaifangqian', ['trap 2a']],
		['kaifangqian.md, 5.2 to 5.4', 'kaifangqian', ['5.2', '5.4']],
		['kaifangqian.md, 5.2–5.5)', 'kaifangqian', ['5.2', '5.5']],
		['kaifangqian.md, 3.4 and 6.5 to 6.9', 'kaifangqian', ['3.4', '6.5', '6.9']],
		['kaifangqian.md,\n\t * 6.10): x', 'kaifangqian', ['6.10']],
		['kaifangqian.md,\n// 2.1 and 2.3', 'kaifangqian', ['2.1', '2.3']],
		['qiandun.md, 1 and 2. */', 'qiandun', ['1', '2']],
		['qiandun.md#22-signature', 'qiandun', ['#22-signature']],
		['see qiandun.md, which', 'qiandun', []],
	])('%j', (text, reference, parts) => {
		// The folder is put in front here: this file is one of those that are searched.
		const full = text.replace(/\w+\.md/, (name) => ['docs', 'api', name].join('/'));
		expect(citationsIn(full)).toEqual([{ reference, parts }]);
	});

	it('knows headings, traps and points of a reference', () => {
		const known = citable(
			['# Title', '## 8. Traps', '| 2a | x |', '### 6.4a Templates (RUN)', '1. one'].join('\n'),
		);
		for (const part of ['8', 'trap 2a', '6.4a', '#64a-templates-run', '6.4a.1'])
			expect(known).toContain(part);
		for (const part of ['trap 3', '6.4', '8.1']) expect(known).not.toContain(part);
	});
});

describe('the documents', () => {
	const documents = [
		...readdirSync(root),
		...['docs', 'test', 'nodes', '.github'].flatMap((folder) =>
			(readdirSync(resolve(root, folder), { recursive: true }) as string[]).map(
				(name) => `${folder}/${name.replaceAll('\\', '/')}`,
			),
		),
	].filter((name) => name.endsWith('.md') && !NOT_OURS.test(name) && !name.startsWith('docs/api/'));
	const NAMED = /`((?:test|nodes|credentials|docs|\.ci|\.github)\/[\w./-]+)`/g;

	it('name files and folders that are there', () => {
		const named = documents.flatMap((document) =>
			[...readFileSync(resolve(root, document), 'utf8').matchAll(NAMED)].map(
				([, path]) => `${document}: ${path}`,
			),
		);
		expect(named.length).toBeGreaterThan(50);
		const missing = named.filter((entry) => !existsSync(resolve(root, entry.split(': ')[1])));
		expect(missing).toEqual([]);
	});
});
