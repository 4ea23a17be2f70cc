/** The nodes of this package. */
import type { IDataObject } from 'n8n-workflow';
import { calledTrigger, filter, node, splitOut, type Place } from './steps.mjs';
import type { Say, Step } from './workflow.mjs';

interface Common {
	key: string;
	name: string;
	at: Place;
	settings?: Step['settings'];
}

/** The next node gets an item that says why, instead of the run ending. */
export const GOES_ON: Step['settings'] = { onError: 'continueRegularOutput' };

/** A business line that its user has to choose. */
export const TO_BE_CHOSEN = { __rl: true, mode: 'list', value: '' };

export const esign = (
	step: Common & {
		platform?: 'kaifangqian' | 'qiandun';
		resource: string;
		operation: string;
		parameters: IDataObject;
		options?: IDataObject;
	},
): Step => ({
	key: step.key,
	name: step.name,
	at: step.at,
	settings: step.settings,
	type: 'n8n-nodes-cn-esign.cnEsign',
	typeVersion: 1,
	credentials: ['cnEsignApi'],
	parameters: {
		platform: step.platform ?? 'kaifangqian',
		resource: step.resource,
		operation: step.operation,
		...step.parameters,
		options: step.options ?? {},
	},
});

export const esignTrigger = (
	step: Common & { platform?: 'kaifangqian' | 'qiandun'; events: string[] },
): Step => ({
	key: step.key,
	name: step.name,
	at: step.at,
	settings: step.settings,
	type: 'n8n-nodes-cn-esign.cnEsignTrigger',
	typeVersion: 1,
	listens: true,
	credentials: ['cnEsignApi'],
	parameters: {
		platform: step.platform ?? 'kaifangqian',
		events: step.events,
		simplify: true,
		options: {},
	},
});

/** Sends the files of the item; sender and business line as its user chooses them. */
export const sendFiles = (
	step: Common & { signers: IDataObject; subject: string; files?: string; options?: IDataObject },
): Step =>
	esign({
		...step,
		resource: 'contract',
		operation: 'sendFiles',
		parameters: {
			binaryPropertyNames: step.files ?? '',
			...step.signers,
			subject: step.subject,
			operatorName: '',
			operatorContact: '',
			signReId: TO_BE_CHOSEN,
		},
	});

/** The business line that a node sends with: its name where it was chosen from the list, its ID otherwise. */
export const lineOf = (send: Step): string => {
	const line = `${node(send)}.params.signReId`;
	return `={{ ${line}.cachedResultName || ${line}.value }}`;
};

export const getStatus = (
	step: Common & { contractId: string; life?: string; goesOn?: boolean },
): Step =>
	esign({
		...step,
		settings: step.settings ?? (step.goesOn ? GOES_ON : undefined),
		resource: 'contract',
		operation: 'getStatus',
		parameters: { contractId: step.contractId },
		options: step.life ? { life: step.life } : {},
	});

export const getTaskLink = (step: Common & { contractId: string; taskId: string }): Step =>
	esign({
		...step,
		resource: 'contract',
		operation: 'getTaskLink',
		parameters: { contractId: step.contractId, taskId: step.taskId },
	});

export const download = (step: Common & { contractId: string; contact?: string }): Step =>
	esign({
		...step,
		resource: 'contract',
		operation: 'download',
		parameters: {
			contractId: step.contractId,
			contact: step.contact ?? '',
			outputBinaryPropertyName: 'data',
		},
	});

/** The events after which a contract is over. */
export const ENDS = [
	'contract.completed',
	'contract.signRefused',
	'contract.fillRefused',
	'contract.approvalRefused',
	'contract.recalled',
	'contract.expired',
	'contract.deleted',
];

/** The first steps of a workflow for completed contracts, which *Contract events* may call as well. */
export const whenCompleted = (say: Say) => ({
	trigger: esignTrigger({
		key: 'trigger',
		name: say('CN E-Sign Trigger', '合同完成'),
		at: [0, 0],
		events: ['contract.completed'],
	}),
	called: calledTrigger({
		key: 'called',
		name: say('When Called by Contract Events', '由《合同事件》调用'),
		at: [0, 1],
	}),
	completed: filter({
		key: 'completed',
		name: say('Completed?', '是否已完成？'),
		at: [1, 0],
		when: "$json.event === 'contract.completed'",
	}),
});

/** One item for each open task that *Get Status* has given. */
export const splitTasks = (say: Say, at: Place): Step =>
	splitOut({
		key: 'tasks',
		name: say('Split Out Tasks', '拆分任务'),
		at,
		what: 'tasks',
		into: 'task',
		keep: 'contractId',
	});
