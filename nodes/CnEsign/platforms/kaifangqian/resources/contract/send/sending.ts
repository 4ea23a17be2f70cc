import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { attemptOf, isUndecided, uploadedBefore } from '../../../../../runtime/attempts';
import {
	apiError,
	asNodeFault,
	listed,
	type LeftBehind,
	type NodeFault,
} from '../../../../../runtime/errors';
import type { RunSettings } from '../../../../../runtime/settings';
import type { ItemCall } from '../../../../../runtime/types';
import type { KaifangqianClient } from '../../../client';
import { given, operatorAccountOf } from '../../../fields';
import { annexKind } from '../../attachment/upload';
import { documentKind } from '../../document/upload';
import { draftOf, postDraft } from '../draft';
import { linkChoicesOf } from '../getTaskLink';
import { refuseIdsGivenTwice } from './formerRun';
import { ALL_FIELDS, filesOf, uploadAll, type ContractFile } from './files';
import { pendingOf } from './pending';
import { previewOf } from './preview';
import { signerRowsOf, type SignerRow } from './signerRows';
import { signerListOf } from './signerWire';

type Call = ItemCall<KaifangqianClient>;

const signOrderOf = ({ parameters }: Call): string =>
	parameters.text('signOrderType', {
		pattern: /^(?:NO_)?ORDER$/,
		expected: 'is neither ORDER nor NO_ORDER',
		hint: 'Choose from the list.',
	}) || 'ORDER';

/** The name of the first file that is uploaded, without its suffix. */
const subjectFrom = (files: ContractFile[]): string => {
	const [first] = files.flatMap((file) => ('id' in file ? [] : [file.fileName]));
	return (first ?? '').replace(/\.[^.]*$/, '');
};

/** Reads and checks everything that can be checked before the first file is sent. */
const prepare = async (call: Call) => {
	const { parameters } = call;
	const fields = parameters.group('additionalFields');
	const names = parameters.list('binaryPropertyNames');
	const annexNames = fields.list('annexBinaryPropertyNames');
	if (names.includes(ALL_FIELDS) && annexNames.includes(ALL_FIELDS))
		parameters.fail(
			`${parameters.label('binaryPropertyNames')} and ${fields.label('annexBinaryPropertyNames')} both take all binary fields`,
			'Name the fields in one of the two.',
		);
	const sizeLimit = fields.number('sizeLimit', { min: 1 });
	const body = draftOf(parameters);
	const signOrderType = signOrderOf(call);
	refuseIdsGivenTwice(call);
	const documents = await filesOf(call, {
		kind: documentKind,
		fields: { in: parameters, name: 'binaryPropertyNames' },
		ids: { in: fields, name: 'signDocumentList' },
		others: annexNames,
		sizeLimit,
	});
	if (documents.length === 0)
		parameters.fail(
			'There is no file to send',
			`Give the binary fields with the files in ${parameters.label('binaryPropertyNames')}.`,
		);
	const annexes = await filesOf(call, {
		kind: annexKind,
		fields: { in: fields, name: 'annexBinaryPropertyNames' },
		ids: { in: fields, name: 'annexList' },
		others: names,
		sizeLimit,
	});
	const rows = signerRowsOf(parameters, documents.length);
	const subject = parameters.text('subject') || subjectFrom(documents);
	return { body, signOrderType, documents, annexes, rows, subject };
};

type Prepared = Awaited<ReturnType<typeof prepare>>;

const HOW_TO_KEEP =
	"Give these IDs in 'Uploaded Document IDs' and 'Uploaded Attachment IDs' under Additional Fields, so that the files are not uploaded again.";

/** The refusal, with what is on the platform by now and what to do about it. */
const explained = (
	fault: NodeFault,
	left: LeftBehind,
	draftSent: boolean,
	settings: RunSettings,
): NodeFault => {
	const undecided = draftSent && isUndecided(fault, settings);
	const ids = listed(left);
	fault.description = [
		fault.description,
		undecided
			? "Whether a contract was started is not certain. Look in the console: if it is there, give its ID in 'Started Contract ID' under Additional Fields."
			: 'No contract was started.',
		ids === ''
			? ''
			: `Already uploaded: ${ids}. ${undecided ? 'If it is not there: ' : ''}${HOW_TO_KEEP}`,
	]
		.filter(Boolean)
		.join(' ');
	if (ids !== '') fault.context.leftBehind = { ...left };
	// Also where an upload was lost: what counts is whether there may be a contract.
	fault.context.outcomeUnknown = undecided || undefined;
	return fault;
};

