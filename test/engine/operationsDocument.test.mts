/**
 * docs/operations.md shows what each operation really returns: this test makes it anew from a run of the
 * conformance suite and compares. After a wanted change: UPDATE_DOCS=1 npm test -- operationsDocument
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { examplesOf, type Example } from '../conformance/examples.mjs';
import { kaifangqian } from '../conformance/kaifangqian/index.mjs';
import { qiandun } from '../conformance/qiandun/index.mjs';
import { operationsOf, type Result } from '../conformance/runner.mjs';
import { schemaOf } from '../conformance/schemas.mjs';
import type { AnySuite } from '../conformance/suite.mjs';
import type { Inputs } from '../faults/inputs/input.mjs';
import { kaifangqianInputs } from '../faults/inputs/kaifangqian.mjs';
import { qiandunInputs } from '../faults/inputs/qiandun.mjs';
import { loader, projectRoot } from './engine.mjs';

const file = join(projectRoot, 'docs/operations.md');
const REMEDY = 'made from the trials; write it anew: UPDATE_DOCS=1 npm test -- operationsDocument';
const suites: AnySuite[] = [kaifangqian, qiandun];
/** What the faults found out about each operation: whether calling it twice does something twice. */
const inputs: Record<string, Inputs<never>> = {
	kaifangqian: kaifangqianInputs,
	qiandun: qiandunInputs,
};
const MOST_FIELDS = 10;
const MOST_SHOWN = 2;

const { properties } = loader.getNode('cnEsign').type.description as {
	properties: INodeProperties[];
};

/** Answers whose form the vendor has not published (docs/api/qiandun.md, 5.3, 5.6, 7). */
const UNPUBLISHED: Record<string, string> = {
	'qiandun contract.getSigner':
		'Of `signStatus` only `finished` is published; the other value is the stand-in’s own.',
	'qiandun contract.start':
		'The vendor has not published this answer. That it has `contractId` is an assumption; the node passes on whatever comes.',
	'qiandun identity.getPersonLink':
		'The vendor has not published this answer: the name of the field is the stand-in’s own. The node passes on whatever comes.',
};

type Chosen = Record<string, string>;

const isShown = ({ displayOptions }: INodeProperties, chosen: Chosen): boolean =>
	Object.entries(displayOptions?.show ?? {}).every(([name, values]) =>
		(values as string[]).includes(chosen[name]),
	);

interface Choice {
	name: string;
	value: string;
	description?: string;
}

const choiceOf = (name: string, value: string, chosen: Chosen): Choice =>
	properties
		.filter((property) => property.name === name && isShown(property, chosen))
		.flatMap(({ options = [] }) => options as Choice[])
		.find((option) => option.value === value)!;

const hasSimplify = (chosen: Chosen): boolean =>
	properties.some((property) => property.name === 'simplify' && isShown(property, chosen));

const block = (value: unknown) => `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;

const howMany = (count: number) => {
	if (count === 1) return 'One item:';
	return count > MOST_SHOWN
		? `${count} items here, one for each entry; the first ${MOST_SHOWN}:`
		: `${count} items here, one for each entry:`;
};

const exampleText = ({ variant, items }: Example): string => {
	const shown = items.slice(0, MOST_SHOWN);
	const [first] = shown;
	const heading = variant ? `${variant}:` : howMany(items.length);
	const json = block(shown.length === 1 ? first.json : shown.map((item) => item.json));
	const fields = Object.keys(first.binary ?? {}).map((name) => `\`${name}\``);
	const more = first.binary
		? `\n\nAnd the file, in the binary field ${fields.join(', ')}:\n\n${block(first.binary)}`
		: '';
	return `${heading}\n\n${json}${more}`;
};

const operationText = (platform: string, path: string, examples: Example[]): string => {
	const [resource, operation] = path.split('.');
	const chosen = { platform, resource, operation };
	const { name: resourceName } = choiceOf('resource', resource, { platform });
	const { name, description } = choiceOf('operation', operation, chosen);
	return [
		`### ${resourceName}: ${name}`,
		`\`${path}\` – ${description}`,
		...[UNPUBLISHED[`${platform} ${path}`] ?? []].flat(),
		...examples.map(exampleText),
	].join('\n\n');
};

const made = new Map<string, { examples: Map<string, Example[]>; results: Result[] }>();

beforeAll(async () => {
	for (const suite of suites) made.set(suite.platform, await examplesOf(suite));
});

const document = () => `# What each operation returns

Made by the tests from a run of the conformance suite against the stand-in platforms: IDs, links, names and numbers are made up. IDs are always text. What starts a workflow is in [events.md](events.md); how each operation reaches the platform, and what that is based on, in [behavior.md](behavior.md#what-is-proven-and-what-is-only-documented).

${suites
	.map(({ platform, title }) => {
		const { examples } = made.get(platform)!;
		const texts = [...examples]
			.map(([path, list]) => operationText(platform, path, list))
			.sort((a, b) => a.localeCompare(b, 'en'));
		return [`## ${title}`, ...texts].join('\n\n');
	})
	.join('\n\n')}
