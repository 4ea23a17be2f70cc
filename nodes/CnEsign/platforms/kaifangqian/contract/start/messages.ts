/** What the operations that start contracts say about a contract that the platform has mixed up. */

interface Message {
	message: string;
	description: string;
}

const LOOK_IN_CONSOLE = 'Look at it in the company console (企业管理后台)';

export const noContractId: Message = {
	message: 'Kaifangqian took the contract but named no ID for it',
	description:
		'Look in the company console (企业管理后台) whether it is there before you run this item again.',
};

export const stillRefused =
	'Nobody has been asked to sign. Other calls, or people who sign on its pages, keep getting in the way of this one in the platform. Run the item again when less is going on there; a draft is left in the console for each try.';

export function notLookedAt(reason: string): string {
	return `The contract was started, but could not be looked at afterwards (${reason}). Ask 'Get Status' whether somebody has been asked to sign, and 'Get Task Link' for the links.`;
}

export function completeUnsigned(contractId: string): Message {
	return {
		message: `Kaifangqian has mixed up contract ${contractId}: it counts as completed, but not everybody has signed it`,
		description: `Do not treat it as signed. ${LOOK_IN_CONSOLE} and delete it there if signatures are missing; then run this item again. It was not sent again by itself.`,
	};
}

export function askedTwice(contractId: string): Message {
	return {
		message: `Kaifangqian has mixed up contract ${contractId}: somebody is asked to sign more often than this item says`,
		description: `${LOOK_IN_CONSOLE}. If it is wrong, recall it (Contract → Recall) and run this item again. It was not sent again by itself.`,
	};
}

export function seenTooLate(contractId: string, status: string): Message {
	return {
		message: `Kaifangqian has mixed up contract ${contractId}: it is ${status}, and nobody has an open task`,
		description: `The platform took so long to show it that somebody may have signed meanwhile, so the contract was left as it is. ${LOOK_IN_CONSOLE}; if nobody has signed, recall it and run this item again.`,
	};
}

export function notRecalled(contractId: string, reason: string): Message {
	return {
		message: `Kaifangqian has mixed up contract ${contractId}: nobody has been asked to sign, and recalling it did not work`,
		description: `The platform said: ${reason}. ${LOOK_IN_CONSOLE}; recall it there if nobody has been asked, then run this item again. It was not sent again by itself.`,
	};
}

export const lineAsksNobody: Message = {
	message: 'Nobody was asked to sign, twice in a row, so both contracts were recalled',
	description:
		"Probably the business line does this: with an approval before signing, the platform waits for the approval and asks nobody. If that is meant, turn off 'Check Started Contracts' under Options and start a new execution. Otherwise change the line in the console (企业管理后台 → 业务线管理).",
};

export const askedNobodyAgain: Message = {
	message: 'Kaifangqian has started this contract three times without asking anybody to sign',
	description:
		'Contracts that stay in START can be ended by nobody, so they were left; the others were recalled. Start a new execution when less is going on on the platform.',
};

export function cancelledBeforeRepeat(contractId: string, status: string): string {
	return status === 'RECALLED'
		? `Contract ${contractId} was recalled because nobody had been asked to sign, and was not sent again.`
		: `Contract ${contractId} is stuck in ${status}: nobody has been asked to sign. It was not sent again.`;
}

export function cancelledWhileRecalling(contractId: string): string {
	return `Nobody had been asked to sign contract ${contractId}, so it was being recalled. Look in the company console (企业管理后台) whether it is; it was not sent again.`;
}
