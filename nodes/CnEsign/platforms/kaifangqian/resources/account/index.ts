import type { Resource } from '../../../../runtime/items/operation';
import { registerCompany } from './registerCompany';
import { registerPerson } from './registerPerson';

export const account: Resource = {
	value: 'account',
	name: 'Account',
	operations: [registerCompany, registerPerson],
};