`;

describe.each(suites)('$title', ({ platform, trials, makers }) => {
	it('answers every operation in the conformance run', () => {
		const { results, examples } = made.get(platform)!;
		expect(results.filter(({ outcome }) => outcome.kind !== 'ok')).toEqual([]);
		expect([...examples.keys()].sort()).toEqual(operationsOf(platform).sort());
	});

	// Otherwise it would change something on a real server that nobody has allowed.
	it('says of every trial that changes something what it makes, or that it changes something', () => {
		const silent = trials.filter(
			({ operation, creates, changes }) =>
				inputs[platform][operation]?.kind === 'changes' && !creates && !changes,
		);
		expect(silent.map(({ operation }) => operation)).toEqual([]);
	});

	it('counts what a trial makes at the operation that makes it', () => {
		const uncounted = trials.filter(
			({ operation, creates, changes }) =>
				creates && !changes && !makers.some((maker) => maker.operation === operation),
		);
		// These two begin with a contract of their own.
		expect(uncounted.map(({ operation }) => operation)).toEqual(
			platform === 'kaifangqian' ? ['contract.finish', 'contract.approve'] : [],
		);
	});

	it('gives at most ten fields per item, or offers Simplify', () => {
		const { examples } = made.get(platform)!;
		const long = [...examples].filter(([path, list]) => {
			const [resource, operation] = path.split('.');
			if (hasSimplify({ platform, resource, operation })) return false;
			return list.some(({ items }) => items.some(({ json }) => isLong(json)));
		});
		expect(long.map(([path]) => path)).toEqual([]);
	});

	it('has at most ten fields where Simplify is on, flat but for a list of tasks', () => {
		const { examples } = made.get(platform)!;
		for (const [path, list] of examples) {
			const [resource, operation] = path.split('.');
			if (!hasSimplify({ platform, resource, operation })) continue;
			const simple = list.filter(({ variant }) => variant === undefined);
			expect(simple, path).toHaveLength(1);
			// Both forms are shown.
			expect(list, path).toHaveLength(2);
			for (const { json } of simple[0].items) {
				expect(isLong(json), path).toBe(false);
				const { tasks = [], ...rest } = json;
				for (const flat of [rest, ...(tasks as IDataObject[])])
					expect(Object.values(flat).filter((value) => typeof value === 'object')).toEqual([]);
			}
		}
	});
});

/** An item, or an entry of a list in it, that has more fields than a person takes in at a glance. */
const isLong = (json: IDataObject): boolean =>
	Object.keys(json).length > MOST_FIELDS ||
	Object.values(json).some(
		(value) => Array.isArray(value) && value.some((entry) => isLong({ ...(entry as IDataObject) })),
	);

it('docs/operations.md shows what each operation returns', () => {
	const text = document();
	if (process.env.UPDATE_DOCS === '1') writeFileSync(file, text);
	expect(readFileSync(file, 'utf8') === text, `docs/operations.md is ${REMEDY}`).toBe(true);
});

/** Any path of the platform can be called, so its answer has no form. */
const WITHOUT_FORM = 'api.request';
const schemaFolder = join(projectRoot, 'nodes/CnEsign/__schema__/v1.0.0');

describe('the output schemas, with which fields can be dragged before the first run', () => {
	const wanted = () =>
		suites.flatMap(({ platform }) =>
			[...made.get(platform)!.examples]
				.filter(([path]) => path !== WITHOUT_FORM)
				.map(([path, list]) => {
					const items = list
						.filter(({ variant }) => variant === undefined)
						.flatMap((example) => example.items.map(({ json }) => json));
					return { path, schema: schemaOf(items) };
				}),
		);

	it('have the fields of docs/operations.md', () => {
		for (const { path, schema } of wanted()) {
			const target = join(schemaFolder, `${path.replace('.', '/')}.json`);
			const text = `${JSON.stringify(schema, null, '\t')}\n`;
			if (process.env.UPDATE_DOCS === '1') {
				mkdirSync(dirname(target), { recursive: true });
				writeFileSync(target, text);
			}
			const found = existsSync(target) ? readFileSync(target, 'utf8') : '';
			expect(found === text, `the schema of ${path} is ${REMEDY}`).toBe(true);
		}
	});

	it('are there for every operation but one, and for nothing else', () => {
		const files = readdirSync(schemaFolder, { recursive: true, encoding: 'utf8' })
			.filter((name) => name.endsWith('.json'))
			.map((name) => name.replace(/\.json$/, '').replace(/[\\/]/g, '.'));
		expect(files.sort()).toEqual(
			wanted()
				.map(({ path }) => path)
				.sort(),
		);
	});
});
