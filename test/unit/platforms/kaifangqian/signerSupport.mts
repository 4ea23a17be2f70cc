import type { Raw } from '../../../../nodes/CnEsign/platforms/kaifangqian/wire.js';
import { Refused } from '../../support.mjs';

/** The wire checks' `fail`: the message is path and reason. */
export const wireFail = (path: string, reason: string, hint?: string): never => {
	throw new Refused(`${path} ${reason}`, hint);
};

export const person = (more: Raw = {}): Raw => ({
	name: '李四',
	contactType: 'MOBILE',
	contact: '13900139000',
	...more,
});

export const atKeyword = (more: Raw = {}): Raw => ({
	controlType: 'SIGNATURE',
	signPositionType: 'KEYWORD',
	relationDocList: [{ docType: '1', docId: 'doc-0001' }],
	keyword: '乙方签字',
	keywordType: '1',
	...more,
});

export const onPage = (more: Raw = {}): Raw => ({
	controlType: 'SIGNATURE',
	signPositionType: 'POSITION',
	relationDocList: [{ docType: '1', docId: 'doc-0001' }],
	pageConfig: '1',
	offsetX: '0.62',
	offsetY: '0.81',
	...more,
});

export const personal = (more: Raw = {}): Raw => ({
	signerType: 'RECEIVER_PERSONAL',
	signerName: '李四',
	signerOrder: '1',
	receiver: person(),
	...more,
});

export const step = (more: Raw = {}): Raw => ({
	nodeType: 'PERSONAL_SIGN',
	signerOrder: '1',
	signer: person(),
	...more,
});

export const sealStep = (more: Raw = {}): Raw =>
	step({ nodeType: 'ENTERPRISE_SEAL', sealId: 'seal-0001', ...more });

export const company = (steps: Raw[], more: Raw = {}): Raw => ({
	signerType: 'SENDER',
	signerName: '某某科技有限公司',
	signerOrder: '1',
	internalNodeList: steps,
	...more,
});
