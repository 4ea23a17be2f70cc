import { expectThat, textIn } from '../suite.mjs';
import { linkNote, onlyItem, onlyOnce, type QiandunTrial } from './state.mjs';
import { isMissing } from './target.mjs';

/** Number of 查询个人用户信息 in the vendor's menu. */
const QUERY_PERSON = '21';

export const accountTrials: QiandunTrial[] = [
	{
		operation: 'api.request',
		impossible: (target) => isMissing(target, 'account'),
		async run({ operate, target }) {
			const query = JSON.stringify(target.account);
			const json = onlyItem(await operate('api.request', { endpoint: QUERY_PERSON, query }));
			textIn(json, 'accountId');
			return 'GET /open/psnGet';
		},
	},
	{
		operation: 'user.getPerson',
		impossible: (target) => isMissing(target, 'account'),
		async run({ operate, target }) {
			const json = onlyItem(await operate('user.getPerson', { ...target.account }));
			expectThat(
				textIn(json, 'accountId') === target.account!.accountId,
				'the answer is about another account',
			);
			// It only reads: asked once more for everything that the platform says.
			const raw = onlyItem(await operate('user.getPerson', { ...target.account, simplify: false }));
			const missing = Object.keys(json).filter((name) => !(name in raw));
			expectThat(missing.length === 0, `the whole answer lacks ${missing.join(', ')}`);
			return 'found by account';
		},
	},
	{
		operation: 'seal.get',
		impossible: (target) => isMissing(target, 'seal'),
		async run({ operate, target }) {
			const json = onlyItem(await operate('seal.get', { ...target.seal }));
			expectThat(
				textIn(json, 'sealId') === target.seal!.sealId,
				'the answer is about another seal',
			);
			const list = json.autosignAuthorizeList;
			expectThat(Array.isArray(list), "the answer has no list 'autosignAuthorizeList'");
			return `authorizations: ${(list as unknown[]).length}`;
		},
	},
	{
		operation: 'seal.getSilentSignLink',
		creates: { silentSignLink: 1 },
		impossible: (target) => isMissing(target, 'sealOwner'),
		async run({ operate, target }) {
			const items = await operate('seal.getSilentSignLink', {
				...target.sealOwner,
				// As in the vendor's sample.
				options: { expirationTime: 3600, ...onlyOnce },
			});
			return linkNote(textIn(onlyItem(items), 'authUrl'));
		},
	},
];
