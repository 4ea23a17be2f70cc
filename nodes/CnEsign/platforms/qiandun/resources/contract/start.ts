import { pathBelowBase } from '../../../../runtime/http/signableRequest';
import { jsonObject, jsonParameter } from '../../../../runtime/items/jsonParameter';
import type { Operation } from '../../../../runtime/items/operation';
import type { Parameters } from '../../../../runtime/items/parameters';
import { resultItems } from '../../../../runtime/items/results';
import { optionsCollection } from '../../../../runtime/properties/properties';
import { omitEmpty, omitEmptyOrUndefined } from '../../../../runtime/items/values';
import { integer } from '../../fields';
import { attachmentRows, documentRows, PAGE, signerRows } from '../../startFields';

const fileRow = (row: Parameters, index: number) =>
	omitEmpty({
		fileId: row.text('fileId'),
		fileCode: row.text('fileCode', { required: true }),
		fileOrder: integer(row, 'fileOrder', { min: 0 }) ?? index + 1,
		fileName: row.text('fileName'),
	});

const signField = (row: Parameters) =>
	omitEmpty({
		fileCode: row.text('fileCode', { required: true }),
		signFieldStyle: integer(row, 'signFieldStyle') ?? 1,
		dateFormat: row.text('dateFormat'),
		authorizeCode: row.text('authorizeCode'),
		signFieldPosition: omitEmptyOrUndefined({
			positionPage: integer(row, 'positionPage', { min: 0 }),
			positionX: row.number('positionX'),
			positionY: row.number('positionY'),
		}),
	});

const signer = (row: Parameters, index: number) => {
	const modes = row.list('willingnessAuthModes', { codes: true });
	const noticeTypes = integer(row, 'noticeTypes');
	return omitEmpty({
		accountId: row.text('accountId', { required: true }),
		seqNo: integer(row, 'seqNo', { min: 1 }) ?? index + 1,
		signFields: row.entries('signFields').map(signField),
		authConfig: modes.length === 0 ? undefined : { willingnessAuthModes: modes },
		noticeConfig: noticeTypes === undefined ? undefined : { noticeTypes },
	});
};

const signersOf = (parameters: Parameters): unknown[] => {
	if (parameters.text('signersInput') !== 'json') return parameters.entries('signers').map(signer);
	const label = parameters.label('signersJson');
	const list = jsonParameter(parameters.value('signersJson'), label, parameters.fail) ?? [];
	return Array.isArray(list)
		? list
		: parameters.fail(`${label} is not a list`, 'Put the signers between [ and ].');
};

const isEntry = (value: unknown): boolean =>
	typeof value === 'object' &&
	value !== null &&
	!Array.isArray(value) &&
	Object.keys(value).length > 0;

/** POST 通过文件发起合同 (docs/api/qiandun.md, 5.6); its path is not published, so the user gives it. */
export const start: Operation = {
	value: 'start',
	name: 'Start',
	action: 'Start contract',
	isFinal: true,
	description:
		'Start a contract from uploaded files and ask its signers to sign (通过文件发起合同). This node cannot take it back.',
	properties: [
		// Not `required`: n8n's own message would not say on which page the path is found.
		{
			displayName: 'Path',
			name: 'path',
			type: 'string',
			default: '',
			placeholder: 'e.g. /open/…',
			description: `Part of the address after the base URL. The vendor shows it only to customers: copy it from the page ${PAGE} of its documentation.`,
		},
		{
			displayName: 'Initiator Account ID',
			name: 'initiatorAccountId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. CORP_TEST_001',
			description: 'Account in whose name the contract is started (signFlowInitiator)',
		},
		documentRows,
		{
			displayName: 'Specify Signers',
			name: 'signersInput',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Using Fields Below', value: 'fields' },
				{
					name: 'Using JSON',
					value: 'json',
					description: 'Exactly as the API takes them (signers)',
				},
			],
			default: 'fields',
		},
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
		optionsCollection([
			{
				displayName: 'File Type',
				name: 'signFileType',
				type: 'string',
				default: 'PDF',
				description: 'Type of the signed file. Published is only PDF.',
			},
			{
				displayName: 'Further Fields (JSON)',
				name: 'furtherFields',
				type: 'json',
				default: '{}',
				description:
					'What stands here, also docs and attachmentFiles, replaces the fields above: other fields of the vendor’s page, such as name and deadline',
			},
		]),
	],
	async run({ parameters, client }) {
		const path = pathBelowBase(
			parameters.text('path', {
				required: true,
				emptyHint: `Qiandun does not publish it. Copy it from the page ${PAGE} of its documentation.`,
			}),
			parameters.label('path'),
			parameters.fail,
		);
		const options = parameters.group('options');
		const further =
			jsonObject(options.value('furtherFields'), options.label('furtherFields'), parameters.fail) ??
			{};
		const body: Record<string, unknown> = {
			...omitEmpty({
				signFileType: options.text('signFileType') || 'PDF',
				docs: parameters.entries('docs').map(fileRow),
				attachmentFiles: parameters.entries('attachmentFiles').map(fileRow),
				signFlowInitiator: {
					accountId: parameters.text('initiatorAccountId', { required: true }),
				},
				signers: signersOf(parameters),
			}),
			// Given last, so that any part of the call can also come as JSON.
			...further,
		};
		const needed = [
			['docs', parameters.label('docs'), 'file'],
			['signers', "'Signers'", 'signer'],
		] as const;
		for (const [name, label, one] of needed) {
			const list = body[name] ?? [];
			if (!Array.isArray(list) || !list.every(isEntry))
				return parameters.fail(
					`${label} is not a list of objects`,
					`Put each ${one} between { and }, and all of them between [ and ].`,
				);
			if (list.length === 0) parameters.fail(`${label} is empty`, `Add at least one ${one}.`);
		}
		return resultItems(await client.post(path, body));
	},
};
