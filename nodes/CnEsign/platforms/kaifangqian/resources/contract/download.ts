import { callsPerSecondOption } from '../../../../runtime/items/settings';
import type { IDataObject } from 'n8n-workflow';
import { resultItems } from '../../../../runtime/items/results';
import { outputFile } from '../../../../runtime/files/outputFile';
import { formDecoded, safeFileName, suffixOf } from '../../../../runtime/files/fileName';
import type { ItemContext, Operation } from '../../../../runtime/items/operation';
import { pause } from '../../../../runtime/http/waiting';
import { omitEmpty } from '../../../../runtime/items/values';
import {
	optionsProperty,
	contactField,
	contactOf,
	contractIdField,
	operatorAccountOf,
} from '../../fields';
import { isCompleted, isFinal } from '../../status';
import { contractStateOf } from '../../contract/contractState';

/** Nothing is left to download. */
const NO_FILE = new Set(['DELETED', 'CLEAN_UP']);

/** A contract may be completed a moment after its last signature. */
const SECOND_LOOK = 1000;

/**
 * The status, after a second look where the contract is not completed. The platform gives the file in any
 * state, signed or not, without a word (docs/api/kaifangqian.md, 6.13).
 */
const statusOf = async (call: ItemContext, contractId: string, inAnyState: boolean) => {
	const { status } = await contractStateOf(call, contractId);
	if (isCompleted(status) || isFinal(status) || inAnyState) return status;
	await pause(SECOND_LOOK, call.settings.signal);
	return (await contractStateOf(call, contractId)).status;
};

/** GET /contract/document/download (docs/api/kaifangqian.md, 6.13). */
export const download: Operation = {
	value: 'download',
	name: 'Download',
	action: 'Download contract',
	description:
		'Download the file of a completed contract (下载签约文件): a PDF, or a ZIP when it has several documents',
	properties: [
		contractIdField,
		contactField(
			'Downloading Person',
			'Whoever started the contract; others may only where the business line allows it',
		),
		{
			displayName: 'Output Data Field Name',
			name: 'outputBinaryPropertyName',
			type: 'string',
			required: true,
			default: 'data',
			description: 'Name of the output field to put the file in',
		},
		optionsProperty([
			callsPerSecondOption,
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
		const contractId = parameters.text('contractId', { required: true });
		const contact = contactOf(call);
		const field = parameters.text('outputBinaryPropertyName', { required: true });
		const options = parameters.group('options');
		const chosen = options.text('fileName');
		const inAnyState = options.flag('evenIfNotCompleted') === true;
		const status = await statusOf(call, contractId, inAnyState);
		if (NO_FILE.has(status))
			parameters.fail(
				`The contract is ${status}, so it has no file any more`,
				'Nothing was downloaded. Download contracts before they are deleted on the platform.',
			);
		if (!isCompleted(status) && !inAnyState)
			parameters.fail(
				`The contract is ${status}, not completed, so its file is not signed by everybody`,
				`Nothing was downloaded. Wait until it is completed, or turn on ${options.label('evenIfNotCompleted')} under Options to get the file as it is.`,
			);
		const answer = await client.download({
			method: 'GET',
			path: '/contract/document/download',
			query: omitEmpty({ contact, contractId, ...operatorAccountOf(parameters) }) as IDataObject,
			headers: { Accept: '*/*' },
			readsOnly: true,
		});
		if (!('file' in answer)) return resultItems(answer.result, { contractId, status });
		const { head, headers } = answer.file;
		const zip = head.subarray(0, 2).toString('latin1') === 'PK';
		const suffix = zip ? '.zip' : '.pdf';
		const name = safeFileName(
			chosen || formDecoded(headers.filename ?? ''),
			`contract-${contractId}`,
		);
		const item = await outputFile(
			exec,
			index,
			field,
			answer.file,
			// The content decides: a name that says otherwise would not open.
			suffixOf(name) === suffix ? name : `${name}${suffix}`,
			zip ? 'application/zip' : 'application/pdf',
			{ contractId, status },
		);
		return [item];
	},
};
