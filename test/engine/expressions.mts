import { wf } from './engine.mjs';

/** n8n 1 had no choice before it had a second engine. */
export const hasEngines = 'initExpressionEngine' in wf.Expression;

/** Lets n8n evaluate expressions with this engine, set as n8n sets it by default (its ExpressionEngineConfig). */
export const useExpressionEngine = async (engine: 'legacy' | 'vm'): Promise<void> =>
	await wf.Expression.initExpressionEngine({
		engine,
		poolSize: 1,
		maxCodeCacheSize: 1024,
		bridgeTimeout: 5000,
		bridgeMemoryLimit: 128,
	} as Parameters<typeof wf.Expression.initExpressionEngine>[0]);
