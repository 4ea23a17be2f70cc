import type { QiandunResource } from '../operation';
import { get } from './get';
import { getSilentSignLink } from './getSilentSignLink';

export const seal: QiandunResource = {
	value: 'seal',
	name: 'Seal',
	operations: [get, getSilentSignLink],
};
