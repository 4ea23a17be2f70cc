/** Every operation of a platform × every fault, in both ways to go on after a failing item. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loader } from '../engine/engine.mjs';
import { allFaults, type Fault } from './faults.mjs';
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
const doubledIn = ({ carriedOut }: Outcome): number =>
	carriedOut.reduce(
		(sum, byPath) => sum + Object.values(byPath).reduce((more, times) => more + times - 1, 0),
		0,
	);

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
		const paths = [...new Set(calm.paths)];
		const expected = fault.expected(input.kind, platform);
		const wrong: string[] = [];
		const pair: Pair = {
			name,
			fault: fault.name,
			kind: input.kind,
			said: [],
			calls: [],
			runs: 0,
			contracts: 0,
			doubled: 0,
			secrets: 0,
		};
		for (const path of paths) {
			for (const mode of MODES) {
				const outcome = await strike(field, name, input, {
					...{ fault, mode, expected, path },
					perItem: calm.paths.length,
				});
				const trial = { mode, fault, expected, input, path, undisturbed: calm.results };
				wrong.push(...judge(outcome, trial as never).map((what) => `${mode} ${path}: ${what}`));
				const struck = outcome.results[fault.where === 'whole' ? 0 : STRUCK];
				pair.said.push(struck.state === 'failed' ? struck.said : struck.state);
				pair.calls.push(outcome.calls[STRUCK]);
				pair.runs += 1;
				pair.contracts += outcome.contracts;
				if (input.kind === 'changes') pair.doubled += doubledIn(outcome);
				pair.secrets += outcome.secretsFound.length;
			}
		}
		pairs.push(pair);
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
				expect(calm.contracts).toBe(3 * (input.contracts ?? 0));
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
