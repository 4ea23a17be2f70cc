/** #9 企业四要素核验 (docs/api/qiandun.md, 5.4, 9.9). */
import { ok } from '../envelope.mjs';
import { newFlowNo, newServiceId, type Company } from '../state.mjs';
import { filled, object, textOrNull, type Endpoint } from './endpoint.mjs';

const FIELDS = [
	'corpName',
	'corpIDCardType',
	'corpIDCardNum',
	'legalRepName',
	'legalRepIDCardType',
	'legalRepIDCardNum',
] as const;

export const verifyCompany: Endpoint = {
	number: '9',
	method: 'POST',
	path: '/open/corpCert/4element',
	// What the request's `flowNo` must name is not known, so any text is let through.
	body: object(
		{ ...Object.fromEntries(FIELDS.map((name) => [name, filled])), flowNo: textOrNull },
		[...FIELDS],
	),
	answer({ state }, { body }) {
		const claim = body as Pick<Company, (typeof FIELDS)[number]>;
		// Values of the two ID types are not known (§5.4): they are not compared.
		const compared = FIELDS.filter((name) => !name.endsWith('IDCardType'));
		const known = state.companies.some((company) =>
			compared.every((name) => company[name] === claim[name]),
		);
		return ok({
			verifyStatus: known ? 'passed' : 'un_passed',
			flowNo: newFlowNo(),
			serviceId: newServiceId(),
		});
	},
};
