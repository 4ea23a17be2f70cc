/** What to do about a refusal, by the platform's code (docs/api/kaifangqian.md, 3.2). */
export const hints: Record<string, string> = {
	'21000': 'A value is missing; the message names it. Fill it in and run the item again.',
	'22000':
		"The file has no name. Set 'File Name' under Options, or let the node before this one name the file.",
	'23000':
		'A value has the wrong form or length; the message names it. Correct it and run the item again.',
	'23001': 'The mobile number is not valid: it has 11 digits and starts with 13 to 19.',
	'24000':
		'The platform does not know this kind of parameter. Check the values that you set by expression.',
	'24001':
		'The platform could not read the characters while checking the signature. Use UTF-8 text.',
	'25000': 'The platform takes JSON bodies only. Check the body of the request.',
	'26000':
		"The platform did not accept the signature. Check that 'RSA Private Key' in the credential belongs to the public key registered in the admin console (运营后台) under 接口授权.",
	'31000':
		'The platform gives its reason in the message. Correct what it names, then run the item again; the same step in the company console (企业管理后台) shows more.',
	'32000':
		'This account is already linked. Use the linked account, or unlink it in the company console (企业管理后台) first.',
	'32001':
		'The company has no account on the platform yet. Register it first (Account → Register Company).',
	'32002':
		'The person has no account on the platform yet. Register them first (Account → Register Person).',
	'32003': 'The person has closed their account. Ask them to open one again.',
	'32004': 'The account has been closed. Use another account.',
	'40000': "The platform got no token. Fill in 'App Auth Token' in the credential.",
	'41000':
		"The platform does not know this token. Copy 'App Auth Token' again from the admin console (运营后台): 接口授权 → 点击复制token.",
	'41001':
		'The platform did not accept the time of the request. Check the clock of the machine that runs n8n.',
	'41002': 'The platform saw this request twice. Run the item again.',
	'42000':
		'The authorization is switched off. Ask an administrator to enable it in the admin console (运营后台) under 接口授权.',
	'51000':
		'The platform took a text for an attack on its database. Remove SQL words and quotes from your texts.',
	'52000':
		'The platform took a text for an attack on its pages. Remove HTML and scripts from your texts.',
	'91000':
		'The platform could not handle the request. Wait a little and try again; if it persists, ask its support.',
	'999999':
		"The platform takes 5 calls per second for this operation, from all that comes from your address. Lower 'Calls per Second' in the options, or wait and run the item again.",
};

// Codes are compared as text (docs/api/kaifangqian.md, 3.1 and 3.2).
export const SUCCESS = '10000';
export const THROTTLED = '999999';
export const THROTTLED_TEXT = '请勿频繁操作';

const DRAFT_LEFT = 'A draft is left in the company console (企业管理后台).';

/** What stands in the message when two calls that move contracts have met (docs/api/kaifangqian.md, 3.2). */
const MIXED_UP = ['驱动流程错误', '签署方不能为空', '签署位置计算失败', 'SignRu'];

/** Whether a refusal says that two calls have met in the platform. */
export function saysMixedUp(message: string): boolean {
	return MIXED_UP.some((part) => message.includes(part));
}

const MEETING =
	'Two calls have met in the platform, perhaps with somebody who was signing on its pages; nobody has been asked to sign.';

const RUN_AGAIN = `${MEETING} Run the item again after a moment. ${DRAFT_LEFT}`;

const NO_SUCH_CONTRACT =
	"The platform does not know this contract. Check 'Contract ID', and that the credential is of the installation where it was started.";

const PRESET_INCOMPLETE =
	"The business line presets its signers: one of them is not named, or has another number. Enter each 'Order' exactly as the console shows it.";

const NOBODY_SIGNS = 'Nobody is named who signs. Add at least one signer.';

