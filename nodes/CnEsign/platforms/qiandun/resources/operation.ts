import type { Operation, Resource } from '../../../runtime/types';
import type { QiandunClient } from '../client';

export type QiandunOperation = Operation<QiandunClient>;
export type QiandunResource = Resource<QiandunClient>;
