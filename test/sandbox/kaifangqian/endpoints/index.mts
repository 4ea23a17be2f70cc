import type { Endpoint } from '../endpoint.mjs';
import { linkCompanyIdentity, registerCompany, registerPerson } from './accounts.mjs';
import { listBusinessLines } from './businessLines.mjs';
import { downloadContract } from './download.mjs';
import { draftContract } from './draft.mjs';
import { getPageUrl, getTaskUrl, listTasks } from './following.mjs';
import {
	addSigners,
	approveContract,
	finishContract,
	recallContract,
	signByProxy,
} from './running.mjs';
import { uploadAnnex, uploadDocument } from './uploads.mjs';

/** Numbered as in docs/api/kaifangqian.md 4; none of the disabled ones. */
export const endpoints: Endpoint[] = [
	listBusinessLines, // 1
	uploadDocument, // 2
	uploadAnnex, // 3
	draftContract, // 4
	addSigners, // 5
	approveContract, // 6
	finishContract, // 7
	recallContract, // 8
	signByProxy, // 9
	listTasks, // 10
	getTaskUrl, // 11
	getPageUrl, // 12
	downloadContract, // 13
	registerCompany, // 14
	registerPerson, // 15
	linkCompanyIdentity, // 16
];
