import { lazily } from '../../../../runtime/lazily';
import { fileInputField } from '../../../../runtime/properties';
import { resultItems } from '../../../../runtime/results';
import { required, text, webAddress } from '../../fields';
import type { QiandunOperation } from '../operation';

const binary = lazily(async () => await import('../../../../runtime/binary.js'));

/** POST /open/api/ocr/idCard (api/qiandun.md §5.10); exactly one of `imageBase64` and `imageUrl`. */
export const readIdCard: QiandunOperation = {
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
		fileInputField('picture', { imageSource: ['binary'] }),
		text(
			'imageUrl',
			'Picture URL',
			'e.g. https://your-domain.com/id-front.jpg',
			'The platform must be able to open it',
			{
				...required,
				displayOptions: { show: { imageSource: ['url'] } },
			},
		),
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
		const { inputFile } = await binary();
		const cardSide = parameters.text('cardSide', {
			required: true,
			pattern: /^(?:front|back)$/,
			expected: 'is neither front nor back',
		});
		const fromUrl = parameters.text('imageSource') === 'url';
		const field = fromUrl ? '' : parameters.text('binaryPropertyName', { required: true });
		const image = fromUrl ? undefined : await inputFile(exec, index, field);
		if (image?.size === 0)
			parameters.fail(
				`The file in ${parameters.label('binaryPropertyName')} is empty`,
				'Check the node that delivers the file.',
			);
		const body = image
			? { imageBase64: image, cardSide }
			: { imageUrl: parameters.text('imageUrl', { required: true, ...webAddress }), cardSide };
		// Such readings are billed one by one, so they count as doing something.
		return resultItems(
			await client.call({ method: 'POST', path: '/open/api/ocr/idCard', body, readsOnly: false }),
		);
	},
};
