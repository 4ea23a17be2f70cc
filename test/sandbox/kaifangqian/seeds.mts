import { createHash, randomInt } from 'node:crypto';
import type { ContractSigner } from './wire.mjs';

// What a fresh stand-in knows: the world of the recorded exchanges (test/observed/kaifangqian/README.md).

export interface Credential {
	token: string;
	company: string;
	enabled: boolean;
	/** 公钥 the developer registered (docs/api/kaifangqian.md 2.2); asked for only when a signature is checked. */
	publicKey: () => string;
	callbackUrl: string | undefined;
}

/** A person who is registered at the platform. */
export interface Account {
	id: string;
	contact: string;
	/** Name of the personal account: the contact, for people registered by API. */
	name: string;
	/** None for people registered by e-mail. */
	phone: string | undefined;
}

export interface Company {
	id: string;
	name: string;
	/** Contact → name in the company. */
	members: Map<string, string>;
}

export type LineState = 'usual' | 'disabled' | 'incomplete' | 'no rights' | 'deleted';

export interface BusinessLine {
	signReId: string;
	name: string;
	company: string;
	state: LineState;
	/** Contacts of the 使用者. */
	users: string[];
	/** 签约文件下载: 1 the parties, 2 the viewers, 3 all of them, undefined nobody but who started. */
	downloaders: number | undefined;
	/** Contacts of those who may view. */
	viewers: string[];
	/** An approval that the line demands, and who gives it. */
	approval?: { when: 'before start' | 'before signing'; approver: string };
	/** 规则: the sender's own part, and the receivers a call has to name, by their order numbers. */
	preset?: {
		sender: ContractSigner;
		receivers: Array<{ signerType: 'RECEIVER_PERSONAL' | 'RECEIVER_ENT'; signerOrder: number }>;
	};
	template?: Template;
}

export interface TemplateField {
	key: string;
	kind: 'text' | 'longText' | 'date' | 'image' | 'choice';
	isRequired: boolean;
	/** Who fills it in: the sender with the call, every receiver, or the party of that order number. */
	by: 'sender' | 'receivers' | number;
}

export interface Template {
	templateId: string;
	name: string;
	fields: TemplateField[];
}

/** Lines beyond the recorded world exist only with `extras` (extraSeeds.mts). */
export type LineName =
	| 'free'
	| 'preset'
	| 'presetTemplate'
	| 'approving'
	| 'approvingBeforeSigning'
	| 'writing'
	| 'template'
	| 'disabled'
	| 'foreign';

export interface Seeds {
	companyName: string;
	/** Of our company's credential. */
	token: string;
	credentials: Credential[];
	accounts: Map<string, Account>;
	companies: Map<string, Company>;
	lines: Map<LineName, BusinessLine>;
	sealId: string;
	/** `contact|signReId` of standing seal authorisations. */
	proxies: Set<string>;
}

export interface SeedOptions {
	callbackUrl?: string;
	stableSeeds?: boolean;
	developerPublicKey: () => string;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** 8 random upper-case characters (docs/api/kaifangqian.md 2.2). */
const newToken = (): string =>
	Array.from({ length: 8 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

const stableToken = (company: string, enabled: boolean): string =>
	createHash('sha256').update(`${company} ${enabled}`).digest('hex').slice(0, 8).toUpperCase();

export const newCredential = (
	company: string,
	enabled: boolean,
	{ stableSeeds, developerPublicKey }: SeedOptions,
	callbackUrl?: string,
): Credential => ({
	token: stableSeeds ? stableToken(company, enabled) : newToken(),
	company,
	enabled,
	publicKey: developerPublicKey,
	callbackUrl,
});

/** A person registered by API: the personal account is called like the contact. */
export function addAccount(
	accounts: Map<string, Account>,
	contact: string,
	newId: () => string,
): Account {
	const phone = contact.includes('@') ? undefined : contact;
	const account = { id: newId(), contact, name: contact, phone };
	accounts.set(contact, account);
	return account;
}

export const OPERATOR = { name: '张三', contact: '13800138000' };

export function seedWorld(newId: () => string, options: SeedOptions): Seeds {
	const companyName = '某某科技有限公司';
	const accounts = new Map<string, Account>();
	const companies = new Map<string, Company>();
	const addCompany = (name: string, member: { name: string; contact: string }) => {
		addAccount(accounts, member.contact, newId);
		companies.set(name, {
			id: newId(),
			name,
			members: new Map([[member.contact, member.name]]),
		});
	};
	addCompany(companyName, OPERATOR);
	addAccount(accounts, '13900139000', newId);
	addAccount(accounts, '13700137000', newId);
	addCompany('西南测试有限公司', { name: '钱八', contact: '13600136008' });

	const sealId = newId();
	const line = (name: string, more: Partial<BusinessLine> = {}): BusinessLine => ({
		signReId: newId(),
		name,
		company: companyName,
		state: 'usual',
		users: [OPERATOR.contact],
		downloaders: 3,
		viewers: [],
		...more,
	});
	const sender = (...internalNodeList: NonNullable<ContractSigner['internalNodeList']>) => ({
		signerType: 'SENDER',
		signerName: companyName,
		signerOrder: '1',
		internalNodeList,
	});
	const field = (
		key: string,
		by: TemplateField['by'],
		isRequired: boolean,
		kind: TemplateField['kind'] = 'text',
	): TemplateField => ({ key, kind, isRequired, by });
	const free = line('服务合同');
	const lines = new Map<LineName, BusinessLine>([
		['free', free],
		[
			'preset',
			line('租赁合同（预设流程）', {
				preset: {
					sender: sender({
						nodeType: 'ENTERPRISE_SEAL',
						signerOrder: '1',
						sealId,
						signer: { ...OPERATOR, contactType: 'MOBILE' },
					}),
					receivers: [{ signerType: 'RECEIVER_PERSONAL', signerOrder: 2 }],
				},
			}),
		],
		[
			'presetTemplate',
			line('模板合同（预设流程）', {
				preset: {
					sender: sender(),
					receivers: [
						{ signerType: 'RECEIVER_PERSONAL', signerOrder: 2 },
						{ signerType: 'RECEIVER_PERSONAL', signerOrder: 3 },
					],
				},
				template: {
					templateId: newId(),
					name: '服务合同模板',
					fields: [
						field('amount', 'sender', true),
						field('when', 'sender', true, 'date'),
						field('title', 'sender', false),
						field('address', 2, true),
						field('note', 3, false, 'longText'),
					],
				},
			}),
		],
		[
			'approving',
			line('采购合同（发起审批）', {
				approval: { when: 'before start', approver: OPERATOR.contact },
			}),
		],
	]);
	const credential = newCredential(companyName, true, options, options.callbackUrl);
	return {
		companyName,
		token: credential.token,
		credentials: [credential],
		accounts,
		companies,
		lines,
		sealId,
		proxies: new Set([`13900139000|${free.signReId}`, `${OPERATOR.contact}|${free.signReId}`]),
	};
}
