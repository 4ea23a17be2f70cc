import type { Resource } from '../../../../runtime/items/operation';
import { getPerson } from './getPerson';

export const user: Resource = { value: 'user', name: 'User', operations: [getPerson] };
