import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

export const root = resolve(import.meta.dirname, '../..');

/** Files of the product with this ending, as paths below the root. */
export const sources = (...folders: string[]): string[] =>
	folders.flatMap((folder) =>
		(readdirSync(resolve(root, folder), { recursive: true }) as string[])
			.map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
			.filter((name) => name.endsWith('.ts'))
			.sort(),
	);

/** What a file imports or exports on from other files: values and types, also by `import(…)`. */
export const specifiersIn = (text: string): string[] => {
	const found: string[] = [];
	const visit = (part: ts.Node) => {
		const named =
			ts.isImportDeclaration(part) || ts.isExportDeclaration(part)
				? part.moduleSpecifier
				: ts.isImportTypeNode(part) && ts.isLiteralTypeNode(part.argument)
					? part.argument.literal
					: ts.isCallExpression(part) &&
						  (part.expression.kind === ts.SyntaxKind.ImportKeyword ||
								part.expression.getText() === 'require')
						? part.arguments[0]
						: undefined;
		if (named && ts.isStringLiteralLike(named)) found.push(named.text);
		ts.forEachChild(part, visit);
	};
	visit(ts.createSourceFile('x.ts', text, ts.ScriptTarget.ES2022, true));
	return found;
};

const fileOf = (from: string, specifier: string): string => {
	const path = join(dirname(from), specifier).replaceAll('\\', '/');
	const file = [`${path}.ts`, `${path}/index.ts`, path].find((name) =>
		existsSync(resolve(root, name)),
	);
	if (!file) throw new Error(`${from} imports ${specifier}, which is not there`);
	return file;
};

/** Which file of the product imports which. */
export const importGraph = (...folders: string[]): Map<string, string[]> =>
	new Map(
		sources(...folders).map((file) => [
			file,
			specifiersIn(readFileSync(resolve(root, file), 'utf8'))
				.filter((specifier) => specifier.startsWith('.'))
				.map((specifier) =>
					relative(root, resolve(root, fileOf(file, specifier))).replaceAll('\\', '/'),
				),
		]),
	);

/** The files that import each other, directly or by way of others: one list for each circle. */
export const circlesIn = (graph: Map<string, string[]>): string[][] => {
	const reached = new Map<string, Set<string>>();
	for (const start of graph.keys()) {
		const seen = new Set<string>();
		const open = [...(graph.get(start) ?? [])];
		for (let file = open.pop(); file !== undefined; file = open.pop())
			if (!seen.has(file)) {
				seen.add(file);
				open.push(...(graph.get(file) ?? []));
			}
		reached.set(start, seen);
	}
	const circles = new Map<string, string[]>();
	for (const [file, others] of reached) {
		if (!others.has(file)) continue;
		const members = [...others].filter((other) => reached.get(other)?.has(file)).sort();
		circles.set(members.join(), members);
	}
	return [...circles.values()];
};
