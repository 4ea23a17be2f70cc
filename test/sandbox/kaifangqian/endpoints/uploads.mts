import { badFormat, businessRefusal, missing, plainRefusal, refuse } from '../answers.mjs';
import { FILE_NAME, store } from '../contract/limits.mjs';
import { endpoint } from '../endpoint.mjs';
import { convertedOffice, decodeBase64, isOffice, isPdf } from '../files.mjs';
import { isFilled } from '../java.mjs';
import { requests } from '../shapes.mjs';
import type { World } from '../world.mjs';

interface Upload {
	file: string;
	fileName: string;
}

/** Both uploads check the same things and say some of them in their own words. */
function receive(
	{ file, fileName, fileSuffix }: { file?: string; fileName?: string; fileSuffix?: string },
	suffixes: string[],
	unsupported: string,
): Upload {
	if (!isFilled(file)) return missing('file');
	if (!isFilled(fileName)) return missing('fileName');
	if ([...fileName].length > FILE_NAME) badFormat('fileName', '，长度不合法');
	if (!isFilled(fileSuffix)) return missing('fileSuffix');
	if (!suffixes.includes(fileSuffix)) badFormat('fileSuffix', unsupported);
	return { file, fileName };
}

const decoded = (file: string): Buffer => decodeBase64(file) ?? businessRefusal('base64解析失败');

function keep(world: World, company: string, fileName: string, bytes: Buffer): string {
	store(fileName);
	const id = world.newId();
	world.files.set(id, { id, fileName, bytes, company });
	return id;
}

const DOCUMENT_SUFFIXES = ['.pdf', '.doc', '.docx', '.xls', '.xlsx'];

/** POST /document/file (docs/api/kaifangqian.md 6.2): the bytes decide, and only their beginning is looked at. */
export const uploadDocument = endpoint({
	method: 'POST',
	path: '/document/file',
	fields: requests.file,
	throttled: true,
	async run({ world, params, credential: { company } }) {
		if (isFilled(params.file)) {
			if (params.fileName === undefined) refuse(21000, 'fileName 参数缺失');
			if (!isFilled(params.fileName)) refuse(22000, 'fileName 参数不能为空');
		}
		const { file, fileName } = receive(params, DOCUMENT_SUFFIXES, '');
		let bytes = decoded(file);
		if (!isPdf(bytes)) {
			if (!world.switches.officeConversion || !isOffice(bytes))
				return plainRefusal('不支持的文件类型');
			bytes = await convertedOffice();
		}
		return { docId: keep(world, company, fileName, bytes) };
	},
});

const ANNEX_SUFFIXES = ['.doc', '.docx', '.wps', '.jpg', '.png', '.pdf', '.xlsx', '.zip', '.rar'];

/** POST /annex/file (docs/api/kaifangqian.md 6.3): the content is not looked at. */
export const uploadAnnex = endpoint({
	method: 'POST',
	path: '/annex/file',
	fields: requests.file,
	throttled: true,
	run({ world, params, credential: { company } }) {
		const { file, fileName } = receive(params, ANNEX_SUFFIXES, ',文件格式不支持');
		return { fileId: keep(world, company, fileName, decoded(file)) };
	},
});
