/** Holds what came of a run against what was promised. */
import type { Expected, Fault } from './faults.mjs';
import type { Input } from './inputs/input.mjs';
import { STRUCK, type ItemResult, type Mode, type Outcome } from './strike.mjs';
import { missingIn } from './words.mjs';

export interface Trial {
	mode: Mode;
	fault: Fault;
	expected: Expected;
	input: Input<never>;
	/** The struck path. */
	path: string;
	/** Whether the item is done without this call. */
	follows: boolean;
	/** What each item gives when nothing disturbs it. */
	undisturbed: ItemResult[];
}

const stateOf = (result: ItemResult): string =>
	result.state === 'failed' ? result.said : result.state;

/** What the three items have to be like: the struck one by the fault, the others as if nothing was. */
const statesFor = ({ fault, expected, mode }: Trial): string[] => {
	const { said } = expected;
	const stops = mode === 'stop' && said !== 'done';
	if (fault.where === 'whole')
		return stops ? [said, 'not started', 'not started'] : [said, said, said];
	if (fault.where === 'port' && said !== 'done')
		return ['done', said, stops ? 'not started' : said];
	return ['done', said, stops ? 'not started' : 'done'];
};

const doneAt = (outcome: Outcome, index: number, path: string) =>
	outcome.carriedOut[index][path] ?? 0;

/** The platform's word and the node's, item by item. */
const contradictions = (outcome: Outcome, { input, path, follows }: Trial): string[] =>
	outcome.results.flatMap((result, index) => {
		const done = doneAt(outcome, index, path);
		const found: string[] = [];
		if (input.kind !== 'changes' || follows) return found;
		if (done > 1) found.push(`item ${index} was carried out ${done} times`);
		if (result.state === 'done' && done !== 1)
			found.push(`item ${index} is called done, and is not`);
		if (result.state === 'not started' && done > 0) found.push(`item ${index} was done in silence`);
		if (result.state === 'failed' && done > 0 && result.said !== 'unknown')
			found.push(`item ${index} was carried out, and the words are: ${result.words.message}`);
		return found;
	});

const shapeOf = (result: ItemResult): unknown =>
	result.state === 'done'
		? result.items.map(({ json, binary, pairedItem }) => [
				Object.keys(json).sort(),
				Object.keys(binary ?? {}),
				pairedItem,
			])
		: undefined;

/** How often each item's call that starts a contract was carried out. */
const startedIn = ({ carriedOut }: Outcome, ending: string | undefined): number[] =>
	carriedOut.map((byPath) =>
		Object.entries(byPath)
			.filter(([path]) => ending !== undefined && path.endsWith(ending))
			.reduce((total, [, times]) => total + times, 0),
	);

/** Everything that is not as it has to be; expected to be nothing. */
export const judge = (outcome: Outcome, trial: Trial): string[] => {
	const { mode, expected, fault, input, undisturbed } = trial;
	const wrong = [...contradictions(outcome, trial), ...outcome.secretsFound];
	const states = outcome.results.map(stateOf);
	const wanted = statesFor(trial);
	if (states.join() !== wanted.join()) {
		const words = outcome.results.map((result) => (result.state === 'failed' ? result.words : {}));
		wrong.push(`items are ${states.join()}, not ${wanted.join()}: ${JSON.stringify(words)}`);
	}
	const calls = outcome.calls[STRUCK];
	const wantedCalls =
		fault.where === 'whole' || wanted[STRUCK] === 'not started' ? 0 : expected.calls;
	if (calls !== wantedCalls) wrong.push(`${calls} calls, not ${wantedCalls}`);
	for (const result of outcome.results)
		if (result.state === 'failed')
			wrong.push(...missingIn(result.words).map((what) => `the words lack ${what}`));
	// Another item's result stays what it is without the fault.
	if (mode === 'continue' || expected.said === 'done')
		for (const [index, result] of outcome.results.entries()) {
			const same = JSON.stringify(shapeOf(result)) === JSON.stringify(shapeOf(undisturbed[index]));
			const poorer = trial.follows && index === STRUCK;
			if (result.state === 'done' && !same && !poorer) wrong.push(`item ${index} lost its result`);
		}
	const started = startedIn(outcome, input.contracts);
	for (const [index, times] of started.entries())
		if (times > 1) wrong.push(`item ${index} started ${times} contracts`);
	const sum = started.reduce((total, times) => total + times, 0);
	if (outcome.contracts !== sum) wrong.push(`${outcome.contracts} contracts exist, not ${sum}`);
	return wrong;
};
