/** What the tests of `contract.sendFiles` share. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { fileItem } from '../engine.mjs';
import { fromList, lisi, operatorOf, pdf, type Setting } from './support.mjs';

export const zip = Buffer.from('504b0506'.padEnd(44, '0'), 'hex');

export const row = (more: IDataObject = {}): IDataObject => ({
	name: lisi.name,
	contact: lisi.contact,
	...more,
});

export const rows = (...signer: IDataObject[]): IDataObject => ({ signer });

/** An item with several files, each in a field of its own. */
export const itemWith = async (
	fields: Record<string, [bytes: Buffer, fileName: string, mimeType?: string]>,
	json: IDataObject = {},
): Promise<INodeExecutionData> => {
	const parts = await Promise.all(
		Object.entries(fields).map(
			async ([field, [bytes, fileName, mimeType = 'application/pdf']]) =>
				(await fileItem(bytes, fileName, mimeType, {}, field)).binary!,
		),
	);
	return { json, binary: Object.assign({}, ...parts) };
};

export const three = async () =>
	await itemWith({ a: [pdf, 'a.pdf'], b: [pdf, 'b.pdf'], c: [pdf, 'c.pdf'] });

/** Runs the operation with 李四 as its only signer, unless told otherwise. */
export const sending =
	({ act, sandbox }: Setting) =>
	async (
		input: INodeExecutionData[],
		parameters: IDataObject = {},
		more: Parameters<Setting['act']>[3] = {},
	) =>
		await act(
			'contract',
			'sendFiles',
			{
				...operatorOf(sandbox),
				signReId: fromList(sandbox.lines.free),
				signers: rows(row()),
				...parameters,
			},
			{ input, ...more },
		);
