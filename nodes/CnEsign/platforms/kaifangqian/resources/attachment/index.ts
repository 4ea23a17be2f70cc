import type { Resource } from '../../../../runtime/items/operation';
import { upload } from './upload';

export const attachment: Resource = {
	value: 'attachment',
	name: 'Attachment',
	operations: [upload],
};
