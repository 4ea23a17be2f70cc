import type { IDataObject, INode } from 'n8n-workflow';
import { startKaifangqian, type KaifangqianSandbox } from '../sandbox/kaifangqian/index.mjs';
import { runNode, type NodeRun } from './node.mjs';
import type { EngineOptions } from './engine.mjs';

export type { KaifangqianSandbox };
export { startKaifangqian };

/** The credential for a stand-in, as n8n would hand it to the node. */
export const credentialFor = (sandbox: KaifangqianSandbox, more: IDataObject = {}) => ({
	cnEsignApi: {
		platform: 'kaifangqian',
		baseUrl: sandbox.baseUrl,
		appAuthToken: sandbox.token,
		secret: '',
		platformPublicKey: '',
		...more,
	},
});

export type Act = (
	resource: string,
	operation: string,
	parameters?: IDataObject,
	options?: EngineOptions & {
		credential?: IDataObject;
		continueOnFail?: boolean;
		node?: Partial<INode>;
	},
) => Promise<NodeRun>;

/** Runs one Kaifangqian operation against a stand-in. */
export const actingOn =
	(sandbox: KaifangqianSandbox): Act =>
	async (
		resource,
		operation,
		parameters = {},
		{ credential = {}, continueOnFail, ...options } = {},
	) =>
		await runNode(
			{ platform: 'kaifangqian', resource, operation, ...parameters },
			{
				secrets: credentialFor(sandbox, credential),
				...(continueOnFail ? { node: { onError: 'continueRegularOutput' } } : {}),
				...options,
			},
		);
