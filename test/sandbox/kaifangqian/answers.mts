import type { Switches } from './switches.mjs';

// The three forms of answer (api/kaifangqian.md §3.1) and the codes of §3.2.

export const SUCCESS = 10000;
export const THROTTLED = 999999;
export const THROTTLED_TEXT = '请勿频繁操作';

export type PlatformRefusal = Error & { refusal: { code: number } };
export type GenericFailure = Error & { genericFailure: true };

/** A refusal in form 1, HTTP 200. */
export function refuse(code: number, message: string): never {
	throw Object.assign(new Error(message), { refusal: { code } });
}

/** An unexpected exception inside the platform: form 2. */
export function breakDown(detail: string): never {
	throw Object.assign(new Error(detail), { genericFailure: true as const });
}

export const missing = (field: string): never => refuse(21000, `${field} 参数缺失`);
export const blank = (field: string): never => refuse(22000, `${field} 参数不能为空`);
export const badFormat = (field: string, reason: string): never =>
	refuse(23000, `${field} 参数格式不正确,${reason}`);
export const badMobile = (field: string): never =>
	refuse(23001, `${field} 参数格式不正确,手机号不合法`);
export const unsupported = (field: string): never => refuse(24000, `${field} 参数类型不支持`);
export const businessRefusal = (reason: string): never => refuse(31000, `业务处理失败,${reason}`);

export const isRefusal = (error: unknown): error is PlatformRefusal =>
	error instanceof Error && 'refusal' in error;

export interface Answer {
	status: number;
	type: string;
	body: string;
}

const JSON_TYPE = 'application/json;charset=UTF-8';
const HTML_TYPE = 'text/html;charset=utf-8';

export function form1(
	code: number,
	message: string,
	result: unknown,
	switches: Switches,
	now: number,
): Answer {
	const envelope: Record<string, unknown> = {
		code: switches.codeAsString ? String(code) : code,
		message,
	};
	if (result !== undefined) envelope.result = result;
	else if (switches.nullResult) envelope.result = null;
	envelope.timestamp = now;
	return { status: 200, type: JSON_TYPE, body: JSON.stringify(envelope) };
}

export function form2(
	switches: Switches,
	now: number,
	detail = '系统异常',
	code = switches.form2Code,
): Answer {
	const body = {
		success: false,
		message: `操作失败，${detail}`,
		code,
		result: null,
		timestamp: now,
	};
	return { status: switches.form2Status, type: JSON_TYPE, body: JSON.stringify(body) };
}

export function form3(detail = 'Internal Server Error'): Answer {
	const body =
		'<!doctype html><html lang="en"><head><title>HTTP Status 500 – Internal Server Error</title></head>' +
		`<body><h1>HTTP Status 500 – Internal Server Error</h1><p>${detail}</p></body></html>`;
	return { status: 500, type: HTML_TYPE, body };
}

/** Which form carries 999999 is not known (§3.2), so all three exist. */
export function throttled(form: 1 | 2 | 3, switches: Switches, now: number): Answer {
	if (form === 1) return form1(THROTTLED, THROTTLED_TEXT, undefined, switches, now);
	if (form === 2) return form2(switches, now, THROTTLED_TEXT, THROTTLED);
	return form3(`${THROTTLED} ${THROTTLED_TEXT}`);
}

export const htmlAnswer = (status: number, body: string): Answer => ({
	status,
	type: HTML_TYPE,
	body,
});
