import { createHash, randomInt } from 'node:crypto';
import type { ContractStatus, SignerType } from './wire.mjs';

// The made-up company a fresh stand-in knows. Its people carry the names and numbers of the
// examples in api/kaifangqian.md.

export interface Credential {
	token: string;
	company: string;
	enabled: boolean;
	/** 公钥 the developer registered (§2.2); asked for only when a signature is checked. */
	publicKey: () => string;
	callbackUrl: string | undefined;
}

export interface Member {
	company: string;
	name: string;
	mobile: string;
	email: string;
}

export interface BusinessLine {
	signReId: string;
	name: string;
	company: string;
	enabled: boolean;
	/** Status after `send="1"`. */
	startsIn: Extract<ContractStatus, 'APPROVING' | 'WRITING' | 'SIGNING'>;
	/** Mobile numbers of the 使用者. */
	users: string[];
	/** Mobile numbers of those who may view and download. */
	viewers: string[];
	approver: string;
	/** 规则: signers the line presets, paired by `signerOrder`. */
	preset?: Array<{ signerType: SignerType; signerOrder: number }>;
	templateId?: string;
}

export interface Template {
	templateId: string;
	name: string;
	/** Params the sender must fill in at the start (§6.4). */
	requiredParams: string[];
}

export interface Seeds {
	companyName: string;
	otherCompanyName: string;
	credentials: Credential[];
	members: Member[];
	lines: Record<
		'free' | 'approving' | 'writing' | 'preset' | 'template' | 'disabled' | 'foreign',
		BusinessLine
	>;
	template: Template;
	sealId: string;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** 8 random upper-case characters (§2.2). */
export const newToken = (): string =>
	Array.from({ length: 8 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

const stableToken = (company: string, enabled: boolean): string =>
	createHash('sha256').update(`${company} ${enabled}`).digest('hex').slice(0, 8).toUpperCase();

export function seedWorld(
	newId: () => string,
	options: { callbackUrl?: string; stableSeeds?: boolean; developerPublicKey: () => string },
): Seeds {
	const companyName = '某某科技有限公司';
	const otherCompanyName = '远山贸易有限公司';
	const operator = {
		company: companyName,
		name: '张三',
		mobile: '13800138000',
		email: 'zhangsan@example.com',
	};
	const colleague = {
		company: companyName,
		name: '钱七',
		mobile: '13600136000',
		email: 'qianqi@example.com',
	};
	// A member who may use no line: for refusals.
	const visitor = {
		company: companyName,
		name: '周八',
		mobile: '13500135000',
		email: 'zhouba@example.com',
	};
	const stranger = {
		company: otherCompanyName,
		name: '孙九',
		mobile: '13400134000',
		email: 'sunjiu@example.com',
	};

	const publicKey = options.developerPublicKey;
	const credential = (company: string, enabled: boolean, callbackUrl?: string): Credential => ({
		token: options.stableSeeds ? stableToken(company, enabled) : newToken(),
		company,
		enabled,
		publicKey,
		callbackUrl,
	});
	const template = { templateId: newId(), name: '服务合同模板', requiredParams: ['amount'] };
	const line = (name: string, more: Partial<BusinessLine> = {}): BusinessLine => ({
		signReId: newId(),
		name,
		company: companyName,
		enabled: true,
		startsIn: 'SIGNING',
		users: [operator.mobile, colleague.mobile],
		viewers: [operator.mobile, colleague.mobile],
		approver: colleague.mobile,
		...more,
	});
	return {
		companyName,
		otherCompanyName,
		// The disabled one comes first: the callback address must be that of the first enabled (§9.15).
		credentials: [
			credential(companyName, false),
			credential(companyName, true, options.callbackUrl),
			credential(otherCompanyName, true),
		],
		members: [operator, colleague, visitor, stranger],
		lines: {
			free: line('服务合同'),
			approving: line('采购合同（发起审批）', { startsIn: 'APPROVING' }),
			writing: line('入职登记（填写）', { startsIn: 'WRITING' }),
			preset: line('租赁合同（预设流程）', {
				preset: [
					{ signerType: 'SENDER', signerOrder: 1 },
					{ signerType: 'RECEIVER_PERSONAL', signerOrder: 2 },
				],
			}),
			template: line('模板合同', { templateId: template.templateId }),
			disabled: line('旧合同', { enabled: false }),
			foreign: line('外贸合同', {
				company: otherCompanyName,
				users: [stranger.mobile],
				viewers: [stranger.mobile],
				approver: stranger.mobile,
			}),
		},
		template,
		sealId: newId(),
	};
}
