import { resultItems } from '../../../../runtime/results';
import {
	additionalFieldsField,
	given,
	intentField,
	redirectFields,
	required,
	text,
	webAddress,
	whole,
} from '../../fields';
import type { QiandunOperation } from '../operation';

/** POST /open/seal/autosign/auth/url (api/qiandun.md §5.9). The page shows a sample, no field table. */
export const getSilentSignLink: QiandunOperation = {
	value: 'getSilentSignLink',
	name: 'Get Silent Sign Link',
	action: 'Get silent signing authorization link',
	description:
		'Get a page on which a user allows seals to be used without asking each time (印章静默签授权地址). A company must be verified first.',
	properties: [
		text(
			'accountId',
			'Account ID',
			'e.g. 22588647-d267-4964-8a48-f3d8c0c1c0fd',
			'ID of the user (账号ID)',
			required,
		),
		{ ...intentField, default: 'CODE_SMS' },
		additionalFieldsField([
			{
				displayName: 'Expires After',
				name: 'expirationTime',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 3600,
				description: 'How long the link works; probably in seconds',
			},
			...redirectFields,
			text(
				'sealIds',
				'Seal IDs',
				'e.g. 100000014',
				'Seals to authorize (印章id), separated by commas. The vendor’s sample leaves them out.',
			),
		]),
	],
	async run({ parameters, client }) {
		const more = parameters.group('additionalFields');
		const sealIds = more.list('sealIds');
		if (sealIds.some((id) => !/^\d+$/.test(id))) {
			more.fail(
				`${more.label('sealIds')} holds something that is not a seal ID`,
				'Seal IDs consist of digits only.',
			);
		}
		const modes = parameters.list('willingnessAuthModes');
		const result = await client.call({
			method: 'POST',
			path: '/open/seal/autosign/auth/url',
			readsOnly: false,
			body: given({
				accountId: parameters.text('accountId', { required: true }),
				// A seal ID is a number where the vendor gives its type (§5.8); one that a number cannot
				// hold goes as text.
				sealIds: sealIds.map((id) => (Number.isSafeInteger(Number(id)) ? Number(id) : id)),
				authConfig: modes.length === 0 ? undefined : { willingnessAuthModes: modes },
				redirectUrl: more.text('redirectUrl', webAddress),
				redirectDelayTime: whole(more, 'redirectDelayTime', { min: 0 }),
				expirationTime: whole(more, 'expirationTime', { min: 1 }),
			}),
		});
		return resultItems(result);
	},
};
