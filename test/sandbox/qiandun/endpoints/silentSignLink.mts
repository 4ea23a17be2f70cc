/** #38 印章静默签授权地址 (docs/api/qiandun.md, 5.9, 9.9). */
import { randomUUID } from 'node:crypto';
import { ok, refuse } from '../envelope.mjs';
import { company, isAuthorised, person, seal } from '../state.mjs';
import {
	filled,
	numberOrNull,
	object,
	objectOrNull,
	text,
	textOrNull,
	type Endpoint,
} from './endpoint.mjs';

interface Body {
	accountId: string;
	sealIds?: Array<number | string> | null;
	redirectUrl?: string | null;
}

/** Where the page is; the real address is not known. */
export const SILENT_SIGN_PAGE = '/sandbox-only/silent-sign';

export const silentSignLink: Endpoint = {
	number: '38',
	method: 'POST',
	path: '/open/seal/autosign/auth/url',
	// No field table exists: types from the sample, `accountId` required (choice). Seal ids are a
	// number in #37 and a string in #21, so both are taken here.
	body: object(
		{
			accountId: filled,
			sealIds: {
				type: ['array', 'null'],
				items: { anyOf: [{ type: 'integer' }, { type: 'string', pattern: '^\\d+$' }] },
			},
			// More values than the two seen may exist (§7), so they are not checked.
			authConfig: objectOrNull({ willingnessAuthModes: { type: ['array', 'null'], items: text } }),
			redirectUrl: textOrNull,
			redirectDelayTime: numberOrNull,
			// A number here, a string in #8 (§8 row 11).
			expirationTime: numberOrNull,
		},
		['accountId'],
	),
	answer({ state, appKey, origin, now }, { body }) {
		const { accountId, sealIds, redirectUrl } = body as Body;
		const corp = company(state, accountId);
		const psn = person(state, accountId);
		if (!corp && !psn) return refuse('400'); // unknown account: its code is not known (choice)
		if (corp && !corp.authenticated) return refuse('oc_40025');
		if (psn && !psn.authenticated && !(psn.psnName && psn.psnIDCardNum)) return refuse('oc_40026');

		// What `null` means for the two seal codes is not known: no seal is checked then.
		const seals = (sealIds ?? []).map((id) => seal(state, Number(id)));
		// Someone else's seal is treated as one that does not exist (choice).
		if (seals.some((entry) => entry?.accountId !== accountId)) return refuse('oc_20001');
		if (seals.some((entry) => entry && isAuthorised(entry, appKey))) return refuse('oc_20002');
		const id = randomUUID();
		state.silentSignPages.push({
			id,
			at: now(),
			accountId,
			sealIds: sealIds?.map(Number) ?? null,
			redirectUrl: redirectUrl ?? null,
		});
		return ok({ authUrl: `${origin}${SILENT_SIGN_PAGE}/${id}` });
	},
};
