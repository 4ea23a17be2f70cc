import { positionsOf } from '../../contract/signers/signerInput';
import { toItems } from '../../../../runtime/items/results';
import { optionsProperty, contractIdField, personFields, personOf } from '../../fields';
import { behalfPositionProperties } from '../../contract/signers/positionProperties';
import type { Operation } from '../../../../runtime/items/operation';
import { checkMovedOption, wantsLook } from '../../contract/checkStarted';
import { moveContract, NOBODY_ASKED } from '../../contract/moveContract';

/** POST /contract/sign/personal/proxy (docs/api/kaifangqian.md, 6.9). */
export const signOnBehalf: Operation = {
	value: 'signOnBehalf',
	name: 'Sign on Behalf',
	action: 'Sign on behalf of person',
	isFinal: true,
	description:
		'This cannot be undone. Sign for a person who has authorized their seal (授权签署); if that completes it, no event comes.',
	properties: [
		contractIdField,
		{
			displayName: 'Signs As',
			name: 'signatureSubjectType',
			type: 'options',
			options: [
				{ name: 'Employee of a Signing Company (企业签署方下的个人签字节点)', value: 'EMPLOYEE' },
				{ name: 'Person (个人签署方)', value: 'PERSON' },
			],
			default: 'PERSON',
		},
		...personFields({
			prefix: 'signer',
			title: 'Signer',
			term: '签署人',
			who: 'the person to sign for',
		}),
		...behalfPositionProperties(),
		optionsProperty([checkMovedOption]),
	],
	async run(call) {
		const { parameters } = call;
		const contractId = parameters.text('contractId', { required: true });
		const signatureSubjectType = parameters.text('signatureSubjectType', {
			required: true,
			pattern: /^(?:PERSON|EMPLOYEE)$/,
			expected: 'is neither PERSON nor EMPLOYEE',
			hint: 'Choose from the list.',
		});
		return toItems(
			await moveContract(call, {
				path: '/contract/sign/personal/proxy',
				contractId,
				body: {
					contractId,
					signatureSubjectType,
					signer: personOf(parameters, 'signer'),
					positionParamList: positionsOf(call),
				},
				isLookWanted: wantsLook(call),
				findDoubt: ({ status, todoTaskList }) =>
					status === 'SIGNING' && todoTaskList.length === 0 ? NOBODY_ASKED : undefined,
			}),
		);
	},
};
