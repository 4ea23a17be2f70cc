import { GOES_ON, lineOf, sendFiles } from '../esign.mjs';
import { addToRegister, createRegister, REGISTER_SINCE } from '../register.mjs';
import { email, field, formTrigger, iff, node, quoted } from '../steps.mjs';
import type { ReadyWorkflow } from '../workflow.mjs';

export const sendContractFromForm: ReadyWorkflow = {
	file: 'send-contract-from-form',
	draw(say) {
		const title = say('Title', '标题');
		const signer = say('Signer', '签署人');
		const personName = say('Name', '姓名');
		const contact = say('Phone or Email', '手机号或邮箱');
		const sender = say('Your Email', '您的邮箱');
		const form = formTrigger({
			key: 'form',
			name: say('Contract Form', '合同表单'),
			at: [0, 0],
			title: say('Send a contract for signing', '发起合同'),
			description: say(
				'Everybody named here gets a link to sign.',
				'这里填写的每个人都会收到签署链接。',
			),
			fields: [
				{ label: title, placeholder: say('e.g. 服务合同', '例如 服务合同'), required: true },
				{ label: 'PDF', accept: '.pdf', required: true },
				{
					label: `${signer} 1 ${personName}`,
					placeholder: say('e.g. 李四', '例如 李四'),
					required: true,
				},
				{
					label: `${signer} 1 ${contact}`,
					placeholder: say('e.g. 13900139000', '例如 13900139000'),
					required: true,
				},
				{ label: `${signer} 2 ${personName}` },
				{ label: `${signer} 2 ${contact}` },
				{
					label: sender,
					email: true,
					placeholder: say('e.g. name@email.com', '例如 name@email.com'),
					required: true,
				},
			],
			button: say('Send', '发起'),
			answer: say(
				'Thank you. You get an email as soon as the contract is out.',
				'谢谢。合同发出后，您会收到邮件。',
			),
		});
		const filledIn = (label: string) => field(`${node(form)}.first().json`, label);
		const register = createRegister(say, [1, -1]);
		const rowOf = (label: string) => `$json[${quoted(`${signer} `)} + n + ${quoted(` ${label}`)}]`;
		const send = sendFiles({
			key: 'send',
			name: say('Send Files for Signing', '发起签署'),
			at: [1, 0],
			settings: GOES_ON,
			signers: {
				signersInput: 'rows',
				rowsJson: `={{ JSON.stringify([1, 2].map((n) => ({ name: ${rowOf(personName)} || '', contact: ${rowOf(contact)} || '' })).filter((signer) => signer.name !== '' || signer.contact !== '')) }}`,
			},
			subject: `={{ ${field('$json', title)} }}`,
			options: { output: 'signer', signOrderType: 'NO_ORDER' },
		});
		const sent = iff({
			key: 'sent',
			name: say('Sent?', '已发起？'),
			at: [2, 0],
			when: "($json.contractId ?? '') !== ''",
		});
		const add = addToRegister(
			say,
			[3, -1],
			{
				contractId: '={{ $json.contractId }}',
				title: `={{ ${filledIn(title)} }}`,
				line: lineOf(send),
				status: "={{ $json.status ?? '' }}",
				cc: `={{ ${filledIn(sender)} }}`,
			},
			{ executeOnce: true },
		);
		const hasEmail = "String($json.signerContact ?? '').includes('@')";
		const link = email({
			key: 'link',
			name: say('Email Signing Link', '邮件发送签署链接'),
			at: [3, 0],
			to: `={{ ${hasEmail} ? $json.signerContact : ${filledIn(sender)} }}`,
			subject: say(`=Please sign: {{ ${filledIn(title)} }}`, `=请签署：{{ ${filledIn(title)} }}`),
			text: say(
				`={{ $json.signerName ? $json.signerName + ',' : '' }}\n\nplease open this link and sign:\n{{ $json.signingLink ?? 'The link could not be fetched. ' + ($json.note ?? '') }}\n{{ ${hasEmail} ? '' : 'You get this email because the signer has only a phone number (' + ($json.signerContact ?? 'not known') + '). Please pass the link on.' }}`,
				`={{ $json.signerName ? $json.signerName + '，您好：' : '您好：' }}\n\n请打开下面的链接签署合同：\n{{ $json.signingLink ?? '链接没有取到。' + ($json.note ?? '') }}\n{{ ${hasEmail} ? '' : '签署人只有手机号（' + ($json.signerContact ?? '未知') + '），所以这封邮件发给了您，请把链接转给签署人。' }}`,
			),
		});
		const list = `${node(send)}.all().map(({ json }) => '- ' + (json.signerName ?? json.signerContact ?? '') + ${quoted(say(': ', '：'))} + (json.signingLink ?? ${quoted(say('no link', '没有链接'))})).join('\\n')`;
		const notify = email({
			key: 'notify',
			name: say('Notify Sender', '通知发起人'),
			at: [3, 1],
			settings: { executeOnce: true },
			to: `={{ ${filledIn(sender)} }}`,
			subject: say(
				`=Sent for signing: {{ ${filledIn(title)} }}`,
				`=合同已发起：{{ ${filledIn(title)} }}`,
			),
			text: say(
				`=The contract is out. Its ID is {{ $json.contractId }}.\n\nStill to sign:\n{{ ${list} }}\n\n{{ $json.note ?? '' }}`,
				`=合同已发出，合同ID：{{ $json.contractId }}\n\n待签署：\n{{ ${list} }}\n\n{{ $json.note ?? '' }}`,
			),
		});
		const report = email({
			key: 'report',
			name: say('Report Failure', '通知发起失败'),
			at: [3, 2],
			to: `={{ ${filledIn(sender)} }}`,
			subject: say(
				`=Not sent: {{ ${filledIn(title)} }}`,
				`=合同没有发出：{{ ${filledIn(title)} }}`,
			),
			text: say(
				"=The contract was not sent.\n\n{{ $json.error?.message ?? 'The platform gave no reason.' }}\n{{ $json.error?.hint ?? '' }}",
				"=合同没有发出，原因（英文）：\n\n{{ $json.error?.message ?? '平台没有给出原因。' }}\n{{ $json.error?.hint ?? '' }}",
			),
		});
		return {
			name: say('Send a contract from a form', '从表单发起合同'),
			note: say(
				`## Send a contract from a form (Kaifangqian 开放签)
Somebody fills in a form and adds a PDF. The contract goes out at once, and everybody who has to sign gets the link by email.

**Set up**
1. In **${send.name}**: choose your credential and the *Business Line*. Enter a sender unless the credential has one.
2. In the three email nodes: choose your SMTP credential and enter your address.
3. Publish (older n8n: activate). The address of the form is in **${form.name}**, *Production URL*.

**Good to know.** Links for signers without an email address go to whoever filled in the form. Keep the label of the file field Latin. The contract is added to the register (data table *esign_contracts*). That needs n8n ${REGISTER_SINCE} or newer; in an older one delete **${register.name}** and **${add.name}**.`,
				`## 从表单发起合同（开放签）
有人填写表单并附上 PDF，合同随即发出，每位签署人都会收到带签署链接的邮件。

**设置**
1. 在 **${send.name}** 里选择凭证和 *Business Line (业务线)*。凭证里没有经办人的，在这里填写。
2. 在三个邮件节点里选择 SMTP 凭证，填写发件地址。
3. 发布（旧版 n8n：激活）。表单地址在 **${form.name}** 里，即 *Production URL*。

**须知。** 签署人没有邮箱时，链接发给填表的人。文件字段的名字请用拉丁字母。合同会写入台账（数据表 *esign_contracts*），需要 n8n ${REGISTER_SINCE} 或更新；更旧的 n8n 请删除 **${register.name}** 和 **${add.name}**。`,
			),
			steps: [form, register, send, sent, add, link, notify, report],
			edges: [
				[form, [[register, send]]],
				[send, [sent]],
				[sent, [[add, link, notify], report]],
			],
		};
	},
};
