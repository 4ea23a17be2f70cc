import type { INodeProperties } from 'n8n-workflow';
import { fileInputField, notForTools } from '../../../runtime/properties';
import { additionalFields } from '../fields';
import { FILE_NAME_MAX } from '../rules';

/** What the two upload endpoints share (api/kaifangqian.md §6.2, §6.3). */
export interface UploadKind {
	path: string;
	suffixes: string[];
	/** Megabytes that the vendor names as the limit (§3.3). */
	sizeLimit: number;
	/** What to do when the suffix does not fit. */
	suffixHint: string;
}

const sizeLimitField = (megabytes: number): INodeProperties => {
	const field: INodeProperties = {
		displayName: 'Size Limit (MB)',
		name: 'sizeLimit',
		type: 'number',
		typeOptions: { minValue: 1 },
		displayOptions: notForTools,
		default: 0,
		description: `Refuse larger files. The vendor names ${megabytes} MB; raise it where your installation takes more.`,
	};
	return { ...field, default: megabytes };
};

export const uploadProperties = (kind: UploadKind): INodeProperties[] => [
	fileInputField('file'),
	additionalFields([
		{
			displayName: 'File Name',
			name: 'fileName',
			type: 'string',
			default: '',
			placeholder: 'e.g. 服务合同.pdf',
			description: `Name to show on the platform, up to ${FILE_NAME_MAX} characters. Leave empty for the name of the input file.`,
		},
		sizeLimitField(kind.sizeLimit),
	]),
];
