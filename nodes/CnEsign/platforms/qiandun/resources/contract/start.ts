import { lazily } from '../../../../runtime/lazily';
import { additionalFieldsField, inputModeField } from '../../../../runtime/properties';
import { required, text } from '../../fields';
import { attachmentRows, documentRows, PAGE, signerRows } from '../../startFields';
import type { QiandunOperation } from '../operation';

const sending = lazily(async () => await import('./sendStart.js'));

/** POST 通过文件发起合同 (api/qiandun.md §5.6); its path is not published, so the user gives it. */
export const start: QiandunOperation = {
	value: 'start',
	name: 'Start',
	action: 'Start contract',
	description:
		'Start a contract from uploaded files and ask its signers to sign (通过文件发起合同). This node cannot take it back.',
	properties: [
		// Not `required`: n8n's own message would not say on which page the path is found.
		text(
			'path',
			'Path',
			'e.g. /open/…',
			`Part of the address after the base URL. The vendor shows it only to customers: copy it from the page ${PAGE} of its documentation.`,
		),
		text(
			'initiatorAccountId',
			'Initiator Account ID',
			'e.g. CORP_TEST_001',
			'Account in whose name the contract is started (signFlowInitiator)',
			required,
		),
		documentRows,
		inputModeField('signersInput', 'Signers'),
		{ ...signerRows, displayOptions: { show: { signersInput: ['fields'] } } },
		{
			displayName: 'Signers (JSON)',
			name: 'signersJson',
			type: 'json',
			default: '[]',
			displayOptions: { show: { signersInput: ['json'] } },
			description: 'As the API takes it (signers)',
		},
		attachmentRows,
		additionalFieldsField([
			text('signFileType', 'File Type', '', 'Type of the signed file. Published is only PDF.', {
				default: 'PDF',
			}),
			{
				displayName: 'Further Fields (JSON)',
				name: 'furtherFields',
				type: 'json',
				default: '{}',
				description:
					'Other fields of the vendor’s page, such as name and deadline of the contract, as a JSON object. What stands here, also docs and attachmentFiles, replaces the fields above.',
			},
		]),
	],
	async run(call) {
		const { sendStart } = await sending();
		return await sendStart(call);
	},
};
