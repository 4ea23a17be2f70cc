import type { Resource } from '../../../../runtime/items/operation';
import { getFaceResult } from './getFaceResult';
import { getPersonLink } from './getPersonLink';
import { verifyCompany } from './verifyCompany';
import { verifyPerson } from './verifyPerson';

export const identity: Resource = {
	value: 'identity',
	name: 'Identity',
	operations: [getFaceResult, getPersonLink, verifyCompany, verifyPerson],
};
