import { REGISTER_SINCE } from '../register.mjs';
import { plain } from '../steps.mjs';
import type { ReadyWorkflow } from '../workflow.mjs';
import { chatModel, registerTool, statusTool } from './agent.mjs';

export const askWhoHasNotSigned: ReadyWorkflow = {
	file: 'ask-who-has-not-signed',
	draw(say) {
		const chat = plain({
			key: 'chat',
			name: say('When a Question Comes', '收到问题时'),
			at: [0, 0],
			type: '@n8n/n8n-nodes-langchain.chatTrigger',
			typeVersion: 1,
			listens: true,
			parameters: { options: {} },
		});
		const list = registerTool(say, [1.5, 1.2]);
		const status = statusTool(say, [2.5, 1.2]);
		const agent = plain({
			key: 'agent',
			name: say('Contract Assistant', '合同助手'),
			at: [1.2, 0],
			type: '@n8n/n8n-nodes-langchain.agent',
			typeVersion: 2.2,
			parameters: {
				promptType: 'auto',
				options: {
					maxIterations: 30,
					systemMessage: say(
						`You answer questions about contracts that are out for signing. '${list.name}' says which contracts there are. '${status.name}' says who has not signed a contract: everybody in tasks still has something to do. Look things up with the tools, never guess. Name people and contracts, keep it short, and answer in the language of the question. If a contract cannot be looked up, say so.`,
						`你回答关于正在签署的合同的问题。“${list.name}”列出有哪些合同，“${status.name}”查询一份合同还有谁没签：tasks 里的每个人都还有事要做。一律用工具查询，不要猜。说出人名和合同名，回答要简短，用提问的语言回答。查不到的合同要说明。`,
					),
				},
			},
		});
		const model = chatModel(say, [0.5, 1.2]);
		return {
			name: say('Ask who has not signed yet', '问一问还有谁没签'),
			note: say(
				`## Ask who has not signed yet (Kaifangqian 开放签, n8n ${REGISTER_SINCE} or newer)
An AI agent answers questions about your contracts: *Who has not signed yet?* It reads the register (data table *esign_contracts*) and asks the platform. It can only read.

**Set up**
1. In **${status.name}**: choose your credential.
2. In **${model.name}**: choose your OpenAI credential, or use another model.
3. The other ready workflows fill the register. Then click *Open chat* and ask.

**Good to know.** Names and phone numbers of signers go to the provider of the model. Everybody who may use the chat may see them.`,
				`## 问一问还有谁没签（开放签，n8n ${REGISTER_SINCE} 或更新）
AI 助手回答关于合同的问题，例如“还有谁没签？”。它读取台账（数据表 *esign_contracts*）并向平台查询，只能读。

**设置**
1. 在 **${status.name}** 里选择凭证。
2. 在 **${model.name}** 里选择 OpenAI 凭证，或者换成别的模型。
3. 台账由其他现成的工作流写入。然后点 *Open chat* 提问。

**须知。** 签署人的姓名和手机号会发给模型的提供方，能用这个聊天的人都能看到。工具节点的名字要以拉丁字母开头：模型看到的工具名只留下拉丁字母。`,
			),
			steps: [chat, agent, model, list, status],
			edges: [
				[chat, [agent]],
				[model, [agent], 'ai_languageModel'],
				[list, [agent], 'ai_tool'],
				[status, [agent], 'ai_tool'],
			],
		};
	},
};
