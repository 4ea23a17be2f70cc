/** What the tests of asking the platform back share. */
import { startProxy, type Rewrite } from './proxy.mjs';
import type { KaifangqianStage } from './support.mjs';

export const UNPROVEN = { status: 401, text: '{"message":"Not accepted"}' };
export const TRY_AGAIN = { status: 503, text: '{"message":"Try again later"}' };

/** An answer of the platform with another status in it. */
export const withStatus = (status: string) => (body: string) => {
	const answer = JSON.parse(body);
	answer.result.status = status;
	return JSON.stringify(answer);
};

/** A whole answer of the platform about a contract that nobody has anything left to do in. */
export const saying = (status: string) => ({
	status: 200,
	body: JSON.stringify({ code: 10000, message: '成功', result: { status, todoTaskList: [] } }),
});

export const confirming = (stage: KaifangqianStage) => {
	const { sandbox } = stage;
	return {
		/** The callback of a state change, kept back. */
		async callbackOf(contractId: string, type: string, act: () => unknown): Promise<string> {
			const recorded = await stage.recorded(act);
			sandbox.requests.length = 0;
			const found = recorded.find(({ body }) => body.includes(`"callbackType":"${type}"`));
			if (!found) throw new Error(`${contractId} sent no ${type}`);
			return found.body;
		},
		/** A host whose credential leads through a proxy. */
		async behindProxy(...rewrites: Rewrite[]) {
			const proxy = await startProxy(sandbox.origin);
			proxy.rewrites.push(...rewrites);
			const baseUrl = sandbox.baseUrl.replace(sandbox.origin, proxy.origin);
			return { proxy, host: await stage.host({ credential: { baseUrl } }) };
		},
	};
};
