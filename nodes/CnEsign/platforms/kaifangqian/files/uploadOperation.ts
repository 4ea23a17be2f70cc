import { callsPerSecondOption } from '../../../runtime/items/settings';
import { resultItems } from '../../../runtime/items/results';
import type { Operation } from '../../../runtime/items/operation';
import { fileInputField, hiddenFromTools } from '../../../runtime/properties/properties';
import { optionsProperty } from '../fields';
import { FILE_NAME_MAX } from '../rules';
import type { UploadKind } from './kinds';
import { uploadFile } from './readyFile';

/** The two operations that upload one file of one item. */
export function uploadOperation(
	kind: UploadKind,
	texts: Pick<Operation, 'action' | 'description'>,
): Operation {
	const { sizeLimit } = kind;
	return {
		value: 'upload',
		name: 'Upload',
		...texts,
		properties: [
			fileInputField({ what: 'file' }),
			optionsProperty([
				callsPerSecondOption,
				{
					displayName: 'File Name',
					name: 'fileName',
					type: 'string',
					default: '',
					placeholder: 'e.g. 服务合同.pdf',
					description: `Name to show on the platform, up to ${FILE_NAME_MAX} characters. Leave empty for the name of the input file.`,
				},
				{
					displayName: 'Size Limit (MB)',
					name: 'sizeLimit',
					type: 'number',
					typeOptions: { minValue: 1 },
					displayOptions: hiddenFromTools,
					default: sizeLimit,
					description: `Refuse larger files. The vendor names ${sizeLimit} MB; raise it where your installation takes more.`,
				},
			]),
		],
		async run(call) {
			const { result, fileName } = await uploadFile(call, kind);
			return resultItems(result).map(({ json }) => ({ json: { ...json, fileName } }));
		},
	};
}
