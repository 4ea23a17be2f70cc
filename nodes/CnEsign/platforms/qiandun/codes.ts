/** What to do about a refusal, by the platform's code (docs/api/qiandun.md, 3). */
export const hints: Record<string, string> = {
	'500':
		'The platform is busy (服务繁忙). Wait a little and run the item again; if it persists, ask its support.',
	'400':
		'A parameter does not fit (参数错误). Compare the values of this item with the page of this call in the documentation of the vendor.',
	oc_10011:
		'The user is not verified yet (用户未认证). Send them a verification link first (Identity → Get Person Link).',
	oc_20001:
		'There is no seal with this ID (印章不存在). Check the seal ID; sandbox and production have different ones.',
	oc_20002: 'The seal is already authorized (当前印章已授权): no new link is needed.',
	oc_30005:
		'The platform does not take this kind of file (上传文件格式不支持). Use a format that it supports for contracts and attachments.',
	oc_30006:
		'The platform could not process the file (文件处理失败). Start the contract again; if it persists, ask its support.',
	oc_40001:
		'The signing deadline is more than 12 months ahead (签署截止时间不能超过12个月). Choose an earlier one.',
	oc_40002:
		'The signing deadline is in the past (签署截止时间不能小于当前时间). Choose a later one.',
	oc_40003: 'A signer is named twice (签署方不可重复). Name each signer once.',
	oc_40005:
		'There is no such signing record, or it is in another state (签署记录不存在或状态异常). Check the contract and the account.',
	oc_40006:
		'There is no such contract, or it is in another state (合同不存在或状态异常). Check the contract ID; sandbox and production have different ones.',
	oc_40014: 'A contract file is named twice (合同doc文件不能重复). Name each file once.',
	oc_40016: 'Two signing positions are the same (签署位置不能重复). Move or remove one of them.',
	oc_40020:
		'A paging seal needs a file with more than one page (单页合同文件不能进行骑缝签章). Choose a normal position.',
	oc_40025:
		'The company must be verified before its seals can be authorized (企业必须认证后才能获取静默签授权链接).',
	oc_40026:
		'This person is not verified and was created without name and ID number (未认证个人用户…必须上传姓名与身份证号). Complete their data first.',
	oc_40027:
		'One signer has both silent and normal signing fields (同一签署方不能同时配置静默签和普通签署). Enter an authorization code in all fields of a signer, or none.',
};

// docs/api/qiandun.md, 3.
export const SUCCESS = '200';
export const BUSY = '500';
export const BAD_PARAMETER = '400';

const FAMILIES: Array<[string, string]> = [
	['oc_1', 'The code belongs to the codes about users.'],
	['oc_2', 'The code belongs to the codes about seals.'],
	['oc_3', 'The code belongs to the codes about files.'],
	['oc_4', 'The code belongs to the codes about contracts.'],
];

/** What to do about a code. The list is not complete; the families are UNVERIFIED (docs/api/qiandun.md, 3). */
export function hintFor(code: string): string | undefined {
	return (
		(Object.hasOwn(hints, code) ? hints[code] : undefined) ??
		FAMILIES.find(([start]) => code.startsWith(start))?.[1]
	);
}

const whatToCheck =
	"Check 'App Key' and 'App Secret' in the credential, that 'Base URL' is of the same environment (sandbox or production), and the clock of the machine that runs n8n: it may be wrong by at most 15 minutes.";

/** For a refusal of the gateway itself, before the platform looked at the call. */
export const gatewayHint = `The platform's gateway did not let the call through. ${whatToCheck}`;

/** For BAD_PARAMETER: an envelope with this code may also be the gateway's refusal (docs/api/qiandun.md, 9.6). */
export const perhapsGatewayHint = `If the values fit, the signature may not have been accepted. ${whatToCheck}`;
