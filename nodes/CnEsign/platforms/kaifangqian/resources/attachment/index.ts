import type { KaifangqianResource } from '../operation';
import { upload } from './upload';

export const attachment: KaifangqianResource = {
	value: 'attachment',
	name: 'Attachment',
	operations: [upload],
};
