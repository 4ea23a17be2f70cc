/** docs/workflows is made: from one source, in two languages, over one register. */
import type { IDataObject, INode } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { folderOf, readyWorkflows } from '../workflows/index.mjs';
import { COLUMNS, REGISTER_SINCE, TABLE } from '../workflows/register.mjs';
import {
	LANGUAGES,
	makeWith,
	makeWorkflow,
	type ReadyWorkflow,
	type WorkflowFile,
} from '../workflows/workflow.mjs';
import { madeFiles } from '../workflows/write.mjs';
import { filesBelow, inRoot } from './project.mjs';

it('holds what the source gives, and nothing else: npm run workflows', async () => {
	const made = await madeFiles();
	expect(filesBelow(inRoot('docs/workflows')).sort()).toEqual(
		made.map(({ path }) => path.replace('docs/workflows/', '')).sort(),
	);
	for (const { path, text } of made) expect(readFileSync(inRoot(path), 'utf8'), path).toBe(text);
});

/** A workflow with a mark in the place of each text, and what stands there in each language. */
const withMarks = (workflow: ReadyWorkflow) => {
	const texts: Array<{ en: string; zh: string }> = [];
	const english = makeWith(workflow, 'en', (en) => {
		texts.push({ en, zh: '' });
		return en;
	});
	let at = 0;
	const chinese = makeWith(workflow, 'zh-CN', (_en, zh) => {
		texts[at++].zh = zh;
		return zh;
	});
	expect(at).toBe(texts.length);
	let mark = 0;
	const marked = makeWith(workflow, 'en', () => `⟦${mark++}⟧`);
	expect(mark).toBe(texts.length);
	return { texts, english, chinese, marked };
};

// `.Title` and `['标题']` are the same access to a field.
const normal = (text: string) => text.replace(/\['([A-Za-z_$][\w$]*)'\]/g, '.$1');

const escaped = (text: string) =>
	text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n');

/** Whether the text is that of the marked workflow with these words in it, plain or within quotes. */
const isFilledIn = (marked: string, text: string, words: string[]): boolean => {
	const fill = (change: (word: string) => string) =>
		normal(marked.replace(/⟦(\d+)⟧/g, (_, index: string) => change(words[Number(index)])));
	return [fill((word) => word), fill(escaped)].includes(normal(text));
};

type Json = string | number | boolean | null | undefined | Json[] | { [key: string]: Json };

