// What travels between a client and the platform (api/kaifangqian.md §5). Object names are labels
// of that file, field names and values are the wire's own.

export interface ContractUser {
	name: string;
	contactType: string;
	contact: string;
}

export interface RelationDoc {
	docType: string;
	docId: string;
}

export interface ContractPositionParam {
	controlType: 'SIGNATURE' | 'SEAL' | 'SIGN_DATE' | 'CHOP_STAMP';
	signPositionType: 'POSITION' | 'KEYWORD';
	relationDocList?: RelationDoc[];
	pageConfig?: string;
	keyword?: string;
	keywordType?: '1' | '0' | '-1';
	offsetX?: string;
	offsetY?: string;
	controlWidth?: string;
	controlHeight?: string;
	signDateFormat?: 'YEAR_MONTH_DAY' | 'LINE' | 'BACK_SLASH';
}

interface SigningRules {
	verifyType?: string;
	signConfirm?: string;
	agreeSkipWillingness?: number;
	personalSignAuth?: string;
	sealType?: string;
}

export type NodeType =
	'ENTERPRISE_SEAL' | 'AGENT_SIGN' | 'LEGAL_PERSON_SIGN' | 'PERSONAL_SIGN' | 'APPROVER_CHECK';

export interface ContractInternalNode extends SigningRules {
	nodeType: NodeType;
	signerOrder: string;
	autoSign?: 'AUTO_SIGN';
	sealId?: string;
	signer?: ContractUser;
	positionParamList?: ContractPositionParam[];
}

export type SignerType = 'SENDER' | 'RECEIVER_ENT' | 'RECEIVER_PERSONAL';

export interface ContractSigner extends SigningRules {
	signerType: SignerType;
	signerName?: string;
	signerOrder?: string;
	internalNodeList?: ContractInternalNode[];
	receiver?: ContractUser;
	positionParamList?: ContractPositionParam[];
}

export interface SignTemplateParam {
	templateId: string;
	templateName?: string;
	templateParamList?: Array<{ paramKey: string; paramValue?: string }>;
}

export interface DraftParams {
	operator: ContractUser;
	signReId: string;
	send: '0' | '1';
	sn?: string;
	subject?: string;
	expireDate?: string;
	signDocumentList?: Array<{ docId: string }>;
	annexList?: Array<{ fileId: string }>;
	signTemplateParamList?: SignTemplateParam[];
	signOrderType?: 'ORDER' | 'NO_ORDER';
	signerList?: ContractSigner[];
	controlChangeFlag?: string;
	autoFinish?: 0 | 1;
}

export type TaskType = 'SIGN' | 'WRITE' | 'APPROVE';
export type PartyType = 'SENDER' | 'PERSONAL' | 'ENTERPRISE';

/** Internal spelling; `spell` turns it into the one the switch asks for (§5.6). */
export type ContractStatus =
	| 'DRAFT'
	| 'START'
	| 'APPROVING'
	| 'WRITING'
	| 'SIGNING'
	| 'APPROVE_FAILED'
	| 'REFUSAL_WRIT'
	| 'REFUSAL_SIGN'
	| 'EXPIRED'
	| 'RECALLED'
	| 'DELETED'
	| 'COMPLETE'
	| 'CLEAN_UP';

export type CallbackType =
	| 'SEND_SIGNING'
	| 'SUBMIT_WRITE'
	| 'REFUSAL_WRITE'
	| 'SUBMIT_SIGN'
	| 'REFUSAL_SIGN'
	| 'RECALLED'
	| 'DELETE'
	| 'COMPLETE'
	| 'EXPIRED'
	| 'SIGN_FAILED'
	| 'DOCUMENT_DELAY'
	| 'SUBMIT_APPROVE'
	| 'REFUSAL_APPROVE'
	| 'ADD_SIGN_NODE';

/** Field order is the one of the examples in §7.4. */
export interface CallbackPayload {
	contractId: string;
	contractStatus: string;
	callbackType: string;
	taskId?: string;
	signerType?: 'PERSONAL' | 'ENTERPRISE';
	signerName?: string;
	nodeType?: NodeType;
	signer?: { name: string; contact: string; contactType: 'MOBILE' };
	reason?: string;
}

/** §9.19: the server's own spelling by default, the public descriptions' on demand. */
export function spell(status: ContractStatus, spelling: 'server' | 'public'): string {
	if (spelling === 'server') return status;
	if (status === 'REFUSAL_WRIT') return 'REFUSAL_WRITE';
	if (status === 'COMPLETE') return 'COMPLETED';
	return status;
}
