import { inputFile, type InputFile } from '../../../runtime/binary';
import { safeFileName, suffixOf } from '../../../runtime/fileName';
import type { ItemCall } from '../../../runtime/types';
import type { KaifangqianClient } from '../client';
import { operatorAccountOf } from '../fields';
import { FILE_NAME_MAX } from '../rules';
import type { UploadKind } from './uploadFields';

const MEGABYTE = 1024 * 1024;
// The documents name 30 MB, 20 MB and again 20 MB (api/kaifangqian.md §8, trap 26).
const WORRYING = 20;

// First bytes of the formats that the platforms take. A zip container can be one of several formats.
const SIGNATURES: Array<{ kind: string; suffixes: string[]; bytes: Buffer }> = [
	{ kind: 'a PDF file', suffixes: ['.pdf'], bytes: Buffer.from('%PDF-') },
	{ kind: 'a PNG picture', suffixes: ['.png'], bytes: Buffer.from([0x89, 0x50, 0x4e, 0x47]) },
	{ kind: 'a JPEG picture', suffixes: ['.jpg'], bytes: Buffer.from([0xff, 0xd8, 0xff]) },
	{ kind: 'a RAR archive', suffixes: ['.rar'], bytes: Buffer.from('Rar!') },
	{
		kind: 'an Office document or ZIP archive',
		suffixes: ['.docx', '.xlsx', '.zip'],
		bytes: Buffer.from('PK'),
	},
	{
		kind: 'an older Office document',
		suffixes: ['.doc', '.xls', '.wps'],
		bytes: Buffer.from([0xd0, 0xcf, 0x11, 0xe0]),
	},
];

/** Says when the content is plainly something else than the name says. */
const contentMismatch = (head: Buffer, suffix: string): string | undefined => {
	// Some writers put a few bytes before the PDF mark, and readers take that.
	if (suffix === '.pdf') return head.includes('%PDF-') ? undefined : kindOf(head);
	const kind = SIGNATURES.find(({ bytes }) => head.subarray(0, bytes.length).equals(bytes));
	const expected = SIGNATURES.find(({ suffixes }) => suffixes.includes(suffix));
	if (!expected || kind === expected) return undefined;
	// WPS writes both kinds of container.
	if (suffix === '.wps' && kind?.suffixes.includes('.docx')) return undefined;
	return kindOf(head);
};

const kindOf = (head: Buffer): string =>
	SIGNATURES.find(({ bytes }) => head.subarray(0, bytes.length).equals(bytes))?.kind ??
	'something else, such as text or a web page';

const nameWithSuffix = (
	file: InputFile,
	chosen: string,
	suffixes: string[],
): { fileName: string; suffix: string } => {
	// Not cut: a name that is too long for the platform is refused, never changed behind one's back.
	const fileName = safeFileName(chosen || file.fileName || 'document', undefined, Infinity);
	const own = suffixOf(fileName) === '.jpeg' ? '.jpg' : suffixOf(fileName);
	if (suffixes.includes(own)) return { fileName, suffix: own };
	// "合同 v1.2", or no suffix at all: the file's own name says it, or its MIME type.
	const fromType = file.mimeType === 'application/pdf' ? '.pdf' : '';
	const fallback = [suffixOf(file.fileName ?? ''), fromType].find((suffix) =>
		suffixes.includes(suffix),
	);
	const renamed = chosen !== '' || own === '';
	return fallback && renamed
		? { fileName: `${fileName}${fallback}`, suffix: fallback }
		: { fileName, suffix: own };
};

const SHORTER_NAME = "Set a shorter 'File Name' under Additional Fields.";

/** A file that was checked and may be sent. */
export interface ReadyFile {
	file: InputFile;
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
	/** What to do about a name that is too long. */
	nameHint?: string;
}

/** Checks a file without sending anything. */
export const readyFile = async (
	{ exec, parameters: { fail } }: ItemCall<KaifangqianClient>,
	kind: UploadKind,
	file: InputFile,
	{ place, name = '', sizeLimit: limit = kind.sizeLimit, nameHint = SHORTER_NAME }: FileChoices,
): Promise<ReadyFile> => {
	const { fileName, suffix } = nameWithSuffix(file, name, kind.suffixes);
	if (file.size === 0)
		fail(`The file in ${place} is empty`, 'Check the node that delivers the file.');
	if (!kind.suffixes.includes(suffix)) {
		fail(
			suffix === ''
				? `The file in ${place} has no suffix`
				: `The file in ${place} has the suffix '${suffix}', which the platform does not take`,
			kind.suffixHint,
		);
	}
	if (fileName.length > FILE_NAME_MAX) {
		fail(`The name of the file in ${place} is longer than ${FILE_NAME_MAX} characters`, nameHint);
	}
	if (file.size > limit * MEGABYTE) {
		fail(
			`The file in ${place} has ${(file.size / MEGABYTE).toFixed(1)} MB, more than the limit of ${limit} MB`,
			"Nothing was sent. Make the file smaller, or raise 'Size Limit (MB)' under Additional Fields if your installation takes more.",
		);
	}
	if (file.size > WORRYING * MEGABYTE) {
		exec.addExecutionHints({
			message: `A file is larger than ${WORRYING} MB. The limits that the vendor names differ, so the platform may refuse it.`,
			type: 'warning',
			location: 'outputPane',
		});
	}
	const mismatch = contentMismatch(await file.head(1024), suffix);
	if (mismatch) {
		fail(
			`The file in ${place} is named ${suffix} but contains ${mismatch}`,
			'Check the node that delivers the file: the platform looks at the content.',
		);
	}
	return { file, fileName, suffix };
};

/** Uploads a file as Base64, read while it is sent. Returns the envelope's `result`. */
export const sendFile = async (
	{ client, parameters }: ItemCall<KaifangqianClient>,
	kind: UploadKind,
	{ file, fileName, suffix }: ReadyFile,
): Promise<unknown> =>
	await client.post(kind.path, {
		file,
		fileName,
		fileSuffix: suffix,
		...operatorAccountOf(parameters),
	});

/** The upload operations: one file of one item, checked and sent. */
export const uploadFile = async (
	call: ItemCall<KaifangqianClient>,
	kind: UploadKind,
): Promise<{ result: unknown; fileName: string }> => {
	const { exec, index, parameters } = call;
	const field = parameters.text('binaryPropertyName', { required: true });
	const more = parameters.group('additionalFields');
	const file = await inputFile(exec, index, field);
	const ready = await readyFile(call, kind, file, {
		place: parameters.label('binaryPropertyName'),
		name: more.text('fileName'),
		sizeLimit: more.number('sizeLimit', { min: 1 }),
	});
	return { result: await sendFile(call, kind, ready), fileName: ready.fileName };
};
