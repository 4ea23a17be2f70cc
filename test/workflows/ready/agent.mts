/** What the two workflows with an agent have in common. */
import type { IDataObject } from 'n8n-workflow';
import { TABLE } from '../register.mjs';
import { plain, type Place } from '../steps.mjs';
import type { Say, Step } from '../workflow.mjs';

/**
 * Names of tools are made out of the names of their nodes, and only Latin letters are left. So in every
 * language the name begins with them.
 */
export const toolName = (say: Say, latin: string, chinese: string): string =>
	say(latin, `${latin}（${chinese}）`);

export const chatModel = (say: Say, at: Place): Step =>
	plain({
		key: 'model',
		name: say('Chat Model', '语言模型'),
		at,
		type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
		typeVersion: 1.2,
		credentials: ['openAiApi'],
		parameters: {
			model: {
				__rl: true,
				mode: 'list',
				value: 'gpt-4o-mini',
				cachedResultName: 'gpt-4o-mini',
			},
			options: {},
		},
	});

/** A value that the model fills in. */
export const fromModel = (name: string, description: string): string =>
	`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${name}', \`${description}\`, 'string') }}`;

export const registerTool = (say: Say, at: Place): Step =>
	plain({
		key: 'list',
		name: toolName(say, 'Register of Contracts', '合同台账'),
		at,
		type: 'n8n-nodes-base.dataTableTool',
		typeVersion: 1,
		parameters: {
			descriptionType: 'manual',
			toolDescription: say(
				'Get the register of all contracts: their IDs, titles and what was last seen of them.',
				'读取合同台账：全部合同的合同ID、标题和最后看到的状态。',
			),
			resource: 'row',
			operation: 'get',
			dataTableId: { __rl: true, mode: 'name', value: TABLE },
			returnAll: true,
		},
	});

export const esignTool = (
	step: { key: string; name: string; at: Place; description: string; operation: string },
	parameters: IDataObject,
): Step =>
	plain({
		key: step.key,
		name: step.name,
		at: step.at,
		type: 'n8n-nodes-cn-esign.cnEsignTool',
		typeVersion: 1,
		credentials: ['cnEsignApi'],
		parameters: {
			descriptionType: 'manual',
			toolDescription: step.description,
			platform: 'kaifangqian',
			resource: 'contract',
			operation: step.operation,
			options: {},
			...parameters,
		},
	});

export const statusTool = (say: Say, at: Place): Step =>
	esignTool(
		{
			key: 'status',
			name: toolName(say, 'Get Contract Status', '查询状态'),
			at,
			description: say(
				'Get the status of one contract and everybody who still has to sign it. Needs the ID of the contract.',
				'查询一份合同的状态，以及还有谁没签。需要合同ID。',
			),
			operation: 'getStatus',
		},
		{
			contractId: fromModel(
				'Contract_ID',
				say('ID of the contract, as the register shows it', '合同ID，以台账里的为准'),
			),
		},
	);
