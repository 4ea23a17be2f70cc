/** #2 个人运营商三要素核验 (docs/api/qiandun.md, 5.1, 9.9). */
import { ok } from '../envelope.mjs';
import { newFlowNo, newServiceId, type Person } from '../state.mjs';
import { filled, object, type Endpoint } from './endpoint.mjs';

// Missing or empty field → 400 (choice).
const FIELDS = ['psnName', 'psnIDCardType', 'psnIDCardNum', 'psnMobile'] as const;

export const verifyPerson: Endpoint = {
	number: '2',
	method: 'POST',
	path: '/open/psnCert/3element',
	body: object(Object.fromEntries(FIELDS.map((name) => [name, filled])), [...FIELDS]),
	answer({ state }, { body }) {
		const claim = body as Pick<Person, (typeof FIELDS)[number]>;
		const known = state.persons.some((person) =>
			FIELDS.every((name) => person[name] === claim[name]),
		);
		return ok({
			verifyStatus: known ? 'passed' : 'un_passed',
			flowNo: newFlowNo(),
			serviceId: newServiceId(),
		});
	},
};
