import type { Readable } from 'node:stream';
import { businessRefusal } from './answers.mjs';
import type { Contract } from './contract/model.mjs';
import type { Schema } from './schemas.mjs';
import type { Credential } from './seeds.mjs';
import type { World } from './world.mjs';

export interface Call<P> {
	world: World;
	params: P;
	credential: Credential;
}

export interface Download {
	fileName: string;
	content: Uint8Array | Readable;
	length: number;
}

export interface Endpoint {
	method: 'GET' | 'POST';
	path: string;
	schema: Schema;
	/** One of the four paths of §3.3. */
	throttled?: boolean;
	/** Endpoint 16 takes the token and the serial number from the header (§9.2). */
	tokenInHeader?: boolean;
	/** What comes back is `result` of form 1, or a file. */
	run(call: Call<unknown>): unknown;
}

/** Ties the parameters' type to the schema that has checked them by the time `run` is called. */
export function endpoint<P>(
	definition: Omit<Endpoint, 'run'> & { run(call: Call<P>): unknown },
): Endpoint {
	return definition as Endpoint;
}

const downloads = new WeakSet<object>();

export function asDownload(download: Download): Download {
	downloads.add(download);
	return download;
}

export const isDownload = (value: unknown): value is Download =>
	typeof value === 'object' && value !== null && downloads.has(value);

/** The contract, if it is the caller's: only `tasks` answers for anybody's (trap 25). */
export function ownContract({ world, credential }: Call<unknown>, contractId: string): Contract {
	const contract = world.contracts.get(contractId);
	if (!contract || contract.company !== credential.company) return businessRefusal('合同不存在');
	return contract;
}
