// JSON schemas of the requests (api/kaifangqian.md §5, §6). They say what a schema can say: what
// must be there, types, lengths, closed lists. The rest is in checks.mts. `contactType` is no
// closed list here because its refusal is a business one (31000, §9).

export type Schema = Record<string, unknown>;

export const text: Schema = { type: 'string' };
const filled: Schema = { type: 'string', pattern: '\\S' };
const upTo = (maxLength: number): Schema => ({ ...filled, maxLength });
const oneOf = (...values: Array<string | number>): Schema => ({
	type: typeof values[0] === 'number' ? 'integer' : 'string',
	enum: values,
});
const list = (items: Schema): Schema => ({ type: 'array', items });
export const object = (properties: Record<string, Schema>, required: string[] = []): Schema => ({
	type: 'object',
	properties,
	required,
});

/** `appAuthToken` and `uniqueCode` have been dealt with before (gate). */
const COMMON = { appAuthToken: text, uniqueCode: text, operatorAccount: text };
const request = (properties: Record<string, Schema>, required: string[] = []): Schema =>
	object({ ...COMMON, ...properties }, required);

const user = object({ name: filled, contactType: filled, contact: filled }, [
	'name',
	'contactType',
	'contact',
]);
/** Endpoint 14 checks two of the three (§5.1). */
const accountOfCompany = object({ name: text, contactType: filled, contact: filled }, [
	'contactType',
	'contact',
]);

const order: Schema = { type: 'string', pattern: '^[0-9]{1,4}$' };

const position = object(
	{
		controlType: oneOf('SIGNATURE', 'SEAL', 'SIGN_DATE', 'CHOP_STAMP'),
		signPositionType: oneOf('POSITION', 'KEYWORD'),
		relationDocList: list(
			object({ docType: oneOf('1', '2'), docId: filled }, ['docType', 'docId']),
		),
		pageConfig: text,
		keyword: text,
		keywordType: oneOf('1', '0', '-1'),
		offsetX: text,
		offsetY: text,
		controlWidth: text,
		controlHeight: text,
		signDateFormat: oneOf('YEAR_MONTH_DAY', 'LINE', 'BACK_SLASH'),
	},
	['controlType', 'signPositionType'],
);

const signingRules = {
	verifyType: oneOf('CAPTCHA', 'PASSWORD', 'DOUBLE', 'FACE'),
	signConfirm: oneOf('FACE'),
	agreeSkipWillingness: { type: 'integer' },
	personalSignAuth: oneOf('required', 'allowed', 'not_required'),
	sealType: oneOf('NOLIMIT', 'TEMPLATE', 'HAND'),
};

const node = object(
	{
		nodeType: oneOf(
			'ENTERPRISE_SEAL',
			'AGENT_SIGN',
			'LEGAL_PERSON_SIGN',
			'PERSONAL_SIGN',
			'APPROVER_CHECK',
		),
		signerOrder: order,
		autoSign: oneOf('AUTO_SIGN'),
		sealId: text,
		signer: user,
		positionParamList: list(position),
		...signingRules,
	},
	['nodeType', 'signerOrder'],
);

const signer = object(
	{
		signerType: oneOf('SENDER', 'RECEIVER_ENT', 'RECEIVER_PERSONAL'),
		signerName: text,
		signerOrder: order,
		internalNodeList: list(node),
		receiver: user,
		positionParamList: list(position),
		...signingRules,
	},
	['signerType'],
);

const contractFields = {
	operator: user,
	signReId: upTo(64),
	send: oneOf('0', '1'),
	sn: text,
	subject: text,
	expireDate: text,
	signDocumentList: list(object({ docId: filled }, ['docId'])),
	annexList: list(object({ fileId: filled }, ['fileId'])),
	signTemplateParamList: list(
		object(
			{
				templateId: filled,
				templateName: text,
				templateParamList: list(object({ paramKey: filled, paramValue: text }, ['paramKey'])),
			},
			['templateId'],
		),
	),
	signOrderType: oneOf('ORDER', 'NO_ORDER'),
	signerList: list(signer),
	controlChangeFlag: oneOf('NECESSARY_AND_ADD', 'NECESSARY_NO_ADD', 'NOT_NECESSARY'),
	autoFinish: oneOf(0, 1),
	enterpriseName: text,
};

const file = request({ file: filled, fileName: upTo(128), fileSuffix: filled }, [
	'file',
	'fileName',
	'fileSuffix',
]);
const contractOnly = request({ contractId: filled }, ['contractId']);

export const schemas = {
	signRes: request({ contact: filled }, ['contact']),
	file,
	draft: request(contractFields, ['operator', 'signReId', 'send']),
	// "The server accepts the same structure as 6.4; the other fields are not needed" (§6.5).
	addSigners: request(
		{ ...contractFields, contractId: upTo(64), signerList: { ...list(signer), minItems: 1 } },
		['contractId', 'signerList'],
	),
	approval: request({ contractId: filled, signer: user, approval: oneOf(0, 1), comment: text }, [
		'contractId',
		'signer',
		'approval',
	]),
	contractOnly,
	proxy: request(
		{
			contractId: filled,
			signatureSubjectType: oneOf('PERSON', 'EMPLOYEE'),
			signer: user,
			positionParamList: list(position),
		},
		['contractId', 'signatureSubjectType', 'signer'],
	),
	tasks: request({ contractId: filled }, ['contractId']),
	taskUrl: request({ contractId: filled, taskId: filled, linkType: text, callbackPage: text }, [
		'contractId',
		'taskId',
	]),
	pageUrl: request(
		{
			contact: filled,
			contractId: filled,
			taskId: text,
			partyName: text,
			// Blank is what a form sends for "not chosen".
			noLogin: oneOf('true', 'false', ''),
			pageUrlExpireTime: text,
		},
		['contact', 'contractId'],
	),
	download: request({ contact: filled, contractId: filled }, ['contact', 'contractId']),
	company: request(
		{
			account: accountOfCompany,
			companyName: text,
			creditCode: text,
			legalPerson: text,
			identity: text,
			isMakeSeal: oneOf(0, 1),
		},
		['account'],
	),
	person: request(
		{
			account: user,
			idCardType: oneOf(1, 2, 3, 4, 5, 6, 7),
			identity: text,
			mobile: text,
			bankCard: text,
		},
		['account'],
	),
	// Required flags are not stated (§6.16): none is required.
	identityLink: request({
		accountName: text,
		clientUserId: text,
		corpIdentInfo: object({
			companyName: text,
			creditCode: text,
			legalRepName: text,
			companyType: oneOf(1, 2, 3),
			license: text,
		}),
		corpIdentConfig: object({
			corpVerifyMethods: list(oneOf('legalRep', 'invite', 'letter')),
			unmodifiableParams: list(text),
		}),
		oprIdentInfo: object({
			name: text,
			idCard: text,
			idCardType: { type: 'integer' },
			mobile: text,
			bankCard: text,
		}),
		oprIdentConfig: object({ personVerifyMethods: list(text), unmodifiableParams: list(text) }),
		callbackPage: text,
		authCallbackUrl: text,
		clientRequestId: text,
	}),
};
