import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import {
	attemptOf,
	isUndecided,
	uploadedBefore,
	type UploadedIds,
} from '../../../../../runtime/attempts';
import {
	asNodeFault,
	compactLeftBehind,
	leftBehindOf,
	listed,
	type NodeFault,
} from '../../../../../runtime/errors';
import type { ItemCall } from '../../../../../runtime/types';
import type { KaifangqianClient } from '../../../client';
import { given, operatorAccountOf } from '../../../fields';
import { annexKind } from '../../attachment/upload';
import { documentKind } from '../../document/upload';
import { draftOf, presetSignersOf } from '../draft';
import { linkChoicesOf } from '../getTaskLink';
import { isDecided, startContract, type Started } from '../start/startContract';
import { stepsOf, type SigningStep } from '../start/steps';
import { refuseIdsGivenTwice } from './formerRun';
import { ALL_FIELDS, filesOf, uploadAll, type ContractFile } from './files';
import { pendingOf } from './pending';
import { previewOf } from './preview';
import { signerRowsOf } from './signerRows';
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
const explained = (fault: NodeFault, { docIds, fileIds }: UploadedIds): NodeFault => {
	const left = compactLeftBehind({ ...leftBehindOf(fault), docIds, fileIds });
	if (!left) return fault;
	const uploaded = listed({ docIds, fileIds });
	if (uploaded !== '') {
		const condition = isUndecided(fault) ? 'If there is no contract with them: ' : '';
		fault.description = [
			fault.description,
			`Already uploaded: ${uploaded}. ${condition}${HOW_TO_KEEP}`,
		]
			.filter(Boolean)
			.join(' ');
	}
	fault.context.leftBehind = left;
	return fault;
};

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

const SENTENCES = {
	refused: 'No contract was started.',
	unknown:
		"Whether a contract was started is not certain. Look in the console: if it is there, give its ID in 'Started Contract ID' under Additional Fields.",
};

/** Uploads what has no ID yet. A lost upload leaves no doubt about the contract: none was started. */
const upload = async (call: Call, { documents, annexes }: Prepared, ids: UploadedIds) => {
	try {
		await uploadAll(call, documentKind, 'docId', documents, ids.docIds);
		await uploadAll(call, annexKind, 'fileId', annexes, ids.fileIds);
	} catch (thrown) {
		const fault = asNodeFault(call.exec.getNode(), thrown, call.index);
		fault.context.outcomeUnknown = undefined;
		fault.description = [fault.description, SENTENCES.refused].filter(Boolean).join(' ');
		throw fault;
	}
};

/** Uploads what is not there yet and starts the contract; a refusal names what was uploaded. */
const start = async (call: Call, prepared: Prepared): Promise<Started & UploadedIds> => {
	const { exec, index, parameters } = call;
	const { body, signOrderType, rows, subject } = prepared;
	const attempt = attemptOf(call, contentOf(prepared));
	const ids = uploadedBefore(attempt, describedFiles(prepared));
	try {
		if (!isDecided(attempt)) await upload(call, prepared, ids);
		const started = await startContract(
			call,
			body({
				subject,
				documents: ids.docIds.map((docId) => ({ docId })),
				annexes: ids.fileIds.map((fileId) => ({ fileId })),
				signOrderType,
				signers: signerListOf(rows, ids.docIds),
			}),
			{ presetSigners: presetSignersOf(parameters), attempt, sentences: SENTENCES },
		);
		return { ...started, ...ids };
	} catch (thrown) {
		throw explained(asNodeFault(exec.getNode(), thrown, index), ids);
	}
};

const named = (key: string, ids: string[], files: ContractFile[]): IDataObject[] =>
	files.map((file, index) => ({
		[key]: ids[index],
		...('id' in file ? {} : { fileName: file.fileName }),
	}));

const pending = async (
	call: Call,
	contractId: string,
	steps: SigningStep[],
	known?: Pick<Started, 'state' | 'note'>,
) =>
	await pendingOf(call.client, contractId, {
		steps,
		common: given(operatorAccountOf(call.parameters)) as IDataObject,
		linkChoices: linkChoicesOf(call.parameters.group('additionalFields')),
		...known,
	});

/** What the operation does for one item, or for all together. */
export const send = async (call: Call): Promise<INodeExecutionData[]> => {
	const { exec, parameters } = call;
	const preview = parameters.flag('previewPositions') === true;
	const earlier = parameters.group('additionalFields').text('contractId', { max: 64 });
	if (earlier !== '' && !preview) {
		refuseIdsGivenTwice(call);
		const state = await pending(call, earlier, []);
		return [{ json: { contractId: earlier, started: false, ...state } }];
	}
	// Reads the choices for the links too: a wrong one must not come up after the contract is there.
	linkChoicesOf(parameters.group('additionalFields'));
	const prepared = await prepare(call);
	if (preview) return [await previewOf(exec, prepared.rows, prepared.documents)];
	const started = await start(call, prepared);
	const { contractId, docIds, fileIds, leftBehind } = started;
	const steps = stepsOf(signerListOf(prepared.rows, docIds));
	const state = await pending(call, contractId, steps, started);
	return [
		{
			json: {
				contractId,
				started: parameters.text('send') !== '0',
				...state,
				documents: named('docId', docIds, prepared.documents),
				attachments: named('fileId', fileIds, prepared.annexes),
				...(leftBehind ? ({ leftBehind } as IDataObject) : {}),
			},
		},
	];
};
