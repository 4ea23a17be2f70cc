import { badFormat, businessRefusal } from '../answers.mjs';
import { endpoint } from '../endpoint.mjs';
import {
	ANNEX_SUFFIXES,
	bytesMatch,
	decodeBase64,
	DOCUMENT_SUFFIXES,
	OFFICE_SUFFIXES,
} from '../files.mjs';
import { schemas } from '../schemas.mjs';
import type { Credential } from '../seeds.mjs';
import type { StoredFile, World } from '../world.mjs';

interface FileParams {
	file: string;
	fileName: string;
	fileSuffix: string;
}

function receive(
	world: World,
	credential: Credential,
	{ file, fileName, fileSuffix }: FileParams,
	rules: { suffixes: string[]; maxBytes: number; tooLarge: string },
): StoredFile {
	if (!rules.suffixes.includes(fileSuffix)) businessRefusal('不支持的文件类型');
	const bytes = decodeBase64(file) ?? badFormat('file', '不是Base64');
	if (bytes.length > rules.maxBytes) businessRefusal(rules.tooLarge);
	if (!bytesMatch(fileSuffix, bytes)) businessRefusal('不支持的文件类型');
	return { id: world.newId(), fileName, suffix: fileSuffix, bytes, company: credential.company };
}

/** POST /document/file (api/kaifangqian.md §6.2). */
export const uploadDocument = endpoint<FileParams>({
	method: 'POST',
	path: '/document/file',
	schema: schemas.file,
	throttled: true,
	run({ world, params, credential }) {
		const { officeConversion, maxFileBytes } = world.switches;
		const isOffice = OFFICE_SUFFIXES.includes(params.fileSuffix);
		if (isOffice && !officeConversion) return businessRefusal('不支持的文件类型');
		const stored = receive(world, credential, params, {
			suffixes: DOCUMENT_SUFFIXES,
			maxBytes: maxFileBytes,
			tooLarge: '文件不超过30MB',
		});
		world.documents.set(stored.id, stored);
		return { docId: stored.id };
	},
});

/** POST /annex/file (api/kaifangqian.md §6.3). */
export const uploadAnnex = endpoint<FileParams>({
	method: 'POST',
	path: '/annex/file',
	schema: schemas.file,
	throttled: true,
	run({ world, params, credential }) {
		const stored = receive(world, credential, params, {
			suffixes: ANNEX_SUFFIXES,
			maxBytes: world.switches.maxAnnexBytes,
			tooLarge: '附件不超过20MB',
		});
		world.annexes.set(stored.id, stored);
		return { fileId: stored.id };
	},
});
