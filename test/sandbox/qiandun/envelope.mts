/**
 * The answer of every call: `{ result, code, msg, logKey, ts, success? }` (docs/api/qiandun.md, 3).
 */
import { randomBytes } from 'node:crypto';

/** Every code the vendor documents, with its own message. No other code is ever answered. */
export const MESSAGES = {
	'200': '成功',
	'400': '参数错误.',
	'500': '服务繁忙,请重试.',
	oc_10011: '用户未认证',
	oc_20001: '印章不存在',
	oc_20002: '当前印章已授权',
	oc_30005: '上传文件格式不支持',
	oc_30006: '文件处理失败',
	oc_40001: '签署截止时间不能超过12个月',
	oc_40002: '签署截止时间不能小于当前时间',
	oc_40003: '签署方不可重复',
	oc_40005: '签署记录不存在或状态异常',
	oc_40006: '合同不存在或状态异常',
	oc_40014: '合同doc文件不能重复',
	oc_40016: '签署位置不能重复',
	oc_40020: '单页合同文件不能进行骑缝签章',
	oc_40025: '企业必须认证后才能获取静默签授权链接',
	oc_40026: '未认证个人用户进行静默签署授权操作时,创建该用户时必须上传姓名与身份证号',
	oc_40027: '同一签署方不能同时配置静默签和普通签署',
} as const;

export type Code = keyof typeof MESSAGES;
export type RefusalCode = Exclude<Code, '200'>;

export type Answer = { code: Code; result: unknown };

export const ok = (result: unknown): Answer => ({ code: '200', result });

/** Refusals carry `result: null` (docs/api/qiandun.md, 9.8). */
export const refuse = (code: RefusalCode): Answer => ({ code, result: null });

export interface EnvelopeForm {
	now: number;
	omitSuccess: boolean;
	numericCode: boolean;
	bigIntegers: boolean;
}

export function envelope(answer: Answer, form: EnvelopeForm): string {
	// `oc_…` codes are no numbers, so the switch can only reach 200, 400 and 500.
	const code = form.numericCode && /^\d+$/.test(answer.code) ? Number(answer.code) : answer.code;
	return stringify({
		result: form.bigIntegers ? withBareIds(answer.result) : answer.result,
		code,
		msg: MESSAGES[answer.code],
		logKey: randomBytes(4).toString('hex'),
		ts: String(form.now),
		...(form.omitSuccess ? {} : { success: answer.code === '200' }),
	});
}

/** JSON with bigints written digit by digit, which `JSON.stringify` refuses to do. */
function stringify(value: unknown): string {
	if (typeof value === 'bigint') return value.toString();
	if (Array.isArray(value)) return `[${value.map((entry) => stringify(entry ?? null)).join(',')}]`;
	if (value !== null && typeof value === 'object') {
		const members = Object.entries(value)
			.filter(([, entry]) => entry !== undefined)
			.map(([key, entry]) => `${JSON.stringify(key)}:${stringify(entry)}`);
		return `{${members.join(',')}}`;
	}
	return JSON.stringify(value);
}

/**
 * Ids above 2^53 as bare JSON integers: the vendor's samples have them as strings, but `sealId` is a
 * number in one endpoint and a string in another (docs/api/qiandun.md, 8, trap 9), so a client must survive
 * both. Only `…Id` members change; an 18-digit ID card number (`…Num`) stays the text it is.
 */
function withBareIds(value: unknown, key = ''): unknown {
	if (typeof value === 'string' && /Id$/.test(key) && /^[1-9]\d{15,}$/.test(value))
		return BigInt(value);
	if (Array.isArray(value)) return value.map((entry) => withBareIds(entry, key));
	if (value !== null && typeof value === 'object') {
		return Object.fromEntries(
			Object.entries(value).map(([name, entry]) => [name, withBareIds(entry, name)]),
		);
	}
	return value;
}
