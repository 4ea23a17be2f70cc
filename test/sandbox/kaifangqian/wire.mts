// What travels between a client and the platform (docs/api/kaifangqian.md 5), beside the requests of shapes.mts.

export type {
	ContractInternalNode,
	ContractPositionParam,
	ContractSigner,
	ContractUser,
	SignTemplateParam,
} from './shapes.mjs';

export type PartyType = 'SENDER' | 'PERSONAL' | 'ENTERPRISE';
export type TaskType = 'SIGN' | 'WRITE' | 'APPROVE';

/** The server's spelling; `spell` turns it into the one that the switch asks for. */
export type ContractStatus = keyof typeof STATUS_NAMES;

/** As the server says them in its refusals (docs/api/kaifangqian.md 5.6). */
export const STATUS_NAMES = {
	DRAFT: '草稿',
	START: '已发起',
	APPROVING: '发起审批中',
	WRITING: '填写中',
	SIGNING: '签署中',
	APPROVE_FAILED: '发起审批不通过',
	REFUSAL_WRIT: '已拒填',
	REFUSAL_SIGN: '已拒签',
	EXPIRED: '已失效',
	RECALLED: '已撤回',
	DELETED: '已删除',
	COMPLETE: '已完成',
	CLEAN_UP: '已清除',
} as const;

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

export interface CallbackPayload {
	contractId: string;
	contractStatus: string;
	callbackType: string;
	taskId?: string;
	signerType?: 'PERSONAL' | 'ENTERPRISE';
	signerName?: string;
	nodeType?: string;
	/** Without `contact` for people who have no phone. */
	signer?: { name: string; contact?: string; contactType: 'MOBILE' };
	reason?: string;
}

export function spell(status: ContractStatus, spelling: 'server' | 'public'): string {
	if (spelling === 'server') return status;
	if (status === 'REFUSAL_WRIT') return 'REFUSAL_WRITE';
	if (status === 'COMPLETE') return 'COMPLETED';
	return status;
}
