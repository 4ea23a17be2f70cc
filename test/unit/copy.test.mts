import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const files = ['nodes', 'credentials'].flatMap((folder) =>
	(readdirSync(resolve(root, folder), { recursive: true }) as string[])
		.filter((name) => name.endsWith('.ts'))
		.map((name) => resolve(root, folder, name)),
);

/** Every text of a source file that reads like a sentence, with its line. */
const sentencesIn = (file: string): string[] => {
	const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022);
	const found: string[] = [];
	const visit = (part: ts.Node) => {
		const isText =
			ts.isStringLiteral(part) ||
			ts.isNoSubstitutionTemplateLiteral(part) ||
			ts.isTemplateHead(part) ||
			ts.isTemplateMiddle(part) ||
			ts.isTemplateTail(part);
		if (isText && /\S \S/.test(part.text)) {
			const { line } = source.getLineAndCharacterOfPosition(part.pos);
			found.push(`${file.slice(root.length + 1)}:${line + 1}: ${part.text}`);
		}
		ts.forEachChild(part, visit);
	};
	visit(source);
	return found;
};

const sentences = files.flatMap(sentencesIn);

describe('what the package says', () => {
	it('is found by the test', () => {
		expect(sentences.length).toBeGreaterThan(300);
		expect(sentences.some((text) => text.includes('could not be reached'))).toBe(true);
	});

	it('is English, apart from the terms of the vendors in descriptions', () => {
		// Chinese comes as a term beside English words, never as a whole sentence of its own.
		const chinese = /: [^A-Za-z]*\p{sc=Han}[^A-Za-z]*[。！？]/u;
		expect(sentences.filter((text) => chinese.test(text))).toEqual([]);
	});

	it('spells as Americans do, as n8n does', () => {
		const british =
			/: .*(?:e-mail|behaviour|colour|(?:author|recogn|normal|organ|summar|serial)is(?:e|ed|ing|ation)\b|cancell(?:ed|ing)|licence)/i;
		expect(sentences.filter((text) => british.test(text))).toEqual([]);
	});

	it('puts no two spaces and no space before a stop', () => {
		// Several marks in a row are a list of characters, no end of a sentence.
		const said = sentences.map((text) => text.replace(/(?: [^A-Za-z0-9\s]){2,}/g, ''));
		expect(said.filter((text) => /: .*(?:\S {2,}\S|\w [.,;:](?:\s|$))/.test(text))).toEqual([]);
	});
});
