/**
 * The guides: English in docs/, the same in Chinese in docs/zh-CN/. What a program can check: that links
 * lead somewhere, and that what they quote from the screen, from messages and from the lists of codes and
 * events is what the nodes have.
 */
import type { IDataObject } from 'n8n-workflow';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
	hints as kaifangqianHints,
	reasons as kaifangqianReasons,
} from '../../nodes/CnEsign/platforms/kaifangqian/codes.js';
import { hints as qiandunHints } from '../../nodes/CnEsign/platforms/qiandun/codes.js';
import { platforms } from '../../nodes/CnEsign/platforms/index.js';
import { CnEsignTrigger } from '../../nodes/CnEsign/CnEsignTrigger.node.js';
import { credential, node } from '../unit/descriptionSupport.mjs';
import { folderOf, readyWorkflows } from '../workflows/index.mjs';
import { makeWorkflow, type Language } from '../workflows/workflow.mjs';
import { filesBelow, inRoot } from './project.mjs';
import { n8nLabels } from './guides.labels.mjs';
import { italicsOf, linksOf, slugsOf, tablesOf } from './markdown.mjs';

const GUIDES = [
	'getting-started',
	'sending',
	'receiving-events',
	'self-hosting',
	'production',
	'troubleshooting',
];

const english = (name: string) => `docs/${name}.md`;
const chinese = (name: string) => `docs/zh-CN/${name}.md`;
const read = (file: string) => readFileSync(inRoot(file), 'utf8');

const pages = [
	...['README.md', 'CONTRIBUTING.md', 'AGENTS.md', 'SECURITY.md', 'CHANGELOG.md'],
	...filesBelow(inRoot('docs'))
		.filter((name) => name.endsWith('.md'))
		.map((name) => `docs/${name}`),
];

it('there is a Chinese guide for every English one, and no other', () => {
	const inFolder = (folder: string) =>
		filesBelow(inRoot(folder)).filter((name) => /^[^/]+\.md$/.test(name));
	// To look things up and to measure: in English only.
	const reference = [
		...['behavior.md', 'events.md', 'operations.md', 'performance.md', 'reliability.md'],
	];
	expect(inFolder('docs').filter((name) => !reference.includes(name))).toEqual(
		GUIDES.map((name) => `${name}.md`).sort(),
	);
	expect(inFolder('docs/zh-CN').filter((name) => name !== 'README.md')).toEqual(
		GUIDES.map((name) => `${name}.md`).sort(),
	);
});

describe.each(pages)('%s', (file) => {
	const text = read(file);
	const links = linksOf(text).filter(({ target }) => !/^(?:https?|mailto):/.test(target));

	it('leads only to files that are there', () => {
		const lost = links.filter(({ target }) => {
			const [path] = target.split('#');
			return path !== '' && !existsSync(inRoot(dirname(file), decodeURI(path)));
		});
		expect(lost.map(({ target }) => target)).toEqual([]);
	});

	it('leads only to headings that are there', () => {
		const lost = links.filter(({ target }) => {
			const [path, anchor] = target.split('#');
			if (anchor === undefined) return false;
			const page = path === '' ? file : join(dirname(file), path);
			return existsSync(inRoot(page)) && !slugsOf(read(page)).includes(decodeURIComponent(anchor));
		});
		expect(lost.map(({ target }) => target)).toEqual([]);
	});
});

it('every picture of docs/images is shown somewhere', () => {
	const shown = pages.flatMap((file) =>
		linksOf(read(file))
			.filter(({ image }) => image)
			.map(({ target }) => relative('', join(dirname(file), target))),
	);
	const pictures = filesBelow(inRoot('docs/images')).map((name) => `docs/images/${name}`);
	expect(pictures.filter((name) => !shown.includes(name))).toEqual([]);
});

/** First cells of all tables of a page, without the backticks. */
const firstCells = (text: string): string[] =>
	tablesOf(text).flatMap((rows) => rows.map(([first]) => first.replaceAll('`', '')));

