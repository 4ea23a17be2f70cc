import { getStatus } from '../esign.mjs';
import { createRegister, getRows, ifNoRow, insertRow, REGISTER_SINCE } from '../register.mjs';
import { editFields, field, formPage, formTrigger, node, quoted } from '../steps.mjs';
import type { ReadyWorkflow } from '../workflow.mjs';

export const registerOfContracts: ReadyWorkflow = {
	file: 'register-of-contracts',
	draw(say) {
		const words = say('Title or Contract ID', '标题或合同ID');
		const find = formTrigger({
			key: 'find',
			name: say('Find Contracts', '查找合同'),
			at: [0, 0],
			title: say('Find contracts', '查找合同'),
			description: say(
				'Leave it empty to see all contracts of the register.',
				'留空则列出台账里的全部合同。',
			),
			fields: [{ label: words, placeholder: say('e.g. 服务合同', '例如 服务合同') }],
			button: say('Find', '查找'),
			isProtected: true,
		});
		const register = createRegister(say, [1, -1]);
		const wanted = `={{ '%' + (${field('$json', words)} ?? '').trim() + '%' }}`;
		const rows = getRows(
			{
				key: 'rows',
				name: say('Search Register', '搜索台账'),
				at: [1, 0],
				settings: { alwaysOutputData: true },
			},
			[
				['title', 'ilike', wanted],
				['contractId', 'ilike', wanted],
			],
			{ any: true, newestFirst: true },
		);
		const head = [
			say('Title', '标题'),
			say('Contract ID', '合同ID'),
			say('Status', '状态'),
			say('Open', '进行中'),
			say('Sent', '发起时间'),
		];
		const escaped =
			"String(text ?? '').replace(/[&<>\"]/g, (sign) => '&#' + sign.charCodeAt(0) + ';')";
		const table = editFields({
			key: 'table',
			name: say('Make Page', '生成页面'),
			at: [2, 0],
			settings: { executeOnce: true },
			values: {
				page: `={{ '<style>body{font-family:sans-serif;margin:2em}td,th{text-align:left;padding:.3em 1em .3em 0}</style><table><tr>' + ${quoted(head.map((text) => `<th>${text}</th>`).join(''))} + '</tr>' + ${node(rows)}.all().filter(({ json }) => json.contractId).map(({ json }) => '<tr>' + [json.title, json.contractId, json.status, json.isOpen ? ${quoted(say('yes', '是'))} : '', DateTime.fromJSDate(new Date(json.createdAt)).toFormat('yyyy-MM-dd HH:mm')].map((text) => '<td>' + ${escaped} + '</td>').join('') + '</tr>').join('') + '</table>' }}`,
			},
		});
		const page = formPage({
			key: 'page',
			name: say('Show Page', '显示页面'),
			at: [3, 0],
			html: '={{ $json.page }}',
		});
		const contractId = say('Contract ID', '合同ID');
		const title = say('Title', '标题');
		const add = formTrigger({
			key: 'add',
			name: say('Add a Contract', '添加合同'),
			at: [0, 1],
			title: say('Add a contract to the register', '把合同加入台账'),
			description: say(
				'For contracts that were sent elsewhere, for instance in the company console.',
				'用于在别处发起的合同，例如在企业管理后台发起的。',
			),
			fields: [
				{
					label: contractId,
					placeholder: say('e.g. 1900000000000000001', '例如 1900000000000000001'),
					required: true,
				},
				{ label: title, placeholder: say('e.g. 服务合同', '例如 服务合同') },
			],
			button: say('Add', '添加'),
			isProtected: true,
			waits: true,
		});
		const status = getStatus({
			key: 'status',
			name: say('Get Status', '查询状态'),
			at: [1, 1],
			contractId: `={{ ${field('$json', contractId)}.trim() }}`,
		});
		const isNew = ifNoRow(
			{ key: 'isNew', name: say('Not There Yet?', '台账里还没有？'), at: [2, 1] },
			'={{ $json.contractId }}',
		);
		const insert = insertRow(
			{ key: 'insert', name: say('Add to Register', '写入台账'), at: [3, 1] },
			{
				contractId: '={{ $json.contractId }}',
				title: `={{ ${field(`${node(add)}.item.json`, title)} ?? '' }}`,
				status: '={{ $json.status }}',
				isOpen: '={{ !$json.isFinal }}',
			},
		);
		return {
			name: say('Register of contracts', '合同台账'),
			note: say(
				`## Register of contracts (Kaifangqian 开放签, n8n ${REGISTER_SINCE} or newer)
Two forms: one finds contracts in the register (data table *esign_contracts*), the other adds contracts that were sent elsewhere.

**Set up**
1. In both forms: choose a *Basic Auth* credential, that is a name and a password for whoever may see the list.
2. In **${status.name}**: choose your credential.
3. Publish (older n8n: activate). The addresses are in **${find.name}** and **${add.name}**, *Production URL*.

**Good to know.** *Status* is as it was last seen. The register holds no names and no phone numbers of signers; *cc* holds an email address where a workflow enters one. *Catch up missed events* deletes rows of contracts that are over after 90 days.`,
				`## 合同台账（开放签，n8n ${REGISTER_SINCE} 或更新）
两个表单：一个在台账（数据表 *esign_contracts*）里查找合同，一个把在别处发起的合同加进去。

**设置**
1. 在两个表单里选择 *Basic Auth* 凭证，即查看者要输入的用户名和密码。
2. 在 **${status.name}** 里选择凭证。
3. 发布（旧版 n8n：激活）。地址在 **${find.name}** 和 **${add.name}** 里，即 *Production URL*。

**须知。** “状态”是最后一次看到的状态。台账里没有签署人的姓名和手机号；*cc* 里只有工作流写入的邮箱。《补查漏掉的事件》会在合同结束 90 天后删除对应的行。`,
			),
			steps: [find, register, rows, table, page, add, status, isNew, insert],
			edges: [
				[find, [[register, rows]]],
				[rows, [table]],
				[table, [page]],
				[add, [[register, status]]],
				[status, [isNew]],
				[isNew, [insert]],
			],
		};
	},
};
