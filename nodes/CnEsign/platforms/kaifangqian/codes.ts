/** What to do about a refusal, by the platform's code (api/kaifangqian.md §3.2). */
export const hints: Record<string, string> = {
	'21000':
		'Kaifangqian misses a parameter; its message names it. Fill it in and run the item again.',
	'22000': 'A parameter is empty; the message names it. Fill it in and run the item again.',
	'23000': 'A parameter has the wrong form or length; the message names it and says why.',
	'23001': 'The mobile number is not valid: it has 11 digits and starts with 13 to 19.',
	'24000':
		'The platform does not know this kind of parameter. Check the values that you set by expression.',
	'24001':
		'The platform could not read the characters while checking the signature. Use UTF-8 text.',
	'25000': 'The platform takes JSON bodies only. Check the body of the request.',
	'26000':
		"The platform did not accept the signature. Check that 'RSA Private Key' in the credential belongs to the public key registered in the console under 接口授权.",
	'31000': 'The reason stands in the message. Correct it and run the item again.',
	'32000':
		'This account is already linked. Use the linked account, or unlink it in the console first.',
	'32001':
		'The company has no account on the platform yet. Register it first (Account → Register Company).',
	'32002':
		'The person has no account on the platform yet. Register them first (Account → Register Person).',
	'32003': 'The person has closed their account. Ask them to open one again.',
	'32004': 'The account has been closed. Use another account.',
	'40000': "The platform got no token. Fill in 'App Auth Token' in the credential.",
	'41000':
		"The platform does not know this token. Copy 'App Auth Token' again from the console: 接口授权 → 点击复制token.",
	'41001':
		'The platform did not accept the time of the request. Check the clock of the machine that runs n8n.',
	'41002': 'The platform saw this request twice. Run the item again.',
	'42000':
		'The authorisation is switched off. Ask an administrator to enable it in the console under 接口授权.',
	'51000':
		'The platform took a text for an attack on its database. Remove SQL words and quotes from your texts.',
	'52000':
		'The platform took a text for an attack on its pages. Remove HTML and scripts from your texts.',
	'91000':
		'The platform could not handle the request. Wait a little and try again; if it stays so, ask its support.',
	'999999':
		"The platform takes 5 calls per second for this operation, from all that comes from your address. Lower 'Calls per Second' in the options, or wait and run the item again.",
};

export const SUCCESS = '10000';
/** 服务器未知错误 (§3.2), or an HTTP status as code: whether it came before or after the work is unknown. */
export const UNKNOWN_TROUBLE = /^(?:91000|200|5\d\d)$/;
export const THROTTLED = '999999';
export const THROTTLED_TEXT = '请勿频繁操作';

// Reasons behind 31000 that were seen (§3.2), and what helps.
const reasons: Array<[string, string]> = [
	[
		'不支持的文件类型',
		'The platform looks at the content of the file, not only at its name. Signing files are PDF; Word and Excel work only where the installation can convert them.',
	],
	[
		'关联文档不存在',
		'A signing position names a document that this contract does not hold. Check the document IDs of the positions.',
	],
	[
		'签章授权不存在',
		'The person has not authorised their seal for this business line. They do so once, in the web console.',
	],
	['费用不足', 'The balance on the platform is used up. Top it up in the console.'],
];

/** The hint for a refusal. */
export const hintFor = (code: string, message: string): string | undefined =>
	reasons.find(([part]) => message.includes(part))?.[1] ??
	(Object.hasOwn(hints, code) ? hints[code] : undefined);
