import type { IDataObject } from 'n8n-workflow';
import { startQiandun, type QiandunSandbox } from '../sandbox/qiandun/index.mjs';
import type { EngineOptions } from './engine.mjs';
import type { Act } from './kaifangqian.mjs';
import { runNode } from './node.mjs';

export type { QiandunSandbox };
export { startQiandun };

/** The credential for a stand-in, as n8n would hand it to the node. */
export const credentialFor = (
	sandbox: QiandunSandbox,
	more: IDataObject = {},
): EngineOptions['secrets'] => ({
	cnEsignApi: {
		platform: 'qiandun',
		baseUrl: sandbox.baseUrl,
		appKey: sandbox.appKey,
		secret: sandbox.appSecret,
		...more,
	} as never,
});

/** Runs one Qiandun operation against a stand-in. */
export const actingOn =
	(sandbox: QiandunSandbox): Act =>
	async (
		resource,
		operation,
		parameters = {},
		{ credential = {}, continueOnFail, ...options } = {},
	) =>
		await runNode(
			{ platform: 'qiandun', resource, operation, ...parameters },
			{
				secrets: credentialFor(sandbox, credential),
				...(continueOnFail ? { node: { onError: 'continueRegularOutput' } } : {}),
				...options,
			},
		);
