import type { KaifangqianResource } from '../operation';
import { request } from './request';

export const api: KaifangqianResource = {
	value: 'api',
	name: 'API',
	operations: [request],
};
