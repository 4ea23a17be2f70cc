import type { KaifangqianResource } from '../operation';
import { upload } from './upload';

export const document: KaifangqianResource = {
	value: 'document',
	name: 'Document',
	operations: [upload],
};
