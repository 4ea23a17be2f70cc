import { randomUUID } from 'node:crypto';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import type { KaifangqianSandbox } from './index.mjs';

// A bare client and pieces of requests for the stand-in's own tests: it sends what it is told, right or wrong.

export interface Reply {
	status: number;
	headers: Headers;
	bytes: Buffer;
	// eslint-disable-next-line @typescript-eslint/no-explicit-any
	json: any;
}

type Params = Record<string, unknown>;

export function clientOf(sandbox: KaifangqianSandbox) {
	const common = () => ({
		appAuthToken: sandbox.token,
		uniqueCode: randomUUID(),
		operatorAccount: 'test',
	});
	const read = async (response: Response): Promise<Reply> => {
		const bytes = Buffer.from(await response.arrayBuffer());
		const isJson = response.headers.get('content-type')?.includes('json');
		return {
			status: response.status,
			headers: response.headers,
			bytes,
			json: isJson ? JSON.parse(bytes.toString()) : undefined,
		};
	};
	const raw = async (path: string, init?: RequestInit) =>
		read(await fetch(sandbox.baseUrl + path, init));
	const get = (path: string, params: Params = {}) => {
		const all = Object.entries({ ...common(), ...params }).filter(
			([, value]) => value !== undefined,
		);
		return raw(`${path}?${new URLSearchParams(all as Array<[string, string]>)}`);
	};
	const post = (path: string, params: Params = {}, headers: Record<string, string> = {}) =>
		raw(path, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers },
			body: JSON.stringify({ ...common(), ...params }),
		});
	return {
		raw,
		get,
		post,
		async upload(bytes: Uint8Array, fileName = '合同', fileSuffix = '.pdf'): Promise<string> {
			const file = Buffer.from(bytes).toString('base64');
			return (await post('/document/file', { file, fileName, fileSuffix })).json.result.docId;
		},
		async draft(params: Params): Promise<string> {
			const { json } = await post('/contract/draft', {
				operator: sandbox.operator,
				signReId: sandbox.lines.free,
				send: '1',
				...params,
			});
			if (!json.result) throw new Error(json.message);
			return json.result.contractId;
		},
		tasks: async (contractId: string) => (await get('/contract/tasks', { contractId })).json.result,
	};
}

export type Client = ReturnType<typeof clientOf>;

export async function pdfOf(...pages: string[]): Promise<Uint8Array> {
	const pdf = await PDFDocument.create();
	const font = await pdf.embedFont(StandardFonts.Helvetica);
	for (const text of pages)
		pdf.addPage([595, 842]).drawText(text, { x: 64, y: 700, size: 14, font });
	return await pdf.save();
}

export const mobile = (name: string, contact: string) => ({ name, contactType: 'MOBILE', contact });
export const lisi = mobile('李四', '13900139000');
export const wangwu = mobile('王五', '13700137000');

export const person = (receiver: Params, signerOrder: string, more: Params = {}) => ({
	signerType: 'RECEIVER_PERSONAL',
	signerName: receiver.name,
	signerOrder,
	receiver,
	...more,
});

export const company = (
	signerType: string,
	signerOrder: string,
	...internalNodeList: Params[]
) => ({
	signerType,
	signerName: '某某科技有限公司',
	signerOrder,
	internalNodeList,
});

/** The own company, whose `signer` has to approve before anybody signs. */
export const approvedBy = (signer: object) =>
	company('SENDER', '1', { nodeType: 'APPROVER_CHECK', signerOrder: '1', signer });

export const autoSeal = (signerOrder = '1', more: Params = {}) => ({
	nodeType: 'ENTERPRISE_SEAL',
	signerOrder,
	autoSign: 'AUTO_SIGN',
	...more,
});
