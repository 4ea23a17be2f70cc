/** Holds what came of a run against what was promised. */
import type { Expected, Fault, Said, Target } from './fault.mjs';
import { stepsOf, type Input, type Role, type Step } from './inputs/input.mjs';
import { isAsking, type StoredContract } from './stages.mjs';
import {
	HOLD,
	STRUCK,
	type ItemResult,
	type LeftBehind,
	type Mode,
	type Outcome,
} from './strike.mjs';
import { missingIn } from './words.mjs';

export interface Trial {
	mode: Mode;
	fault: Fault;
	expected: Expected;
	input: Input<never>;
	/** What the struck call is for. */
	role: Role;
	target: Target;
	/** Whether the struck call's own answer is enough for the item as it is. */
	isPoorer: boolean;
	/** What each item gives when nothing disturbs it. */
	undisturbed: ItemResult[];
}

const stateOf = (result: ItemResult): string =>
	result.state === 'failed' ? result.said : result.state;

/** What the three items have to be like: the struck one by the fault, the others as if nothing was. */
const statesFor = ({ fault, expected, mode, target }: Trial): string[] => {
	const { said } = expected;
	const stops = mode === 'stop' && said !== 'done';
	// After two calls without an answer no other one is sent that moves a contract.
	const third = target.alone ? 'held back' : said;
	if (fault.where === 'whole')
		return stops ? [said, 'not started', 'not started'] : [said, said, third];
	if (fault.where === 'port' && said !== 'done')
		return ['done', said, stops ? 'not started' : third];
	return ['done', said, stops ? 'not started' : 'done'];
};

/** The call that the platform's own notes are asked about: the struck one, where that changes something. */
const decisive = ({ input, role, target }: Trial): Step | undefined => {
	const changing = stepsOf(input).filter((step) => step.role === 'changes');
	return role === 'changes'
		? changing.find(({ path }) => target.path.endsWith(path))
		: changing.at(-1);
};

const timesDone = (outcome: Outcome, index: number, { path }: Step): number =>
	Object.entries(outcome.carriedOut[index])
		.filter(([one]) => one.endsWith(path))
		.reduce((total, [, times]) => total + times, 0);

/** Words after which a call may have been carried out. */
const IN_DOUBT: Said[] = ['unknown', 'mixed up'];

/** The platform's word and the node's, item by item. What starts contracts is judged by the contracts. */
const contradictions = (outcome: Outcome, trial: Trial): string[] => {
	const step = decisive(trial);
	if (!step || step.starts) return [];
	return outcome.results.flatMap((result, index) => {
		const done = timesDone(outcome, index, step);
		const found: string[] = [];
		if (done > 1) found.push(`item ${index} was carried out ${done} times`);
		if (result.state === 'done' && done !== 1)
			found.push(`item ${index} is called done, and is not`);
		if (result.state === 'not started' && done > 0) found.push(`item ${index} was done in silence`);
		if (result.state === 'failed' && done > 0 && !IN_DOUBT.includes(result.said))
			found.push(`item ${index} was carried out, and the words are: ${result.words.message}`);
		return found;
	});
};

/** Contracts that there may be only one of. */
export const countedIn = (
	contracts: StoredContract[],
	input: Pick<Input<never>, 'kind' | 'steps'>,
): number =>
	stepsOf(input as Input<never>).some(({ starts }) => starts)
		? contracts.filter(isAsking).length
		: contracts.length;

/** A second contract for one item, or another change carried out twice. */
export const doubledIn = (
	{ contracts, carriedOut }: Pick<Outcome, 'contracts' | 'carriedOut'>,
	input: Input<never>,
): number => {
	const more = (times: number) => Math.max(0, times - 1);
	const added = contracts.slice(0, 3).reduce((sum, own) => sum + more(countedIn(own, input)), 0);
	const changing = stepsOf(input).filter(({ role, starts }) => role === 'changes' && !starts);
	return carriedOut
		.flatMap((byPath) => Object.entries(byPath))
		.filter(([path]) => changing.some((step) => path.endsWith(step.path)))
		.reduce((sum, [, times]) => sum + more(times), added);
};

/** As many contracts as the node says, and never two for one item. */
const contractsWrong = (outcome: Outcome, { input, expected, fault }: Trial): string[] => {
	const strange = outcome.contracts[3].length;
	const wrong = strange > 0 ? [`${strange} contracts belong to no item`] : [];
	if (!input.makesContracts) {
		const added = outcome.contracts.flat().length;
		return added > 0 ? [`${added} contracts exist that nobody asked for`] : [];
	}
	return outcome.results.reduce((found, result, index) => {
		const own = outcome.contracts[index];
		const count = countedIn(own, input);
		const isStruck = fault.where === 'request' && index === STRUCK;
		const wanted = (isStruck ? expected.asking : undefined) ?? (result.state === 'done' ? 1 : 0);
		if (count > 1) found.push(`item ${index} has ${count} contracts`);
		if (result.state === 'not started' && own.length > 0)
			found.push(`item ${index} was not started, and has a contract`);
		const isOpen = result.state === 'failed' && result.said === 'unknown';
		if (!isOpen && count !== wanted)
			found.push(`item ${index} is ${stateOf(result)}, and has ${count} contracts`);
		return found;
	}, wrong);
};

