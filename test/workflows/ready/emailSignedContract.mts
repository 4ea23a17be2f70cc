import { download, whenCompleted } from '../esign.mjs';
import { createRegister, getRows, REGISTER_SINCE } from '../register.mjs';
import { email, node } from '../steps.mjs';
import type { ReadyWorkflow } from '../workflow.mjs';

export const emailSignedContract: ReadyWorkflow = {
	file: 'email-signed-contract',
	draw(say) {
		const { trigger, called, completed } = whenCompleted(say);
		const register = createRegister(say, [1, -1]);
		const row = getRows({ key: 'row', name: say('Who Gets a Copy', '抄送给谁'), at: [2, 0] }, [
			['contractId', 'eq', '={{ $json.contractId }}'],
			['cc', 'isNotEmpty'],
		]);
		const file = download({
			key: 'download',
			name: say('Download Signed File', '下载已签署的文件'),
			at: [3, 0],
			contractId: '={{ $json.contractId }}',
		});
		const title = `${node(row)}.item.json.title || ${node(row)}.item.json.contractId`;
		const send = email({
			key: 'send',
			name: say('Email Signed File', '邮件发送已签署的文件'),
			at: [4, 0],
			to: `={{ ${node(row)}.item.json.cc }}`,
			subject: say(`=Signed: {{ ${title} }}`, `=已签署：{{ ${title} }}`),
			text: say(
				`=The contract is signed by everybody: {{ ${title} }}\nThe signed file is attached.`,
				`=合同已由各方签署完成：{{ ${title} }}\n已签署的文件见附件。`,
			),
			attachments: 'data',
		});
		return {
			name: say('Email signed contract', '合同完成后抄送文件'),
			note: say(
				`## Email signed contract (Kaifangqian 开放签, n8n ${REGISTER_SINCE} or newer)
When a contract is completed, the signed file goes to the address in the column *cc* of the register. *Send a contract from a form* enters whoever filled in the form there.

**Set up**
1. Choose your credential in **${trigger.name}** and **${file.name}**. The credential needs a sender.
2. In **${send.name}** choose your SMTP credential and enter your address.
3. Copy the *Production URL* of **${trigger.name}** into the admin console (运营后台): 接口授权 → 回调地址. Or let *Contract events* call this workflow.
4. Publish (older n8n: activate).

**Good to know.** A contract without *cc*, or without a row, sends no email. Several addresses are separated by commas.`,
				`## 合同完成后抄送文件（开放签，n8n ${REGISTER_SINCE} 或更新）
合同完成后，把已签署的文件发给台账 *cc* 列里的地址。《从表单发起合同》会在那里写入填表人的邮箱。

**设置**
1. 在 **${trigger.name}** 和 **${file.name}** 里选择凭证，凭证里要有经办人。
2. 在 **${send.name}** 里选择 SMTP 凭证，填写发件地址。
3. 把 **${trigger.name}** 的 *Production URL* 填进运营后台：接口授权 → 回调地址。或者由《合同事件》来调用本工作流。
4. 发布（旧版 n8n：激活）。

**须知。** *cc* 为空，或者台账里没有的合同，不会发邮件。多个地址用逗号隔开。`,
			),
			steps: [trigger, called, register, completed, row, file, send],
			edges: [
				[trigger, [[register, completed]]],
				[called, [[register, completed]]],
				[completed, [row]],
				[row, [file]],
				[file, [send]],
			],
		};
	},
};
