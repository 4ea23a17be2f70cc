/** #8 个人实名认证地址(页面) (docs/api/qiandun.md, 5.3, 9.9). */
import { randomUUID } from 'node:crypto';
import { ok } from '../envelope.mjs';
import type { PersonPageRequest } from '../state.mjs';
import { object, objectOrNull, textOrNull, type Endpoint } from './endpoint.mjs';

/** Where the page is; the real address is not known. */
export const PERSON_PAGE = '/sandbox-only/person-page';

const AUTH_MODES = ['face', 'mobile', 'bank'];
const EDITABLE = ['psnName', 'psnIDCardNum', 'psnMobile', 'psnBankCardNo'];

const listOrNull = (values: string[]) => ({ type: ['array', 'null'], items: { enum: values } });

// Types and enum values are documented; which fields are required is not, so none is.
const body = object({
	psnAuthConfig: objectOrNull({
		psnName: textOrNull,
		psnIDCardType: textOrNull,
		psnIDCardNum: textOrNull,
		psnMobile: textOrNull,
		psnBankCardNo: textOrNull,
	}),
	pageConfig: objectOrNull({
		psnEditableFields: listOrNull(EDITABLE),
		psnDefaultAuthMode: { enum: [...AUTH_MODES, null] },
		psnAvailableAuthModes: listOrNull(AUTH_MODES),
	}),
	integrationConfig: object({
		redirectConfig: objectOrNull({
			redirectUrl: textOrNull,
			redirectDelayTime: { type: ['number', 'null'] },
		}),
		// A string here, a number in #38 (§8 row 11).
		expirationTime: textOrNull,
		clientType: { enum: ['pc', 'h5'] },
	}),
	businessCode: textOrNull,
});

export const personUrl: Endpoint = {
	number: '8',
	method: 'POST',
	path: '/open/psnCert/getUrl',
	body,
	answer({ state, switches, origin, now }, { body: request }) {
		const id = randomUUID();
		state.personPages.push({ id, at: now(), request: request as PersonPageRequest });
		// Nothing is known about the answer: the test names its members.
		const url = `${origin}${PERSON_PAGE}/${id}`;
		return ok(Object.fromEntries(switches.personUrlResultFields.map((name) => [name, url])));
	},
};