/** Reasons that were seen in messages, whatever the code, and what helps (docs/api/kaifangqian.md, 3.2). */
export const reasons: Array<[part: string, hint: string]> = [
	['驱动流程错误', RUN_AGAIN],
	['签署方不能为空', `${MEETING} If it persists, check the signers of this item. ${DRAFT_LEFT}`],
	['签署位置计算失败', RUN_AGAIN],
	['SignRu', RUN_AGAIN],
	[
		'组织签章未指定签章',
		`Fill in 'Seal ID' of each seal of your own company, automatic or not: copy it (印章ID) from the company console (企业管理后台). ${DRAFT_LEFT}`,
	],
	[
		'自动盖章的签署节点未指定签署位置',
		`Give the seal that is set automatically a place: a position of the field type Signature or Seal, or Paging Seal. ${DRAFT_LEFT}`,
	],
	[
		'签章不存在',
		"The platform does not know this 'Seal ID'. Copy it (印章ID) again from the company console: 企业管理后台 → 印章.",
	],
	[
		'静默签署授权',
		'Automatic sealing is not opened for your company at the platform, or no longer. Open it in its console, or let a person set the seal.',
	],
	[
		'For input string: "120.0"',
		'A seal that is set automatically, or a signature on behalf, cannot have a signing date. Take the position of the type Signing Date out.',
	],
	[
		'未查询到关键字',
		'The keyword was not found in one piece of text of every file that it is for. Blanks and half-width ( ) : , . ; ! ? / [ ] end a piece, so the keyword must not hold them; capitals count. Choose a shorter keyword, or a place on the page.',
	],
	[
		'签署方数据不一致',
		'The business line presets its signers (按照预设流程): name only the other sides, each with exactly the order number that the console shows, and leave out your own company.',
	],
	[
		'个人签署方类型错误',
		'The business line presets a person where you name a company. Name a person with the order number that the console shows.',
	],
	['个人签署方信息缺失', PRESET_INCOMPLETE],
	['签署方信息缺失', PRESET_INCOMPLETE],
	[
		'contact：',
		'The platform knows nobody with this phone number or email in your company. Correct it, or add the person in the company console (企业管理后台).',
	],
	['签署人为空', NOBODY_SIGNS],
	[
		'账号不存在',
		'The platform has no account with this phone number or email. The sender, and whoever downloads, needs one: register the person (Account → Register Person), or correct the contact.',
	],
	[
		'经办人不存在',
		'The sender is no member of your company, or a signer of your own company is none. Add them in the company console (企业管理后台), or name somebody else.',
	],
	[
		'业务线id',
		"The platform does not know this business line. Choose 'Business Line' from the list, or copy 业务线ID again: 企业管理后台 → 业务线管理.",
	],
	[
		'业务线状态为停用或异常',
		'The business line is switched off, or its settings have an error. Open it under 企业管理后台 → 业务线管理, complete it and enable it (启用).',
	],
	[
		'无权使用该业务线',
		'The sender may not use this business line. Grant the right in the company console: 企业管理后台 → 业务线管理 → 权限, or name another sender.',
	],
	[
		'不支持的文件类型',
		'The platform looks at the content of the file: files to sign are PDF, version 1.x, with nothing before %PDF-1. Save or print the file as PDF again. Word and Excel work only where the installation can convert them.',
	],
	['base64解析失败', 'The file did not arrive whole. Check the node that delivers it.'],
	['pdf文件异常', 'The platform cannot read this PDF. Save or print it as PDF again.'],
	[
		'mes_title',
		`The subject is too long: in the message to the signer it stands beside the name of the sender's account, and together they may have about 112 characters. Shorten 'Subject'. ${DRAFT_LEFT}`,
	],
	[
		'签约文件不存在',
		'The platform does not know one of the document IDs. Use IDs (docId) that an upload with this credential has returned.',
	],
	[
		'关联文档',
		'A signing position names no document, or one that this contract does not hold. Check the document IDs of the positions.',
	],
	[
		'页码配置',
		"The pages of a position are not understood: enter 'Pages' as numbers such as 1,2,7-10 that the file has, the smaller one first, or ALL.",
	],
	['index out of bounds', "A position is on a page that the file does not have. Correct 'Pages'."],
	[
		'For input string',
		'A field that wants a whole number got something else: look at pages, at the distances from a keyword and at the order of the signers.',
	],
	[
		'Cannot parse null string',
		"A signer of your own company has no order. Fill in 'Order' of each of them.",
	],
	['"signerList" is null', 'No signers were sent. Add at least one signer.'],
	['签署日期控件', "A signing date needs its 'Date Format'. Choose one from the list."],
	[
		'控件不存在',
		'There is no place to sign, neither in the contract nor in this call. Add a signing position.',
	],
	[
		'不可撤回',
		"Nothing was changed: only a contract that is running can be recalled. Ask 'Get Status' for its status.",
	],
	[
		'还存在待完成的签署任务',
		"Somebody still has to sign. Ask 'Get Status' who it is, and finish the contract afterwards.",
	],
	[
		'签署结束类型为系统自动结束',
		"This contract ends by itself with the last signature, so leave this step out. For contracts that are to be finished by this node, turn off 'Finish Automatically' when they are created.",
	],
	[
		'不能继续追加签署方',
		'The contract is completed, so nobody can be added any more. Start a new contract.',
	],
	[
		'追加签署方',
		"Turn off 'Finish Automatically' when you create a contract to which signers are added later; and add them while somebody still has to sign.",
	],
	['添加签署人节点失败', NOBODY_SIGNS],
	[
		'合同审批人',
		'This person is not the approver of the contract. Name the approver whom the contract names.',
	],
	[
		'签署人不存在',
		"This person has no open approval task in the contract. Ask 'Get Status' whose turn it is.",
	],
	[
		'状态为：发起审批中',
		'The business line demands an approval before the contract starts, which the published server lets nobody give. Recall the contract, and take the approval out of the line (企业管理后台 → 业务线管理).',
	],
	[
		'合同审批仅支持签署中',
		"Only a contract that is being signed can be approved. Ask 'Get Status' for its status.",
	],
	[
		'签章授权不存在',
		'The person has not authorized their seal for this business line. Ask them to do so once, on the pages of the platform.',
	],
	[
		'签署人当前无签署任务',
		"It is not this person's turn, or they have signed already. Ask 'Get Status' whose turn it is; for people of your own company choose 'Employee of a Signing Company'.",
	],
	[
		'合同签署状态异常',
		"The contract is not being signed at the moment. Ask 'Get Status' for its status.",
	],
	[
		'无法获取合同短链接',
		"This person has no part in the contract, or it is not their turn yet. Ask 'Get Status' who has an open task.",
	],
	[
		'无下载权限',
		'Enter the contact of whoever started the contract, who may always download. Others may only where the business line allows it (签约文件下载).',
	],
	[
		'duplicate entry',
		'Two files of this contract have the same name, so the platform cannot pack them: this contract can never be downloaded. Start it again with files of different names, and recall this one while it runs.',
	],
	[
		'签章数据不存在',
		"The contract was deleted, or never started properly, so there is no file. Ask 'Get Status' for its status.",
	],
	[
		'文档参数内容未填写完成',
		"A template of the business line has required fields without a value. Fill them in under 'Template Values'; copy their names (paramKey) from the template.",
	],
	[
		'模板参数填写方未全部设置',
		'The template has fields that your own company fills in: add your own company to the signers.',
	],
	[
		'时间控件日期解析错误',
		"A date among the 'Template Values' has another form than 2030-06-29. Correct it.",
	],
	[
		'填写失败',
		`A value among the 'Template Values' cannot be drawn: an empty picture, or characters that the server's fonts lack. Correct it. ${DRAFT_LEFT}`,
	],
	['签署截止日期', "'Signing Deadline' is in the past. Enter a later day (China time)."],
	['信息不全', "'Company Name' is missing. Fill it in and run the item again."],
	[
		'费用不足',
		'The balance on the platform is used up. Ask whoever runs the platform to top it up.',
	],
	// Behind the others, whose messages name the contract, too.
	['合同不存在', NO_SUCH_CONTRACT],
	['合同id', NO_SUCH_CONTRACT],
	['contractId：', NO_SUCH_CONTRACT],
];

