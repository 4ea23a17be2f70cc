import type { Operation, Resource } from '../../../runtime/types';
import type { KaifangqianClient } from '../client';

export type KaifangqianOperation = Operation<KaifangqianClient>;
export type KaifangqianResource = Resource<KaifangqianClient>;
