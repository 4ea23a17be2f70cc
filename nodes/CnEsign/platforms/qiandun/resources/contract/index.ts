import type { QiandunResource } from '../operation';
import { getSigner } from './getSigner';
import { start } from './start';

export const contract: QiandunResource = {
	value: 'contract',
	name: 'Contract',
	operations: [getSigner, start],
};
