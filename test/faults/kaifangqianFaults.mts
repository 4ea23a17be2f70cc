/** How Kaifangqian's published server refuses, and how it mixes up contracts. */
import type { Spoiling } from '../sandbox/kaifangqian/switches.mjs';
import {
	afterwards,
	always,
	answering,
	fine,
	JSON_TYPE,
	type Expected,
	type Fault,
	type Said,
	type Target,
} from './fault.mjs';
import { endToEnd, type RequestFault } from './proxy.mjs';

const isOneOf = (path: string, ...paths: string[]) => paths.some((one) => path.endsWith(one));
const takesFiles = ({ path }: Target) => isOneOf(path, '/document/file', '/annex/file');
const savesDraft = ({ path, starts }: Target) => isOneOf(path, '/contract/draft') && !starts;
const isRolledBack = ({ path }: Target) =>
	isOneOf(path, '/contract/recall', '/contract/finish', '/contract/approval');

const TOO_LONG = '字段太长,超出数据库字段的长度';
const NUMBER_FORMAT = '操作失败，For input string: "120.0"';
const NO_ORDER = '操作失败，Cannot parse null string: null';

/** What the generic form says about a call (docs/api/kaifangqian.md, 3.1). */
export const form2Says = (target: Target, message: string): Expected => {
	const nothingDone =
		target.kind !== 'changes' ||
		takesFiles(target) ||
		savesDraft(target) ||
		(target.starts !== undefined && [NUMBER_FORMAT, NO_ORDER].includes(message)) ||
		(message === TOO_LONG && isRolledBack(target));
	return { said: nothingDone ? 'refused' : 'unknown', calls: 1 };
};

const form1 = (code: number | null, message: string) =>
	JSON.stringify({ code, message, result: null, timestamp: 1_764_000_000_000 });
const form2 = (message: string, code = 500) =>
	JSON.stringify({ success: false, message, code, result: null, timestamp: 1_764_000_000_000 });
const FORM_3 =
	'{"success":true,"message":"应用Token失效，请重新授权!","code":401,"result":null,"timestamp":1764000000000}';

const saying = (body: string, status = 200) => answering(status, JSON_TYPE, body);
const sayingAfterwards = (body: string) =>
	afterwards((exchange) => exchange.answer(200, JSON_TYPE, body));

/** Calls that the generic form leaves in doubt: only these can have been carried out. */
const inDoubt = (message: string) => (target: Target) =>
	form2Says(target, message).said === 'unknown';

const BROKEN = '操作失败，Cannot invoke "Object.toString()" because the return value is null';

/** The forms in which the published server refuses (docs/api/kaifangqian.md, 3.1 and 3.2). */
const forms: Fault[] = [
	...[BROKEN, TOO_LONG].flatMap((message): Fault[] => {
		const name = `form 2${message === TOO_LONG ? ', 字段太长' : ''}`;
		return [
			{
				name: `${name}, nothing done`,
				where: 'request',
				request: saying(form2(message)),
				expected: (target) => form2Says(target, message),
			},
			{
				name: `${name}, after the work`,
				where: 'request',
				strikes: inDoubt(message),
				request: sayingAfterwards(form2(message)),
				expected: always('unknown', 1),
			},
		];
	}),
	{
		name: 'form 2, For input string',
		where: 'request',
		request: saying(form2(NUMBER_FORMAT)),
		expected: (target) => form2Says(target, NUMBER_FORMAT),
	},
	{
		name: 'form 2, Cannot parse null string',
		where: 'request',
		request: saying(form2(NO_ORDER)),
		expected: (target) => form2Says(target, NO_ORDER),
	},
	{
		name: 'form 2, the wrong method (405)',
		where: 'request',
		request: saying(form2('不支持GET请求方法，支持以下POST、', 405)),
		expected: always('refused', 1),
	},
	{
		name: 'code null',
		where: 'request',
		request: saying(form1(null, '签署日期控件-时间格式不能为空')),
		expected: always('refused', 1),
	},
	{
		name: 'form 3 (HTTP 401)',
		where: 'request',
		request: saying(FORM_3, 401),
		expected: always('refused', 1),
	},
	{
		name: 'code 91000, nothing done',
		where: 'request',
		request: saying(form1(91000, '服务器未知错误')),
		expected: ({ kind }) => ({ said: kind === 'changes' ? 'unknown' : 'refused', calls: 1 }),
	},
	{
		name: 'code 91000, after the work',
		where: 'request',
		strikes: ({ kind }) => kind === 'changes',
		request: sayingAfterwards(form1(91000, '服务器未知错误')),
		expected: always('unknown', 1),
	},
];

const goesAlone = ({ alone }: Target) => alone === true;
const starts = ({ starts: how }: Target) => how !== undefined;

const MET = saying(form1(31000, '驱动流程错误：操作类型不支持'));

/** A start is spoiled by the platform itself, which keeps what is left of it; the other calls are refused. */
const spoiled = (how: Spoiling): Fault['request'] => {
	return (around): RequestFault =>
		around.struck.starts
			? async (exchange) => {
					around.spoil(how);
					const { status, headers, body } = await exchange.forward();
					exchange.answer(status, endToEnd(headers), body);
				}
			: MET();
};

/** Contracts that ask somebody, or have asked. */
const ASKED: Record<Spoiling, number> = {
	refused: 0,
	signingWithoutTask: 0,
	stuckInStart: 0,
	completeUnsigned: 1,
	askedTwice: 1,
};

/** What was granted and asks nobody is put right where somebody looks. */
const granted = (
	name: string,
	how: Spoiling,
	said: Said,
	calls: number,
	asking: number,
): Fault => ({
	name,
	where: 'request',
	strikes: starts,
	times: name.endsWith('once') ? 1 : undefined,
	request: spoiled(how),
	// Nobody looks after API: Request.
	expected: ({ starts: looks }) =>
		looks === 'unseen' ? { said: 'done', calls: 1, asking: ASKED[how] } : { said, calls, asking },
});

/** What the published server does to calls that meet others (docs/api/kaifangqian.md, 3.4). */
const mixUps: Fault[] = [
	...[1, Infinity].map((times): Fault => ({
		name: `refused, ${times === 1 ? 'once' : 'for ever'}`,
		where: 'request',
		strikes: goesAlone,
		times,
		request: spoiled('refused'),
		expected: ({ starts: looks }) => {
			if (looks !== 'looked at') return { said: 'refused', calls: 1 };
			return times === 1 ? fine(2)() : { said: 'refused', calls: 3 };
		},
	})),
	granted('being signed by nobody, once', 'signingWithoutTask', 'done', 2, 1),
	granted('being signed by nobody, for ever', 'signingWithoutTask', 'nobody asked', 2, 0),
	granted('stuck in START, once', 'stuckInStart', 'done', 2, 1),
	granted('stuck in START, for ever', 'stuckInStart', 'nobody asked', 3, 0),
	granted('completed and not signed', 'completeUnsigned', 'mixed up', 1, 1),
	granted('somebody asked twice', 'askedTwice', 'mixed up', 1, 1),
];

export const kaifangqianFaults: Array<[heading: string, faults: Fault[]]> = [
	['How the published server refuses', forms],
	['Calls that the published server mixes up', mixUps],
];
