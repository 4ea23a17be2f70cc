/** Every operation of a platform × every fault, in both ways to go on after a failing item. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loader } from '../engine/engine.mjs';
import type { Expected, Fault, Target } from './fault.mjs';
import { faultsOf } from './faults.mjs';
import { operationOf, stepsOf, type Input, type Step } from './inputs/input.mjs';
import { doubledIn, judge } from './judge.mjs';
import { foundIn } from './hunt.mjs';
import { logged } from './logs.mjs';
import { startBystander } from './proxy.mjs';
import type { Stage } from './stages.mjs';
import { openField, strike, STRUCK, type Field, type Mode, type Outcome } from './strike.mjs';
import { shortenPauses } from '../engine/pauses.mjs';
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

/** Stand-ins for each operation: most of the time is spent waiting. */
const FIELDS = 2;

/** So many times as short as they are. */
const PAUSES = 5;

/** The call as the faults know it: one that asks first or only adds something reads. */
const targetOf = (platform: Target['platform'], { role, alone, starts }: Step, path: string) => {
	const kind = role === 'asks first' || role === 'follows' ? 'reads' : role;
	return { platform, kind, path, alone, starts } satisfies Target;
};

const newPair = (name: string, fault: string, role: Pair['role']): Pair => ({
	...{ name, fault, role, said: [], calls: [], runs: 0, contracts: 0, doubled: 0 },
	...{ stillOpen: 0, secrets: 0 },
});

export const matrix = async <Sandbox,>(stage: Stage<Sandbox>): Promise<void> => {
	const { name: platform, inputs } = stage;
	const bystander = await startBystander();
	afterAll(async () => await bystander.close());
	const pairs: Pair[] = [];
	const marks = new Set<string>();

	/** Asked once for each operation: every fault begins with the same. */
	const undisturbed = new Map<string, Promise<Outcome>>();
	const undisturbedOf = async (field: Field<Sandbox>, name: string, input: Input<Sandbox>) => {
		const known = undisturbed.get(name) ?? strike(field, name, input, { mode: 'continue' });
		undisturbed.set(name, known);
		return await known;
	};

	const tryOut = async (
		fields: Array<Field<Sandbox>>,
		name: string,
		input: Input<Sandbox>,
		fault: Fault,
	): Promise<string[]> => {
		const { results: calm, paths } = await undisturbedOf(fields[0], name, input);
		const atRequests = ['request', 'connection', 'all'].includes(fault.where);
		const wrong: string[] = [];
		const byRole = new Map<Pair['role'], Pair>();
		const jobs = stepsOf(input as Input<never>).flatMap((known, step) => {
			const { role } = known;
			const target = targetOf(platform, known, paths[step]);
			// What strikes no single call strikes the first one.
			if ((!atRequests && step > 0) || fault.strikes?.(target) === false) return [];
			// The item is done either way, so there is nothing to stop at.
			const modes = role === 'follows' ? MODES.slice(0, 1) : MODES;
			return modes.map((mode) => ({ role, target, step, mode }));
		});
		const run = async (field: Field<Sandbox>, { role, target, step, mode }: (typeof jobs)[0]) => {
			const pair = byRole.get(role) ?? newPair(name, fault.name, role);
			byRole.set(role, pair);
			const own = fault.expected(target);
			const follows = role === 'follows';
			const expected: Expected = follows ? { said: 'done', calls: own.calls } : own;
			const isPoorer = follows && own.said !== 'done';
			const outcome = await strike(field, name, input, {
				...{ fault, mode, expected, target, paths, step },
			});
			const trial = {
				...{ mode, fault, expected, role, target, isPoorer },
				...{ input: input as Input<never>, undisturbed: calm },
			};
			wrong.push(...judge(outcome, trial).map((what) => `${mode} ${target.path}: ${what}`));
			const struck = outcome.results[fault.where === 'whole' ? 0 : STRUCK];
			pair.said.push(struck.state === 'failed' ? struck.said : struck.state);
			pair.calls.push(outcome.calls[STRUCK]);
			pair.runs += 1;
			pair.contracts += outcome.contracts.flat().length;
			if (input.kind === 'changes') pair.doubled += doubledIn(outcome, input as Input<never>);
			pair.stillOpen += outcome.stillOpen;
			pair.secrets += outcome.secretsFound.length;
		};
		// Each field works through what is left, one after the other.
		const lane = async (field: Field<Sandbox>) => {
			for (let job = jobs.shift(); job; job = jobs.shift()) await run(field, job);
		};
		await Promise.all(fields.map(lane));
		pairs.push(...byRole.values());
		return wrong;
	};

	const names = Object.keys(inputs);
	const faults = faultsOf(platform);
	let [all, tried] = [0, 0];
	let inFull = () => {};
	beforeAll(() => {
		inFull = shortenPauses(PAUSES);
	});
	afterAll(() => inFull());

	it(`every operation of ${platform} has an input here`, () => {
		const operations = names.map((name) => operationOf(name).join('.'));
		expect(offered(platform).filter((operation) => !operations.includes(operation))).toEqual([]);
		expect(operations.filter((operation) => !offered(platform).includes(operation))).toEqual([]);
	});

	describe.concurrent.each(names)(`${platform} %s`, (name) => {
		const input = inputs[name];
		let fields: Array<Field<Sandbox>> = [];
		beforeAll(async () => {
			const open = async () => await openField(stage, bystander.origin);
			fields = await Promise.all(Array.from({ length: FIELDS }, open));
			for (const { running } of fields) for (const mark of running.marks.secrets) marks.add(mark);
		});
		afterAll(async () => {
			for (const { proxy, running } of fields) {
				await proxy.close();
				await running.close();
			}
		});

		it.sequential('works undisturbed, and each of its calls belongs to an item', async () => {
			for (const mode of MODES) {
				const calm = await strike(fields[0], name, input, { mode });
				expect(calm.results.filter(({ state }) => state !== 'done')).toEqual([]);
				expect(calm.strays).toBe(0);
				const steps = stepsOf(input as Input<never>);
				expect(calm.paths).toHaveLength(steps.length);
				for (const [index, { path }] of steps.entries())
					expect(calm.paths[index].endsWith(path), calm.paths[index]).toBe(true);
				expect(calm.secretsFound).toEqual([]);
				expect(calm.overlaps).toBe(0);
				const each = input.makesContracts ? 1 : 0;
				expect(calm.contracts.map(({ length }) => length)).toEqual([each, each, each, 0]);
			}
		});

		const own = faults.filter(({ strikes }) =>
			stepsOf(input as Input<never>).some(
				(step) => strikes?.(targetOf(platform, step, step.path)) !== false,
			),
		);
		all += own.length;

		it.sequential.each(own)('$name', async (fault) => {
			tried += 1;
			expect(await tryOut(fields, name, input, fault)).toEqual([]);
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
			skip(tried < all);
			await documentMatrix(platform, names.length, pairs);
		});
	});
};
