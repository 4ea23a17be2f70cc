import type { QiandunResource } from '../operation';
import { getFaceResult } from './getFaceResult';
import { getPersonLink } from './getPersonLink';
import { verifyCompany } from './verifyCompany';
import { verifyPerson } from './verifyPerson';

export const identity: QiandunResource = {
	value: 'identity',
	name: 'Identity',
	operations: [getFaceResult, getPersonLink, verifyCompany, verifyPerson],
};
