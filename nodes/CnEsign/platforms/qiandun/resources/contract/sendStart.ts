import type { INodeExecutionData } from 'n8n-workflow';
import { jsonObject, jsonParameter } from '../../../../runtime/json';
import type { Parameters } from '../../../../runtime/parameters';
import { pathBelowBase } from '../../../../runtime/path';
import { resultItems } from '../../../../runtime/results';
import type { ItemCall } from '../../../../runtime/types';
import type { QiandunClient } from '../../client';
import { given, givenObject, whole } from '../../fields';
import { PAGE } from '../../startFields';

const fileRow = (row: Parameters, index: number) =>
	given({
		fileId: row.text('fileId'),
		fileCode: row.text('fileCode', { required: true }),
		fileOrder: whole(row, 'fileOrder', { min: 0 }) ?? index + 1,
		fileName: row.text('fileName'),
	});

const signField = (row: Parameters) =>
	given({
		fileCode: row.text('fileCode', { required: true }),
		signFieldStyle: whole(row, 'signFieldStyle') ?? 1,
		dateFormat: row.text('dateFormat'),
		authorizeCode: row.text('authorizeCode'),
		signFieldPosition: givenObject({
			positionPage: whole(row, 'positionPage', { min: 0 }),
			positionX: row.number('positionX'),
			positionY: row.number('positionY'),
		}),
	});

const signer = (row: Parameters, index: number) => {
	const modes = row.list('willingnessAuthModes');
	const noticeTypes = whole(row, 'noticeTypes');
	return given({
		accountId: row.text('accountId', { required: true }),
		seqNo: whole(row, 'seqNo', { min: 1 }) ?? index + 1,
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

/** Checks and makes the call (api/qiandun.md §5.6). */
export const sendStart = async ({
	parameters,
	client,
}: ItemCall<QiandunClient>): Promise<INodeExecutionData[]> => {
	const path = pathBelowBase(
		parameters.text('path', {
			required: true,
			hint: `Qiandun does not publish it. Copy it from the page ${PAGE} of its documentation.`,
		}),
		parameters.label('path'),
		parameters.fail,
	);
	const more = parameters.group('additionalFields');
	const further =
		jsonObject(more.value('furtherFields'), more.label('furtherFields'), parameters.fail) ?? {};
	const body: Record<string, unknown> = {
		...given({
			signFileType: more.text('signFileType') || 'PDF',
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
	if (body.docs === undefined)
		parameters.fail(`${parameters.label('docs')} is empty`, 'Add at least one file.');
	if (body.signers === undefined) parameters.fail("'Signers' is empty", 'Add at least one signer.');
	const result = await client.call({ method: 'POST', path, readsOnly: false, body });
	return resultItems(result);
};
