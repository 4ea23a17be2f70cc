/** What the engine tests of Qiandun share: a stand-in per file, and views on what it received. */
import type { IDataObject } from 'n8n-workflow';
import { afterAll, beforeEach } from 'vitest';
import type { QiandunOptions, RecordedRequest } from '../../sandbox/qiandun/index.mjs';
import type { Act } from '../kaifangqian.mjs';
import type { NodeRun } from '../node.mjs';
import { actingOn, startQiandun, type QiandunSandbox } from '../qiandun.mjs';

export interface Setting {
	sandbox: QiandunSandbox;
	act: Act;
	/** The requests to one path below the base, in the order of their arrival. */
	sent(path?: string): RecordedRequest[];
	/** Runs `operation` and returns the one request that it led to and the one item that came out. */
	once(
		resource: string,
		operation: string,
		parameters: IDataObject,
		options?: Parameters<Act>[3],
	): Promise<{ request: RecordedRequest; json: IDataObject }>;
}

/** A stand-in for this file's tests: cleared before each, closed after all. */
export const stage = async (options: QiandunOptions = {}): Promise<Setting> => {
	const sandbox = await startQiandun({ controlApi: false, ...options });
	beforeEach(() => sandbox.reset());
	afterAll(async () => await sandbox.close());
	const act = actingOn(sandbox);
	const sent = (path?: string) =>
		sandbox.requests.filter((request) => path === undefined || request.path === `/api${path}`);
	return {
		sandbox,
		act,
		sent,
		async once(resource, operation, parameters, more) {
			const { items, error } = await act(resource, operation, parameters, more);
			if (error) throw error;
			if (items.length !== 1 || sandbox.requests.length !== 1) {
				throw new Error(`${items.length} items from ${sandbox.requests.length} requests`);
			}
			return { request: sandbox.requests[0], json: items[0].json };
		},
	};
};

export const bodyText = ({ rawBody }: RecordedRequest): string => rawBody.toString('utf8');

export const bodyOf = (request: RecordedRequest): unknown => JSON.parse(bodyText(request));

/** Everything that n8n shows or stores of a refusal. */
export const allOf = (error: NodeRun['error']): string => {
	const seen = new Set<unknown>();
	const read = (value: unknown): string => {
		if (typeof value !== 'object' || value === null) return String(value);
		if (seen.has(value)) return '';
		seen.add(value);
		return Object.getOwnPropertyNames(value)
			.map((name) => `${name}: ${read((value as Record<string, unknown>)[name])}`)
			.join('\n');
	};
	return read(error);
};

/** `n` distinct values. */
export const distinct = (values: unknown[]): number => new Set(values).size;

/** An empty path of the stand-in: shows what was received. */
export const echoRequest = (more: IDataObject = {}): IDataObject => ({
	endpoint: 'other',
	path: '/sandbox-only/echo',
	...more,
});
