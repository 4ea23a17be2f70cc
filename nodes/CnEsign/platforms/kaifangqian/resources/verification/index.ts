import type { Resource } from '../../../../runtime/items/operation';
import { getCompanyLink } from './getCompanyLink';

export const verification: Resource = {
	value: 'verification',
	name: 'Verification',
	operations: [getCompanyLink],
};
