import { lazily } from '../../../../runtime/lazily';
import type { KaifangqianOperation } from '../operation';
import { ONE_FROM_ALL, sendFilesProperties } from './send/properties';

const sending = lazily(async () => await import('./send/sending.js'));

/** Uploads, POST /contract/draft, GET /contract/tasks and /contract/taskUrl in one step. */
export const sendFiles: KaifangqianOperation = {
	value: 'sendFiles',
	name: 'Send Files for Signing',
	action: 'Send files for signing',
	description:
		'Upload files, start a contract with them (发起签署), and get the link of everybody who has to sign. Once sent, it can only be recalled.',
	properties: sendFilesProperties,
	takesAllItems: (exec) => exec.getNodeParameter('contracts', 0, 'perItem') === ONE_FROM_ALL,
	async run(call) {
		const { send } = await sending();
		return await send(call);
	},
};
