import type { INodeProperties } from 'n8n-workflow';
import type { Parameters } from '../../../../runtime/parameters';
import { resultItems } from '../../../../runtime/results';
import type { KaifangqianClient } from '../../client';
import {
	additionalFields,
	contractIdField,
	given,
	operatorAccountOf,
	webAddress,
} from '../../fields';
import type { KaifangqianOperation } from '../operation';
import { linkNote } from './links';

/** How the page of a task is to be made. */
export const linkFields: INodeProperties[] = [
	{
		displayName: 'Link Type',
		name: 'linkType',
		type: 'options',
		options: [
			{ name: 'Computer (PC)', value: 'pc' },
			{ name: 'Phone (H5)', value: 'h5' },
		],
		default: 'h5',
		description:
			'The device that the page is made for. Platforms on your own server do not use it.',
	},
	{
		displayName: 'Return Page',
		name: 'callbackPage',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://your-domain.com/done',
		description: 'Page that the person comes back to (前端跳转页)',
	},
];

export const linkChoicesOf = (fields: Parameters): Record<string, unknown> => ({
	linkType: fields.text('linkType', {
		pattern: /^(?:h5|pc)$/,
		expected: 'is neither h5 nor pc',
		hint: 'Choose from the list.',
	}),
	callbackPage: fields.text('callbackPage', webAddress),
});

/** GET /contract/taskUrl (docs/api/kaifangqian.md, 6.11). */
export const taskLink = async (
	client: KaifangqianClient,
	task: { contractId: string; taskId: string },
	choices: Record<string, unknown>,
): Promise<unknown> =>
	await client.get('/contract/taskUrl', given({ ...task, ...choices }) as Record<string, string>);

export const getTaskLink: KaifangqianOperation = {
	value: 'getTaskLink',
	name: 'Get Task Link',
	action: 'Get link to task',
	description:
		'Get the page on which a person signs, approves or fills in a contract (获取待办任务链接). The phone number stands in the link.',
	properties: [
		contractIdField,
		{
			displayName: 'Task ID',
			name: 'taskId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. {{ $json.todoTaskList[0].taskId }}',
			description: "ID of the open task, as returned by 'Get Status'",
		},
		additionalFields(linkFields),
	],
	async run({ parameters, client }) {
		const contractId = parameters.text('contractId', { required: true });
		const taskId = parameters.text('taskId', { required: true });
		const result = await taskLink(
			client,
			{ contractId, taskId },
			{ ...linkChoicesOf(parameters.group('additionalFields')), ...operatorAccountOf(parameters) },
		);
		return resultItems(result, { contractId, taskId }).map(({ json }) => ({
			json: { ...json, contractId, taskId, ...linkNote(json.pageUrl) },
		}));
	},
};
