import { download, esign, getStatus, getTaskLink } from '../esign.mjs';
import { editFields, manualTrigger, node, readFile } from '../steps.mjs';
import type { ReadyWorkflow } from '../workflow.mjs';

export const contractFromDraftToSignedPdf: ReadyWorkflow = {
	file: 'contract-from-draft-to-signed-pdf',
	draw(say) {
		const start = manualTrigger([0, 0]);
		const settings = editFields({
			key: 'settings',
			name: say('Settings', '设置'),
			at: [1, 0],
			values: {
				file: '/files/contract.pdf',
				businessLine: '服务合同',
				companyName: '某某科技有限公司',
				sealId: '',
				senderName: '张三',
				senderContact: '13800138000',
				signerName: '李四',
				signerContact: '13900139000',
			},
		});
		const chosen = `${node(settings)}.first().json`;
		const file = readFile({
			key: 'file',
			name: say('Contract PDF', '合同 PDF'),
			at: [2, 0],
			path: '={{ $json.file }}',
		});
		const upload = esign({
			key: 'upload',
			name: say('Upload', '上传文件'),
			at: [3, 0],
			resource: 'document',
			operation: 'upload',
			parameters: { binaryPropertyName: 'data' },
		});
		const lines = esign({
			key: 'lines',
			name: say('Business Lines', '业务线'),
			at: [4, 0],
			resource: 'businessLine',
			operation: 'getAll',
			parameters: { contact: `={{ ${chosen}.senderContact }}` },
		});
		const onPage2 = (x: string, y: string) => ({
			signPositionType: 'POSITION',
			pageConfig: '2',
			x,
			y,
		});
		const create = esign({
			key: 'create',
			name: say('Create', '发起签署'),
			at: [0, 1],
			settings: {
				executeOnce: true,
				notesInFlow: true,
				notes: say(
					'Runs once, however many business lines there are',
					'不管有几条业务线，只执行一次',
				),
			},
			resource: 'contract',
			operation: 'create',
			parameters: {
				signDocumentList: `={{ ${node(upload)}.item.json.docId }}`,
				signersInput: 'fields',
				signers: {
					signer: [
						{
							name: '',
							contact: '',
							details: {
								side: 'sender',
								company: `={{ ${chosen}.companyName }}`,
								nodeType: 'AUTO_SIGN',
								sealId: `={{ ${chosen}.sealId }}`,
								positions: { position: [onPage2('12.1', '27')] },
							},
						},
						{
							name: `={{ ${chosen}.signerName }}`,
							contact: `={{ ${chosen}.signerContact }}`,
							details: {
								positions: {
									position: [
										onPage2('58', '29'),
										{ ...onPage2('58', '38.3'), controlType: 'SIGN_DATE', signDateFormat: 'LINE' },
									],
								},
							},
						},
					],
				},
				subject: '服务合同',
				operatorName: `={{ ${chosen}.senderName }}`,
				operatorContact: `={{ ${chosen}.senderContact }}`,
				signReId: {
					__rl: true,
					mode: 'id',
					value: `={{ ${node(lines)}.all().find(({ json }) => json.signReName === ${chosen}.businessLine)?.json.signReId }}`,
				},
			},
		});
		const status = getStatus({
			key: 'status',
			name: say('Get Status', '查询状态'),
			at: [1, 1],
			contractId: '={{ $json.contractId }}',
		});
		const link = getTaskLink({
			key: 'link',
			name: say('Get Task Link', '获取签署链接'),
			at: [2, 1],
			contractId: '={{ $json.contractId }}',
			taskId: '={{ $json.tasks[0].taskId }}',
		});
		const wait = esign({
			key: 'wait',
			name: say('Wait for Status', '等待签署完成'),
			at: [3, 1],
			resource: 'contract',
			operation: 'waitForStatus',
			parameters: {
				contractId: '={{ $json.contractId }}',
				targetStatuses: ['COMPLETE'],
				maxWait: 600,
			},
		});
		const signed = download({
			key: 'download',
			name: say('Download', '下载已签署的文件'),
			at: [4, 1],
			contractId: '={{ $json.contractId }}',
			contact: `={{ ${chosen}.senderContact }}`,
		});
		return {
			name: say('Contract from draft to signed PDF', '合同：从文件到已签署的 PDF'),
			note: say(
				`## Contract from draft to signed PDF (Kaifangqian 开放签)
Every call as a node of its own, with an automatic seal, a signature and a date.

**Set up**
1. Choose your credential in every **CN E-Sign** node.
2. Fill in **${settings.name}**: who sends the contract, in which business line, with which seal, and who signs.
3. **${file.name}** reads the file that *Settings* names. Replace it by whatever brings your file: a form, a drive, an email.
4. Seal, signature and date are on page 2. Change their positions in **${create.name}** to fit your file.

**Good to know.** It waits up to 10 minutes for the signature. For longer take *Send a contract and wait until it is signed*.`,
				`## 合同：从文件到已签署的 PDF（开放签）
每一步单独一个节点，有自动签署的印章、签名和日期。

**设置**
1. 在每个 **CN E-Sign** 节点里选择凭证。
2. 填写 **${settings.name}**：由谁发起、用哪条业务线、哪个印章、由谁签署。
3. **${file.name}** 读取“设置”里写的文件。可以换成任何提供文件的节点：表单、网盘、邮件。
4. 印章、签名和日期都在第 2 页。请在 **${create.name}** 里按您的文件调整位置。

**须知。** 最多等待签署 10 分钟。要等更久，请用《发起合同并等待签署完成》。`,
			),
			steps: [start, settings, file, upload, lines, create, status, link, wait, signed],
			edges: [
				[start, [settings]],
				[settings, [file]],
				[file, [upload]],
				[upload, [lines]],
				[lines, [create]],
				[create, [status]],
				[status, [link]],
				[link, [wait]],
				[wait, [signed]],
			],
		};
	},
};
