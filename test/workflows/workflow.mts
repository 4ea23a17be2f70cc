/** How a ready workflow is written down here, and how it becomes what n8n imports. */
import { createHash } from 'node:crypto';
import type { IDataObject, INode } from 'n8n-workflow';
import { noteStep } from './note.mjs';

export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Both languages side by side; the one that is made is given back. */
export type Say = (en: string, zh: string) => string;

/** A node, without what follows from its place. */
export interface Step {
	/** The same in all languages; its IDs come from it. */
	key: string;
	name: string;
	type: string;
	typeVersion: number;
	parameters: IDataObject;
	/** Column and row on the canvas; halves are allowed. */
	at: [column: number, row: number];
	/** Types of the credentials that it needs. */
	credentials?: string[];
	/** It listens at an address of its own. */
	listens?: boolean;
	/** Everything else that n8n stores beside the parameters, such as `onError`. */
	settings?: Partial<INode>;
}

type Targets = Step | Array<Step | [step: Step, input: number]>;
type Outputs = Targets[];

export interface Drawing {
	name: string;
	note: string;
	/** Pixels; the note is as wide as the workflow unless told. */
	noteWidth?: number;
	steps: Step[];
	/** What follows what: one entry for each output. */
	edges: Array<[from: Step, outputs: Outputs, kind?: string]>;
	/** Sample data of a trigger, so that the workflow can be tried without an event. */
	pinned?: Array<[Step, IDataObject]>;
}

export interface ReadyWorkflow {
	/** Without `.json`. */
	file: string;
	draw(say: Say): Drawing;
}

export const COLUMN = 220;
export const ROW = 160;

const uuidOf = (...parts: string[]): string =>
	createHash('sha256')
		.update(parts.join('/'))
		.digest('hex')
		.slice(0, 32)
		.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');

/** What n8n shows in place of a credential that is still to be chosen. */
const CREDENTIAL_NAMES: Record<string, string> = {
	cnEsignApi: 'CN E-Sign account',
	smtp: 'SMTP account',
	openAiApi: 'OpenAI account',
	httpBasicAuth: 'Basic Auth account',
};

const toNode = (file: string, language: Language, step: Step): INode => {
	const { key, name, type, typeVersion, at, parameters, credentials = [] } = step;
	return {
		id: uuidOf(file, key),
		name,
		type,
		typeVersion,
		position: [Math.round(at[0] * COLUMN), Math.round(at[1] * ROW)],
		...(step.listens ? { webhookId: uuidOf(language, file, key) } : {}),
		...(credentials.length > 0
			? {
					credentials: Object.fromEntries(
						credentials.map((credential) => [
							credential,
							{ id: '', name: CREDENTIAL_NAMES[credential] },
						]),
					),
				}
			: {}),
		...step.settings,
		parameters: parameters as INode['parameters'],
	};
};

const targetsOf = (targets: Targets): Array<readonly [Step, number]> =>
	(Array.isArray(targets) ? targets : [targets]).map((target) =>
		Array.isArray(target) ? target : ([target, 0] as const),
	);

export interface WorkflowFile {
	name: string;
	nodes: INode[];
	connections: Record<
		string,
		Record<string, Array<Array<{ node: string; type: string; index: number }>>>
	>;
	settings: { executionOrder: 'v1' };
	pinData: Record<string, Array<{ json: IDataObject }>>;
}

export const sayIn =
	(language: Language): Say =>
	(en, zh) =>
		language === 'en' ? en : zh;

/** The workflow in one language, as it stands in `docs/workflows`. */
export function makeWorkflow(workflow: ReadyWorkflow, language: Language): WorkflowFile {
	return makeWith(workflow, language, sayIn(language));
}

/** The same with texts of one's own. */
export function makeWith(
	{ file, draw }: ReadyWorkflow,
	language: Language,
	say: Say,
): WorkflowFile {
	const drawing = draw(say);
	const { name, steps, edges, pinned = [] } = drawing;
	const missing = edges
		.flatMap(([from, outputs]) => [from, ...outputs.flatMap(targetsOf).map(([step]) => step)])
		.find((step) => !steps.includes(step));
	if (missing) throw new Error(`${file}: '${missing.name}' is connected, but not on the canvas`);
	const connections: WorkflowFile['connections'] = {};
	for (const [from, outputs, kind = 'main'] of edges) {
		(connections[from.name] ??= {})[kind] = outputs.map((targets) =>
			targetsOf(targets).map(([step, index]) => ({ node: step.name, type: kind, index })),
		);
	}
	return {
		name,
		nodes: [noteStep(drawing, say), ...steps].map((step) => toNode(file, language, step)),
		connections,
		settings: { executionOrder: 'v1' },
		pinData: Object.fromEntries(pinned.map(([step, json]) => [step.name, [{ json }]])),
	};
}

/** The names of a workflow's nodes by their keys, which are the same in all languages. */
export function namesOf({ draw }: ReadyWorkflow, language: Language): Record<string, string> {
	return Object.fromEntries(draw(sayIn(language)).steps.map(({ key, name }) => [key, name]));
}

/**
 * What stands in a workflow of this language in the place of an English text: names, labels, columns. Texts
 * that hold others are not among them.
 */
export function wordsOf(workflow: ReadyWorkflow, language: Language): (english: string) => string {
	const words = new Map<string, string>();
	workflow.draw((en, zh) => {
		words.set(en, language === 'en' ? en : zh);
		return en;
	});
	return (english) => {
		const word = words.get(english);
		if (word === undefined) throw new Error(`${workflow.file} does not say '${english}'`);
		return word;
	};
}
