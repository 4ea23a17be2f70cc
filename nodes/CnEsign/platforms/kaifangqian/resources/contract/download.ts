import { lazily } from '../../../../runtime/lazily';
import type { ItemCall } from '../../../../runtime/types';
import { pause } from '../../../../runtime/waiting';
import type { KaifangqianClient } from '../../client';
import {
	additionalFields,
	contactField,
	contractIdField,
	given,
	operatorAccountOf,
} from '../../fields';
import { contactRule } from '../../rules';
import { isCompleted, isFinal } from '../../status';
import type { KaifangqianOperation } from '../operation';
import { stateBefore } from './stateBefore';

const binary = lazily(async () => await import('../../../../runtime/binary.js'));
const fileNames = lazily(async () => await import('../../../../runtime/fileName.js'));

/** A contract may be completed a moment after its last signature. */
const SECOND_LOOK = 1000;

/**
 * The status, after a second look where the contract is not completed. The platform gives the file in any
 * state, signed or not, without a word (docs/api/kaifangqian.md, 6.13).
 */
const statusOf = async (call: ItemCall<KaifangqianClient>, contractId: string): Promise<string> => {
	const { status } = await stateBefore(call, contractId);
	if (isCompleted(status) || isFinal(status)) return status;
	await pause(SECOND_LOOK, call.settings.signal);
	return (await stateBefore(call, contractId)).status;
};

/** GET /contract/document/download (docs/api/kaifangqian.md, 6.13). */
export const download: KaifangqianOperation = {
	value: 'download',
	name: 'Download',
	action: 'Download contract',
	description:
		'Download the file of a completed contract (下载签约文件): a PDF, or a ZIP when it has several documents',
	properties: [
		contractIdField,
		contactField(
			'whoever started the contract, who may always download; others only where the business line allows it',
		),
		{
			displayName: 'Output Data Field Name',
			name: 'outputBinaryPropertyName',
			type: 'string',
			required: true,
			default: 'data',
			description: 'Name of the output field to put the file in',
		},
		additionalFields([
			{
				displayName: 'Even If Not Completed',
				name: 'evenIfNotCompleted',
				type: 'boolean',
				default: false,
				description:
					'Whether to download the file of a contract that is not completed. Signatures are missing in it.',
			},
			{
				displayName: 'File Name',
				name: 'fileName',
				type: 'string',
				default: '',
				placeholder: 'e.g. 服务合同.pdf',
				description: 'Name of the file in n8n. Leave empty for the name that the platform gives.',
			},
		]),
	],
	async run(call) {
		const { exec, index, parameters, client } = call;
		const { outputFile } = await binary();
		const { safeFileName, suffixOf } = await fileNames();
		const contractId = parameters.text('contractId', { required: true });
		const contact = parameters.text('contact', contactRule);
		const field = parameters.text('outputBinaryPropertyName', { required: true });
		const fields = parameters.group('additionalFields');
		const chosen = fields.text('fileName');
		const status = await statusOf(call, contractId);
		if (!isCompleted(status) && fields.flag('evenIfNotCompleted') !== true)
			parameters.fail(
				`The contract is ${status}, not completed, so its file is not signed by everybody`,
				`Nothing was downloaded. Wait until it is completed, or turn on ${fields.label('evenIfNotCompleted')} under Additional Fields to get the file as it is.`,
			);
		const query = given({ contact, contractId, ...operatorAccountOf(parameters) }) as Record<
			string,
			string
		>;
		const { stream, head, fileName } = await client.download('/contract/document/download', query);
		const zip = head.subarray(0, 2).toString('latin1') === 'PK';
		const suffix = zip ? '.zip' : '.pdf';
		const name = safeFileName(chosen || fileName, `contract-${contractId}`);
		const item = await outputFile(
			exec,
			index,
			field,
			stream,
			// The content decides: a name that says otherwise would not open.
			suffixOf(name) === suffix ? name : `${name}${suffix}`,
			zip ? 'application/zip' : 'application/pdf',
			{ contractId, status },
		);
		return [item];
	},
};
