import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import {
	asNodeError,
	isOutcomeUnknown,
	compactLeftBehind,
	leftBehindOf,
	describeLeftBehind,
	type NodeError,
} from '../../../../runtime/http/errors';
import { fileDigest } from '../../../../runtime/http/bodies';
import type { ItemContext, Operation } from '../../../../runtime/items/operation';
import { DRAFT_PATH } from '../../calls';
import { draftOf, presetSignersOf } from '../../contract/draft';
import { contractStateOf } from '../../contract/contractState';
import { pendingOf } from '../../contract/pending';
import { previewOf } from '../../contract/preview/preview';
import { refuseIdsGivenTwice } from '../../contract/resumeIds';
import { ONE_FOR_ALL, sendFilesProperties } from '../../contract/sendFields';
import { checkPagesExist } from '../../contract/signers/pagesExist';
import { signersOf } from '../../contract/signers/signerInput';
import { stepsOf, type SigningStep } from '../../contract/signers/steps';
import { startContract, type Started } from '../../contract/start/startContract';
import { operatorAccountOf } from '../../fields';
import { ALL_FIELDS, filesOf, uploadAll, type ContractFile } from '../../files/contractFiles';
import { annexKind, documentKind } from '../../files/kinds';
import { linkChoicesOf } from '../../contract/links';

interface UploadedIds {
	docIds: string[];
	fileIds: string[];
}

/** The name of the first file that is uploaded. */
const subjectFrom = (files: ContractFile[]): string => {
	const [first] = files.flatMap((file) => ('id' in file ? [] : [file.fileName]));
	return first ?? '';
};

const documentsAndAnnexes = async (call: ItemContext) => {
	const { parameters } = call;
	const options = parameters.group('options');
	const names = parameters.value('binaryPropertyNames');
	const documentNames = typeof names === 'string' ? parameters.list('binaryPropertyNames') : [];
	const annexNames = options.list('annexBinaryPropertyNames');
	if (documentNames.includes(ALL_FIELDS) && annexNames.includes(ALL_FIELDS))
		parameters.fail(
			`${parameters.label('binaryPropertyNames')} and ${options.label('annexBinaryPropertyNames')} both take all binary fields`,
			'Name the fields in one of the two.',
		);
	const sizeLimit = options.number('sizeLimit', { min: 1 });
	const documents = await filesOf(call, {
		kind: documentKind,
		fields: { in: parameters, name: 'binaryPropertyNames' },
		ids: { in: options, name: 'signDocumentList' },
		others: annexNames,
		takesOnly: true,
		sizeLimit,
	});
	if (documents.length === 0)
		parameters.fail(
			'There is no file to send',
			`Enter the binary fields with the files in ${parameters.label('binaryPropertyNames')}.`,
		);
	const annexes = await filesOf(call, {
		kind: annexKind,
		fields: { in: options, name: 'annexBinaryPropertyNames' },
		ids: { in: options, name: 'annexList' },
		others: documentNames,
		takesOnly: false,
		sizeLimit,
	});
	return { documents, annexes };
};

/** Reads and checks everything that can be checked before the first file is sent. */
const prepare = async (call: ItemContext) => {
	const { parameters } = call;
	const draft = draftOf(call);
	refuseIdsGivenTwice(call);
	const { documents, annexes } = await documentsAndAnnexes(call);
	const signers = signersOf(
		call,
		documents.map((_, file) => ({ file })),
		true,
	);
	if (signers.rows.length === 0)
		parameters.fail(
			`${parameters.label(parameters.text('signersInput') === 'rows' ? 'rowsJson' : 'signers')} is empty`,
			'Add at least one signer.',
		);
	await checkPagesExist(parameters, signers.rows, documents);
	const given = parameters.text('subject');
	const subject = draft.subjectOf(given || subjectFrom(documents), given === '');
	return { draft, documents, annexes, signers, subject };
};

type Prepared = Awaited<ReturnType<typeof prepare>>;

const HOW_TO_KEEP =
	"Enter these IDs in 'Uploaded Document IDs' and 'Uploaded Attachment IDs' under Options, so that the files are not uploaded again.";

/** The error, with what is on the platform by now and what to do about it. */
const withUploads = (error: NodeError, { docIds, fileIds }: UploadedIds): NodeError => {
	const left = compactLeftBehind({ ...leftBehindOf(error), docIds, fileIds });
	if (!left) return error;
	const uploaded = describeLeftBehind({ docIds, fileIds });
	if (uploaded !== '') {
		const condition = isOutcomeUnknown(error) ? 'If there is no contract with them: ' : '';
		error.description = [
			error.description,
			`Already uploaded: ${uploaded}. ${condition}${HOW_TO_KEEP}`,
		]
			.filter(Boolean)
			.join(' ');
	}
	error.context.leftBehind = left;
	return error;
};

/** What is sent, with the files' names and bytes instead of the IDs that uploading gives. */
const meaningOf = async (prepared: Prepared): Promise<unknown> => {
	const files = [...prepared.documents, ...prepared.annexes].map(async (file) =>
		'id' in file ? file.id : [file.fileName, await fileDigest(file.file)],
	);
	return [bodyOf(prepared, { docIds: [], fileIds: [] }), await Promise.all(files)];
};

const named = (key: string, ids: string[], files: ContractFile[]): IDataObject[] =>
	files.map((file, index) => ({
		[key]: ids[index],
		...('id' in file ? {} : { fileName: file.fileName }),
	}));

/** The contract as it is sent, without persons. */
const aboutOf = ({ documents, annexes, subject }: Prepared, { docIds, fileIds }: UploadedIds) => ({
	subject,
	files: [...documents, ...annexes].flatMap((file) => ('id' in file ? [] : [file.fileName])),
	documents: named('docId', docIds, documents),
	attachments: named('fileId', fileIds, annexes),
});

