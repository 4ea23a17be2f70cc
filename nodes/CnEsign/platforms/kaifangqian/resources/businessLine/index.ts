import type { Resource } from '../../../../runtime/items/operation';
import { getAll } from './getAll';

export const businessLine: Resource = {
	value: 'businessLine',
	name: 'Business Line',
	operations: [getAll],
};
