import type { IDataObject } from 'n8n-workflow';
import type { KaifangqianSandbox } from '../../sandbox/kaifangqian/index.mjs';
import { clientOf, company, lisi, pdfOf, person } from '../../sandbox/kaifangqian/testing.mjs';
import { fileItem } from '../../engine/engine.mjs';
import { row, rows } from '../../engine/kaifangqian/sendFiles.support.mjs';
import { fromList, operatorOf } from '../../engine/kaifangqian/support.mjs';
import { ITEMS, itemsOf, type Inputs, type Step } from './input.mjs';

// Larger than what fits into one piece on the way, so that a connection can be cut in the middle.
const pdf = Buffer.concat([Buffer.from(await pdfOf('Contract')), Buffer.alloc(100_000, '%\n')]);

const phone = (index: number) => `1391234567${index}`;
const signer = { signerName: lisi.name, signerContact: lisi.contact };

/** Three contracts with 李四 as their only signer, unless told. */
const contracts = async (sandbox: KaifangqianSandbox, more: IDataObject = {}) => {
	const client = clientOf(sandbox);
	const docId = await client.upload(pdf);
	const draft = { signDocumentList: [{ docId }], signerList: [person(lisi, '1')], ...more };
	const ids: string[] = [];
	for (const _ of ITEMS) ids.push(await client.draft(draft));
	return ids;
};

const byContract = (ids: string[], more: IDataObject = {}) => ({
	parameters: { contractId: '={{ $json.contractId }}', ...more },
	items: itemsOf((index) => ({ contractId: ids[index] })),
});

const ask: Step = { role: 'asks first', path: '/contract/tasks' };
const look: Step = { role: 'follows', path: '/contract/tasks' };
/** A call that moves a contract goes alone, and the contract is looked at afterwards. */
const moves = (path: string): Step[] => [{ role: 'changes', path, alone: true }, look];
const start: Step = {
	role: 'changes',
	path: '/contract/draft',
	alone: true,
	starts: 'looked at',
};

/** A contract that 李四 is to sign, by an item's subject. */
const creating = async (sandbox: KaifangqianSandbox, options: IDataObject = {}) => ({
	parameters: {
		...operatorOf(sandbox),
		signReId: fromList(sandbox.lines.free),
		subject: '={{ $json.subject }}',
		signDocumentList: await clientOf(sandbox).upload(pdf),
		signersInput: 'json',
		signersJson: JSON.stringify([person(lisi, '1')]),
		options,
	},
	items: itemsOf((index) => ({ subject: `服务合同-${index}` })),
});

const files = async (resource: string) => ({
	parameters: { options: { fileName: '={{ $json.fileName }}.pdf' } },
	items: await Promise.all(
		ITEMS.map(async (index) => {
			// Documents are sent without their suffix, so it is no part of the mark.
			const fileName = `${resource}-${index}`;
			return await fileItem(pdf, `${fileName}.pdf`, 'application/pdf', { fileName });
		}),
	),
});

