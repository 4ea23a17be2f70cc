import type { Resource } from '../../../../runtime/items/operation';
import { upload } from './upload';

export const document: Resource = {
	value: 'document',
	name: 'Document',
	operations: [upload],
};
