import type { IDataObject, INodeExecutionData, NodeApiError } from 'n8n-workflow';
import { loader } from '../engine/engine.mjs';
import { runNode } from '../engine/node.mjs';
import {
	NotTried,
	Unexpected,
	type AnySuite,
	type Operate,
	type Outcome,
	type TargetBase,
} from './suite.mjs';

type Trial = AnySuite['trials'][number];

/** Every operation that the built node offers for a platform. */
export const operationsOf = (platform: string): string[] => {
	const { properties } = loader.getNode('cnEsign').type.description as {
		properties: Array<{
			name: string;
			options?: Array<{ value: string }>;
			displayOptions?: { show?: Record<string, string[]> };
		}>;
	};
	return properties
		.filter(({ name, displayOptions: { show } = {} }) => {
			return name === 'operation' && show?.platform?.includes(platform);
		})
		.flatMap(({ options = [], displayOptions }) =>
			// The first value is the resource; another one is for n8n's node creator alone.
			displayOptions!
				.show!.resource.slice(0, 1)
				.flatMap((resource) => options.map(({ value }) => `${resource}.${value}`)),
		);
};

/** What an operation was asked for and gave; `trial` is the operation that was being tried. */
export interface AnswerSeen {
	trial: string;
	operation: string;
	parameters: IDataObject;
	items: INodeExecutionData[];
}

const operating =
	(platform: string, credential: IDataObject): Operate =>
	async (operation, parameters = {}, input, goOn = false) => {
		const [resource, value] = operation.split('.');
		const { items, error } = await runNode(
			{ platform, resource, operation: value, ...parameters },
			{
				secrets: { cnEsignApi: credential as never },
				...(input ? { input } : {}),
				node: goOn ? { onError: 'continueRegularOutput' } : {},
			},
		);
		if (error) throw error;
		return items;
	};

/** Why a trial will not be run here; known before anything is sent. */
const reasonAgainst = (trial: Trial, target: TargetBase): string | undefined => {
	if ((trial.creates || trial.changes) && !target.mayWrite)
		return 'needs CN_ESIGN_ALLOW_WRITES=yes';
	return trial.impossible?.(target);
};

const outcomeOf = (thrown: unknown): Outcome => {
	if (thrown instanceof NotTried) return { kind: 'notTried', note: thrown.message };
	if (thrown instanceof Unexpected) return { kind: 'failed', note: thrown.message };
	const { message, httpCode } = thrown as Partial<NodeApiError> & Error;
	const code = httpCode ?? '';
	// Platforms' codes have digits in them; what has none is the network's (ECONNREFUSED).
	return /^\w*\d\w*$/.test(code)
		? { kind: 'refused', code, note: message }
		: { kind: 'failed', note: message };
};

export interface Result {
	operation: string;
	outcome: Outcome;
}

/** What the trials that will be run here make at most. */
export const plannedOn = (suite: AnySuite, target: TargetBase): Map<string, number> => {
	const planned = new Map<string, number>();
	for (const trial of suite.trials) {
		if (reasonAgainst(trial, target)) continue;
		for (const [kind, count = 0] of Object.entries(trial.creates ?? {}))
			planned.set(kind, (planned.get(kind) ?? 0) + count);
	}
	return planned;
};

/**
 * Runs the trials. Each makes the calls that it names and is never repeated, so that what was said
 * beforehand is not exceeded; `guard` holds it to that.
 */
export const runTrials = async (
	suite: AnySuite,
	target: TargetBase,
	onResult: (result: Result) => void,
	onAnswer: (seen: AnswerSeen) => void = () => {},
): Promise<Result[]> => {
	const operate = operating(suite.platform, target.credential);
	const state = suite.newState();
	const results: Result[] = [];
	for (const trial of suite.trials) {
		const { operation } = trial;
		const against = reasonAgainst(trial, target);
		let outcome: Outcome;
		if (against) outcome = { kind: 'notTried', note: against };
		else {
			try {
				const guarded = guard(suite, trial, async (called, parameters = {}, input, goOn) => {
					const items = await operate(called, parameters, input, goOn);
					onAnswer({ trial: operation, operation: called, parameters, items });
					return items;
				});
				const note = await trial.run({ operate: guarded, target, state });
				outcome = { kind: 'ok', note };
			} catch (error) {
				outcome = outcomeOf(error);
			}
		}
		results.push({ operation, outcome });
		onResult({ operation, outcome });
	}
	for (const done of (await suite.tidy?.({ operate, target, state })) ?? [])
		console.log(`  (${done})`);
	return results;
};

/** Lets a trial call the operations that make something only as often as it has said. */
const guard = (suite: AnySuite, trial: Trial, operate: Operate): Operate => {
	const left = new Map(Object.entries(trial.creates ?? {}));
	return async (operation, parameters, input, goOn) => {
		for (const maker of suite.makers) {
			if (maker.operation !== operation || maker.unless?.(parameters ?? {})) continue;
			const { kind } = maker;
			const allowed = left.get(kind) ?? 0;
			if (allowed < 1) throw new Unexpected(`the trial would make a ${kind} that it has not named`);
			left.set(kind, allowed - 1);
		}
		return await operate(operation, parameters, input, goOn);
	};
};
