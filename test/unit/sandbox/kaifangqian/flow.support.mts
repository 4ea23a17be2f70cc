/** What the tests of a contract's way share. */
import { autoSeal, mobile } from '../../../sandbox/kaifangqian/testing.mjs';
import { position, useStage } from './support.mjs';

export const zhaoliu = mobile('赵六', '13300133000');

export const step = (nodeType: string, signerOrder: string, signer: unknown, more = {}) => ({
	nodeType,
	signerOrder,
	signer,
	...more,
});

export const useFlow = () => {
	const stage = useStage();
	return {
		stage,
		/** Our seal, set automatically. */
		automatic: (order = '1') =>
			autoSeal(order, {
				sealId: stage.sandbox.sealId,
				positionParamList: [position(stage.docId, { controlType: 'SEAL' })],
			}),
		/** Who is asked, turn after turn. */
		async turns(id: string, count: number) {
			const seen = [];
			for (let turn = 0; turn < count; turn += 1) {
				seen.push(await stage.asked(id));
				stage.sandbox.control.sign(id);
			}
			return seen;
		},
		add: async (contractId: string, ...signerList: unknown[]) =>
			(await stage.api.post('/contract/signer/add', { contractId, signerList })).json,
	};
};
