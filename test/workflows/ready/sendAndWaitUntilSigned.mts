import { download, getStatus, lineOf, sendFiles } from '../esign.mjs';
import { addToRegister, createRegister, REGISTER_SINCE } from '../register.mjs';
import { editFields, field, formTrigger, node, switchBy, waitForCall } from '../steps.mjs';
import type { ReadyWorkflow } from '../workflow.mjs';

/** How long it waits for a signature. */
const DAYS = 7;

export const sendAndWaitUntilSigned: ReadyWorkflow = {
	file: 'send-and-wait-until-signed',
	draw(say) {
		const title = say('Title', '标题');
		const signerName = say('Signer Name', '签署人姓名');
		const signerContact = say('Signer Phone or Email', '签署人手机号或邮箱');
		const form = formTrigger({
			key: 'form',
			name: say('Contract Form', '合同表单'),
			at: [0, 0],
			title: say('Send a contract and wait', '发起合同并等待签署'),
			description: say('One run for one contract.', '一次执行对应一份合同。'),
			fields: [
				{ label: title, placeholder: say('e.g. 服务合同', '例如 服务合同'), required: true },
				{ label: 'PDF', accept: '.pdf', required: true },
				{ label: signerName, placeholder: say('e.g. 李四', '例如 李四'), required: true },
				{
					label: signerContact,
					placeholder: say('e.g. 13900139000', '例如 13900139000'),
					required: true,
				},
			],
			button: say('Send', '发起'),
			answer: say('Thank you. The contract is on its way.', '谢谢，合同正在发出。'),
		});
		const register = createRegister(say, [1, -1]);
		const send = sendFiles({
			key: 'send',
			name: say('Send Files for Signing', '发起签署'),
			at: [1, 0],
			signers: {
				signersInput: 'fields',
				signers: {
					signer: [
						{
							name: `={{ ${field('$json', signerName)} }}`,
							contact: `={{ ${field('$json', signerContact)} }}`,
							details: {},
						},
					],
				},
			},
			subject: `={{ ${field('$json', title)} }}`,
		});
		const add = addToRegister(say, [2, 0], {
			contractId: '={{ $json.contractId }}',
			title: `={{ ${field(`${node(form)}.first().json`, title)} }}`,
			line: lineOf(send),
			status: "={{ $json.status ?? '' }}",
			resumeUrl: '={{ $execution.resumeUrl }}',
		});
		const wait = waitForCall({
			key: 'wait',
			name: say('Wait for Event', '等待事件'),
			at: [3, 0],
			// Without an event it looks by itself: soon at first, then once an hour.
			amount: '={{ Math.min(60, 5 * ($runIndex + 1)) }}',
			unit: 'minutes',
		});
		const status = getStatus({
			key: 'status',
			name: say('Get Status', '查询状态'),
			at: [0, 1.2],
			contractId: `={{ ${node(send)}.first().json.contractId }}`,
			goesOn: true,
		});
		const outcome = editFields({
			key: 'outcome',
			name: say('Outcome', '结果'),
			at: [1, 1.2],
			values: {
				contractId: `={{ ${node(send)}.first().json.contractId }}`,
				outcome: `={{ ({ COMPLETE: 'completed', REFUSAL_SIGN: 'refused', REFUSAL_WRIT: 'refused', APPROVE_FAILED: 'refused', RECALLED: 'recalled', EXPIRED: 'expired', DELETED: 'deleted', CLEAN_UP: 'deleted' })[$json.status] ?? (DateTime.now() > DateTime.fromISO(${node(form)}.first().json.submittedAt).plus({ days: ${DAYS} }) ? 'timedOut' : 'open') }}`,
			},
		});
		const decide = switchBy({
			key: 'decide',
			name: say('How Did It End?', '结果如何？'),
			at: [2, 1.2],
			rules: [
				[say('Completed', '已完成'), "$json.outcome === 'completed'"],
				[say('Still Open', '仍未签完'), "$json.outcome === 'open'"],
			],
			rest: say('Declined, Recalled, Expired or Timed Out', '拒签、撤回、失效或超时'),
		});
		const file = download({
			key: 'download',
			name: say('Download Signed File', '下载已签署的文件'),
			at: [3, 1.2],
			contractId: '={{ $json.contractId }}',
		});
		return {
			name: say('Send a contract and wait until it is signed', '发起合同并等待签署完成'),
			note: say(
				`## Send a contract and wait until it is signed (Kaifangqian 开放签)
One run sends the contract, sleeps for days at no cost, and goes on with the signed file. It survives restarts of n8n.

**Set up**
1. In the three **CN E-Sign** nodes: choose your credential, with a sender in it. In **${send.name}** choose the *Business Line*.
2. Publish (older n8n: activate). The address of the form is in **${form.name}**. Any other source of files and signers will do, one contract per run.
3. To be woken within seconds, also set up *Contract events*. Without it the run looks by itself: after 5, 10, 15 … minutes, then once an hour.

**Good to know.** \`outcome\` is *completed*, *refused*, *recalled*, *expired*, *deleted* or, after ${DAYS} days, *timedOut*; change the days in **${outcome.name}**. Connect what is to be done then to the outputs of **${decide.name}**. Being woken needs n8n ${REGISTER_SINCE} or newer; in an older one delete **${register.name}** and **${add.name}**.`,
				`## 发起合同并等待签署完成（开放签）
一次执行：发起合同，休眠几天（不占资源），签署完成后带着文件继续。n8n 重启也不受影响。

**设置**
1. 在三个 **CN E-Sign** 节点里选择凭证（凭证里要有经办人），在 **${send.name}** 里选择 *Business Line (业务线)*。
2. 发布（旧版 n8n：激活）。表单地址在 **${form.name}** 里。文件和签署人也可以来自别处，一次执行一份合同。
3. 想在几秒内被唤醒，请再设置工作流《合同事件》。没有它，执行会自己查询：5、10、15……分钟后，最后每小时一次。

**须知。** \`outcome\` 的值：*completed*（已完成）、*refused*（拒签）、*recalled*（撤回）、*expired*（失效）、*deleted*（删除），${DAYS} 天后为 *timedOut*（超时），天数在 **${outcome.name}** 里改。之后要做的事，接在 **${decide.name}** 的各个输出上。被事件唤醒需要 n8n ${REGISTER_SINCE} 或更新；更旧的 n8n 请删除 **${register.name}** 和 **${add.name}**。`,
			),
			steps: [form, register, send, add, wait, status, outcome, decide, file],
			edges: [
				[form, [[register, send]]],
				[send, [add]],
				[add, [wait]],
				[wait, [status]],
				[status, [outcome]],
				[outcome, [decide]],
				[decide, [file, wait, []]],
			],
		};
	},
};
