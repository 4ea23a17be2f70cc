/** #31 查询签署方信息 (docs/api/qiandun.md, 5.7, 9.9). */
import { ok, refuse } from '../envelope.mjs';
import { given, object, text, type Endpoint } from './endpoint.mjs';

export const getSigner: Endpoint = {
	number: '31',
	method: 'GET',
	path: '/open/contract/signer',
	querystring: object({ contractId: text, businessCode: text, accountId: text }),
	answer({ state, switches }, { query: { contractId, businessCode, accountId } }) {
		// "contractId or businessCode" is unverified; neither, or no account → 400 (choice).
		if (!given(accountId) || (!given(contractId) && !given(businessCode))) return refuse('400');
		const contract = state.contracts.find(
			(entry) =>
				(!given(contractId) || entry.contractId === contractId) &&
				(!given(businessCode) || entry.businessCode === businessCode),
		);
		if (!contract) return refuse('oc_40006');
		const signer = contract.signers.find((entry) => entry.accountId === accountId);
		if (!signer) return refuse('oc_40005');
		return ok({
			// Only `finished` is known (§7); the other value is the test's.
			signStatus: signer.finished ? 'finished' : switches.unfinishedSignStatus,
			seqNo: signer.seqNo,
			signFields: (signer.signFields ?? []).map(
				({ fileCode, fileId, signFieldStyle, dateFormat, signFieldPosition }) => ({
					fileCode,
					fileId,
					signFieldStyle,
					dateFormat,
					signFieldPosition,
				}),
			),
			authConfig: signer.authConfig,
			noticeConfig: signer.noticeConfig,
		});
	},
};
