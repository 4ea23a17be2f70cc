/**
 * n8n's lint rules read descriptions that stand in a source as they are. Ours are put together when a
 * node is loaded, so the rules see parts of them only. Here what was put together is written out as one
 * literal and linted in the place of its source.
 */
import { createRequire } from 'node:module';
import { ESLint } from 'eslint';
import { inRoot, root } from './project.mjs';

const require = createRequire(import.meta.url);

/** The class that a built file exports, as an instance. */
export function loadBuilt(file: string): object {
	const [Class] = Object.values(require(inRoot(file)) as Record<string, new () => object>);
	return new Class();
}

interface Line {
	text: string;
	/** The names of the things around it. */
	place: string;
}

// What stands behind an action in brackets is a name and a warning; the rule for its case knows no names.
const withoutNotes = (action: string) => {
	const note = String.raw`(?:[A-Z]\w+|cannot be undone)`;
	return action.replace(new RegExp(String.raw` \(${note}(?:, ${note})?\)$`), '');
};

/** A value as source. One line for each field, indented: some rules count on both. */
function* linesOf(
	value: unknown,
	place: string,
	indent: string,
	[before, after]: [string, string],
): Generator<Line> {
	const around = (open: string) => ({ text: `${indent}${before}${open}`, place });
	if (Array.isArray(value)) {
		yield around('[');
		for (const entry of value) yield* linesOf(entry, place, `${indent}\t`, ['', ',']);
		yield { text: `${indent}]${after}`, place };
	} else if (typeof value === 'object' && value !== null) {
		const { name } = value as { name?: unknown };
		const here = typeof name === 'string' ? `${place} › ${name}` : place;
		yield { ...around('{'), place: here };
		for (const [key, entry] of Object.entries(value)) {
			if (entry === undefined) continue;
			// The rules know a field by its name only where that stands without quotation marks.
			const written = /^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key);
			const said = key === 'action' ? withoutNotes(String(entry)) : entry;
			yield* linesOf(said, here, `${indent}\t`, [`${written}: `, ',']);
		}
		yield { text: `${indent}}${after}`, place: here };
	} else if (['string', 'number', 'boolean'].includes(typeof value) || value === null) {
		yield around(`${JSON.stringify(value)}${after}`);
	} else throw new Error(`There is a ${typeof value} in ${place}`);
}

const classOf = (file: string, instance: object): Line[] => {
	const className = file.split('/').pop()!.split('.')[0];
	const isNode = 'description' in instance;
	const fields = isNode
		? [['description: INodeTypeDescription', instance.description]]
		: // Its code is linted as it stands in the source.
			Object.entries(instance).filter(
				([, value]) => !['function', 'undefined'].includes(typeof value),
			);
	const kind = isNode ? 'INodeType' : 'ICredentialType';
	return [
		{ text: `export class ${className} implements ${kind} {`, place: className },
		...fields.flatMap(([name, value]) => [
			...linesOf(value, className, '\t', [`${String(name)} = `, ';']),
		]),
		{ text: '}', place: className },
	];
};

export interface Finding {
	/** The rule and where it was broken. */
	what: string;
	/** The line that the rule points at, and what it says. */
	words: string;
}

const eslint = new ESLint({ cwd: root });

/** Where NODE_ENV is `test`, one of the rule sets takes every file for a sample of its own. */
const outsideOfTests = async <T,>(work: () => Promise<T>): Promise<T> => {
	const { NODE_ENV } = process.env;
	delete process.env.NODE_ENV;
	try {
		return await work();
	} finally {
		if (NODE_ENV !== undefined) process.env.NODE_ENV = NODE_ENV;
	}
};

/** What the project's own lint says of a built file, or of what it might have been. */
export async function lintBuilt(file: string, instance = loadBuilt(file)): Promise<Finding[]> {
	const lines = classOf(file, instance);
	// Under the name of its source, so that everything that goes by names and folders applies.
	const filePath = inRoot(file.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
	const code = lines.map(({ text }) => `${text}\n`).join('');
	const [{ messages }] = await outsideOfTests(
		async () => await eslint.lintText(code, { filePath }),
	);
	return messages.map(({ ruleId, message, line }) => {
		const { text, place } = lines[line - 1];
		return { what: `${ruleId} in ${place}`, words: `${text.trim()} – ${message}` };
	});
}
