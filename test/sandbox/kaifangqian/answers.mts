import type { Switches } from './switches.mjs';

// The three forms of answer (docs/api/kaifangqian.md 3.1) and how a call ends with a refusal.

/** `code` null: an internal refusal. */
export type Refusal = Error & { refusal: { code: number | null } };
export type GenericFailure = Error & { genericFailure: true };

/** A refusal in form 1, HTTP 200. */
export function refuse(code: number | null, message: string): never {
	throw Object.assign(new Error(message), { refusal: { code } });
}

function failGenerically(message: string): never {
	throw Object.assign(new Error(message), { genericFailure: true as const });
}

/** An unexpected exception inside the platform: form 2. */
export const breakDown = (detail: string): never => failGenerically(`操作失败，${detail}`);

/** The database does not take a text: form 2. */
export const tooLong = (): never => failGenerically('字段太长,超出数据库字段的长度');

export const missing = (field: string): never => refuse(21000, `${field}参数缺失`);
export const badFormat = (field: string, reason: string): never =>
	refuse(23000, `${field}参数格式不正确${reason}`);
export const businessRefusal = (reason: string): never => refuse(31000, `业务处理失败,${reason}`);
/** Some of the server's refusals come without 业务处理失败 in front. */
export const plainRefusal = (text: string): never => refuse(31000, text);
/** Form 1 with `code` null, or form 3 where `operatorAccount` was not sent. */
export const internalRefusal = (text: string): never => refuse(null, text);

export const isRefusal = (error: unknown): error is Refusal =>
	error instanceof Error && 'refusal' in error;
export const isGenericFailure = (error: unknown): error is GenericFailure =>
	error instanceof Error && 'genericFailure' in error;

export interface Answer {
	status: number;
	type: string;
	body: string;
}

const JSON_TYPE = 'application/json;charset=UTF-8';
const HTML_TYPE = 'text/html;charset=utf-8';

const asJson = (status: number, body: object): Answer => ({
	status,
	type: JSON_TYPE,
	body: JSON.stringify(body),
});

export const SUCCESS = 10000;

export function form1(
	code: number | null,
	message: string,
	result: unknown,
	switches: Switches,
	now: number,
): Answer {
	const sent = switches.codeAsString && code !== null ? String(code) : code;
	return asJson(200, { code: sent, message, result: result ?? null, timestamp: now });
}

export const form2 = (message: string, now: number, code = 500): Answer =>
	asJson(200, { success: false, message, code, result: null, timestamp: now });

/** The login filter in front of the platform's back end. */
export const form3 = (now: number): Answer =>
	asJson(401, {
		success: true,
		message: '应用Token失效，请重新授权!',
		code: 401,
		result: null,
		timestamp: now,
	});

/** The throttle's refusal is an internal one. */
export const throttled = (hasOperatorAccount: boolean, switches: Switches, now: number): Answer =>
	hasOperatorAccount ? form1(999999, '请勿频繁操作', null, switches, now) : form3(now);

export const wrongMethod = (sent: string, right: string, now: number): Answer =>
	form2(`不支持${sent}请求方法，支持以下${right}、`, now, 405);

export const htmlAnswer = (status: number, body: string): Answer => ({
	status,
	type: HTML_TYPE,
	body,
});
