import type { Readable } from 'node:stream';
import { businessRefusal } from './answers.mjs';
import type { Contract } from './contract/model.mjs';
import type { Credential } from './seeds.mjs';
import { readFields, type Fields, type ReadFields } from './shapes.mjs';
import type { World } from './world.mjs';

export interface Call<P> {
	world: World;
	params: P;
	credential: Credential;
}

export interface Download {
	fileName: string;
	content: Uint8Array | Readable;
}

interface Description<F extends Fields> {
	method: 'GET' | 'POST';
	path: string;
	fields: F;
	/** One of the four paths of docs/api/kaifangqian.md 3.3. */
	throttled?: boolean;
	/** Endpoint 16: only the hosted site has it, and it takes the token and the serial number from headers. */
	hostedOnly?: boolean;
}

export interface Endpoint extends Description<Fields> {
	/** What comes back is `result` of form 1, or a file. */
	run(call: Call<Record<string, unknown>>): unknown;
}

/** An endpoint whose parameters have been read by its fields. */
export function endpoint<const F extends Fields>({
	run,
	...description
}: Description<F> & { run(call: Call<ReadFields<F>>): unknown }): Endpoint {
	return {
		...description,
		run: ({ params, ...call }) => run({ ...call, params: readFields(description.fields, params) }),
	};
}

const downloads = new WeakSet<object>();

export function asDownload(download: Download): Download {
	downloads.add(download);
	return download;
}

export const isDownload = (value: unknown): value is Download =>
	typeof value === 'object' && value !== null && downloads.has(value);

/** The contract of an id, if it is the caller's; `tasks` and the links answer for anybody's (trap 25). */
export function ownContract(
	{ world, credential }: Call<unknown>,
	contractId: string | undefined,
	label: '合同id' | 'contractId' = '合同id',
): Contract {
	const contract = contractId === undefined ? undefined : world.contracts.get(contractId);
	if (contract?.company === credential.company) return contract;
	return businessRefusal(`${label}：${contractId ?? 'null'}数据不存在`);
}
