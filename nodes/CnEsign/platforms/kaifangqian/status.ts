/** Contract statuses (docs/api/kaifangqian.md, 5.6), in the spelling the server uses. */
export const statuses: Array<{ value: string; name: string; final: boolean }> = [
	{ value: 'DRAFT', name: 'Draft (草稿)', final: false },
	{ value: 'START', name: 'Started (已发起)', final: false },
	{ value: 'APPROVING', name: 'In Approval (发起审批中)', final: false },
	{ value: 'WRITING', name: 'Being Filled In (填写中)', final: false },
	{ value: 'SIGNING', name: 'Being Signed (签署中)', final: false },
	{ value: 'APPROVE_FAILED', name: 'Approval Declined (发起审批不通过)', final: true },
	{ value: 'REFUSAL_WRIT', name: 'Fill-In Declined (已拒填)', final: true },
	{ value: 'REFUSAL_SIGN', name: 'Signing Declined (已拒签)', final: true },
	{ value: 'EXPIRED', name: 'Expired (已失效)', final: true },
	{ value: 'RECALLED', name: 'Recalled (已撤回)', final: true },
	{ value: 'DELETED', name: 'Deleted (已删除)', final: true },
	{ value: 'COMPLETE', name: 'Completed (已完成)', final: true },
	{ value: 'CLEAN_UP', name: 'Cleaned Up (已清除)', final: true },
];

// Public descriptions spell two statuses differently from the server (docs/api/kaifangqian.md, 7.5).
const OTHER_SPELLINGS: Record<string, string> = {
	REFUSAL_WRITE: 'REFUSAL_WRIT',
	COMPLETED: 'COMPLETE',
};

/** One spelling for both. */
export function normalStatus(status: string): string {
	return Object.hasOwn(OTHER_SPELLINGS, status) ? OTHER_SPELLINGS[status] : status;
}

/** The status in words; one that nobody has heard of stands for itself. */
export function statusName(status: string): string {
	return statuses.find(({ value }) => value === normalStatus(status))?.name ?? status;
}

/** Whether a contract of this status, in either spelling, has ended. */
export function isFinal(status: string): boolean {
	return statuses.some(({ value, final }) => final && value === normalStatus(status));
}

export function isCompleted(status: string): boolean {
	return normalStatus(status) === 'COMPLETE';
}
