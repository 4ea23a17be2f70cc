import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { lazily } from '../../../../runtime/lazily';
import { resultItems } from '../../../../runtime/results';
import { businessLineField } from '../../businessLines';
import { additionalFields, idObjects, operatorFields } from '../../fields';
import { signerProperties } from '../../signerFields';
import type { KaifangqianOperation } from '../operation';
import { draftFields, sendField, signOrderField } from './draftFields';

const drafting = lazily(async () => await import('./draft.js'));
const starting = lazily(async () => await import('./start/startContract.js'));
const signerInput = lazily(async () => await import('../../signerInput.js'));

const annexField: INodeProperties = {
	displayName: 'Attachment IDs',
	name: 'annexList',
	type: 'string',
	default: '',
	placeholder: 'e.g. {{ $json.fileId }}',
	description: 'File IDs of uploaded attachments (附件), separated by commas',
};

/** POST /contract/draft (api/kaifangqian.md §6.4). */
export const create: KaifangqianOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create contract',
	description:
		'Create a contract and ask its signers to sign, or save it as a draft (发起签署). Once the signers are asked, it can only be recalled.',
	properties: [
		...operatorFields,
		businessLineField,
		{
			displayName: 'Subject',
			name: 'subject',
			type: 'string',
			default: '',
			placeholder: 'e.g. 服务合同',
			description: 'Title of the contract (合同主题)',
		},
		{
			displayName: 'Document IDs',
			name: 'signDocumentList',
			type: 'string',
			default: '',
			placeholder: 'e.g. {{ $json.docId }}',
			description:
				"Documents to sign (签约文件), as returned by 'Document: Upload', separated by commas. Files of the business line itself are added to them.",
		},
		sendField,
		...signerProperties(false),
		additionalFields([annexField, signOrderField, ...draftFields]),
	],
	async run(call) {
		const { draftOf, presetSignersOf } = await drafting();
		const { startContract } = await starting();
		const { signersOf } = await signerInput();
		const { parameters } = call;
		const fields = parameters.group('additionalFields');
		const documents = idObjects(parameters, 'signDocumentList', 'docId');
		const body = draftOf(parameters)({
			subject: parameters.text('subject'),
			documents,
			annexes: idObjects(fields, 'annexList', 'fileId'),
			signOrderType: fields.text('signOrderType'),
			signers: signersOf(
				parameters,
				documents.map(({ docId }) => docId),
			),
		});
		const { result, note, leftBehind } = await startContract(call, body, {
			presetSigners: presetSignersOf(parameters),
		});
		return resultItems(result).map(({ json }) => ({
			json: {
				...json,
				...(note ? { note } : {}),
				...(leftBehind ? { leftBehind } : {}),
			} as IDataObject,
		}));
	},
};
