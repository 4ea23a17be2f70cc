import type { IDataObject } from 'n8n-workflow';
import { fileItem } from '../../engine/engine.mjs';
import { echoRequest } from '../../engine/qiandun/support.mjs';
import type { QiandunSandbox } from '../../sandbox/qiandun/index.mjs';
import { ITEMS, itemsOf, type Inputs } from './input.mjs';

const picture = Buffer.alloc(200_000, 'not really a picture ');

const zhangsan = { psnName: '张三', psnIDCardNum: '110101199001011234' };
const phone = (index: number) => `1391234567${index}`;

/** Two more like the one that the stand-in begins with, so that three items find each their own. */
const threeOf = <T extends object>(list: T[], name: keyof T): string[] => {
	const [first] = list;
	const ids = ITEMS.map((index) => `${String(first[name]).slice(0, -1)}${index}`);
	for (const id of ids) {
		if (list.every((entry) => entry[name] !== id)) list.push({ ...first, [name]: id });
	}
	return ids;
};

const echoing = (more: IDataObject): IDataObject =>
	echoRequest({ query: '={{ ({ row: $json.row }) }}', ...more });

const rows = itemsOf((index) => ({ row: `row-${index}` }));

export const qiandunInputs: Inputs<QiandunSandbox> = {
	'api.request': {
		kind: 'reads',
		prepare: () => ({ parameters: echoing({ method: 'GET' }), items: rows }),
	},
	'api.request (POST)': {
		kind: 'changes',
		prepare: () => ({
			parameters: echoing({ method: 'POST', body: JSON.stringify(zhangsan) }),
			items: rows,
		}),
	},
	'api.request (file)': {
		kind: 'changes',
		async prepare() {
			const fields = { sendFile: 'multipart', fileField: 'file', body: JSON.stringify(zhangsan) };
			return {
				parameters: echoing({ method: 'POST', ...fields }),
				items: await Promise.all(
					rows.map(async ({ json }) => await fileItem(picture, 'a.jpg', 'image/jpeg', json)),
				),
			};
		},
	},
	'contract.getSigner': {
		kind: 'reads',
		prepare(sandbox) {
			const ids = threeOf(sandbox.state.contracts, 'contractId');
			return {
				parameters: {
					contractId: '={{ $json.contractId }}',
					accountId: sandbox.state.contracts[0].signers[0].accountId,
				},
				items: itemsOf((index) => ({ contractId: ids[index] })),
			};
		},
	},
	'contract.start': {
		kind: 'changes',
		makesContracts: true,
		prepare: ({ paths, seeds }) => ({
			parameters: {
				path: paths.start,
				initiatorAccountId: seeds.company.accountId,
				docs: { entry: [{ fileCode: seeds.files.onePage, fileName: '={{ $json.fileName }}' }] },
				signers: { entry: [{ accountId: seeds.secondPerson.accountId }] },
			},
			items: itemsOf((index) => ({ fileName: `contract-${index}.pdf` })),
		}),
	},
	'identity.getFaceResult': {
		kind: 'reads',
		prepare(sandbox) {
			const ids = threeOf(sandbox.state.faceChecks, 'serviceId');
			return {
				parameters: { serviceId: '={{ $json.serviceId }}' },
				items: itemsOf((index) => ({ serviceId: ids[index] })),
			};
		},
	},
	'identity.getPersonLink': {
		kind: 'changes',
		prepare: () => ({
			parameters: {
				clientType: 'h5',
				psnAuthConfig: { ...zhangsan, psnMobile: '13800138000' },
				options: { businessCode: '={{ $json.code }}' },
			},
			items: itemsOf((index) => ({ code: `BIZ-LINK-${index}` })),
		}),
	},
	'identity.verifyCompany': {
		kind: 'changes',
		prepare: ({ seeds }) => ({
			parameters: {
				corpName: seeds.company.corpName,
				corpIDCardType: 'sandbox-only-corp-id-type',
				corpIDCardNum: '91110000MA01234567',
				legalRepName: zhangsan.psnName,
				legalRepIDCardType: 'CRED_PSN_CH_IDCARD',
				legalRepIDCardNum: zhangsan.psnIDCardNum,
				flowNo: '={{ $json.flow }}',
			},
			items: itemsOf((index) => ({ flow: `FLOW-${index}` })),
		}),
	},
	'identity.verifyPerson': {
		kind: 'changes',
		prepare: () => ({
			parameters: { ...zhangsan, psnMobile: '={{ $json.phone }}' },
			items: itemsOf((index) => ({ phone: phone(index) })),
		}),
	},
	'ocr.readIdCard': {
		// Costs money each time.
		kind: 'changes',
		prepare: () => ({
			parameters: { imageSource: 'url', imageUrl: '={{ $json.url }}', cardSide: 'front' },
			items: itemsOf((index) => ({ url: `https://your-domain.com/front-${index}.jpg` })),
		}),
	},
	'seal.get': {
		kind: 'reads',
		prepare: () => ({
			parameters: { sealId: '={{ $json.sealId }}' },
			items: itemsOf((index) => ({ sealId: String(100000014 + index) })),
		}),
	},
	'seal.getSilentSignLink': {
		kind: 'changes',
		prepare: ({ seeds }) => ({
			parameters: {
				accountId: seeds.company.accountId,
				options: { redirectUrl: '={{ $json.url }}' },
			},
			items: itemsOf((index) => ({ url: `https://your-domain.com/done-${index}` })),
		}),
	},
	'user.getPerson': {
		kind: 'reads',
		prepare: ({ seeds }) => ({
			parameters: { accountId: '={{ $json.accountId }}' },
			items: [seeds.person.accountId, seeds.secondPerson.accountId, '3321'].map((accountId) => ({
				json: { accountId },
			})),
		}),
	},
};
