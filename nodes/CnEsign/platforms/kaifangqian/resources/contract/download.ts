import { lazily } from '../../../../runtime/lazily';
import {
	additionalFields,
	contactField,
	contractIdField,
	given,
	operatorAccountOf,
} from '../../fields';
import { contactRule } from '../../rules';
import type { KaifangqianOperation } from '../operation';

const binary = lazily(async () => await import('../../../../runtime/binary.js'));
const fileNames = lazily(async () => await import('../../../../runtime/fileName.js'));

/** GET /contract/document/download (api/kaifangqian.md §6.13). */
export const download: KaifangqianOperation = {
	value: 'download',
	name: 'Download',
	action: 'Download contract',
	description:
		'Download the signed file (下载签约文件): a PDF, or a ZIP when the contract has several documents',
	properties: [
		contractIdField,
		contactField(
			'a person who may download: a party, the one who started the contract, or one whom the business line allows it',
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
				displayName: 'File Name',
				name: 'fileName',
				type: 'string',
				default: '',
				placeholder: 'e.g. 服务合同.pdf',
				description: 'Name of the file in n8n. Leave empty for the name that the platform gives.',
			},
		]),
	],
	async run({ exec, index, parameters, client }) {
		const { outputFile } = await binary();
		const { safeFileName, suffixOf } = await fileNames();
		const contractId = parameters.text('contractId', { required: true });
		const contact = parameters.text('contact', contactRule);
		const field = parameters.text('outputBinaryPropertyName', { required: true });
		const chosen = parameters.group('additionalFields').text('fileName');
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
			{ contractId },
		);
		return [item];
	},
};
