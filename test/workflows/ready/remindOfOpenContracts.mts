import { getStatus, getTaskLink, GOES_ON, splitTasks } from '../esign.mjs';
import { createRegister, getRows, REGISTER_SINCE, updateRows } from '../register.mjs';
import { editFields, email, iff, node, plain, quoted, schedule, switchBy } from '../steps.mjs';
import type { ReadyWorkflow } from '../workflow.mjs';

export const remindOfOpenContracts: ReadyWorkflow = {
	file: 'remind-of-open-contracts',
	draw(say) {
		const morning = schedule({
			key: 'morning',
			name: say('Every Morning at 9', '每天早上 9 点'),
			at: [0, 0],
			interval: { field: 'days', daysInterval: 1, triggerAtHour: 9, triggerAtMinute: 0 },
		});
		const register = createRegister(say, [1, -1]);
		const open = getRows({ key: 'open', name: say('Open Contracts', '进行中的合同'), at: [1, 0] }, [
			['isOpen', 'isTrue'],
		]);
		const status = getStatus({
			key: 'status',
			name: say('Get Status', '查询状态'),
			at: [2, 0],
			contractId: '={{ $json.contractId }}',
			goesOn: true,
		});
		const still = switchBy({
			key: 'still',
			name: say('Still Open?', '还没结束？'),
			at: [3, 0],
			rules: [
				[say('Over', '已结束'), '$json.isFinal === true'],
				[say('Open', '进行中'), '$json.isFinal === false'],
			],
			rest: say('Not Looked Up', '没有查到'),
		});
		const close = updateRows(
			{ key: 'close', name: say('Note the End', '记录结束'), at: [4, -1] },
			[['contractId', 'eq', '={{ $json.contractId }}']],
			{ status: '={{ $json.status }}', isOpen: '={{ false }}' },
		);
		const tasks = splitTasks(say, [4, 0]);
		const link = getTaskLink({
			key: 'link',
			name: say('Get Task Link', '获取签署链接'),
			at: [5, 0],
			settings: GOES_ON,
			contractId: '={{ $json.contractId }}',
			taskId: '={{ $json.task.taskId }}',
		});
		const title = `(${node(open)}.item.json.title || ${node(open)}.item.json.contractId)`;
		const task = `${node(tasks)}.item.json.task`;
		const person = `(${task}.signerName ?? ${task}.signerCompany ?? ${task}.signerContact ?? ${quoted(say('somebody', '有人'))})`;
		const colon = quoted(say(': ', '：'));
		const describe = editFields({
			key: 'describe',
			name: say('Describe Task', '整理任务'),
			at: [6, 0],
			values: {
				title: `={{ ${title} }}`,
				person: `={{ ${person} }}`,
				contact: `={{ ${task}.signerContact ?? '' }}`,
				link: "={{ $json.signingLink ?? '' }}",
				line: `={{ ${title} + ${colon} + ${person} + ' ' + ($json.signingLink ?? ${quoted(say('(no link: ', '（没有链接：'))} + ($json.error?.message ?? '') + ${quoted(say(')', '）'))}) }}`,
			},
		});
		const hasEmail = iff({
			key: 'hasEmail',
			name: say('Has Email?', '有邮箱？'),
			at: [4, 1],
			when: "$json.contact.includes('@') && $json.link !== ''",
		});
		const remind = email({
			key: 'remind',
			name: say('Remind Signer', '提醒签署人'),
			at: [5, 1],
			settings: GOES_ON,
			to: '={{ $json.contact }}',
			subject: say('=Reminder: please sign {{ $json.title }}', '=提醒：请签署 {{ $json.title }}'),
			text: say(
				'={{ $json.person }},\n\nthis contract is still waiting for you: {{ $json.title }}\n{{ $json.link }}',
				'={{ $json.person }}，您好：\n\n这份合同还在等您签署：{{ $json.title }}\n{{ $json.link }}',
			),
		});
		const failed = editFields({
			key: 'failed',
			name: say('Lookup Failed', '查询失败'),
			at: [4, 2],
			values: {
				line: `={{ ${title} + ${quoted(say(': could not be looked up (', '：没有查到（'))} + ($json.error?.message ?? ${quoted(say('no reason was given', '没有给出原因'))}) + ${quoted(say(')', '）'))} }}`,
			},
		});
		const merge = plain({
			key: 'merge',
			name: say('Merge Lines', '合并各行'),
			at: [5, 2],
			type: 'n8n-nodes-base.merge',
			typeVersion: 3,
			parameters: { mode: 'append' },
		});
		const combine = plain({
			key: 'combine',
			name: say('Combine Lines', '汇总'),
			at: [6, 2],
			type: 'n8n-nodes-base.aggregate',
			typeVersion: 1,
			parameters: {
				aggregate: 'aggregateIndividualFields',
				fieldsToAggregate: {
					fieldToAggregate: [
						{ fieldToAggregate: 'line', renameField: true, outputFieldName: 'lines' },
					],
				},
				options: {},
			},
		});
		const notify = email({
			key: 'notify',
			name: say('Notify Office', '通知办公室'),
			at: [7, 2],
			to: 'office@example.com',
			subject: say(
				'=Contracts still open: {{ $json.lines.length }}',
				'=待办合同任务：{{ $json.lines.length }} 项',
			),
			text: "={{ $json.lines.map((line) => '- ' + line).join('\\n') }}",
		});
		return {
			name: say('Remind of open contracts every morning', '每天早上提醒未完成的合同'),
			note: say(
				`## Remind of open contracts every morning (Kaifangqian 开放签, n8n ${REGISTER_SINCE} or newer)
Every morning the platform is asked about each open contract in the register (data table *esign_contracts*). Everybody who has not signed and has an email address gets a reminder with the link. The office gets one email with everything that is open.

**Set up**
1. In the two **CN E-Sign** nodes: choose your credential.
2. In the two email nodes: choose your SMTP credential and enter the addresses.
3. Publish (older n8n: activate). The hour is that of the workflow's time zone.

**Good to know.** The ready workflows add the contracts that they send. For others use the form in *Register of contracts*. A contract that could not be looked up is in the email, with the reason.`,
				`## 每天早上提醒未完成的合同（开放签，n8n ${REGISTER_SINCE} 或更新）
每天早上查询台账（数据表 *esign_contracts*）里每份进行中的合同。还没签、并且有邮箱的人，会收到带签署链接的提醒；办公室会收到一封汇总邮件。

**设置**
1. 在两个 **CN E-Sign** 节点里选择凭证。
2. 在两个邮件节点里选择 SMTP 凭证，填写地址。
3. 发布（旧版 n8n：激活）。时间按工作流的时区。

**须知。** 现成的工作流会把自己发起的合同写进台账，其他合同请用《合同台账》里的表单添加。没有查到的合同，也会连同原因列在邮件里。`,
			),
			steps: [
				morning,
				register,
				open,
				status,
				still,
				close,
				tasks,
				link,
				describe,
				hasEmail,
				remind,
				failed,
				merge,
				combine,
				notify,
			],
			edges: [
				[morning, [[register, open]]],
				[open, [status]],
				[status, [still]],
				[still, [close, tasks, failed]],
				[tasks, [link]],
				[link, [describe]],
				[describe, [[hasEmail, merge]]],
				[hasEmail, [remind, []]],
				[failed, [[[merge, 1]]]],
				[merge, [combine]],
				[combine, [notify]],
			],
		};
	},
};
