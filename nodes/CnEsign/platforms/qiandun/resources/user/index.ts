import type { QiandunResource } from '../operation';
import { getPerson } from './getPerson';

export const user: QiandunResource = { value: 'user', name: 'User', operations: [getPerson] };
