/** A wire value (docs/api/kaifangqian.md, 5.2–5.5) with its name in the interface. */
export interface WireValue {
	value: string;
	name: string;
	description?: string;
}

export const signerTypes: WireValue[] = [
	{ value: 'SENDER', name: 'Sender (发起方)', description: 'Your own company' },
	{ value: 'RECEIVER_ENT', name: 'Receiving Company (企业接收方)' },
	{ value: 'RECEIVER_PERSONAL', name: 'Receiving Person (个人接收方)' },
];

export const nodeTypes: WireValue[] = [
	{ value: 'AGENT_SIGN', name: "Agent's Signature (经办人签字)" },
	{
		value: 'APPROVER_CHECK',
		name: 'Approval Without Signature (审批人审批)',
		description: 'For the sender only',
	},
	{ value: 'ENTERPRISE_SEAL', name: 'Company Seal (组织签章)' },
	{ value: 'LEGAL_PERSON_SIGN', name: "Legal Representative's Signature (法人签字)" },
	{ value: 'PERSONAL_SIGN', name: "Person's Signature (个人签字)" },
];

export const controlTypes: WireValue[] = [
	{ value: 'CHOP_STAMP', name: 'Paging Seal (骑缝签)', description: 'In company seal steps only' },
	{ value: 'SEAL', name: 'Seal (企业签章)', description: 'In company seal steps only' },
	{ value: 'SIGNATURE', name: 'Signature (个人签章)', description: 'Not in company seal steps' },
	{ value: 'SIGN_DATE', name: 'Signing Date (签署日期)' },
];

export const signPositionTypes: WireValue[] = [
	{ value: 'KEYWORD', name: 'At a Keyword' },
	{ value: 'POSITION', name: 'At a Place on the Page' },
];

export const keywordTypes: WireValue[] = [
	{ value: '0', name: 'All Places' },
	{ value: '1', name: 'First Place' },
	{ value: '-1', name: 'Last Place' },
];

export const signDateFormats: WireValue[] = [
	{ value: 'BACK_SLASH', name: '2030/06/29' },
	{ value: 'LINE', name: '2030-06-29' },
	{ value: 'YEAR_MONTH_DAY', name: '2030年06月29日' },
];

export const verifyTypes: WireValue[] = [
	{ value: 'DOUBLE', name: 'Code and Signing Password (双重校验)' },
	{ value: 'FACE', name: 'Face (人脸)' },
	{ value: 'PASSWORD', name: 'Signing Password (签署密码)' },
	{ value: 'CAPTCHA', name: 'Verification Code (验证码)' },
];

export const personalSignAuths: WireValue[] = [
	{ value: 'not_required', name: 'Not Needed (无需实名认证)' },
	{ value: 'allowed', name: 'Optional (允许不实名认证)' },
	{ value: 'required', name: 'Required (须实名认证)' },
];

export const sealTypes: WireValue[] = [
	{ value: 'NOLIMIT', name: 'Any (不限制)' },
	{ value: 'HAND', name: 'Handwritten (手写签名)' },
	{ value: 'TEMPLATE', name: 'Template (模板签名)' },
];

export const signOrderTypes: WireValue[] = [
	{ value: 'NO_ORDER', name: 'All at Once (无序)' },
	{ value: 'ORDER', name: 'One After Another (有序)' },
];

export const controlChangeFlags: WireValue[] = [
	{
		value: 'NECESSARY_AND_ADD',
		name: 'Given Places Must Be Signed, More May Be Added (必须签署，可增加新的签署位置)',
	},
	{
		value: 'NECESSARY_NO_ADD',
		name: 'Given Places Must Be Signed, None May Be Added (必须签署，不可增加新的签署位置)',
	},
	{ value: 'NOT_NECESSARY', name: 'Given Places Need Not Be Signed (非必须签署)' },
];

export const idCardTypes: Array<{ value: number; name: string }> = [
	{ value: 4, name: 'Hong Kong and Macao Residents’ Travel Permit (港澳居民来往内地通行证)' },
	{ value: 7, name: 'International Passport (国际护照)' },
	{ value: 6, name: 'Permanent Residence Card for Foreigners (外国人永久居留证)' },
	{ value: 2, name: 'Residence Permit for Hong Kong and Macao Residents (港澳居民居住证)' },
	{ value: 3, name: 'Residence Permit for Taiwan Residents (台湾居民居住证)' },
	{ value: 1, name: 'Resident Identity Card (居民身份证)' },
	{ value: 5, name: 'Taiwan Residents’ Travel Permit (台湾居民来往大陆通行证)' },
];

export function valuesOf(list: WireValue[]): string[] {
	return list.map(({ value }) => value);
}

// Width and height, in points, that the platform gives a field where none is sent (docs/api/kaifangqian.md, 5.4).
const SIZES: Record<string, { width: number; height: number }> = {
	SIGNATURE: { width: 112, height: 52 },
	SEAL: { width: 120, height: 120 },
	SIGN_DATE: { width: 120, height: 30 },
	CHOP_STAMP: { width: 120, height: 120 },
};

/** The default size of a field; that of a signature for a type that is not known. */
export function sizeOf(controlType: string): { width: number; height: number } {
	return SIZES[controlType] ?? SIZES.SIGNATURE;
}