type Key = 'docId' | 'fileId';

const described = (file: ContractFile) =>
	'id' in file ? file.id : [file.fileName, file.file.size];

const describedFiles = ({ documents, annexes }: Prepared) => [
	documents.map(described),
	annexes.map(described),
];

/** Everything that is sent but the IDs, which uploading gives. */
const contentOf = (prepared: Prepared) => {
	const { body, signOrderType, rows, subject } = prepared;
	const signers = signerListOf(rows, []);
	return [
		body({ subject, documents: [], annexes: [], signOrderType, signers }),
		...describedFiles(prepared),
	];
};

/** Uploads what is not there yet and starts the contract; a refusal names what was uploaded. */
const start = async (call: Call, prepared: Prepared) => {
	const { exec, index, settings } = call;
	const { body, signOrderType, documents, annexes, rows, subject } = prepared;
	const attempt = attemptOf(call, contentOf(prepared));
	const left = uploadedBefore(attempt, describedFiles(prepared), () => ({
		docId: [],
		fileId: [],
	})) as Record<Key, string[]>;
	let draftSent = attempt.sent === true;
	try {
		if (!draftSent) {
			await uploadAll(call, documentKind, 'docId', documents, left.docId);
			await uploadAll(call, annexKind, 'fileId', annexes, left.fileId);
		}
		draftSent = true;
		const result = (await postDraft(
			call,
			body({
				subject,
				documents: left.docId.map((docId) => ({ docId })),
				annexes: left.fileId.map((fileId) => ({ fileId })),
				signOrderType,
				signers: signerListOf(rows, left.docId),
			}),
			attempt,
		)) as IDataObject | undefined;
		const contractId = result?.contractId;
		if (typeof contractId === 'string' && contractId !== '') return { contractId, ...left };
		throw apiError(exec.getNode(), {
			message: 'Kaifangqian took the contract but named no ID for it',
			itemIndex: index,
			outcomeUnknown: true,
		});
	} catch (thrown) {
		throw explained(asNodeFault(exec.getNode(), thrown, index), left, draftSent, settings);
	}
};

const namesOf = (rows: SignerRow[]): Map<string, string> =>
	new Map(rows.flatMap(({ signer }) => (signer?.name ? [[signer.contact, signer.name]] : [])));

const named = (key: string, ids: string[], files: ContractFile[]): IDataObject[] =>
	files.map((file, index) => ({
		[key]: ids[index],
		...('id' in file ? {} : { fileName: file.fileName }),
	}));

const pending = async (call: Call, contractId: string, names: Map<string, string>) =>
	await pendingOf(
		call.client,
		contractId,
		names,
		given(operatorAccountOf(call.parameters)) as IDataObject,
		linkChoicesOf(call.parameters.group('additionalFields')),
	);

/** What the operation does for one item, or for all together. */
export const send = async (call: Call): Promise<INodeExecutionData[]> => {
	const { exec, parameters } = call;
	const preview = parameters.flag('previewPositions') === true;
	const earlier = parameters.group('additionalFields').text('contractId', { max: 64 });
	if (earlier !== '' && !preview) {
		refuseIdsGivenTwice(call);
		const state = await pending(call, earlier, new Map());
		return [{ json: { contractId: earlier, started: false, ...state } }];
	}
	// Reads the choices for the links too: a wrong one must not come up after the contract is there.
	linkChoicesOf(parameters.group('additionalFields'));
	const prepared = await prepare(call);
	if (preview) return [await previewOf(exec, prepared.rows, prepared.documents)];
	const { contractId, docId, fileId } = await start(call, prepared);
	const state = await pending(call, contractId, namesOf(prepared.rows));
	return [
		{
			json: {
				contractId,
				started: parameters.text('send') !== '0',
				...state,
				documents: named('docId', docId, prepared.documents),
				attachments: named('fileId', fileId, prepared.annexes),
			},
		},
	];
};
