/** The nine endpoints whose paths are published, and the three the test configures (docs/api/qiandun.md, 4). */
import type { ConfiguredPaths } from '../types.mjs';
import { callbackConfirm, callbackDetails } from './callbacks.mjs';
import type { Endpoint } from './endpoint.mjs';
import { faceResult } from './faceResult.mjs';
import { getPerson } from './getPerson.mjs';
import { getSeal } from './getSeal.mjs';
import { getSigner } from './getSigner.mjs';
import { personUrl } from './personUrl.mjs';
import { readIdCard } from './readIdCard.mjs';
import { silentSignLink } from './silentSignLink.mjs';
import { startContract } from './startContract.mjs';
import { verifyCompany } from './verifyCompany.mjs';
import { verifyPerson } from './verifyPerson.mjs';

export { editionB } from './editionB.mjs';

export const editionA = ({ start, details, confirm }: ConfiguredPaths): Endpoint[] => [
	verifyPerson,
	faceResult,
	personUrl,
	verifyCompany,
	getPerson,
	getSigner,
	getSeal,
	silentSignLink,
	readIdCard,
	startContract(start),
	...callbackDetails(details),
	...callbackConfirm(confirm),
];
