import {
	binaryFieldOf,
	inputFile,
	withoutBytes,
	type InputFile,
} from '../../../runtime/files/inputFile';
import { spoiltBy } from '../../../runtime/items/cleanText';
import type { ItemContext } from '../../../runtime/items/operation';
import { operatorAccountOf } from '../fields';
import { FILE_NAME_MAX, NOT_STORABLE, NOT_STORABLE_HINT, STORABLE } from '../rules';
import { contentMismatch, isPdf, pdfStart } from '../../../runtime/files/content';
import type { UploadKind } from './kinds';
import { distinctName, sentName } from './names';
import { worksWithout } from './pdf';

const MEGABYTE = 1024 * 1024;
// The limits that the vendor names disagree: 30 MB and 20 MB (docs/api/kaifangqian.md, 8, trap 26).
const WORRYING = 20;

/** A file that was checked and may be sent. */
export interface ReadyFile {
	file: InputFile;
	/** As it is sent. */
	fileName: string;
	suffix: string;
}

export interface FileChoices {
	/** Where the file comes from, in words that complete "The file in …". */
	place: string;
	/** A name to show instead of the file's own. */
	name?: string;
	/** Megabytes. */
	sizeLimit?: number;
	/** What to do about a name that does not work. */
	nameHint?: string;
	/** Names of the contract's other files, to which this one's is added. */
	taken?: Set<string>;
}

const RENAME = "Set another 'File Name' under Options.";

const SAVE_AGAIN =
	'Open it and save it as PDF 1.7: print it to a PDF, or choose version 1.7 (Acrobat 8) where the program offers one.';

/**
 * The PDF itself, where bytes stand in front of it: the platform wants it to begin at the first byte
 * (docs/api/kaifangqian.md, 6.2).
 */
const withoutPrefix = async (
	file: InputFile,
	start: number,
	place: string,
	fail: ItemContext['parameters']['fail'],
): Promise<InputFile> => {
	if (start <= 0) return file;
	if (await worksWithout(file, start)) return withoutBytes(file, start);
	return fail(
		`The file in ${place} has ${start} bytes in front of the PDF, which the platform does not take`,
		`Nothing was sent. ${SAVE_AGAIN}`,
	);
};

const checkSize = (
	{ exec, parameters: { fail } }: ItemContext,
	{ size }: InputFile,
	place: string,
	limit: number,
): void => {
	if (size > limit * MEGABYTE)
		fail(
			`The file in ${place} has ${(size / MEGABYTE).toFixed(1)} MB, more than the limit of ${limit} MB`,
			"Nothing was sent. Make the file smaller, or raise 'Size Limit (MB)' under Options if your installation takes more.",
		);
	if (size > WORRYING * MEGABYTE)
		exec.addExecutionHints({
			message: `A file is larger than ${WORRYING} MB. The limits that the vendor names differ, so the platform may refuse it.`,
			type: 'warning',
			location: 'outputPane',
		});
};

const checkName = (
	{ parameters: { fail } }: ItemContext,
	name: string,
	{ stem, place, hint }: { stem: string; place: string; hint: string },
): void => {
	const what = `The name of the file in ${place}`;
	if (name.length > FILE_NAME_MAX) fail(`${what} is longer than ${FILE_NAME_MAX} characters`, hint);
	if (!STORABLE.test(name)) fail(`${what} ${NOT_STORABLE}`, `${NOT_STORABLE_HINT} ${hint}`);
	const spoilt = spoiltBy(stem);
	if (spoilt) fail(`${what} ${spoilt.reason}`, `${spoilt.hint} ${hint}`);
};

/** What the first bytes say, and the name that follows from them. */
const nameFor = async (kind: UploadKind, file: InputFile, chosen = '') => {
	const head = await file.head(1024);
	const start = kind.becomesPdf ? pdfStart(head) : isPdf(head) ? 0 : -1;
	return { head, start, ...sentName(file, chosen, { ...kind, isPdf: start >= 0 }) };
};

/** Adds the name of a file that an earlier run has sent to `taken`. */
export async function takeName(
	kind: UploadKind,
	file: InputFile,
	taken: Set<string>,
): Promise<void> {
	distinctName((await nameFor(kind, file)).stem, taken);
}

/** Checks a file without sending anything. */
export async function readyFile(
	call: ItemContext,
	kind: UploadKind,
	given: InputFile,
	{
		place,
		name = '',
		sizeLimit = kind.sizeLimit,
		nameHint = RENAME,
		taken = new Set(),
	}: FileChoices,
): Promise<ReadyFile> {
	const { fail } = call.parameters;
	if (given.size === 0)
		fail(`The file in ${place} is empty`, 'Check the node that delivers the file.');
	checkSize(call, given, place, sizeLimit);
	const { head, start, stem, suffix } = await nameFor(kind, given, name);
	if (!kind.suffixes.includes(suffix))
		fail(
			suffix === ''
				? `The file in ${place} has no suffix`
				: `The file in ${place} has the suffix '${suffix}', which the platform does not take`,
			kind.suffixHint,
		);
	const mismatch = start > 0 ? undefined : contentMismatch(head, suffix);
	if (mismatch) {
		const message = `The file in ${place} is named ${suffix} but contains ${mismatch}`;
		if (kind.becomesPdf)
			fail(message, 'Check the node that delivers the file: the platform looks at the content.');
		// Nobody looks at what an attachment contains (6.3), and programs do save web pages as .doc.
		call.exec.addExecutionHints({
			message: `${message}. It is sent as it is. If people cannot open it, check the node that delivers it.`,
			type: 'warning',
			location: 'outputPane',
		});
	}
	const file = await withoutPrefix(given, start, place, fail);
	const isNewer = start >= 0 && !head.subarray(start).toString('latin1').startsWith('%PDF-1.');
	if (kind.becomesPdf && isNewer)
		fail(
			`The file in ${place} is a PDF of another version than 1, which the platform does not take`,
			`Nothing was sent. ${SAVE_AGAIN}`,
		);
	// The platform adds .pdf to the name of a document itself.
	const fileName = kind.becomesPdf ? distinctName(stem, taken) : `${stem}${suffix}`;
	checkName(call, fileName, { stem, place, hint: nameHint });
	return { file, fileName, suffix };
}

/** Uploads a file as Base64, read while it is sent. Returns the envelope's `result`. */
export async function sendFile(
	{ client, parameters }: ItemContext,
	kind: UploadKind,
	{ file, fileName, suffix }: ReadyFile,
): Promise<unknown> {
	return await client.post(kind.path, {
		file,
		fileName,
		fileSuffix: suffix,
		...operatorAccountOf(parameters),
	});
}

/** The upload operations: one file of one item, checked and sent. */
export async function uploadFile(
	call: ItemContext,
	kind: UploadKind,
): Promise<{ result: unknown; fileName: string }> {
	const { exec, index, parameters } = call;
	const options = parameters.group('options');
	const field = binaryFieldOf(parameters, 'binaryPropertyName');
	const file = await inputFile(exec, index, field);
	const ready = await readyFile(call, kind, file, {
		place: parameters.label('binaryPropertyName'),
		name: options.text('fileName'),
		sizeLimit: options.number('sizeLimit', { min: 1 }),
	});
	return { result: await sendFile(call, kind, ready), fileName: ready.fileName };
}
