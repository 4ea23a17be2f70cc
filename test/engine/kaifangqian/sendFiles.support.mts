/** What the tests of `contract.sendFiles` share. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { fileItem } from '../engine.mjs';
import { fromList, lisi, operatorOf, pdf, type Setting } from './support.mjs';

export const zip = Buffer.from('504b0506'.padEnd(44, '0'), 'hex');

/** 李四 as a row, unless told otherwise; what is neither name nor contact stands in the row's details. */
export const row = (
	{ name = lisi.name, contact = lisi.contact, ...details }: IDataObject = {},
	...position: IDataObject[]
): IDataObject => ({
	name,
	contact,
	details: { ...details, ...(position.length > 0 ? { positions: { position } } : {}) },
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

/** What *Send Files* needs: 李四 signs, in the name of the stand-in's own operator. */
export const sendFilesParameters = ({ sandbox }: Pick<Setting, 'sandbox'>): IDataObject => ({
	...operatorOf(sandbox),
	signReId: fromList(sandbox.lines.free),
	signers: rows(row()),
});

type More = Parameters<Setting['act']>[3];

/** Runs the operation with 李四 as its only signer, unless told otherwise. */
export const sending =
	(setting: Setting) =>
	async (input: INodeExecutionData[], parameters: IDataObject = {}, more: More = {}) =>
		await setting.act(
			'contract',
			'sendFiles',
			{ ...sendFilesParameters(setting), ...parameters },
			{ input, ...more },
		);

/** The same, which must be refused before anything is sent. */
export const refusing =
	(setting: Setting) =>
	async (input: INodeExecutionData[], parameters: IDataObject = {}, more: More = {}) =>
		await setting.refused(
			'contract',
			'sendFiles',
			{ ...sendFilesParameters(setting), ...parameters },
			{ input, ...more },
		);
