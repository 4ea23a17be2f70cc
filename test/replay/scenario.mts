// Recorded exchanges as they are written down: test/observed/kaifangqian/README.md, "Steps".

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

export interface Common {
	without: string[];
}

export interface Request {
	call: string;
	params?: JsonObject;
	common?: Common;
	/** The raw body, sent as it is. */
	body?: string;
	headers?: Record<string, string>;
}

export interface ExpectedAnswer {
	status: number;
	type: string;
	json?: Json;
	begins?: string;
	headers?: Record<string, string>;
}

export interface CallStep extends Request {
	kind: 'call';
	save: Record<string, string>;
	answer: ExpectedAnswer;
}
export interface AtOnceStep extends Request {
	kind: 'atOnce';
	times: number;
	answers: Record<string, number>;
}
export interface ActStep {
	kind: 'act';
	act: Act;
	contract: string;
	contact?: string;
	reason?: string;
	date?: string;
	values?: Record<string, string>;
	refused?: string;
}
export interface CallbacksStep {
	kind: 'callbacks';
	contract: string;
	are: JsonObject[];
}
export interface PlacedStep {
	kind: 'placed';
	contract: string;
	are: JsonObject[];
}
export interface Acknowledgement {
	status: number;
	body: string;
}
export interface Setting {
	callbackUrl?: string | null;
	silentSigning?: boolean;
	acknowledge?: Acknowledgement | null;
	downloaders?: number | null;
	tokenEnabled?: boolean;
	line?: LineSetting;
}
export interface SetStep {
	kind: 'set';
	set: Setting;
}
export type Step = CallStep | AtOnceStep | ActStep | CallbacksStep | PlacedStep | SetStep;

export const ACTS = [
	'sign',
	'reject',
	'fill',
	'reject to fill',
	'console: recall',
	'console: delete',
	'console: restore',
	'console: send',
	'console: deadline',
] as const;
export type Act = (typeof ACTS)[number];

export const LINES = ['disabled', 'incomplete', 'no rights', 'deleted', 'usual'] as const;
export type LineSetting = (typeof LINES)[number];

/** A step in words: for messages. */
export interface NumberedStep {
	number: number;
	note: string;
	/** Why it cannot be played, instead of the step. */
	step: Step | Error;
}

export interface Scenario {
	/** The file's name without `.json`. */
	file: string;
	name: string;
	steps: NumberedStep[];
}

export const asError = (error: unknown): Error =>
	error instanceof Error ? error : new Error(String(error));