describe.each([
	['English', english],
	['Chinese', chinese],
])('the guides in %s hold', (_language, inLanguage) => {
	it('a row for every code of both platforms', () => {
		const rows = firstCells(read(inLanguage('troubleshooting')));
		const codes = [...Object.keys(kaifangqianHints), ...Object.keys(qiandunHints)];
		expect(codes.filter((code) => !rows.includes(code))).toEqual([]);
	});

	it('no row for a code that the node does not know', () => {
		const known = [...Object.keys(kaifangqianHints), ...Object.keys(qiandunHints)];
		const rows = firstCells(read(inLanguage('troubleshooting')));
		const codes = rows.filter((cell) => /^(?:oc_)?\d+$/.test(cell));
		expect(codes.filter((code) => !known.includes(code))).toEqual([]);
		expect(new Set(codes).size).toBe(codes.length);
	});

	it('a row for every reason that the node has something to say about', () => {
		const rows = firstCells(read(inLanguage('troubleshooting'))).join('\n');
		// The messages hold quotation marks; the rows do without.
		const parts = kaifangqianReasons.map(([part]) => part.replace(/^"(\w+)"/, '$1'));
		expect(parts.filter((part) => !rows.includes(part))).toEqual([]);
	});

	it('a row for every event, under its name in the editor and with its platforms', () => {
		const rows = tablesOf(read(inLanguage('receiving-events'))).flat();
		const short: Record<string, string> =
			inLanguage === english
				? { kaifangqian: 'K', qiandun: 'Q' }
				: { kaifangqian: '开', qiandun: '盾' };
		const events = platforms.flatMap(({ trigger }) => trigger.events);
		for (const { value, name } of events) {
			const row = rows.find(([first]) => first === `\`${value}\``);
			expect(row, value).toBeDefined();
			expect(row![1], value).toBe(`*${name}*`);
			const having = platforms.filter(({ trigger }) =>
				trigger.events.some((event) => event.value === value),
			);
			expect(row![2].split(/[,、]\s*/), value).toEqual(
				having.map((platform) => short[platform.value]),
			);
		}
		expect(rows.map(([first]) => first)).toContain('`unknown`');
	});
});

it.each(GUIDES)('%s says as often in Chinese as in English what the reader then sees', (name) => {
	const seen = read(english(name)).match(/^You see: /gm) ?? [];
	expect(read(chinese(name)).match(/^此时应看到：/gm) ?? []).toHaveLength(seen.length);
});

describe.each(platforms)('every operation of $name', ({ actions }) => {
	const operations = actions.resources.flatMap((resource) =>
		resource.operations.map((operation) => ({
			resource: resource.name,
			operation: operation.name,
		})),
	);
	const startsWith = (cell: string | undefined, name: string) =>
		cell === name || cell?.startsWith(`${name} (`) || cell?.startsWith(`${name}（`);

	/** The names in a cell: `**Create** (发起签署), Get: what it does` → Create, Get, what it does. */
	const namesIn = (cell = ''): string[] =>
		cell
			.replaceAll('*', '')
			.replace(/ ?\([^)]*\)|（[^）]*）/g, '')
			.split(/[,;:、；：]/)
			.map((part) => part.trim());

	it.each(['README.md', 'docs/zh-CN/README.md'])('is named in %s, beside its resource', (file) => {
		const rows = tablesOf(read(file)).flat();
		const missing = operations.filter(
			({ resource, operation }) =>
				!rows.some(
					([first, second]) =>
						namesIn(first).includes(resource) && namesIn(second).includes(operation),
				),
		);
		expect(missing).toEqual([]);
	});

	it('has a row in docs/behavior.md that says what it is based on', () => {
		const rows = tablesOf(read('docs/behavior.md')).flat();
		const missing = operations.filter(
			({ resource, operation }) =>
				!rows.some(
					([first, second, , basis]) =>
						first === resource && startsWith(second, operation) && basis,
				),
		);
		expect(missing).toEqual([]);
	});
});

