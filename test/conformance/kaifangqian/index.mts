import type { IDataObject } from 'n8n-workflow';
import { anySuite, type Suite } from '../suite.mjs';
import { accountTrials } from './accounts.mjs';
import { batchTrial } from './batch.mjs';
import { contractTrials } from './contracts.mjs';
import { fileTrials } from './files.mjs';
import type { Kind, State } from './state.mjs';
import { openTarget, type KaifangqianTarget } from './target.mjs';

/** With the ID of a contract that is there, *Send Files for Signing* sends nothing. */
const resumes = ({ options }: IDataObject): boolean =>
	typeof (options as IDataObject | undefined)?.contractId === 'string';

/** Opt-in: so many contracts through one node. */
const batch = Math.trunc(Number(process.env.CN_ESIGN_BATCH ?? 0)) || 0;

const suite: Suite<KaifangqianTarget, State, Kind> = {
	platform: 'kaifangqian',
	title: 'Kaifangqian (开放签)',
	kinds: {
		document: ['document', 'documents'],
		attachment: ['attachment', 'attachments'],
		contract: ['contract', 'contracts'],
		personAccount: ['account of a person', 'accounts of persons'],
		companyAccount: ['account of a company', 'accounts of companies'],
		verificationLink: ['verification page of a company', 'verification pages of companies'],
	},
	makers: [
		{ operation: 'document.upload', kind: 'document' },
		{ operation: 'attachment.upload', kind: 'attachment' },
		{ operation: 'contract.create', kind: 'contract' },
		{ operation: 'contract.sendFiles', kind: 'document', unless: resumes },
		{ operation: 'contract.sendFiles', kind: 'contract', unless: resumes },
		{ operation: 'account.registerPerson', kind: 'personAccount' },
		{ operation: 'account.registerCompany', kind: 'companyAccount' },
		{ operation: 'verification.getCompanyLink', kind: 'verificationLink' },
	],
	openTarget,
	newState: () => ({ open: new Set() }),
	trials: [
		...fileTrials,
		...contractTrials,
		...accountTrials,
		...(batch > 0 ? [batchTrial(batch)] : []),
	],
	afterwards: 'What is still running at the end is ended.',
	async tidy({ operate, state }) {
		const done: string[] = [];
		for (const contractId of state.open) {
			try {
				const [status] = await operate('contract.getStatus', { contractId });
				if (status?.json.isFinal === true) continue;
				// All signed, not finished by itself: it can only be ended so.
				const isSigned = (status?.json.tasks as unknown[]).length === 0;
				await operate(isSigned ? 'contract.finish' : 'contract.recall', { contractId });
				done.push(`contract ${contractId} was still running and has been ended`);
			} catch (error) {
				done.push(`contract ${contractId} is still running: ${(error as Error).message}`);
			}
		}
		return done;
	},
};

export const kaifangqian = anySuite(suite);
