import { badFormat, internalRefusal, missing, plainRefusal, refuse } from '../answers.mjs';
import { COMPANY_NAME, store } from '../contract/limits.mjs';
import { endpoint } from '../endpoint.mjs';
import { isFilled } from '../java.mjs';
import { requests, type ContractUser } from '../shapes.mjs';
import { registerAccount, registerMember } from '../world.mjs';
import { isWebAddress } from '../../shared/html.mjs';

const MOBILE = /^1[3-9]\d{9}$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/;

/** Here, unlike elsewhere, the contact is looked at. */
function accountContact(user: ContractUser | undefined): string {
	if (!user) return missing('account');
	const { contactType, contact = '' } = user;
	if (contactType !== 'MOBILE' && contactType !== 'EMAIL')
		plainRefusal('账号类型仅支持MOBILE、EMAIL');
	if (contactType === 'MOBILE' && !MOBILE.test(contact))
		refuse(23000, 'contact参数格式不正确,手机号格式不合法');
	if (contactType === 'EMAIL' && !EMAIL.test(contact))
		refuse(23000, 'contact参数格式不正确,邮箱格式不合法');
	return contact;
}

/**
 * POST /companyCreateAndAuth (docs/api/kaifangqian.md 6.14): the published server only registers. Whoever gives the
 * name of a company that is there becomes its administrator.
 */
export const registerCompany = endpoint({
	method: 'POST',
	path: '/companyCreateAndAuth',
	fields: requests.company,
	run({ world, params: { account, companyName } }) {
		const contact = accountContact(account);
		if (!isFilled(companyName)) return internalRefusal('信息不全');
		store(companyName, COMPANY_NAME);
		registerMember(world, companyName, contact, account?.name ?? contact);
		return undefined;
	},
});

/** POST /personCreateAndAuth (6.15): may be repeated. */
export const registerPerson = endpoint({
	method: 'POST',
	path: '/personCreateAndAuth',
	fields: requests.person,
	run({ world, params: { account } }) {
		registerAccount(world, accountContact(account));
		return undefined;
	},
});

/** POST /auth/corp/ident/link (6.16), hosted site only. */
export const linkCompanyIdentity = endpoint({
	method: 'POST',
	path: '/auth/corp/ident/link',
	fields: requests.identityLink,
	hostedOnly: true,
	run({ world, params }) {
		const { corpIdentInfo, callbackPage, authCallbackUrl, clientRequestId } = params;
		for (const [field, value] of Object.entries({ callbackPage, authCallbackUrl })) {
			if (value && !isWebAddress(value)) badFormat(field, ',不是网址');
		}
		const orderNo = world.newId();
		world.identityOrders.set(orderNo, {
			orderNo,
			companyName: corpIdentInfo?.companyName,
			callbackPage,
			authCallbackUrl,
			clientRequestId,
			state: 'open',
		});
		return { orderNo, authUrl: `${world.origin}/ident/${orderNo}` };
	},
});
