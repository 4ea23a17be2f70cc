import type { QiandunResource } from '../operation';
import { request } from './request';

export const api: QiandunResource = { value: 'api', name: 'API', operations: [request] };
