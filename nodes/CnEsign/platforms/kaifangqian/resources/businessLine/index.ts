import type { KaifangqianResource } from '../operation';
import { getAll } from './getAll';

export const businessLine: KaifangqianResource = {
	value: 'businessLine',
	name: 'Business Line',
	operations: [getAll],
};
