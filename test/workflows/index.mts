/** All ready workflows; the guides list them in this order. */
import { askWhoHasNotSigned } from './ready/askWhoHasNotSigned.mjs';
import { catchUpMissedEvents } from './ready/catchUpMissedEvents.mjs';
import { completedContractToFolder } from './ready/completedContractToFolder.mjs';
import { contractAssistant } from './ready/contractAssistant.mjs';
import { contractEvents } from './ready/contractEvents.mjs';
import { contractFromDraftToSignedPdf } from './ready/contractFromDraftToSignedPdf.mjs';
import { contractsFromSpreadsheet } from './ready/contractsFromSpreadsheet.mjs';
import { emailSignedContract } from './ready/emailSignedContract.mjs';
import { qiandunSilentSigning } from './ready/qiandunSilentSigning.mjs';
import { registerOfContracts } from './ready/registerOfContracts.mjs';
import { remindOfOpenContracts } from './ready/remindOfOpenContracts.mjs';
import { sendAndWaitUntilSigned } from './ready/sendAndWaitUntilSigned.mjs';
import { sendContractFromForm } from './ready/sendContractFromForm.mjs';
import { signingLinkAsQr } from './ready/signingLinkAsQr.mjs';
import { verifyACompany } from './ready/verifyACompany.mjs';
import type { Language, ReadyWorkflow } from './workflow.mjs';

export const readyWorkflows: ReadyWorkflow[] = [
	sendContractFromForm,
	contractFromDraftToSignedPdf,
	sendAndWaitUntilSigned,
	contractsFromSpreadsheet,
	completedContractToFolder,
	emailSignedContract,
	contractEvents,
	catchUpMissedEvents,
	registerOfContracts,
	remindOfOpenContracts,
	signingLinkAsQr,
	askWhoHasNotSigned,
	contractAssistant,
	verifyACompany,
	qiandunSilentSigning,
];

/** Where the files of a language lie. */
export const folderOf = (language: Language): string =>
	language === 'en' ? 'docs/workflows' : `docs/workflows/${language}`;

export const workflowOf = (file: string): ReadyWorkflow => {
	const found = readyWorkflows.find((workflow) => workflow.file === file);
	if (!found) throw new Error(`There is no ready workflow '${file}'`);
	return found;
};
