import { download, whenCompleted } from '../esign.mjs';
import { editFields, node, writeFile } from '../steps.mjs';
import type { ReadyWorkflow } from '../workflow.mjs';

export const completedContractToFolder: ReadyWorkflow = {
	file: 'completed-contract-to-folder',
	draw(say) {
		const { trigger, called, completed } = whenCompleted(say);
		const settings = editFields({
			key: 'settings',
			name: say('Settings', '设置'),
			at: [2, 0],
			values: { contact: '', folder: '/files' },
		});
		const file = download({
			key: 'download',
			name: say('Download', '下载'),
			at: [3, 0],
			contractId: `={{ ${node(completed)}.item.json.contractId }}`,
			contact: '={{ $json.contact }}',
		});
		const title = `${node(completed)}.item.json.title`;
		const save = writeFile({
			key: 'save',
			name: say('Save File', '保存文件'),
			at: [4, 0],
			path: `={{ ${node(settings)}.item.json.folder }}/{{ ${title} ? ${title}.replace(/[\\\\/:*?"<>|]/g, '_') + ' ' : '' }}{{ $json.contractId }}.{{ $json.mimeType === 'application/zip' ? 'zip' : 'pdf' }}`,
		});
		return {
			name: say('Completed contract to folder', '合同完成后存入文件夹'),
			note: say(
				`## Completed contract to folder (Kaifangqian 开放签)
Saves the signed file when a contract is really completed: the trigger asks the platform before it believes a callback.

**Set up**
1. Choose your credential in **${trigger.name}** and **${file.name}**.
2. Fill in **${settings.name}**: the folder, and who downloads. Leave *contact* empty for the sender in the credential.
3. Copy the *Production URL* of **${trigger.name}** into the admin console (运营后台): 接口授权 → 回调地址.
4. Publish (older n8n: activate).

**Good to know.** A company has one callback address. If several workflows need events, set up *Contract events* and let it call this one instead of step 3; the file then has the title of the contract in its name.`,
				`## 合同完成后存入文件夹（开放签）
合同真正完成时保存已签署的文件：触发器先向平台核实，再相信回调。

**设置**
1. 在 **${trigger.name}** 和 **${file.name}** 里选择凭证。
2. 填写 **${settings.name}**：文件夹，以及由谁下载。*contact* 留空，就用凭证里的经办人。
3. 把 **${trigger.name}** 的 *Production URL* 填进运营后台：接口授权 → 回调地址。
4. 发布（旧版 n8n：激活）。

**须知。** 一家企业只有一个回调地址。有几个工作流都要用事件时，请设置《合同事件》，由它来调用本工作流，第 3 步就不用做；文件名里还会带上合同标题。`,
			),
			steps: [trigger, called, completed, settings, file, save],
			edges: [
				[trigger, [completed]],
				[called, [completed]],
				[completed, [settings]],
				[settings, [file]],
				[file, [save]],
			],
			pinned: [
				[
					trigger,
					{
						event: 'contract.completed',
						eventId: '0123456789abcdef0123456789abcdef',
						platform: 'kaifangqian',
						receivedAt: '2030-06-29T10:00:00.000Z',
						verified: 'platform',
						contractId: '1900000000000000001',
						contractStatus: 'COMPLETE',
					},
				],
			],
		};
	},
};
