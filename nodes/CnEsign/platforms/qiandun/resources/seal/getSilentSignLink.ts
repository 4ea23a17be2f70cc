import { resultItems } from '../../../../runtime/items/results';
import { webAddress } from '../../../../runtime/items/parameters';
import { omitEmpty } from '../../../../runtime/items/values';
import { optionsCollection } from '../../../../runtime/properties/properties';
import { intentField, redirectFields, integer } from '../../fields';
import type { Operation } from '../../../../runtime/items/operation';

/** POST /open/seal/autosign/auth/url (docs/api/qiandun.md, 5.9). The page shows a sample, no field table. */
export const getSilentSignLink: Operation = {
	value: 'getSilentSignLink',
	name: 'Get Silent Sign Link',
	action: 'Get silent signing authorization link',
	description:
		'A company must be verified first. Get the page that allows sealing without asking (印章静默签授权地址).',
	properties: [
		{
			displayName: 'Account ID (账号ID)',
			name: 'accountId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 22588647-d267-4964-8a48-f3d8c0c1c0fd',
			description: 'ID of the user',
		},
		{ ...intentField, default: 'CODE_SMS' },
		optionsCollection([
			{
				displayName: 'Expires After',
				name: 'expirationTime',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 3600,
				description: 'How long the link works; probably in seconds',
			},
			...redirectFields,
			{
				displayName: 'Seal IDs (印章ID)',
				name: 'sealIds',
				type: 'string',
				default: '',
				placeholder: 'e.g. 100000014',
				description:
					'Seals to authorize, separated by commas. The vendor’s sample leaves them out.',
			},
		]),
	],
	async run({ parameters, client }) {
		const options = parameters.group('options');
		const sealIds = options.list('sealIds');
		if (sealIds.some((id) => !/^\d+$/.test(id))) {
			options.fail(
				`${options.label('sealIds')} holds something that is not a seal ID`,
				'Seal IDs consist of digits only.',
			);
		}
		const modes = parameters.list('willingnessAuthModes', { codes: true });
		const result = await client.post(
			'/open/seal/autosign/auth/url',
			omitEmpty({
				accountId: parameters.text('accountId', { required: true }),
				// A seal ID is a number where the vendor gives its type (docs/api/qiandun.md, 5.8); one that a number cannot
				// hold goes as text.
				sealIds: sealIds.map((id) => (Number.isSafeInteger(Number(id)) ? Number(id) : id)),
				authConfig: modes.length === 0 ? undefined : { willingnessAuthModes: modes },
				redirectUrl: options.text('redirectUrl', webAddress),
				redirectDelayTime: integer(options, 'redirectDelayTime', { min: 0 }),
				expirationTime: integer(options, 'expirationTime', { min: 1 }),
			}),
		);
		return resultItems(result);
	},
};