const idsIn = (about: IDataObject): UploadedIds => {
	const { documents = [], attachments = [] } = about as Partial<ReturnType<typeof aboutOf>>;
	return {
		docIds: documents.map(({ docId }) => String(docId)),
		fileIds: attachments.map(({ fileId }) => String(fileId)),
	};
};

const bodyOf = ({ draft, signers, subject }: Prepared, { docIds, fileIds }: UploadedIds) =>
	draft.body({
		subject,
		documents: docIds.map((docId) => ({ docId })),
		annexes: fileIds.map((fileId) => ({ fileId })),
		signers: signers.toWire(docIds),
	});

const SENTENCES = {
	refused: 'No contract was started.',
	unknown:
		"Whether a contract was started is not certain. Look in the company console (企业管理后台): if it is there, enter its ID in 'Started Contract ID' under Options.",
};

/** Uploads what has no ID yet. A lost upload leaves no doubt about the contract: none was started. */
const upload = async (call: ItemContext, { documents, annexes }: Prepared, ids: UploadedIds) => {
	try {
		await uploadAll(call, documentKind, documents, ids.docIds);
		await uploadAll(call, annexKind, annexes, ids.fileIds);
	} catch (thrown) {
		const error = asNodeError(call.exec.getNode(), thrown, call.index);
		error.context.outcomeUnknown = undefined;
		error.description = [error.description, SENTENCES.refused].filter(Boolean).join(' ');
		throw error;
	}
};

const start = async (call: ItemContext, prepared: Prepared): Promise<Started & UploadedIds> => {
	const { exec, index, parameters, client } = call;
	let ids: UploadedIds = { docIds: [], fileIds: [] };
	const meaning = async () => await meaningOf(prepared);
	try {
		// What an earlier attempt of n8n has started, or may have, needs no files any more.
		const earlier = await client.earlier(DRAFT_PATH, {}, { meaning });
		if (earlier) ids = idsIn(earlier);
		else await upload(call, prepared, ids);
		const started = await startContract(call, bodyOf(prepared, ids), {
			isLookWanted: prepared.draft.isLookWanted,
			presetSigners: presetSignersOf(parameters),
			meaning,
			about: aboutOf(prepared, ids),
			sentences: SENTENCES,
		});
		return { ...started, ...ids };
	} catch (thrown) {
		throw withUploads(asNodeError(exec.getNode(), thrown, index), ids);
	}
};

const pending = async (
	call: ItemContext,
	contractId: string,
	steps: SigningStep[],
	seen?: Pick<Started, 'state' | 'note'>,
) =>
	await pendingOf(call.client, contractId, {
		steps,
		common: operatorAccountOf(call.parameters),
		linkChoices: linkChoicesOf(call.parameters.group('options')),
		...seen,
	});

/** One item for the contract, or one for each open task. */
const toOutput = (call: ItemContext, json: IDataObject): INodeExecutionData[] => {
	if (call.parameters.group('options').text('output') !== 'signer') return [{ json }];
	const { tasks, ...contract } = json;
	const open = (tasks ?? []) as IDataObject[];
	return open.length === 0
		? [{ json: contract }]
		: open.map((task) => ({ json: { ...contract, ...task } }));
};

const startedBefore = async (call: ItemContext, contractId: string): Promise<IDataObject> => {
	refuseIdsGivenTwice(call);
	// Whoever enters a wrong ID sends nothing: that must not look like a contract.
	const state = await contractStateOf(call, contractId);
	return { contractId, started: false, ...(await pending(call, contractId, [], { state })) };
};

const startNow = async (call: ItemContext, prepared: Prepared): Promise<IDataObject> => {
	const started = await start(call, prepared);
	const { contractId, docIds, leftBehind, earlier } = started;
	// An earlier contract of other content has other signers.
	const isOther = earlier !== undefined && !earlier.isSame;
	const steps = isOther ? [] : stepsOf(prepared.signers.toWire(docIds));
	const { documents, attachments } = earlier?.about ?? aboutOf(prepared, started);
	return {
		contractId,
		started: prepared.draft.isStart,
		...(await pending(call, contractId, steps, started)),
		documents,
		attachments,
		...(leftBehind ? ({ leftBehind } as IDataObject) : {}),
	};
};

/** Uploads, POST /contract/draft, GET /contract/tasks and /contract/taskUrl in one step. */
export const sendFiles: Operation = {
	value: 'sendFiles',
	name: 'Send Files for Signing',
	action: 'Send files for signing',
	isFinal: true,
	description:
		'Once sent, it can only be recalled. Upload files, start a contract (发起签署) and get the signing links.',
	properties: sendFilesProperties,
	takesAllItems: (exec) => exec.getNodeParameter('options.contracts', 0, 'perItem') === ONE_FOR_ALL,
	async run(call) {
		const { parameters } = call;
		const options = parameters.group('options');
		const isPreview = options.flag('previewPositions') === true;
		const earlier = options.text('contractId', { max: 64 });
		// A wrong choice must not come up after the contract is there.
		linkChoicesOf(options);
		options.text('output', {
			pattern: /^(?:contract|signer)$/,
			expected: 'is neither contract nor signer',
			hint: 'Choose from the list.',
		});
		if (earlier !== '' && !isPreview) return toOutput(call, await startedBefore(call, earlier));
		const prepared = await prepare(call);
		if (isPreview) return [await previewOf(call.exec, prepared.signers.rows, prepared.documents)];
		return toOutput(call, await startNow(call, prepared));
	},
};
