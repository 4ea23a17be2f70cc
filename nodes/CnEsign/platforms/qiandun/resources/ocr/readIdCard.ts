import { insteadOfPicture } from '../../../../runtime/files/content';
import { binaryFieldOf, inputFile, type InputFile } from '../../../../runtime/files/inputFile';
import { webAddress, type Parameters } from '../../../../runtime/items/parameters';
import { fileInputField } from '../../../../runtime/properties/properties';
import { resultItems } from '../../../../runtime/items/results';
import type { Operation } from '../../../../runtime/items/operation';

/** Each reading is billed, so what is plainly no picture is not sent. */
const checkPicture = async (parameters: Parameters, image: InputFile): Promise<void> => {
	const place = parameters.label('binaryPropertyName');
	if (image.size === 0)
		parameters.fail(`The file in ${place} is empty`, 'Check the node that delivers the file.');
	const found = insteadOfPicture(await image.head(64));
	if (found !== undefined)
		parameters.fail(
			`The file in ${place} is no picture but ${found}`,
			'Nothing was sent. Check the node that delivers the file: a data URI has to be turned into a file first.',
		);
};

/** POST /open/api/ocr/idCard (docs/api/qiandun.md, 5.10); exactly one of `imageBase64` and `imageUrl`. */
export const readIdCard: Operation = {
	value: 'readIdCard',
	name: 'Read ID Card',
	action: 'Read ID card',
	description: 'Read name, number and address from a picture of an ID card (身份证OCR)',
	properties: [
		{
			displayName: 'Picture From',
			name: 'imageSource',
			type: 'options',
			options: [
				{ name: 'Input Data', value: 'binary' },
				{ name: 'URL', value: 'url' },
			],
			default: 'binary',
		},
		fileInputField({ what: 'picture', show: { imageSource: ['binary'] } }),
		{
			displayName: 'Picture URL',
			name: 'imageUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://your-domain.com/front.jpg',
			description: 'The platform must be able to open it',
			displayOptions: { show: { imageSource: ['url'] } },
		},
		{
			displayName: 'Side',
			name: 'cardSide',
			type: 'options',
			options: [
				{ name: 'Back', value: 'back', description: 'The side with the national emblem' },
				{ name: 'Front', value: 'front', description: 'The side with the portrait' },
			],
			default: 'front',
		},
	],
	async run({ exec, index, parameters, client }) {
		const cardSide = parameters.text('cardSide', {
			required: true,
			pattern: /^(?:front|back)$/,
			expected: 'is neither front nor back',
		});
		const fromUrl = parameters.text('imageSource') === 'url';
		const image = fromUrl
			? undefined
			: await inputFile(exec, index, binaryFieldOf(parameters, 'binaryPropertyName'));
		if (image) await checkPicture(parameters, image);
		const body = image
			? { imageBase64: image, cardSide }
			: { imageUrl: parameters.text('imageUrl', { required: true, ...webAddress }), cardSide };
		// Not `readsOnly`: each reading is billed.
		return resultItems(await client.post('/open/api/ocr/idCard', body));
	},
};
