/** #37 查询印章详情 (docs/api/qiandun.md, 5.8, 9.9). */
import { ok, refuse } from '../envelope.mjs';
import { seal } from '../state.mjs';
import { object, type Endpoint } from './endpoint.mjs';

export const getSeal: Endpoint = {
	number: '37',
	method: 'GET',
	path: '/open/seal/detail',
	querystring: object({ sealId: { type: 'string', pattern: '^\\d+$' } }, ['sealId']),
	answer({ state }, { query: { sealId } }) {
		const found = seal(state, Number(sealId));
		if (!found) return refuse('oc_20001');
		return ok({
			sealId: found.sealId, // a number, unlike in #21
			sealName: found.sealName,
			status: found.status,
			style: found.style,
			autosignAuthorizeList: found.autosignAuthorizeList,
		});
	},
};
