import { resultItems } from '../../../../runtime/items/results';
import { optionsProperty, contractIdField, operatorAccountOf } from '../../fields';
import type { Operation } from '../../../../runtime/items/operation';
import { linkChoicesOf, linkFields, linkNote, taskLink } from '../../contract/links';

/** GET /contract/taskUrl (docs/api/kaifangqian.md, 6.11). */
export const getTaskLink: Operation = {
	value: 'getTaskLink',
	name: 'Get Task Link',
	action: 'Get link to task',
	description:
		'The link holds the phone number. Get the page on which a person signs, approves or fills in (获取待办任务链接).',
	properties: [
		contractIdField,
		{
			displayName: 'Task ID',
			name: 'taskId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. {{ $json.tasks[0].taskId }}',
			description: "ID of the open task, as returned by 'Get Status'",
		},
		optionsProperty(linkFields),
	],
	async run({ parameters, client }) {
		const contractId = parameters.text('contractId', { required: true });
		const taskId = parameters.text('taskId', { required: true });
		const result = await taskLink(
			client,
			{ contractId, taskId },
			{ ...linkChoicesOf(parameters.group('options')), ...operatorAccountOf(parameters) },
		);
		return resultItems(result).map(({ json: { pageUrl, ...rest } }) => ({
			json: { contractId, taskId, signingLink: pageUrl, ...rest, ...linkNote(pageUrl) },
		}));
	},
};
