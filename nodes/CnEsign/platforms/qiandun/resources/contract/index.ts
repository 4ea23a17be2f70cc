import type { Resource } from '../../../../runtime/items/operation';
import { getSigner } from './getSigner';
import { start } from './start';

export const contract: Resource = {
	value: 'contract',
	name: 'Contract',
	operations: [getSigner, start],
};
