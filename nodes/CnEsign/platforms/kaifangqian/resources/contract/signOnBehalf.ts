import { lazily } from '../../../../runtime/lazily';
import { toItems } from '../../../../runtime/results';
import { additionalFields, contractIdField, personFields, personOf } from '../../fields';
import { positionProperties } from '../../signerFields';
import type { KaifangqianOperation } from '../operation';
import { moveContract, NOBODY_ASKED } from './moveContract';

const signerInput = lazily(async () => await import('../../signerInput.js'));

/** POST /contract/sign/personal/proxy (docs/api/kaifangqian.md, 6.9). */
export const signOnBehalf: KaifangqianOperation = {
	value: 'signOnBehalf',
	name: 'Sign on Behalf',
	action: 'Sign on behalf of person',
	description:
		"Sign for a person who has authorized their seal for this business line (授权签署). A signature cannot be undone. The platform does not report a contract that this completes: ask 'Get Status' afterwards.",
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
		...personFields('signer', 'the person to sign for', 'Signer', true),
		...positionProperties(),
		additionalFields(),
	],
	async run(call) {
		const { parameters } = call;
		const { positionsOf } = await signerInput();
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
					signer: personOf(parameters, 'signer', true),
					positionParamList: positionsOf(parameters),
				},
				findDoubt: ({ status, todoTaskList }) =>
					status === 'SIGNING' && todoTaskList.length === 0 ? NOBODY_ASKED : undefined,
			}),
		);
	},
};
