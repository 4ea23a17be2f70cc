import type { EventDefinition } from '../../definition';

/** docs/api/qiandun.md, 6. */
export const events: EventDefinition[] = [
	{
		value: 'contract.signed',
		name: 'Contract Signed',
		description: 'One signer has signed (签署)',
	},
	{
		value: 'contract.statusChanged',
		name: 'Contract Status Changed',
		description: 'The status has changed (合同状态变更)',
	},
	{
		value: 'identity.authorizationReviewed',
		name: 'Identity Authorization Reviewed',
		description: "A company's letter of authorization was reviewed (企业授权书审批结果)",
	},
	{
		value: 'identity.companyVerified',
		name: 'Identity Company Verified',
		description: 'The verification of a company has a result (企业认证结果)',
	},
	{
		value: 'identity.faceChecked',
		name: 'Identity Face Checked',
		description: 'A face check has a result (个人人脸核身结果)',
	},
	{
		value: 'identity.personVerified',
		name: 'Identity Person Verified',
		description: 'The verification of a person has a result (个人认证结果)',
	},
	{
		value: 'seal.positionsSet',
		name: 'Seal Positions Set',
		description: 'Somebody has dragged seals to their places (获取拖章定位)',
	},
	{
		value: 'seal.silentSignAuthorized',
		name: 'Seal Silent Signing Authorized',
		description: 'Silent signing with a seal is allowed from now on (合同静默签印章授权生效)',
	},
];
