import { isRunning, type Contract } from './model.mjs';

// What the sender may do in the console with a contract in its status, and what the installation's job may.

type Allowed = (contract: Pick<Contract, 'status'>) => boolean;

export const canStart: Allowed = ({ status }) => status === 'DRAFT';
export const canRecall: Allowed = isRunning;
/** Not one that is being started (docs/api/kaifangqian.md 3.4). */
export const canRemove: Allowed = ({ status }) => status !== 'START';
export const canRestore: Allowed = ({ status }) => status === 'DELETED';
/** Drafts and approvals never end by a deadline (docs/api/kaifangqian.md 5.6b). */
export const canExpire: Allowed = ({ status }) => status === 'SIGNING' || status === 'WRITING';
