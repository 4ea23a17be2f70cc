import { badFormat } from '../answers.mjs';
import { checkUser } from '../checks.mjs';
import { endpoint } from '../endpoint.mjs';
import { schemas } from '../schemas.mjs';
import type { ContractUser } from '../wire.mjs';
import { isWebAddress } from '../../shared/html.mjs';

/** Callbacks name people by their phone (§7.2). */
const phoneOf = ({ contactType, contact }: ContractUser): string =>
	contactType === 'MOBILE' ? contact : '';

/** POST /companyCreateAndAuth (api/kaifangqian.md §6.14): the public server only registers. */
export const registerCompany = endpoint<{ account: ContractUser }>({
	method: 'POST',
	path: '/companyCreateAndAuth',
	schema: schemas.company,
	run({ world, params }) {
		checkUser(params.account);
		world.accounts.set(params.account.contact, phoneOf(params.account));
	},
});

/** POST /personCreateAndAuth (§6.15). */
export const registerPerson = endpoint<{ account: ContractUser; mobile?: string }>({
	method: 'POST',
	path: '/personCreateAndAuth',
	schema: schemas.person,
	run({ world, params }) {
		checkUser(params.account);
		world.accounts.set(params.account.contact, params.mobile || phoneOf(params.account));
	},
});

/** POST /auth/corp/ident/link (§6.16), hosted site only. */
export const linkCompanyIdentity = endpoint<{
	corpIdentInfo?: { companyName?: string };
	callbackPage?: string;
	authCallbackUrl?: string;
	clientRequestId?: string;
}>({
	method: 'POST',
	path: '/auth/corp/ident/link',
	schema: schemas.identityLink,
	tokenInHeader: true,
	run({ world, params }) {
		const { corpIdentInfo, callbackPage, authCallbackUrl, clientRequestId } = params;
		for (const [field, value] of Object.entries({ callbackPage, authCallbackUrl })) {
			if (value && !isWebAddress(value)) badFormat(field, '不是网址');
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
