import type { KaifangqianResource } from '../operation';
import { getCompanyLink } from './getCompanyLink';

export const verification: KaifangqianResource = {
	value: 'verification',
	name: 'Verification',
	operations: [getCompanyLink],
};
