import type { Resource } from '../../../../runtime/items/operation';
import { request } from './request';

export const api: Resource = { value: 'api', name: 'API', operations: [request] };