describe.each<[string, Language]>([
	['README.md', 'en'],
	['docs/zh-CN/README.md', 'zh-CN'],
])('the ready workflows in %s', (file, language) => {
	it('are all there are, in their order, under their names', () => {
		const folder = relative(dirname(file), folderOf(language));
		const links = linksOf(read(file)).filter(({ target }) => target.endsWith('.json'));
		expect(links.map(({ text, target }) => [text, target])).toEqual(
			readyWorkflows.map((workflow) => [
				makeWorkflow(workflow, language).name,
				`${folder}/${workflow.file}.json`,
			]),
		);
	});
});

it('guides lead to the workflows of their own language', () => {
	const foreign = pages.flatMap((file) =>
		linksOf(read(file))
			.filter(({ target }) => target.endsWith('.json'))
			.filter(({ target }) => file.includes('zh-CN/') !== target.includes('zh-CN/'))
			.map(({ target }) => `${file}: ${target}`),
	);
	expect(foreign).toEqual([]);
});

/** The labels that a guide names; it says itself that they stand in italics. */
const labelsIn = (text: string): string[] =>
	[...new Set(italicsOf(text))].filter((label) => label !== 'italics' && label !== '斜体').sort();

/** Everything the editor shows of the package: names of fields, of choices and of operations. */
const ownLabels = (): Set<string> => {
	const labels = new Set<string>();
	const walk = (value: unknown): void => {
		if (Array.isArray(value)) value.forEach(walk);
		if (typeof value !== 'object' || value === null) return;
		for (const [key, entry] of Object.entries(value)) {
			if (
				['displayName', 'name', 'placeholder', 'action'].includes(key) &&
				typeof entry === 'string'
			)
				labels.add(entry);
			walk(entry);
		}
	};
	walk(node.description);
	walk(new CnEsignTrigger().description);
	walk(credential.properties);
	labels.add(credential.displayName);
	// Messages, too, name a field without the vendor's term behind its label.
	for (const label of [...labels]) labels.add(label.replace(/ \([^()]*\p{sc=Han}[^()]*\)$/u, ''));
	return labels;
};

/** The names of the ready workflows, and what stands on the buttons of their forms. */
const workflowLabels = (): string[] =>
	readyWorkflows.flatMap((workflow) => {
		const { name, nodes } = makeWorkflow(workflow, 'en');
		const options = nodes.map(({ parameters }) => parameters.options as IDataObject | undefined);
		return [name, ...options.map((option) => String(option?.buttonLabel))];
	});

it('what stands in italics is on the screen: a label of the package, of n8n or of a ready workflow', () => {
	const known = new Set([...ownLabels(), ...n8nLabels, ...workflowLabels()]);
	const guides = GUIDES.flatMap((name) => [english(name), chinese(name)]);
	const strange = [...guides, english('behavior')].flatMap((file) =>
		labelsIn(read(file))
			.filter((label) => !known.has(label))
			.map((label) => `${file}: ${label}`),
	);
	expect(strange).toEqual([]);
});

it('the messages that troubleshooting quotes are those of the nodes', () => {
	const source = ['nodes', 'credentials']
		.flatMap((folder) => filesBelow(inRoot(folder)).map((name) => `${folder}/${name}`))
		.filter((name) => name.endsWith('.ts'))
		.map(read)
		.join('\n')
		.replaceAll("\\'", "'")
		.replaceAll('\\`', '`');
	const [, part] = read(english('troubleshooting')).split(/^## By message$/m);
	const quoted = tablesOf(part.split(/^## /m)[0])
		.flat()
		.map(([first]) => /^(?:log: )?`([^`]+)`$/.exec(first)?.[1])
		.filter((message) => message !== undefined && message !== 'verified');
	expect(quoted.length).toBeGreaterThan(25);
	const invented = quoted.flatMap((message) =>
		message!
			.split('…')
			.map((piece) => piece.replace(/^[\s',]+|[\s',]+$/g, ''))
			.filter((piece) => piece.length > 3 && !source.includes(piece)),
	);
	expect(invented).toEqual([]);
});
