// Reads a recorded scenario; what nobody knows how to play or compare is an error.
import { readFileSync } from 'node:fs';
import {
	ACTS,
	asError,
	LINES,
	type Acknowledgement,
	type Common,
	type ExpectedAnswer,
	type Json,
	type JsonObject,
	type NumberedStep,
	type Request,
	type Scenario,
	type Setting,
	type Step,
} from './scenario.mjs';

const isObject = (value: unknown): value is JsonObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads the fields of an object and refuses those it does not know. */
function fieldsOf(value: unknown, what: string) {
	if (!isObject(value)) throw new Error(`${what} is no object`);
	const left = new Set(Object.keys(value));
	const take = <T extends Json>(
		name: string,
		isRight: (field: Json) => field is T,
		kind: string,
	): T | undefined => {
		left.delete(name);
		const field = value[name];
		if (field === undefined) return undefined;
		if (!isRight(field)) throw new Error(`${what}: ${name} is no ${kind}`);
		return field;
	};
	const needed = <T,>(name: string, field: T | undefined): T => {
		if (field === undefined) throw new Error(`${what} has no ${name}`);
		return field;
	};
	const isText = (field: Json): field is string => typeof field === 'string';
	const isNumber = (field: Json): field is number => typeof field === 'number';
	const isFlag = (field: Json): field is boolean => typeof field === 'boolean';
	const isTexts = (field: Json): field is Record<string, string> =>
		isObject(field) && Object.values(field).every(isText);
	const isList = (field: Json): field is Json[] => Array.isArray(field);
	const isAnything = (_field: Json): _field is Json => true;
	return {
		has: (name: string) => name in value,
		text: (name: string) => take(name, isText, 'text'),
		number: (name: string) => take(name, isNumber, 'number'),
		flag: (name: string) => take(name, isFlag, 'true or false'),
		object: (name: string) => take(name, isObject, 'object'),
		texts: (name: string) => take(name, isTexts, 'object of texts'),
		list: (name: string) => take(name, isList, 'list'),
		any: (name: string) => take(name, isAnything, 'value'),
		needed,
		/** Null stands for "none". */
		orNull<T>(name: string, read: (name: string) => T | undefined): T | null | undefined {
			if (value[name] !== null) return read(name);
			left.delete(name);
			return null;
		},
		end() {
			if (left.size > 0) throw new Error(`${what} of an unknown form: ${[...left].join(', ')}`);
		},
	};
}

type Fields = ReturnType<typeof fieldsOf>;

function oneOf<T extends string>(text: string, known: readonly T[], what: string): T {
	const found = known.find((word) => word === text);
	if (found === undefined) throw new Error(`unknown ${what}: ${text}`);
	return found;
}

function requestOf(fields: Fields): Request {
	const common = fields.object('common');
	const request = {
		call: fields.needed('call', fields.text('call')),
		params: fields.object('params'),
		common: common && commonOf(common),
		body: fields.text('body'),
		headers: fields.texts('headers'),
	};
	if (!/^[A-Z]+ \/\S*$/.test(request.call)) throw new Error(`call is no method and path`);
	return request;
}

function commonOf(value: JsonObject): Common {
	const fields = fieldsOf(value, 'common');
	const names = fields.needed('without', fields.list('without'));
	fields.end();
	return {
		without: names.map((name) => {
			if (typeof name !== 'string') throw new Error('common: without is no list of names');
			return name;
		}),
	};
}

function answerOf(value: Json): ExpectedAnswer {
	const fields = fieldsOf(value, 'answer');
	const answer = {
		status: fields.needed('status', fields.number('status')),
		type: fields.needed('type', fields.text('type')),
		json: fields.any('json'),
		begins: fields.text('begins'),
		headers: fields.texts('headers'),
	};
	fields.end();
	if ((answer.json === undefined) === (answer.begins === undefined))
		throw new Error('answer has neither or both of json and begins');
	return answer;
}

