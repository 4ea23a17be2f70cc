import { ENDS, esignTrigger, GOES_ON } from '../esign.mjs';
import { createRegister, getRows, REGISTER_SINCE, updateRows } from '../register.mjs';
import {
	calledTrigger,
	callWorkflow,
	editFields,
	filter,
	httpPost,
	iff,
	node,
	switchBy,
} from '../steps.mjs';
import type { ReadyWorkflow } from '../workflow.mjs';

export const contractEvents: ReadyWorkflow = {
	file: 'contract-events',
	draw(say) {
		const trigger = esignTrigger({
			key: 'trigger',
			name: say('CN E-Sign Trigger', '平台事件'),
			at: [0, 0],
			events: ['contract.sent', 'contract.signed', ...ENDS],
		});
		const called = calledTrigger({
			key: 'called',
			name: say('When Called by Catch-Up', '由《补查》调用'),
			at: [0, 1],
		});
		const register = createRegister(say, [1, -1]);
		const turn = iff({
			key: 'turn',
			name: say('Starts or Ends?', '开始或结束？'),
			at: [1, 0],
			// The last one is how *Catch up* calls an end that no callback tells of.
			when: `${JSON.stringify(['contract.sent', ...ENDS, 'contract.statusChanged']).replaceAll('"', "'")}.includes($json.event)`,
		});
		const update = updateRows(
			{ key: 'update', name: say('Update Register', '更新台账'), at: [2, 0] },
			[
				['contractId', 'eq', '={{ $json.contractId }}'],
				['eventId', 'neq', '={{ $json.eventId }}'],
				// A start is news only where a new life begins, and an end only in the present one or a later one.
				[
					'life',
					'lte',
					"={{ $json.event === 'contract.sent' ? ($json.life ?? 1) - 1 : ($json.life ?? 1) }}",
				],
			],
			{
				status: "={{ $json.contractStatus ?? '' }}",
				isOpen: "={{ $json.event === 'contract.sent' }}",
				life: '={{ $json.life ?? 1 }}',
				event: '={{ $json.event }}',
				eventId: '={{ $json.eventId }}',
			},
		);
		const find = getRows({ key: 'find', name: say('Find in Register', '查找台账'), at: [2, 1] }, [
			['contractId', 'eq', '={{ $json.contractId }}'],
		]);
		const event = editFields({
			key: 'event',
			name: say('Event and Contract', '事件和合同'),
			at: [3, 0],
			values: {
				event: `={{ ${node(turn)}.item.json.event }}`,
				eventId: `={{ ${node(turn)}.item.json.eventId }}`,
				contractStatus: `={{ ${node(turn)}.item.json.contractStatus ?? '' }}`,
			},
			keep: true,
		});
		const waiting = filter({
			key: 'waiting',
			name: say('Run Waiting?', '有执行在等待？'),
			at: [4, -1],
			when: "($json.resumeUrl ?? '') !== '' && !$json.isOpen",
		});
		const resume = httpPost({
			key: 'resume',
			name: say('Resume Waiting Run', '唤醒等待的执行'),
			at: [5, -1],
			url: '={{ $json.resumeUrl }}',
			settings: {
				retryOnFail: true,
				maxTries: 5,
				waitBetweenTries: 2000,
				...GOES_ON,
				notesInFlow: true,
				notes: say(
					'Tries again: the run may not be asleep yet',
					'会重试：那次执行可能还没有进入休眠',
				),
			},
		});
		const route = switchBy({
			key: 'route',
			name: say('Which Workflow?', '交给哪个工作流？'),
			at: [4, 0.5],
			rules: [
				[say('By Business Line', '按业务线'), "$json.line === '租赁合同'"],
				[say('By Subject', '按主题'), "($json.title ?? '').includes('采购')"],
				[say('By Contract', '按合同'), "['1900000000000000001'].includes($json.contractId)"],
			],
			rest: say('All Others', '其余'),
		});
		const calls = [
			callWorkflow({
				key: 'callLine',
				name: say('Call for Business Line', '按业务线调用'),
				at: [5, 0],
			}),
			callWorkflow({
				key: 'callSubject',
				name: say('Call for Subject', '按主题调用'),
				at: [6, 0.4],
			}),
			callWorkflow({
				key: 'callContract',
				name: say('Call for Contract', '按合同调用'),
				at: [5, 1.1],
			}),
			callWorkflow({
				key: 'callOthers',
				name: say('Call for All Others', '其余的调用'),
				at: [6, 1.5],
			}),
		];
		return {
			name: say('Contract events', '合同事件'),
			note: say(
				`## Contract events: one address, many workflows (Kaifangqian 开放签, n8n ${REGISTER_SINCE} or newer)
A company has one callback address. This workflow has it, keeps the register up to date, wakes runs that wait, and calls other workflows by business line, subject or contract.

**Set up**
1. Choose your credential in **${trigger.name}**. Copy its *Production URL* into the admin console (运营后台): 接口授权 → 回调地址.
2. Enter your business line, words and contracts in **${route.name}**. In each **Call** node choose a workflow that starts with *When Executed by Another Workflow*, such as *Completed contract to folder*. Delete the nodes that you do not need.
3. Publish this workflow and those that it calls (older n8n: activate).

**Good to know.** Only contracts in the register (data table *esign_contracts*) are passed on; the ready workflows add those that they send. A start or an end is passed on once, also when *Catch up missed events* reports it. The called workflow gets \`event\`, \`eventId\`, \`contractId\`, \`contractStatus\` and the row of the register.`,
				`## 合同事件：一个地址，多个工作流（开放签，n8n ${REGISTER_SINCE} 或更新）
一家企业只有一个回调地址。本工作流占用这个地址，更新台账，唤醒等待的执行，并按业务线、主题或合同调用其他工作流。

**设置**
1. 在 **${trigger.name}** 里选择凭证，把它的 *Production URL* 填进运营后台：接口授权 → 回调地址。
2. 在 **${route.name}** 里填写您的业务线、关键词和合同。在每个**调用**节点里选择一个以 *When Executed by Another Workflow* 开头的工作流，例如《合同完成后存入文件夹》。用不到的节点请删除。
3. 发布本工作流和被调用的工作流（旧版 n8n：激活）。

**须知。** 只传递台账（数据表 *esign_contracts*）里有的合同；现成的工作流会把自己发起的合同写进去。每个开始或结束只传递一次，《补查漏掉的事件》报告的也一样。被调用的工作流会得到 \`event\`、\`eventId\`、\`contractId\`、\`contractStatus\` 和台账里的那一行。`,
			),
			steps: [
				trigger,
				called,
				register,
				turn,
				update,
				find,
				event,
				waiting,
				resume,
				route,
				...calls,
			],
			edges: [
				[trigger, [[register, turn]]],
				[called, [[register, turn]]],
				[turn, [update, find]],
				[update, [event]],
				[find, [event]],
				[event, [[waiting, route]]],
				[waiting, [resume]],
				[route, calls],
			],
		};
	},
};