const CALLBACK_ADDRESS =
	'The usual cause is the callback address (回调地址) in the admin console (运营后台) under 接口授权: it may have at most 128 characters. Shorten it, for instance with a shorter host name.';

/** What a call with 字段太长 (form 2) was about. */
export type TooLong = 'upload' | 'draft' | 'start' | 'oneContract' | 'other';

/** Which value is meant depends on the call (docs/api/kaifangqian.md, 3.3). */
export function tooLongHint(about: TooLong): string {
	const value =
		'A value is longer than the platform can store, or holds a character of 4 bytes such as an emoji or a rare Han character';
	if (about === 'oneContract') return `Nothing was changed. ${CALLBACK_ADDRESS}`;
	if (about === 'upload') return `${value}: change the name of the file.`;
	if (about === 'draft') return `${value}: look at subject, names and contract number.`;
	if (about === 'start')
		return `${value} (file names, subject, names). Or the callback address (回调地址) has more than 128 characters: then the contract runs although this error came.`;
	return `${value}: shorten it.`;
}

/** What to do about a refusal: by a part of its message, else by its code. */
export function hintFor(code: string, message: string): string | undefined {
	return (
		reasons.find(([part]) => message.includes(part))?.[1] ??
		(Object.hasOwn(hints, code) ? hints[code] : undefined)
	);
}

/** Refusals after which a draft is left whose ID is not told (docs/api/kaifangqian.md, 6.4 and 6.4a). */
const LEAVES_DRAFT = ['组织签章未指定签章', '自动盖章的签署节点', 'mes_title', '填写失败'];

/** Whether a refusal, told by its message, leaves a draft behind. */
export function leavesDraft(message: string): boolean {
	return saysMixedUp(message) || LEAVES_DRAFT.some((part) => message.includes(part));
}
