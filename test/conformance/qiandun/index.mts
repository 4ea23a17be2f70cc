import { anySuite, type Suite } from '../suite.mjs';
import { accountTrials } from './accounts.mjs';
import { contractTrials } from './contracts.mjs';
import { identityTrials } from './identities.mjs';
import type { Kind, State } from './state.mjs';
import { openTarget, type QiandunTarget } from './target.mjs';

const suite: Suite<QiandunTarget, State, Kind> = {
	platform: 'qiandun',
	title: 'Qiandun (签盾)',
	kinds: {
		personCheck: ['billed check of a person', 'billed checks of persons'],
		companyCheck: ['billed check of a company', 'billed checks of companies'],
		cardReading: ['billed reading of an ID card', 'billed readings of ID cards'],
		contract: ['contract that stays open', 'contracts that stay open'],
		verificationLink: ['verification page of a person', 'verification pages of persons'],
		silentSignLink: ['page to allow silent signing', 'pages to allow silent signing'],
	},
	makers: [
		{ operation: 'identity.verifyPerson', kind: 'personCheck' },
		{ operation: 'identity.verifyCompany', kind: 'companyCheck' },
		{ operation: 'ocr.readIdCard', kind: 'cardReading' },
		{ operation: 'contract.start', kind: 'contract' },
		{ operation: 'identity.getPersonLink', kind: 'verificationLink' },
		{ operation: 'seal.getSilentSignLink', kind: 'silentSignLink' },
	],
	openTarget,
	newState: () => ({}),
	trials: [...accountTrials, ...contractTrials, ...identityTrials],
	afterwards: 'What is still running at the end stays open: no call that ends it is published.',
	async tidy({ target, state }) {
		if (target.isStandIn || !state.isStarted) return [];
		// No call that ends a contract is published.
		const which = state.contractId ?? 'without a known ID';
		return [`contract ${which} is still running: end it in the console of the platform`];
	},
};

export const qiandun = anySuite(suite);
