import { addAccount, newCredential, OPERATOR, type BusinessLine } from './seeds.mjs';
import type { SeedOptions, Seeds, TemplateField } from './seeds.mjs';

// People, lines and credentials beyond the recorded world, for the other suites.

export const COLLEAGUE = { name: '钱七', contact: '13600136000' };
/** A member who may use no line: for refusals. */
export const VISITOR = { name: '周八', contact: '13500135000' };

const OTHER_COMPANY = '远山贸易有限公司';
const STRANGER = { name: '孙九', contact: '13400134000' };

export function addExtras(seeds: Seeds, newId: () => string, options: SeedOptions): void {
	const { accounts, companies, companyName, credentials, lines } = seeds;
	const ours = companies.get(companyName);
	for (const { name, contact } of [COLLEAGUE, VISITOR]) {
		addAccount(accounts, contact, newId);
		ours?.members.set(contact, name);
	}
	addAccount(accounts, STRANGER.contact, newId);
	companies.set(OTHER_COMPANY, {
		id: newId(),
		name: OTHER_COMPANY,
		members: new Map([[STRANGER.contact, STRANGER.name]]),
	});
	// A disabled one comes first: the callback address must be that of the first enabled.
	credentials.unshift(newCredential(companyName, false, options));
	credentials.push(newCredential(OTHER_COMPANY, true, options));

	const both = [OPERATOR.contact, COLLEAGUE.contact];
	for (const line of lines.values()) {
		line.users = both;
		line.viewers = both;
		if (line.approval) line.approval.approver = COLLEAGUE.contact;
	}
	const line = (name: string, more: Partial<BusinessLine> = {}): BusinessLine => ({
		signReId: newId(),
		name,
		company: companyName,
		state: 'usual',
		users: both,
		downloaders: 3,
		viewers: both,
		...more,
	});
	const template = (name: string, ...fields: TemplateField[]) => ({
		templateId: newId(),
		name,
		fields,
	});
	lines.set(
		'approvingBeforeSigning',
		line('采购合同（签署审批）', {
			approval: { when: 'before signing', approver: COLLEAGUE.contact },
		}),
	);
	lines.set(
		'writing',
		line('入职登记（填写）', {
			template: template('入职登记表', {
				key: 'remark',
				kind: 'text',
				isRequired: false,
				by: 'receivers',
			}),
		}),
	);
	lines.set(
		'template',
		line('模板合同', {
			template: template(
				'服务合同模板',
				{ key: 'amount', kind: 'text', isRequired: true, by: 'sender' },
				{ key: 'logo', kind: 'image', isRequired: false, by: 'sender' },
				{ key: 'way', kind: 'choice', isRequired: false, by: 'sender' },
			),
		}),
	);
	lines.set('disabled', line('旧合同', { state: 'disabled' }));
	lines.set(
		'foreign',
		line('外贸合同', {
			company: OTHER_COMPANY,
			users: [STRANGER.contact],
			viewers: [STRANGER.contact],
		}),
	);
}
