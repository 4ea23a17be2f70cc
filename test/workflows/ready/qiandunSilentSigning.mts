import { esign, esignTrigger } from '../esign.mjs';
import { editFields, email, iff, manualTrigger, node } from '../steps.mjs';
import type { ReadyWorkflow } from '../workflow.mjs';

export const qiandunSilentSigning: ReadyWorkflow = {
	file: 'qiandun-silent-signing',
	draw(say) {
		const start = manualTrigger([0, 0]);
		const settings = editFields({
			key: 'settings',
			name: say('Settings', '设置'),
			at: [1, 0],
			values: {
				accountId: '22588647-d267-4964-8a48-f3d8c0c1c0fd',
				sealId: '100000014',
				ownerEmail: 'owner@example.com',
			},
		});
		const link = esign({
			key: 'link',
			name: say('Get Silent Sign Link', '获取静默签授权链接'),
			at: [2, 0],
			platform: 'qiandun',
			resource: 'seal',
			operation: 'getSilentSignLink',
			parameters: { accountId: '={{ $json.accountId }}', willingnessAuthModes: 'CODE_SMS' },
			options: { sealIds: '={{ $json.sealId }}' },
		});
		const ask = email({
			key: 'ask',
			name: say('Email Seal Owner', '邮件通知印章持有人'),
			at: [3, 0],
			to: `={{ ${node(settings)}.item.json.ownerEmail }}`,
			subject: say('Please allow silent signing', '请授权静默签'),
			text: say(
				'=Please open this page and allow your seal to be used without asking each time. The page works for a limited time.\n\n{{ $json.authUrl }}',
				'=请打开下面的页面，授权您的印章用于静默签（不再逐次确认）。页面有时效。\n\n{{ $json.authUrl }}',
			),
		});
		const trigger = esignTrigger({
			key: 'trigger',
			name: say('Permission Granted', '授权生效'),
			at: [0, 1.2],
			platform: 'qiandun',
			events: ['seal.silentSignAuthorized'],
		});
		const eventSettings = editFields({
			key: 'eventSettings',
			name: say('Settings for Event', '事件的设置'),
			at: [1, 1.2],
			values: { sealId: '100000014', officeEmail: 'office@example.com' },
		});
		const seal = esign({
			key: 'seal',
			name: say('Get Seal', '查询印章'),
			at: [2, 1.2],
			platform: 'qiandun',
			resource: 'seal',
			operation: 'get',
			parameters: { sealId: '={{ $json.sealId }}' },
		});
		const newest =
			"($json.autosignAuthorizeList ?? []).filter((entry) => entry.authorizeStatus === 'authorized').sort((a, b) => String(b.endTime ?? '').localeCompare(String(a.endTime ?? '')))[0]";
		const active = iff({
			key: 'active',
			name: say('Permission Active?', '授权有效？'),
			at: [3, 1.2],
			when: `${newest} !== undefined`,
		});
		const permission = editFields({
			key: 'permission',
			name: say('Permission', '授权信息'),
			at: [4, 1],
			values: {
				sealId: '={{ String($json.sealId) }}',
				sealName: "={{ $json.sealName ?? '' }}",
				authorizeCode: `={{ ${newest}?.authorizeCode ?? '' }}`,
				beginTime: `={{ ${newest}?.beginTime ?? '' }}`,
				endTime: `={{ ${newest}?.endTime ?? '' }}`,
			},
		});
		const office = `={{ ${node(eventSettings)}.first().json.officeEmail }}`;
		const notify = email({
			key: 'notify',
			name: say('Notify Office', '通知办公室'),
			at: [5, 1],
			to: office,
			subject: say(
				'=Silent signing is allowed: {{ $json.sealName }}',
				'=静默签授权已生效：{{ $json.sealName }}',
			),
			text: say(
				'=The seal {{ $json.sealName }} ({{ $json.sealId }}) may be used without asking from {{ $json.beginTime }} to {{ $json.endTime }}.',
				'=印章 {{ $json.sealName }}（{{ $json.sealId }}）可以静默签，有效期 {{ $json.beginTime }} 至 {{ $json.endTime }}。',
			),
		});
		const report = email({
			key: 'report',
			name: say('Report Missing Permission', '通知没有授权'),
			at: [4, 2],
			to: office,
			subject: say(
				'=Silent signing is not allowed: {{ $json.sealName ?? $json.sealId }}',
				'=静默签没有授权：{{ $json.sealName ?? $json.sealId }}',
			),
			text: say(
				'=The platform says that silent signing took effect, but not for the seal {{ $json.sealId }}. Another seal may be meant.',
				'=平台通知静默签授权已生效，但不是印章 {{ $json.sealId }} 的，可能是另一个印章。',
			),
		});
		return {
			name: say('Silent signing with a seal (Qiandun)', '静默签授权（签盾）'),
			note: say(
				`## Silent signing with a seal (Qiandun 签盾)
Contracts can be sealed without anybody clicking (静默签) once the owner of the seal has allowed it. The upper line sends the owner the page for that. The lower line starts when the permission takes effect, asks the platform for it, and tells the office.

**Set up**
1. Choose your Qiandun credential in the two **CN E-Sign** nodes and in the trigger, and your SMTP credential in the three email nodes.
2. Fill in **${settings.name}** and **${eventSettings.name}**: whose seal (*accountId*), which seal (*sealId*), and the addresses.
3. Copy the *Production URL* of **${trigger.name}** into the vendor's console (开放平台 → 控制台 → 应用列表 → 回调配置) and switch on 合同静默签印章授权生效通知.
4. Publish (older n8n: activate), then run it from **${start.name}**.

**Good to know.** A company must be verified first. A forged message starts nothing but a question. The *authorizeCode* in **${permission.name}** belongs in the signing field of a contract that is to be sealed silently (our reading: the vendor shows it in a sample only).`,
				`## 静默签授权（签盾）
印章持有人授权之后，合同可以不经点击自动盖章（静默签）。上面一行把授权页面发给持有人；下面一行在授权生效时启动，向平台查询后告知办公室。

**设置**
1. 在两个 **CN E-Sign** 节点和触发器里选择签盾的凭证，在三个邮件节点里选择 SMTP 凭证。
2. 填写 **${settings.name}** 和 **${eventSettings.name}**：谁的印章（*accountId*）、哪个印章（*sealId*）以及邮箱。
3. 把 **${trigger.name}** 的 *Production URL* 填进厂商的控制台（开放平台 → 控制台 → 应用列表 → 回调配置），并打开“合同静默签印章授权生效通知”。
4. 发布（旧版 n8n：激活），再从 **${start.name}** 执行。

**须知。** 企业必须先完成认证。伪造的通知只会引起一次查询。**${permission.name}** 里的 *authorizeCode* 要填进静默签合同的签署字段（这是我们的理解：厂商只在示例里出现过）。`,
			),
			steps: [
				start,
				settings,
				link,
				ask,
				trigger,
				eventSettings,
				seal,
				active,
				permission,
				notify,
				report,
			],
			edges: [
				[start, [settings]],
				[settings, [link]],
				[link, [ask]],
				[trigger, [eventSettings]],
				[eventSettings, [seal]],
				[seal, [active]],
				[active, [permission, report]],
				[permission, [notify]],
			],
		};
	},
};