export const kaifangqianInputs: Inputs<KaifangqianSandbox> = {
	'account.registerCompany': {
		kind: 'changes',
		prepare: () => ({
			parameters: {
				accountName: lisi.name,
				accountContact: '={{ $json.contact }}',
				companyName: '某某科技有限公司',
				creditCode: '91110000MA01234567',
				options: { legalPerson: '张三', identity: '110101199001011234' },
			},
			items: itemsOf((index) => ({ contact: phone(index) })),
		}),
	},
	'account.registerPerson': {
		kind: 'changes',
		prepare: () => ({
			parameters: {
				accountName: lisi.name,
				accountContact: '={{ $json.contact }}',
				options: { identity: '110101199001011234', bankCard: '6222020000000000000' },
			},
			items: itemsOf((index) => ({ contact: phone(index) })),
		}),
	},
	'api.request': {
		kind: 'reads',
		async prepare(sandbox) {
			const ids = await contracts(sandbox);
			const query = '={{ ({ contractId: $json.contractId }) }}';
			return byContract(ids, { method: 'GET', path: '/contract/tasks', query });
		},
	},
	'api.request (POST)': {
		kind: 'changes',
		steps: [{ role: 'changes', path: '/contract/recall' }],
		async prepare(sandbox) {
			const ids = await contracts(sandbox);
			const body = '={{ ({ contractId: $json.contractId }) }}';
			return byContract(ids, { method: 'POST', path: '/contract/recall', body });
		},
	},
	'api.request (start)': {
		kind: 'changes',
		makesContracts: true,
		steps: [{ ...start, starts: 'unseen' }],
		async prepare(sandbox) {
			const docId = await clientOf(sandbox).upload(pdf);
			const draft = {
				operator: sandbox.operator,
				signReId: sandbox.lines.free,
				send: '1',
				signDocumentList: [{ docId }],
				signerList: [person(lisi, '1')],
			};
			const body = `=${JSON.stringify({ ...draft, subject: '{{ $json.subject }}' })}`;
			return {
				parameters: { method: 'POST', path: '/contract/draft', body },
				items: itemsOf((index) => ({ subject: `服务合同-${index}` })),
			};
		},
	},
	'attachment.upload': {
		kind: 'changes',
		steps: [{ role: 'changes', path: '/annex/file' }],
		prepare: async () => await files('attachment'),
	},
	'businessLine.getAll': {
		kind: 'reads',
		prepare: ({ operator }) => ({
			parameters: {
				contact: operator.contact,
				options: { operatorAccount: '={{ $json.account }}' },
			},
			items: itemsOf((index) => ({ account: `account-${index}` })),
		}),
	},
	'contract.addSigners': {
		kind: 'changes',
		steps: [ask, ...moves('/contract/signer/add')],
		async prepare(sandbox) {
			const ids = await contracts(sandbox, { autoFinish: 0 });
			const signersJson = JSON.stringify([person(lisi, '3')]);
			return byContract(ids, { signersInput: 'json', signersJson });
		},
	},
	'contract.approve': {
		kind: 'changes',
		steps: moves('/contract/approval'),
		async prepare(sandbox) {
			const { name, contact } = sandbox.colleague;
			const node = { nodeType: 'APPROVER_CHECK', signerOrder: '1', signer: sandbox.colleague };
			const ids = await contracts(sandbox, { signerList: [company('SENDER', '1', node)] });
			return byContract(ids, { signerName: name, signerContact: contact, approval: 1 });
		},
	},
	'contract.create': {
		kind: 'changes',
		makesContracts: true,
		steps: [start, look],
		prepare: async (sandbox) => await creating(sandbox),
	},
	'contract.create (draft)': {
		kind: 'changes',
		makesContracts: true,
		steps: [{ role: 'changes', path: '/contract/draft' }],
		prepare: async (sandbox) => await creating(sandbox, { send: '0' }),
	},
	'contract.download': {
		kind: 'downloads',
		steps: [ask, { role: 'downloads', path: '/contract/document/download' }],
		async prepare(sandbox) {
			const ids = await contracts(sandbox);
			for (const id of ids) sandbox.control.signAll(id);
			sandbox.switches.downloadBytes = 300_000;
			return byContract(ids, { contact: lisi.contact });
		},
	},
	'contract.finish': {
		kind: 'changes',
		steps: [ask, { role: 'changes', path: '/contract/finish' }],
		async prepare(sandbox) {
			const ids = await contracts(sandbox, { autoFinish: 0 });
			for (const id of ids) sandbox.control.signAll(id);
			return byContract(ids);
		},
	},
	'contract.getPageLink': {
		kind: 'reads',
		async prepare(sandbox) {
			const options = { partyName: lisi.name };
			return byContract(await contracts(sandbox), { contact: lisi.contact, options });
		},
	},
	'contract.getStatus': {
		kind: 'reads',
		prepare: async (sandbox) => byContract(await contracts(sandbox)),
	},
	'contract.getTaskLink': {
		kind: 'reads',
		async prepare(sandbox) {
			const ids = await contracts(sandbox);
			const tasks = ids.map((id) => sandbox.control.contract(id).openTasks[0]);
			return {
				parameters: { contractId: '={{ $json.contractId }}', taskId: '={{ $json.taskId }}' },
				items: itemsOf((index) => ({ contractId: ids[index], taskId: tasks[index] })),
			};
		},
	},
	'contract.recall': {
		kind: 'changes',
		steps: [{ role: 'changes', path: '/contract/recall' }],
		prepare: async (sandbox) => byContract(await contracts(sandbox)),
	},
	'contract.sendFiles': {
		kind: 'changes',
		makesContracts: true,
		steps: [
			{ role: 'changes', path: '/document/file' },
			start,
			look,
			{ role: 'follows', path: '/contract/taskUrl' },
		],
		prepare: async (sandbox) => ({
			parameters: {
				...operatorOf(sandbox),
				signReId: fromList(sandbox.lines.free),
				subject: '={{ $json.subject }}',
				signers: rows(row()),
			},
			items: await Promise.all(
				ITEMS.map(async (index) => {
					const json = { fileName: `send-${index}`, subject: `送签-${index}` };
					return await fileItem(pdf, `${json.fileName}.pdf`, 'application/pdf', json);
				}),
			),
		}),
	},
	'contract.signOnBehalf': {
		kind: 'changes',
		steps: moves('/contract/sign/personal/proxy'),
		async prepare(sandbox) {
			const ids = await contracts(sandbox);
			sandbox.control.grantProxy(lisi.contact, sandbox.lines.free);
			const [docId] = sandbox.control.contract(ids[0]).documents;
			const position = {
				controlType: 'SIGNATURE',
				signPositionType: 'POSITION',
				pageConfig: '1',
				offsetX: '0.6',
				offsetY: '0.8',
				relationDocList: [{ docType: '1', docId }],
			};
			return byContract(ids, {
				signatureSubjectType: 'PERSON',
				...signer,
				positionsInput: 'json',
				positionsJson: JSON.stringify([position]),
			});
		},
	},
	'contract.waitForStatus': {
		kind: 'reads',
		async prepare(sandbox) {
			// Asked once: how often it is asked again is another test's matter (waiting.test.mts).
			return byContract(await contracts(sandbox), { targetStatuses: ['SIGNING'], maxWait: 0 });
		},
	},
	'document.upload': {
		kind: 'changes',
		steps: [{ role: 'changes', path: '/document/file' }],
		prepare: async () => await files('document'),
	},
	'verification.getCompanyLink': {
		kind: 'changes',
		prepare: ({ operator }) => ({
			parameters: {
				accountName: operator.contact,
				corpIdentInfo: { companyName: '某某科技有限公司', legalRepName: '张三' },
				oprIdentInfo: { name: lisi.name, idCard: '110101199001011234', mobile: lisi.contact },
				options: { clientRequestId: '={{ $json.request }}' },
			},
			items: itemsOf((index) => ({ request: `request-${index}` })),
		}),
	},
};
