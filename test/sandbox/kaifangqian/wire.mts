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

export type CallbackType = keyof typeof CALLBACK_NAMES;

/** As the vendor calls them (docs/api/kaifangqian.md 7.3). */
export const CALLBACK_NAMES = {
	SEND_SIGNING: '发起签署',
	SUBMIT_WRITE: '填写',
	REFUSAL_WRITE: '拒填',
	SUBMIT_SIGN: '签署',
	REFUSAL_SIGN: '拒签',
	RECALLED: '撤回合同',
	DELETE: '删除合同',
	COMPLETE: '完成签署',
	EXPIRED: '合同过期',
	SIGN_FAILED: '签署失败',
	DOCUMENT_DELAY: '修改签署截止时间',
	SUBMIT_APPROVE: '审批通过',
	REFUSAL_APPROVE: '审批未通过',
	ADD_SIGN_NODE: '添加签署节点',
} as const;

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
