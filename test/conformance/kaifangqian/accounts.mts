import { expectThat, textIn } from '../suite.mjs';
import { isMissing, type KaifangqianTrial } from './state.mjs';

export const accountTrials: KaifangqianTrial[] = [
	{
		operation: 'account.registerPerson',
		creates: { personAccount: 1 },
		impossible: (target) => isMissing(target, 'account'),
		async run({ operate, target }) {
			const { name, contact } = target.account!;
			const items = await operate('account.registerPerson', {
				accountName: name,
				accountContact: contact,
			});
			expectThat(items.length === 1, 'the operation gave no item');
			return 'accepted';
		},
	},
	{
		operation: 'account.registerCompany',
		creates: { companyAccount: 1 },
		impossible: (target) => isMissing(target, 'account', 'company'),
		async run({ operate, target }) {
			const { name, contact } = target.account!;
			const items = await operate('account.registerCompany', {
				accountName: name,
				accountContact: contact,
				companyName: target.company!.name,
				creditCode: target.company!.creditCode,
			});
			expectThat(items.length === 1, 'the operation gave no item');
			return 'accepted';
		},
	},
	{
		operation: 'verification.getCompanyLink',
		creates: { verificationLink: 1 },
		impossible: (target) => isMissing(target, 'operator'),
		async run({ operate, target }) {
			const { contact } = target.operator!;
			const [item] = await operate('verification.getCompanyLink', { accountName: contact });
			return `a page on ${new URL(textIn(item?.json, 'authUrl')).host}`;
		},
	},
];
