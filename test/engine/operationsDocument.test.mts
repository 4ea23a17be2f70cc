/**
 * docs/operations.md shows what the operations really give: this test makes it anew from a run of the
 * conformance suite and compares. After a wanted change: UPDATE_DOCS=1 npm test -- operationsDocument
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { examplesOf, type Example } from '../conformance/examples.mjs';
import { kaifangqian } from '../conformance/kaifangqian/index.mjs';
import { qiandun } from '../conformance/qiandun/index.mjs';
import { operationsOf, type Result } from '../conformance/runner.mjs';
import type { AnySuite } from '../conformance/suite.mjs';
import { loader, projectRoot } from './engine.mjs';

const file = join(projectRoot, 'docs/operations.md');
const suites: AnySuite[] = [kaifangqian, qiandun];
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

const exampleText = ({ simplify, items }: Example): string => {
	const shown = items.slice(0, MOST_SHOWN);
	const [first] = shown;
	const heading = simplify === false ? 'With *Simplify* turned off:' : howMany(items.length);
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

const document = () => `# What the operations give

Made by the tests from a run of the conformance suite against the stand-in platforms: ids, links, names and numbers are made up. IDs are always text. How each operation reaches the platform, and what that rests on, stands in the [README](../README.md#operations); what starts a workflow, in [events.md](events.md).

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

describe.each(suites)('$title', ({ platform }) => {
	it('answers every operation in the conformance run', () => {
		const { results, examples } = made.get(platform)!;
		expect(results.filter(({ outcome }) => outcome.kind !== 'ok')).toEqual([]);
		expect([...examples.keys()].sort()).toEqual(operationsOf(platform).sort());
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

	it('has at most ten flat fields where Simplify is on', () => {
		const { examples } = made.get(platform)!;
		for (const [path, list] of examples) {
			const [resource, operation] = path.split('.');
			if (!hasSimplify({ platform, resource, operation })) continue;
			const simple = list.filter(({ simplify }) => simplify !== false);
			expect(simple, path).toHaveLength(1);
			// Both forms are shown.
			expect(list, path).toHaveLength(2);
			for (const { json } of simple[0].items) {
				expect(isLong(json), path).toBe(false);
				expect(Object.values(json).filter((value) => typeof value === 'object')).toEqual([]);
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

it('docs/operations.md shows what the operations give', () => {
	const text = document();
	if (process.env.UPDATE_DOCS === '1') writeFileSync(file, text);
	expect(readFileSync(file, 'utf8')).toBe(text);
});
