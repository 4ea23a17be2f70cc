/** #21 查询个人用户信息 (docs/api/qiandun.md, 5.5, 9.9). */
import { ok, refuse } from '../envelope.mjs';
import { given, object, text, type Endpoint } from './endpoint.mjs';

export const getPerson: Endpoint = {
	number: '21',
	method: 'GET',
	path: '/open/psnGet',
	querystring: object({ accountId: text, psnIDCardNum: text }),
	answer({ state }, { query: { accountId, psnIDCardNum } }) {
		if (!given(accountId) && !given(psnIDCardNum)) return refuse('400');
		const person = state.persons.find(
			(entry) =>
				(!given(accountId) || entry.accountId === accountId) &&
				(!given(psnIDCardNum) || entry.psnIDCardNum === psnIDCardNum),
		);
		if (!person) return refuse('400');
		// What a person does not have is left out; how the platform shows it is not known (choice).
		return ok({
			psnId: person.psnId,
			accountId: person.accountId,
			sealId: person.sealId,
			psnName: person.psnName ?? undefined,
			psnIDCardType: person.psnIDCardType ?? undefined,
			psnIDCardNum: person.psnIDCardNum ?? undefined,
			informPhone: person.psnMobile ?? undefined,
			flowNo: person.flowNo,
			createTime: person.createTime,
			certifiedTime: person.certifiedTime,
			psnFaceUrl: person.psnFaceUrl,
		});
	},
};
