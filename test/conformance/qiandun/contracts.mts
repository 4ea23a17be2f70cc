import { NotTried, textIn } from '../suite.mjs';
import { onlyItem, onlyOnce, type QiandunTrial } from './state.mjs';
import { isMissing } from './target.mjs';

export const contractTrials: QiandunTrial[] = [
	{
		operation: 'contract.start',
		creates: { contract: 1 },
		impossible: (target) => isMissing(target, 'start'),
		async run({ operate, target, state }) {
			const { path, fileCode, initiatorAccountId, signerAccountId } = target.start!;
			const furtherFields = target.startFields;
			// The values of the vendor's sample, but for the code that would sign without asking.
			const position = {
				fileCode,
				signFieldStyle: 1,
				positionPage: 1,
				positionX: 280,
				positionY: 420,
				dateFormat: 'YYYY-MM-DD',
			};
			const signer = {
				accountId: signerAccountId,
				signFields: { entry: [position] },
				willingnessAuthModes: 'CODE_SMS',
				noticeTypes: 0,
			};
			const items = await operate('contract.start', {
				path,
				initiatorAccountId,
				docs: { entry: [{ fileId: '1', fileCode, fileName: 'n8n-test.pdf' }] },
				signers: { entry: [signer] },
				options: { ...(furtherFields ? { furtherFields } : {}), ...onlyOnce },
			});
			state.isStarted = true;
			// That the answer names it so is not published.
			state.contractId = textIn(onlyItem(items), 'contractId');
			return 'sent to one person';
		},
	},
	{
		operation: 'contract.getSigner',
		impossible: (target) =>
			target.contract || (target.mayWrite && target.start)
				? undefined
				: `${isMissing(target, 'contract')}, or a contract made by 'contract.start'`,
		async run({ operate, target, state }) {
			const started = state.contractId && {
				contractId: state.contractId,
				accountId: target.start!.signerAccountId,
			};
			const asked = target.contract ?? started;
			if (!asked) throw new NotTried("needs what 'contract.start' makes");
			const json = onlyItem(await operate('contract.getSigner', { ...asked }));
			return textIn(json, 'signStatus');
		},
	},
];
