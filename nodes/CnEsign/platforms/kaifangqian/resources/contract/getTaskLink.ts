import {
	additionalFields,
	contractIdField,
	given,
	operatorAccountOf,
	webAddress,
} from '../../fields';
import { type KaifangqianOperation, resultItems } from '../operation';

/** GET /contract/taskUrl (api/kaifangqian.md §6.11). */
export const getTaskLink: KaifangqianOperation = {
	value: 'getTaskLink',
	name: 'Get Task Link',
	action: 'Get link to task',
	description: 'Get the page on which a person does an open task of a contract (获取待办任务链接)',
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
		additionalFields([
			{
				displayName: 'Link Type',
				name: 'linkType',
				type: 'options',
				options: [
					{ name: 'Computer (Pc)', value: 'pc' },
					{ name: 'Phone (H5)', value: 'h5' },
				],
				default: 'h5',
				description: 'For which device the page is made. Self-hosted installations do not use it.',
			},
			{
				displayName: 'Return Page',
				name: 'callbackPage',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://your-domain.com/done',
				description: 'Page that the person comes back to (前端跳转页)',
			},
		]),
	],
	async run({ parameters, client }) {
		const contractId = parameters.text('contractId', { required: true });
		const taskId = parameters.text('taskId', { required: true });
		const fields = parameters.group('additionalFields');
		const query = given({
			contractId,
			taskId,
			linkType: fields.text('linkType', {
				pattern: /^(?:h5|pc)$/,
				expected: 'is neither h5 nor pc',
				hint: 'Choose from the list.',
			}),
			callbackPage: fields.text('callbackPage', webAddress),
			...operatorAccountOf(parameters),
		}) as Record<string, string>;
		const result = await client.get('/contract/taskUrl', query);
		return resultItems(result, { contractId, taskId }).map(({ json }) => ({
			json: { ...json, contractId, taskId },
		}));
	},
};
