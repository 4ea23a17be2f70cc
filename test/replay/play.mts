// Plays one recorded scenario against a stand-in of its own, which knows the recorded world and nothing else.
import {
	compareAnswer,
	compareCallbacks,
	compareCounts,
	comparePlaced,
	isSameText,
	parsed,
	type Difference,
	type PlacedField,
} from './compare.mjs';
import {
	asError,
	type ActStep,
	type AtOnceStep,
	type CallbacksStep,
	type CallStep,
	type Json,
	type PlacedStep,
	type Scenario,
	type SetStep,
	type Step,
} from './scenario.mjs';
import { address, filled, send, setUpStage, type Stage } from './stage.mjs';

export interface StepDifference {
	number: number;
	note: string;
	difference: Difference;
}

/** What a step of the recording was followed by: calls to throttled paths are paced, a burst stands alone. */
const PACE_MS = 230;
const AROUND_BURST_MS = 1300;
const PACED = ['/document/file', '/annex/file', '/contract/draft', '/contract/document/download'];

export async function play(scenario: Scenario, files: string[]): Promise<StepDifference[]> {
	const stage = await setUpStage(files);
	const differences: StepDifference[] = [];
	try {
		for (const { number, note, step } of scenario.steps) {
			const found = await playStep(stage, step).catch((error: unknown) => [asError(error).message]);
			differences.push(...found.map((difference) => ({ number, note, difference })));
		}
	} finally {
		await stage.sandbox.close();
		await stage.receiver.close();
	}
	return differences;
}

async function playStep(stage: Stage, step: Step | Error): Promise<Difference[]> {
	if (step instanceof Error) return [step.message];
	switch (step.kind) {
		case 'call':
			return await playCall(stage, step);
		case 'atOnce':
			return await playAtOnce(stage, step);
		case 'act':
			return playAct(stage, step);
		case 'callbacks':
			return await playCallbacks(stage, step);
		case 'placed':
			return playPlaced(stage, step);
		case 'set':
			return playSet(stage, step);
	}
}

async function playCall(stage: Stage, step: CallStep): Promise<Difference[]> {
	const given = await send(stage, step);
	if (PACED.includes(step.call.split(' ')[1])) stage.pass(PACE_MS);
	const json = parsed(given.body);
	for (const [name, path] of Object.entries(step.save)) {
		const value = valueAt(json, path);
		if (value !== undefined) stage.saved.set(name, String(value));
	}
	noteKeywords(stage, step, json);
	const { answer } = step;
	return compareAnswer(
		{
			...answer,
			json: answer.json === undefined ? undefined : filled(stage, answer.json),
			headers: answer.headers && filled(stage, answer.headers),
		},
		given,
	);
}

function valueAt(json: Json | undefined, path: string): Json | undefined {
	let value: Json | undefined = json;
	for (const part of path.split('.')) {
		if (typeof value !== 'object' || value === null) return undefined;
		value = Array.isArray(value) ? value[Number(part)] : value[part];
	}
	return value;
}

function noteKeywords(stage: Stage, { params }: CallStep, json: Json | undefined): void {
	const contractId = valueAt(json, 'result.contractId');
	if (typeof contractId !== 'string') return;
	if (JSON.stringify(params ?? {}).includes('"signPositionType":"KEYWORD"'))
		stage.byKeyword.add(contractId);
}

async function playAtOnce(stage: Stage, step: AtOnceStep): Promise<Difference[]> {
	stage.pass(AROUND_BURST_MS);
	const answers = await Promise.all(
		Array.from({ length: step.times }, async () => await send(stage, step)),
	);
	stage.pass(AROUND_BURST_MS);
	const expected = Object.entries(step.answers).map(([text, count]) => [
		filled(stage, text),
		count,
	]);
	return compareCounts(Object.fromEntries(expected), answers);
}

function playAct(stage: Stage, step: ActStep): Difference[] {
	const { control } = stage.sandbox;
	const contract = filled(stage, step.contract);
	const { contact, reason, values } = step;
	const acts: Record<ActStep['act'], () => void> = {
		sign: () => control.sign(contract, contact),
		reject: () => control.refuseSign(contract, contact, reason),
		fill: () => control.write(contract, contact, values && filled(stage, values)),
		'reject to fill': () => control.refuseWrite(contract, contact, reason),
		'console: recall': () => control.recall(contract, reason),
		'console: delete': () => control.remove(contract),
		'console: restore': () => control.restore(contract),
		'console: send': () => control.start(contract),
		'console: deadline': () => control.delay(contract, filled(stage, step.date ?? '')),
	};
	let refused: string | undefined;
	try {
		acts[step.act]();
	} catch (error) {
		refused = asError(error).message;
	}
	if (step.refused === undefined)
		return refused === undefined ? [] : [`${step.act}: refused with ${refused}`];
	const expected = filled(stage, step.refused);
	if (refused === undefined) return [`${step.act}: expected the refusal ${expected}, got none`];
	return isSameText(expected, refused)
		? []
		: [`${step.act}: expected the refusal ${expected}, got ${refused}`];
}

async function playCallbacks(stage: Stage, step: CallbacksStep): Promise<Difference[]> {
	await stage.sandbox.callbacks.idle();
	const contractId = filled(stage, step.contract);
	const all = stage.receiver.heard
		.map(({ body }) => parsed(body) ?? body.toString())
		.filter((body) => valueAt(body, 'contractId') === contractId);
	const before = stage.heard.get(contractId) ?? 0;
	stage.heard.set(contractId, all.length);
	return compareCallbacks(filled(stage, step.are), all.slice(before));
}

function playPlaced(stage: Stage, step: PlacedStep): Difference[] {
	const contractId = filled(stage, step.contract);
	const placed = stage.sandbox.control
		.placed(contractId)
		.map(
			({ control, page, x, y, width, height, pageWidth, pageHeight, byKeyword }): PlacedField => ({
				field: { control, page, x, y, width, height, pageWidth, pageHeight },
				byKeyword: byKeyword && stage.byKeyword.has(contractId),
			}),
		);
	return comparePlaced(filled(stage, step.are), placed);
}

function playSet(stage: Stage, { set }: SetStep): Difference[] {
	const { control, switches } = stage.sandbox;
	if (set.callbackUrl !== undefined)
		control.setCallbackUrl(set.callbackUrl === null ? undefined : address(stage, set.callbackUrl));
	if (set.silentSigning !== undefined) switches.silentSigning = set.silentSigning;
	if (set.acknowledge !== undefined) stage.acknowledge(set.acknowledge);
	if (set.downloaders !== undefined) control.setDownloaders('free', set.downloaders ?? undefined);
	if (set.tokenEnabled !== undefined) control.setTokenEnabled(set.tokenEnabled);
	if (set.line !== undefined) control.setLine('free', set.line);
	return [];
}