/** Every text of a workflow with where it stands, keys of objects too: some are names of nodes. */
const textsIn = (value: unknown, path = ''): Array<[path: string, text: string]> => {
	if (typeof value === 'string') return [[path, value]];
	if (typeof value !== 'object' || value === null) return [[path, `${String(value)}`]];
	return Object.entries(value).flatMap(([key, entry], index) => [
		[`${path}#${index}`, key] as [string, string],
		...textsIn(entry, `${path}/${Array.isArray(value) ? index : `#${index}`}`),
	]);
};

/** What the size of the note makes of it differs with its text, and so do the addresses. */
const comparable = ({ name, nodes, connections, settings, pinData }: WorkflowFile) => ({
	name,
	nodes: nodes.map(({ webhookId, position, ...node }, index) => {
		const { width, height, ...parameters } = node.parameters;
		return index === 0 ? { ...node, parameters } : { ...node, position };
	}),
	connections,
	settings,
	pinData,
});

const HAN = /\p{Script=Han}/u;

/** Words of a language in a text, without what is code, a label of n8n or a name. */
const plain = (text: string) =>
	text
		.replace(/\{\{[^]*?\}\}/g, ' ')
		.replace(/`[^`]*`/g, ' ')
		.replace(/\*\*[^*]+\*\*/g, ' ')
		.replace(/\*[^*]+\*/g, ' ');

/** Latin words that a Chinese text may hold: names and abbreviations. */
const NAMES =
	/\b(?:n8n|PDF|QR|AI|ID|JSON|SMTP|OpenAI|CN|E-Sign|Basic|Auth|xlsx|contact|company|cc|name|tasks)\b|[\w.]+@example\.com/g;

describe.each(readyWorkflows.map((workflow) => ({ name: workflow.file, workflow })))(
	'$name',
	({ workflow }) => {
		const { texts, english, chinese, marked } = withMarks(workflow);

		it('is the same in both languages but for its texts', () => {
			expect(english).toEqual(makeWorkflow(workflow, 'en'));
			expect(chinese).toEqual(makeWorkflow(workflow, 'zh-CN'));
			const [from, en, zh] = [marked, english, chinese].map((one) => textsIn(comparable(one)));
			expect(en.map(([path]) => path)).toEqual(from.map(([path]) => path));
			expect(zh.map(([path]) => path)).toEqual(from.map(([path]) => path));
			from.forEach(([path, text], index) => {
				for (const [list, key] of [
					[en, 'en'],
					[zh, 'zh'],
				] as const) {
					const words = texts.map((pair) => pair[key]);
					const [, found] = list[index];
					expect(isFilledIn(text, found, words), `${path}: ${found}`).toBe(true);
				}
			});
		});

		it('leaves nothing untranslated', () => {
			for (const { en, zh } of texts) {
				// Punctuation alone differs without being words.
				if (/[A-Za-z]{2}/.test(plain(en))) expect(zh, en).toMatch(HAN);
				// A tool begins with its Latin name.
				const rest = plain(zh)
					.replace(/[A-Za-z ]+(?=（\p{Script=Han})/gu, ' ')
					.replace(NAMES, ' ');
				expect(rest.match(/[A-Za-z]{3,} [a-z]{2,}/)?.[0], zh).toBeUndefined();
			}
			// And no text has been forgotten that a person reads.
			const SEEN =
				/^(?:name|content|notes|formTitle|formDescription|formSubmittedText|fieldLabel|placeholder|subject|text|outputKey|renameFallbackOutput|toolDescription|systemMessage|message|approveLabel|disapproveLabel|sheetName|responseText|buttonLabel)$/;
			const visit = (value: Json, key: string, place: string): void => {
				if (typeof value === 'string' && SEEN.test(key)) {
					const rest = plain(value.replace(/⟦\d+⟧/g, '')).replace(NAMES, ' ');
					if (!/^=?\s*$|^When clicking|account$/.test(rest))
						expect(rest.match(/[A-Za-z]{2,}/)?.[0], `${place}: ${value}`).toBeUndefined();
				}
				if (typeof value === 'string') {
					const quoted = [...value.matchAll(/'((?:[^'\\]|\\.)*)'/g)].map(([, words]) => words);
					if (value.startsWith('='))
						for (const words of quoted)
							expect(words.match(/[A-Za-z]+ [a-z]{2,}/)?.[0], `${place}: ${words}`).toBeUndefined();
				}
				if (typeof value === 'object' && value !== null)
					for (const [name, entry] of Object.entries(value)) visit(entry, name, `${place}/${name}`);
			};
			for (const { name, parameters, ...node } of marked.nodes) {
				visit(name, 'name', name);
				visit(node.notes, 'notes', name);
				for (const [key, value] of Object.entries(parameters)) {
					// Names of fields and of columns of the register stay as they are.
					if (/^(?:assignments|columns|model)$/.test(key)) continue;
					visit(value as Json, key, `${name}/${key}`);
				}
			}
		});
	},
);

describe('the register', () => {
	const tablesIn = ({ nodes }: WorkflowFile): INode[] =>
		nodes.filter(({ type }) => /\.dataTable(?:Tool)?$/.test(type));

	const all = readyWorkflows.flatMap((workflow) =>
		LANGUAGES.map((language) => ({ workflow, made: makeWorkflow(workflow, language) })),
	);

	it('is one table with one set of columns, whoever uses it', () => {
		const users = all.filter(({ made }) => tablesIn(made).length > 0);
		expect(users.length).toBeGreaterThanOrEqual(20);
		for (const { made } of users)
			for (const { name, parameters } of tablesIn(made)) {
				const where = `${made.name}: ${name}`;
				if (parameters.resource === 'table') {
					expect(parameters.tableName, where).toBe(TABLE);
					expect((parameters.columns as IDataObject).column, where).toEqual(
						Object.entries(COLUMNS).map(([column, type]) => ({ name: column, type })),
					);
					continue;
				}
				expect(parameters.dataTableId, where).toMatchObject({ mode: 'name', value: TABLE });
				const { value = {}, schema = [] } = (parameters.columns ?? {}) as {
					value?: IDataObject;
					schema?: Array<{ id: string; type: string }>;
				};
				expect(
					schema.map(({ id }) => id),
					where,
				).toEqual(Object.keys(value));
				for (const { id, type } of schema)
					expect(COLUMNS[id as keyof typeof COLUMNS], where).toBe(type);
				const { conditions = [] } = (parameters.filters ?? {}) as {
					conditions?: Array<{ keyName: string }>;
				};
				for (const { keyName } of conditions)
					expect([...Object.keys(COLUMNS), 'updatedAt'], where).toContain(keyName);
			}
	});

	it('is written by every workflow that sends, and created before that', () => {
		for (const { made } of all) {
			const sends = made.nodes.some(({ parameters }) => parameters.operation === 'sendFiles');
			const creates = made.nodes.some(({ parameters }) => parameters.resource === 'table');
			const uses = tablesIn(made).some(({ type, parameters }) => {
				return parameters.resource === 'row' && !type.endsWith('Tool');
			});
			if (sends) expect(uses, made.name).toBe(true);
			expect(creates, made.name).toBe(uses);
		}
	});

	it('holds no signers: what a row gets are IDs, a title, an address for copies and states', () => {
		expect(Object.keys(COLUMNS)).toEqual([
			'contractId',
			'title',
			'line',
			'status',
			'isOpen',
			'life',
			'event',
			'eventId',
			'cc',
			'resumeUrl',
		]);
	});

	it('asks for an n8n that has it, and the notes say so', () => {
		for (const { made } of all) {
			const note = String(made.nodes[0].parameters.content);
			const needs = tablesIn(made).length > 0;
			expect(note.includes(`n8n ${REGISTER_SINCE}`) || /n8n 2[;，]/.test(note), made.name).toBe(
				needs,
			);
		}
	});

	it('is explained: how long rows are kept, and how to clear them', () => {
		for (const language of LANGUAGES) {
			const notes = readyWorkflows.map((workflow) =>
				String(makeWorkflow(workflow, language).nodes[0].parameters.content),
			);
			expect(notes.filter((note) => /90/.test(note)).length).toBeGreaterThanOrEqual(2);
			expect(notes.some((note) => /clear the register by hand|手工清理台账/.test(note))).toBe(true);
		}
	});
});

it('waits with nine nodes at most', () => {
	const workflow = readyWorkflows.find(({ file }) => file === 'send-and-wait-until-signed')!;
	const { nodes } = makeWorkflow(workflow, 'en');
	expect(nodes.filter(({ type }) => !type.endsWith('.stickyNote')).length).toBeLessThanOrEqual(9);
});

it('gives tools names that a model can tell apart: only Latin letters are left of them', () => {
	for (const workflow of readyWorkflows)
		for (const language of LANGUAGES) {
			const tools = makeWorkflow(workflow, language).nodes.filter(({ type }) =>
				/(?<!Hitl)Tool$/.test(type),
			);
			const names = tools.map(({ name }) => name.replace(/[^a-zA-Z0-9_-]+/g, '_'));
			expect(new Set(names).size).toBe(names.length);
			for (const name of names) expect(name).toMatch(/^[A-Z][A-Za-z_]{5,}$/);
		}
});

it('asks for a password before a form shows contracts or links', () => {
	for (const workflow of readyWorkflows) {
		const { nodes } = makeWorkflow(workflow, 'en');
		if (!nodes.some(({ type }) => type === 'n8n-nodes-base.form')) continue;
		const forms = nodes.filter(({ type }) => type === 'n8n-nodes-base.formTrigger');
		for (const { parameters, credentials } of forms) {
			expect(parameters.authentication, workflow.file).toBe('basicAuth');
			expect(credentials).toHaveProperty('httpBasicAuth');
		}
	}
});

it('puts the files of each language where the guides look for them', () => {
	expect(LANGUAGES.map(folderOf)).toEqual(['docs/workflows', 'docs/workflows/zh-CN']);
});
