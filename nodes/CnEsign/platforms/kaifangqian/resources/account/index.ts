import type { KaifangqianResource } from '../operation';
import { registerCompany } from './registerCompany';
import { registerPerson } from './registerPerson';

export const account: KaifangqianResource = {
	value: 'account',
	name: 'Account',
	operations: [registerCompany, registerPerson],
};
