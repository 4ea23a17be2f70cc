import type { Resource } from '../../../../runtime/items/operation';
import { get } from './get';
import { getSilentSignLink } from './getSilentSignLink';

export const seal: Resource = {
	value: 'seal',
	name: 'Seal',
	operations: [get, getSilentSignLink],
};
