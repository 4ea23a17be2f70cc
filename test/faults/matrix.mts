/** Every operation of a platform × every fault, in both ways to go on after a failing item. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loader } from '../engine/engine.mjs';
import { allFaults, type Expected, type Fault } from './faults.mjs';
import { operationOf, type Input } from './inputs/input.mjs';
import { judge } from './judge.mjs';
import { foundIn } from './hunt.mjs';
import { logged } from './logs.mjs';
import { startBystander } from './proxy.mjs';
import type { Stage } from './stages.mjs';
import { openField, strike, STRUCK, type Field, type Mode, type Outcome } from './strike.mjs';
import { documentMatrix, type Pair } from './table.mjs';

interface Choice {
	name: string;
	options?: Array<{ value: string }>;
	displayOptions?: { show?: Record<string, unknown[]> };
}

/** The operations as the built node offers them, so that none is forgotten here. */
const offered = (platform: string): string[] => {
	const { description } = loader.getNode('cnEsign').type as unknown as {
		description: { properties: Choice[] };
	};
	return description.properties
		.filter(({ name, displayOptions }) => {
			return name === 'operation' && displayOptions?.show?.platform?.includes(platform);
		})
		.flatMap(({ options = [], displayOptions }) =>
			options.map(({ value }) => `${String(displayOptions!.show!.resource[0])}.${value}`),
		);
};

const MODES: Mode[] = ['continue', 'stop'];

/** A second contract for one item, or another change carried out twice. */
const doubledIn = ({ carriedOut }: Outcome, follows: string[] = []): number =>
	carriedOut.reduce(
		(sum, byPath) =>
			sum +
			Object.entries(byPath)
				.filter(([path]) => !follows.some((ending) => path.endsWith(ending)))
				.reduce((more, [, times]) => more + times - 1, 0),
		0,
	);

const newPair = (name: string, fault: string, kind: Pair['kind']): Pair => ({
	...{ name, fault, kind, said: [], calls: [], runs: 0, contracts: 0, doubled: 0, secrets: 0 },
});

export const matrix = async <Sandbox,>(stage: Stage<Sandbox>): Promise<void> => {
	const { name: platform, inputs } = stage;
	const bystander = await startBystander();
	afterAll(async () => await bystander.close());
	const pairs: Pair[] = [];
	const marks = new Set<string>();

	const tryOut = async (
		field: Field<Sandbox>,
		name: string,
		input: Input<Sandbox>,
		fault: Fault,
	): Promise<string[]> => {
		const calm = await strike(field, name, input, { mode: 'continue' });
		const atRequests = ['request', 'connection', 'all'].includes(fault.where);
		// What strikes no single call strikes the first one.
		const paths = [...new Set(calm.paths)].slice(0, atRequests ? undefined : 1);
		const wrong: string[] = [];
		const tried = new Map<Pair['kind'], Pair>();
		for (const path of paths) {
			const follows = input.follows?.some((ending) => path.endsWith(ending)) ?? false;
			const kind = follows ? 'follows' : input.kind;
			const pair = tried.get(kind) ?? newPair(name, fault.name, kind);
			tried.set(kind, pair);
			const expected: Expected = follows
				? { said: 'done', calls: fault.expected('reads', platform).calls }
				: fault.expected(input.kind, platform);
			// The item is done either way, so there is nothing to stop at.
			for (const mode of follows ? MODES.slice(0, 1) : MODES) {
				const outcome = await strike(field, name, input, {
					...{ fault, mode, expected, path, step: calm.paths.indexOf(path) },
					perItem: calm.paths.length,
				});
				const trial = { mode, fault, expected, input, path, follows, undisturbed: calm.results };
				wrong.push(...judge(outcome, trial as never).map((what) => `${mode} ${path}: ${what}`));
				const struck = outcome.results[fault.where === 'whole' ? 0 : STRUCK];
				pair.said.push(struck.state === 'failed' ? struck.said : struck.state);
				pair.calls.push(outcome.calls[STRUCK]);
				pair.runs += 1;
				pair.contracts += outcome.contracts;
				if (input.kind === 'changes') pair.doubled += doubledIn(outcome, input.follows);
				pair.secrets += outcome.secretsFound.length;
			}
		}
		pairs.push(...tried.values());
		return wrong;
	};

	const names = Object.keys(inputs);

	it(`every operation of ${platform} has an input here`, () => {
		const operations = names.map((name) => operationOf(name).join('.'));
		expect(offered(platform).filter((operation) => !operations.includes(operation))).toEqual([]);
		expect(operations.filter((operation) => !offered(platform).includes(operation))).toEqual([]);
	});

	describe.concurrent.each(names)(`${platform} %s`, (name) => {
		const input = inputs[name];
		let field: Field<Sandbox>;
		beforeAll(async () => {
			field = await openField(stage, bystander.origin);
			for (const mark of field.running.marks.secrets) marks.add(mark);
		});
		afterAll(async () => {
			await field.proxy.close();
			await field.running.close();
		});

		it.sequential('works undisturbed, and each of its calls belongs to an item', async () => {
			for (const mode of MODES) {
				const calm = await strike(field, name, input, { mode });
				expect(calm.results.filter(({ state }) => state !== 'done')).toEqual([]);
				expect(calm.strays).toBe(0);
				expect(calm.paths.length).toBeGreaterThan(0);
				expect(calm.secretsFound).toEqual([]);
				expect(calm.contracts).toBe(input.contracts ? 3 : 0);
			}
		});

		it.sequential.each(allFaults)('$name', async (fault) => {
			expect(await tryOut(field, name, input, fault)).toEqual([]);
		});
	});

	describe(`${platform} as a whole`, () => {
		it('called no other host', () => {
			expect(bystander.heard).toEqual([]);
		});

		it('left no secret in the log of n8n', () => {
			expect(marks.size).toBeGreaterThan(0);
			expect(foundIn(logged(), [...marks])).toEqual([]);
		});

		it('is described in docs/reliability.md', async ({ skip }) => {
			// Only a part of it was asked for.
			skip(pairs.length < names.length * allFaults.length);
			await documentMatrix(platform, names.length, pairs);
		});
	});
};
