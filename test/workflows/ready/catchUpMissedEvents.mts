import { getStatus } from '../esign.mjs';
import { createRegister, deleteRows, getRows, REGISTER_SINCE } from '../register.mjs';
import { callWorkflow, editFields, filter, node, schedule } from '../steps.mjs';
import type { ReadyWorkflow } from '../workflow.mjs';

/** How long rows of contracts that are over stay in the register. */
const DAYS = 90;

export const catchUpMissedEvents: ReadyWorkflow = {
	file: 'catch-up-missed-events',
	draw(say) {
		const hourly = schedule({
			key: 'hourly',
			name: say('Every Hour', '每小时'),
			at: [0, 0],
			interval: { field: 'hours', hoursInterval: 1, triggerAtMinute: 17 },
		});
		const register = createRegister(say, [1, -1]);
		const open = getRows(
			{ key: 'open', name: say('Contracts Without an End', '还没有结束事件的合同'), at: [1, 0] },
			[
				['event', 'isEmpty'],
				['event', 'eq', 'contract.sent'],
			],
			{ any: true },
		);
		const status = getStatus({
			key: 'status',
			name: say('Get Status', '查询状态'),
			at: [2, 0],
			contractId: '={{ $json.contractId }}',
			life: '={{ $json.life ?? 1 }}',
			goesOn: true,
		});
		const over = filter({
			key: 'over',
			name: say('Over by Now?', '已经结束？'),
			at: [3, 0],
			when: '$json.isFinal === true',
		});
		const event = editFields({
			key: 'event',
			name: say('As the Callback Says It', '与回调相同的事件'),
			at: [4, 0],
			values: {
				event: "={{ $json.event ?? 'contract.statusChanged' }}",
				eventId: "={{ $json.eventId ?? $json.contractId + '-' + $json.status }}",
				contractId: '={{ $json.contractId }}',
				contractStatus: '={{ $json.status }}',
				life: { type: 'number', value: `={{ ${node(open)}.item.json.life ?? 1 }}` },
			},
		});
		const call = callWorkflow({
			key: 'call',
			name: say('Call Contract Events', '调用《合同事件》'),
			at: [5, 0],
		});
		const old = deleteRows(
			{
				key: 'old',
				name: say('Delete Old Rows', '删除旧行'),
				at: [1, 1],
				settings: { executeOnce: true },
			},
			[
				['isOpen', 'isFalse'],
				['updatedAt', 'lt', `={{ DateTime.now().minus({ days: ${DAYS} }).toUTC().toISO() }}`],
			],
		);
		return {
			name: say('Catch up missed events', '补查漏掉的事件'),
			note: say(
				`## Catch up missed events (Kaifangqian 开放签, n8n ${REGISTER_SINCE} or newer)
The platform loses callbacks now and then, and nobody receives any while n8n is down. Every hour this workflow asks the platform about each contract in the register that has no end yet, and hands what is over to *Contract events*, with the same \`event\` and \`eventId\` as the callback: nothing runs twice.

**Set up**
1. Choose your credential in **${status.name}**.
2. In **${call.name}** choose your workflow *Contract events*.
3. Publish both (older n8n: activate).

**Good to know.** **${old.name}** deletes rows of contracts that are over, ${DAYS} days after their last change. To clear the register by hand open the data table *esign_contracts* in n8n.`,
				`## 补查漏掉的事件（开放签，n8n ${REGISTER_SINCE} 或更新）
平台偶尔会丢回调；n8n 停机期间也收不到。本工作流每小时查询台账里还没有结束事件的每份合同，把已经结束的交给《合同事件》，\`event\` 和 \`eventId\` 与回调相同，所以什么都不会执行两次。

**设置**
1. 在 **${status.name}** 里选择凭证。
2. 在 **${call.name}** 里选择您的工作流《合同事件》。
3. 发布这两个工作流（旧版 n8n：激活）。

**须知。** **${old.name}** 会删除已结束的合同，时间是最后一次变化之后 ${DAYS} 天。要手工清理台账，请在 n8n 里打开数据表 *esign_contracts*。`,
			),
			steps: [hourly, register, open, status, over, event, call, old],
			edges: [
				[hourly, [[register, open, old]]],
				[open, [status]],
				[status, [over]],
				[over, [event]],
				[event, [call]],
			],
		};
	},
};
