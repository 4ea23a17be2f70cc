import { TO_BE_CHOSEN } from '../esign.mjs';
import { addToRegister, createRegister } from '../register.mjs';
import { editFields, filter, node, plain, splitOut } from '../steps.mjs';
import type { ReadyWorkflow } from '../workflow.mjs';
import { chatModel, esignTool, fromModel, registerTool, statusTool, toolName } from './agent.mjs';

export const contractAssistant: ReadyWorkflow = {
	file: 'contract-assistant',
	draw(say) {
		const chat = plain({
			key: 'chat',
			name: say('When a Message Comes', '收到消息时'),
			at: [0, 0],
			type: '@n8n/n8n-nodes-langchain.chatTrigger',
			typeVersion: 1.1,
			listens: true,
			parameters: {
				options: { allowFileUploads: true, allowedFilesMimeTypes: 'application/pdf' },
			},
		});
		const list = registerTool(say, [1.7, 1.4]);
		const status = statusTool(say, [2.6, 1.4]);
		const send = esignTool(
			{
				key: 'send',
				name: toolName(say, 'Send for Signing', '发起签署'),
				at: [3.2, 2.6],
				description: say(
					'Send the PDF that came with the message for signing. A person approves it first. It cannot be undone, only recalled.',
					'把随消息发来的 PDF 发起签署。发起前由人审批。发起后无法撤销，只能撤回。',
				),
				operation: 'sendFiles',
			},
			{
				binaryPropertyNames: `={{ ${node(chat)}.first().binary?.data0 ?? ${node(chat)}.first().binary?.data }}`,
				signersInput: 'rows',
				rowsJson: fromModel(
					'Signers',
					say(
						'JSON list of the signers in their order, each as {"name": "...", "contact": "phone number or email"}, with "company" where somebody signs for a company',
						'签署人的 JSON 列表，按签署顺序，每人 {"name": "姓名", "contact": "手机号或邮箱"}，代表企业签署的再加 "company"',
					),
				),
				subject: fromModel('Subject', say('Title of the contract', '合同主题')),
				operatorName: '',
				operatorContact: '',
				signReId: TO_BE_CHOSEN,
				options: { send: '1' },
			},
		);
		const recall = esignTool(
			{
				key: 'recall',
				name: toolName(say, 'Recall Contract', '撤回合同'),
				at: [4.2, 2.6],
				description: say(
					'Recall a running contract, so that nobody can sign it any more. A person approves it first. It cannot be undone.',
					'撤回进行中的合同，之后谁也不能再签。撤回前由人审批。无法恢复。',
				),
				operation: 'recall',
			},
			{
				contractId: fromModel(
					'Contract_ID',
					say('ID of the contract, as the register shows it', '合同ID，以台账里的为准'),
				),
			},
		);
		const files = `(${node(chat)}.first().json.files ?? []).map((file) => file.fileName).join(', ')`;
		const approval = plain({
			key: 'approval',
			name: say('Ask for Approval', '请人审批'),
			at: [3.6, 1.4],
			type: 'n8n-nodes-base.emailSendHitlTool',
			typeVersion: 2.1,
			listens: true,
			credentials: ['smtp'],
			parameters: {
				message: say(
					`=The contract assistant wants to use {{ $tool.name }} with:\n\n{{ JSON.stringify($tool.parameters) }}\n\n{{ ${files} }}`,
					`=合同助手想使用 {{ $tool.name }}，内容如下：\n\n{{ JSON.stringify($tool.parameters) }}\n\n{{ ${files} }}`,
				),
				fromEmail: 'contracts@example.com',
				toEmail: 'office@example.com',
				subject: say('=Please approve: {{ $tool.name }}', '=请审批：{{ $tool.name }}'),
				approvalOptions: {
					values: {
						approvalType: 'double',
						approveLabel: say('Approve', '同意'),
						disapproveLabel: say('Decline', '不同意'),
					},
				},
				options: { appendAttribution: false },
			},
		});
		const agent = plain({
			key: 'agent',
			name: say('Contract Assistant', '合同助手'),
			at: [1.2, 0],
			type: '@n8n/n8n-nodes-langchain.agent',
			typeVersion: 3,
			parameters: {
				promptType: 'auto',
				options: {
					maxIterations: 30,
					returnIntermediateSteps: true,
					systemMessage: say(
						`You look after contracts that are sent for signing. '${list.name}' says which contracts there are, '${status.name}' who has not signed one: everybody in tasks still has something to do. '${send.name}' sends the PDF that came with the message, '${recall.name}' withdraws a contract; a person has to approve both. Never guess a name, a phone number or an ID: ask. Name people and contracts, keep it short, and answer in the language of the question.`,
						`你负责照管发起签署的合同。“${list.name}”列出有哪些合同，“${status.name}”查询一份合同还有谁没签：tasks 里的每个人都还有事要做。“${send.name}”把随消息发来的 PDF 发起签署，“${recall.name}”撤回合同，两者都要由人审批。姓名、号码和 ID 一律不要猜，要问。说出人名和合同名，回答要简短，用提问的语言回答。`,
					),
				},
			},
		});
		const model = chatModel(say, [0.3, 1.4]);
		const memory = plain({
			key: 'memory',
			name: say('Memory', '记忆'),
			at: [1.0, 1.4],
			type: '@n8n/n8n-nodes-langchain.memoryBufferWindow',
			typeVersion: 1.3,
			parameters: { contextWindowLength: 10 },
		});
		const register = createRegister(say, [1.2, -1]);
		const steps = splitOut({
			key: 'steps',
			name: say('What the Agent Did', '助手做了什么'),
			at: [2.7, -0.6],
			what: 'intermediateSteps',
		});
		const sent = filter({
			key: 'sent',
			name: say('Sent a Contract?', '发起了合同？'),
			at: [3.7, -0.6],
			when: "$json.action.tool.startsWith('Send_for_Signing') && String($json.observation).startsWith('[{\"contractId\"')",
		});
		const result = 'JSON.parse($json.observation)[0]';
		const add = addToRegister(say, [4.7, -0.6], {
			contractId: `={{ ${result}.contractId }}`,
			title: "={{ $json.action.toolInput.Subject ?? '' }}",
			status: `={{ ${result}.status ?? '' }}`,
		});
		// The last node that runs is what the chat shows.
		const reply = editFields({
			key: 'reply',
			name: say('Reply', '回复'),
			at: [2.7, 0.4],
			values: { output: '={{ $json.output }}' },
		});
		return {
			name: say('Contract assistant', '合同助手'),
			note: say(
				`## Contract assistant (Kaifangqian 开放签, n8n 2; tested with 2.41)
An AI agent that answers questions, sends the PDF that you attach to the chat, and recalls contracts. It sends and recalls nothing before a person has clicked *Approve* in an email.

**Set up**
1. In the three **CN E-Sign** tools: choose your credential, with a sender in it. In **${send.name}** choose the *Business Line*.
2. In **${model.name}**: choose your OpenAI credential, or use another model that can call tools. Without a model nothing runs.
3. In **${approval.name}**: choose your SMTP credential, and enter who approves. Then click *Open chat*.

**Good to know.** Names and phone numbers of signers go to the provider of the model. What was sent is added to the register (data table *esign_contracts*).`,
				`## 合同助手（开放签，n8n 2，用 2.41 测试过）
AI 助手：回答问题，把您附在聊天里的 PDF 发起签署，撤回合同。在有人点邮件里的“同意”之前，它什么也不会发起或撤回。

**设置**
1. 在三个 **CN E-Sign** 工具里选择凭证（凭证里要有经办人），在 **${send.name}** 里选择 *Business Line (业务线)*。
2. 在 **${model.name}** 里选择 OpenAI 凭证，或者换成别的能调用工具的模型。没有模型就不能运行。
3. 在 **${approval.name}** 里选择 SMTP 凭证，填写由谁审批。然后点 *Open chat*。

**须知。** 签署人的姓名和手机号会发给模型的提供方。发起的合同会写入台账（数据表 *esign_contracts*）。`,
			),
			steps: [
				chat,
				register,
				agent,
				model,
				memory,
				list,
				status,
				approval,
				send,
				recall,
				steps,
				sent,
				add,
				reply,
			],
			edges: [
				[chat, [[register, agent]]],
				[agent, [[steps, reply]]],
				[steps, [sent]],
				[sent, [add]],
				[model, [agent], 'ai_languageModel'],
				[memory, [agent], 'ai_memory'],
				[list, [agent], 'ai_tool'],
				[status, [agent], 'ai_tool'],
				[approval, [agent], 'ai_tool'],
				[send, [approval], 'ai_tool'],
				[recall, [approval], 'ai_tool'],
			],
		};
	},
};