function countsOf(value: JsonObject): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const [answer, count] of Object.entries(value)) {
		if (typeof count !== 'number') throw new Error(`answers: how often is ${answer}?`);
		counts[answer] = count;
	}
	return counts;
}

function objectsIn(list: Json[], what: string): JsonObject[] {
	return list.map((item) => {
		if (!isObject(item)) throw new Error(`${what} holds something that is no object`);
		return item;
	});
}

function settingOf(value: JsonObject): Setting {
	const fields = fieldsOf(value, 'set');
	const acknowledge = fields.orNull('acknowledge', fields.object);
	const line = fields.text('line');
	const setting: Setting = {
		callbackUrl: fields.orNull('callbackUrl', fields.text),
		silentSigning: fields.flag('silentSigning'),
		acknowledge: acknowledge && acknowledgementOf(acknowledge),
		downloaders: fields.orNull('downloaders', fields.number),
		tokenEnabled: fields.flag('tokenEnabled'),
		line: line === undefined ? undefined : oneOf(line, LINES, 'state of the line'),
	};
	fields.end();
	if (Object.values(setting).every((item) => item === undefined)) throw new Error('set is empty');
	return setting;
}

function acknowledgementOf(value: JsonObject): Acknowledgement {
	const fields = fieldsOf(value, 'acknowledge');
	const answer = {
		status: fields.needed('status', fields.number('status')),
		body: fields.needed('body', fields.text('body')),
	};
	fields.end();
	return answer;
}

const READERS: Record<string, (fields: Fields) => Step> = {
	atOnce: (fields) => ({
		kind: 'atOnce',
		times: fields.needed('atOnce', fields.number('atOnce')),
		...requestOf(fields),
		answers: countsOf(fields.needed('answers', fields.object('answers'))),
	}),
	call: (fields) => ({
		kind: 'call',
		...requestOf(fields),
		save: fields.texts('save') ?? {},
		answer: answerOf(fields.needed('answer', fields.any('answer'))),
	}),
	act: (fields) => ({
		kind: 'act',
		act: oneOf(fields.needed('act', fields.text('act')), ACTS, 'act'),
		contract: fields.needed('contract', fields.text('contract')),
		contact: fields.text('contact'),
		reason: fields.text('reason'),
		date: fields.text('date'),
		values: fields.texts('values'),
		refused: fields.text('refused'),
	}),
	callbacks: (fields) => {
		// For people.
		fields.text('since');
		return {
			kind: 'callbacks',
			contract: fields.needed('callbacks', fields.text('callbacks')),
			are: objectsIn(fields.needed('are', fields.list('are')), 'are'),
		};
	},
	placed: (fields) => ({
		kind: 'placed',
		contract: fields.needed('placed', fields.text('placed')),
		are: objectsIn(fields.needed('are', fields.list('are')), 'are'),
	}),
	set: (fields) => ({
		kind: 'set',
		set: settingOf(fields.needed('set', fields.object('set'))),
	}),
};

/** A step, or an error where nobody knows what it means. */
export function stepOf(value: unknown): Step {
	const fields = fieldsOf(value, 'step');
	fields.text('note');
	const kind = Object.keys(READERS).find((name) => fields.has(name));
	if (kind === undefined) throw new Error('step of an unknown form');
	const step = READERS[kind](fields);
	fields.end();
	return step;
}

export function scenarioOf(file: string, value: unknown): Scenario {
	if (!isObject(value) || !Array.isArray(value.steps) || value.steps.length === 0)
		throw new Error('it has no steps');
	const steps = value.steps.map((raw, index): NumberedStep => {
		const note = isObject(raw) && typeof raw.note === 'string' ? raw.note : '';
		try {
			return { number: index + 1, note, step: stepOf(raw) };
		} catch (error) {
			return { number: index + 1, note, step: asError(error) };
		}
	});
	return { file, name: typeof value.name === 'string' ? value.name : file, steps };
}

export const readScenario = (file: string, path: string): Scenario =>
	scenarioOf(file, JSON.parse(readFileSync(path, 'utf8')));