/** What is really left of an item's tries, as far as the node can know it. */
const leftOf = (own: StoredContract[], docIds: string[]): LeftBehind | undefined => {
	const contracts = own
		.filter((contract) => contract.status !== 'DRAFT' && !isAsking(contract))
		.map(({ id, status }) => ({ id, status }));
	const drafts = own.filter(({ status }) => status === 'DRAFT').length;
	const left: LeftBehind = {
		...(contracts.length > 0 ? { contracts } : {}),
		...(drafts > 0 ? { drafts } : {}),
		...(docIds.length > 0 ? { docIds } : {}),
	};
	return Object.keys(left).length > 0 ? left : undefined;
};

/** `leftBehind` names just what is there and of no use. */
const leftBehindWrong = (outcome: Outcome, trial: Trial): string[] => {
	const steps = stepsOf(trial.input);
	if (!steps.some(({ starts }) => starts === 'looked at')) return [];
	const isUpload = steps.find(({ path }) => trial.target.path.endsWith(path))?.starts === undefined;
	return outcome.results.flatMap((result, index) => {
		if (result.state === 'not started' || result.state === 'mentioned') return [];
		// A run that stops tells of the items before in words only.
		if (result.state === 'done' && result.items.length === 0) return [];
		const isUploaded = result.state === 'failed' && !isUpload;
		const there = leftOf(outcome.contracts[index], isUploaded ? outcome.docIds[index] : []);
		const [told, wanted] = [result.leftBehind, there].map((left) => JSON.stringify(left));
		return told === wanted ? [] : [`item ${index} leaves ${wanted}, and says ${told}`];
	});
};

/** Told to the program as well as to people; a lost upload leaves no doubt about the contract. */
const doubtWrong = (outcome: Outcome, { input, target }: Trial): string[] => {
	const isUpload = input.makesContracts === true && target.path.endsWith('/document/file');
	return outcome.results.flatMap((result, index) => {
		if (result.state !== 'failed') return [];
		const wanted = IN_DOUBT.includes(result.said) && !isUpload;
		return result.outcomeUnknown === wanted
			? []
			: [`item ${index} is ${result.said}, and outcomeUnknown is ${result.outcomeUnknown}`];
	});
};

const shapeOf = (result: ItemResult): unknown =>
	result.state === 'done'
		? result.items.map(({ json, binary, pairedItem }) => [
				// What was put right on the way is told besides.
				Object.keys(json)
					.filter((key) => key !== 'leftBehind')
					.sort(),
				Object.keys(binary ?? {}),
				pairedItem,
			])
		: undefined;

/** Another item's result stays what it is without the fault; one that lacks something says so. */
const resultsWrong = (
	outcome: Outcome,
	{ mode, expected, undisturbed, isPoorer }: Trial,
): string[] => {
	if (mode === 'stop' && expected.said !== 'done') return [];
	return outcome.results.flatMap((result, index) => {
		if (result.state !== 'done') return [];
		if (isPoorer && index === STRUCK) {
			const note = String(result.items[0]?.json.note);
			return /could not be/.test(note) ? [] : [`item ${index} lacks something in silence`];
		}
		const same = JSON.stringify(shapeOf(result)) === JSON.stringify(shapeOf(undisturbed[index]));
		return same ? [] : [`item ${index} lost its result`];
	});
};

// What two clocks and a timer may differ by.
const SLACK = 20;

/** A call that may still be at work keeps the next one of its kind waiting; no two meet. */
const turnsWrong = ({ pauseAfter, overlaps }: Outcome, { fault, target }: Trial): string[] => {
	const wrong = overlaps > 0 ? [`calls have met ${overlaps} times`] : [];
	const holds = fault.silent && target.alone && fault.where === 'request';
	if (holds && pauseAfter !== undefined && pauseAfter < HOLD - SLACK)
		wrong.push(`the next call came ${pauseAfter.toFixed(0)} ms after the lost one`);
	return wrong;
};

/** Everything that is not as it has to be; expected to be nothing. */
export const judge = (outcome: Outcome, trial: Trial): string[] => {
	const { expected, fault } = trial;
	const wrong = [
		...contradictions(outcome, trial),
		...contractsWrong(outcome, trial),
		...leftBehindWrong(outcome, trial),
		...doubtWrong(outcome, trial),
		...resultsWrong(outcome, trial),
		...turnsWrong(outcome, trial),
		...outcome.secretsFound,
		...(outcome.stillOpen > 0 ? [`${outcome.stillOpen} connections are still open`] : []),
	];
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
	return wrong;
};
