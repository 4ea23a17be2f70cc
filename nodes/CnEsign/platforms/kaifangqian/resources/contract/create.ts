import type { IDataObject } from 'n8n-workflow';
import { resultItems } from '../../../../runtime/items/results';
import type { Operation } from '../../../../runtime/items/operation';
import { businessLineField } from '../../businessLines';
import { draftOf, presetSignersOf } from '../../contract/draft';
import { draftFields, modeField, signOrderField } from '../../contract/draftFields';
import { signerProperties } from '../../contract/signers/rowProperties';
import { signersOf } from '../../contract/signers/signerInput';
import { startContract } from '../../contract/start/startContract';
import { idObjects, optionsProperty, senderFields } from '../../fields';

/** POST /contract/draft (docs/api/kaifangqian.md, 6.4). */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create contract',
	isFinal: true,
	description:
		'Once sent, it can only be recalled. Start a contract with uploaded documents, or save a draft (发起签署).',
	properties: [
		{
			displayName: 'Document IDs (签约文件)',
			name: 'signDocumentList',
			type: 'string',
			default: '',
			placeholder: 'e.g. {{ $json.docId }}',
			description: "Documents to sign, as returned by 'Document: Upload', separated by commas",
		},
		...signerProperties({ countsFiles: false, takesWireForm: true }),
		{
			displayName: 'Subject (合同主题)',
			name: 'subject',
			type: 'string',
			default: '',
			placeholder: 'e.g. 服务合同',
			description: 'Title of the contract. Leave empty for one that the platform makes.',
		},
		...senderFields,
		businessLineField,
		optionsProperty([
			{
				displayName: 'Attachment IDs (附件)',
				name: 'annexList',
				type: 'string',
				default: '',
				placeholder: 'e.g. {{ $json.fileId }}',
				description: 'File IDs of uploaded attachments, separated by commas',
			},
			modeField,
			signOrderField,
			...draftFields,
		]),
	],
	async run(call) {
		const { parameters } = call;
		const draft = draftOf(call);
		const documents = idObjects(parameters, 'signDocumentList', 'docId');
		const signers = signersOf(
			call,
			documents.map(({ docId }) => ({ docType: '1', docId })),
		).toWire();
		if (draft.isStart && signers.length === 0)
			parameters.fail(
				'There is no signer',
				'Nothing was sent. Add at least one signer, or save the contract as a draft.',
			);
		const body = draft.body({
			subject: draft.subjectOf(parameters.text('subject')),
			documents,
			annexes: idObjects(parameters.group('options'), 'annexList', 'fileId'),
			signers,
		});
		const { result, note, leftBehind } = await startContract(call, body, {
			isLookWanted: draft.isLookWanted,
			presetSigners: presetSignersOf(parameters),
			about: { subject: parameters.text('subject') },
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
