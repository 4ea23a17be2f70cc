import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getStatus, getTaskLink, splitTasks } from '../esign.mjs';
import { code, editFields, field, formPage, formTrigger, iff, node, quoted } from '../steps.mjs';
import type { ReadyWorkflow } from '../workflow.mjs';

/** What a Code node runs to make the pictures without any package. It may return where a file may not. */
export const QR_CODE = `${readFileSync(join(import.meta.dirname, '..', 'qrPicture.js'), 'utf8')}
return withPictures($input.all());
`;

export const signingLinkAsQr: ReadyWorkflow = {
	file: 'signing-link-as-qr',
	draw(say) {
		const contractId = say('Contract ID', '合同ID');
		const form = formTrigger({
			key: 'form',
			name: say('Which Contract', '哪份合同'),
			at: [0, 0],
			title: say('Signing links as QR pictures', '签署链接二维码'),
			description: say(
				'For signers who are here: they scan the picture with their phone.',
				'签署人就在现场时，让对方用手机扫码签署。',
			),
			fields: [
				{
					label: contractId,
					placeholder: say('e.g. 1900000000000000001', '例如 1900000000000000001'),
					required: true,
				},
			],
			button: say('Show', '显示'),
			isProtected: true,
		});
		const status = getStatus({
			key: 'status',
			name: say('Get Status', '查询状态'),
			at: [1, 0],
			contractId: `={{ ${field('$json', contractId)}.trim() }}`,
			goesOn: true,
		});
		const open = iff({
			key: 'open',
			name: say('Somebody to Sign?', '还有人没签？'),
			at: [2, 0],
			when: '($json.tasks ?? []).length > 0',
		});
		const tasks = splitTasks(say, [3, 0]);
		const link = getTaskLink({
			key: 'link',
			name: say('Get Task Link', '获取签署链接'),
			at: [4, 0],
			contractId: '={{ $json.contractId }}',
			taskId: '={{ $json.task.taskId }}',
		});
		const picture = code({
			key: 'picture',
			name: say('QR Picture', '生成二维码'),
			at: [0, 1.2],
			code: QR_CODE,
		});
		const style = '<style>body{font-family:sans-serif;text-align:center}</style>';
		const make = editFields({
			key: 'make',
			name: say('Make Page', '生成页面'),
			at: [1, 1.2],
			settings: { executeOnce: true },
			values: {
				page: `={{ ${quoted(style)} + ${node(tasks)}.all().map(({ json }, i) => '<h2>' + String(json.task.signerName ?? json.task.signerCompany ?? json.task.signerContact ?? '').replace(/[&<>"]/g, '') + '</h2><img src="data:image/png;base64,' + ${node(picture)}.all()[i].json.png + '">').join('') }}`,
			},
		});
		const show = formPage({
			key: 'show',
			name: say('Show Pictures', '显示二维码'),
			at: [2, 1.2],
			html: '={{ $json.page }}',
		});
		const nobody = formPage({
			key: 'nobody',
			name: say('Show Nobody', '显示无人待签'),
			at: [4, 1.2],
			html: say(
				`={{ ${quoted(style)} + '<h2>Nobody has to sign this contract.</h2>' + ($json.statusName ?? $json.error?.message ?? '') }}`,
				`={{ ${quoted(style)} + '<h2>这份合同没有待签署的人。</h2>' + ($json.statusName ?? $json.error?.message ?? '') }}`,
			),
		});
		return {
			name: say('Signing link as QR picture', '签署链接二维码'),
			note: say(
				`## Signing link as QR picture (Kaifangqian 开放签)
For signers who stand beside you: enter the contract, and its page shows a QR picture for everybody whose turn it is. The picture is made here; no link goes to another service.

**Set up**
1. In **${form.name}**: choose a *Basic Auth* credential. Whoever has the page can sign for others.
2. In **${status.name}** and **${link.name}**: choose your credential.
3. Publish (older n8n: activate). The address of the form is in **${form.name}**, *Production URL*.

**Good to know.** **${picture.name}** also gives each picture as a file, in the binary field *qr*: for an email, a label or a document.`,
				`## 签署链接二维码（开放签）
签署人就在身边时：填写合同，页面就会为当前每位待签署人显示二维码。二维码在本机生成，链接不会发给别的服务。

**设置**
1. 在 **${form.name}** 里选择 *Basic Auth* 凭证：谁能打开页面，谁就能替别人签。
2. 在 **${status.name}** 和 **${link.name}** 里选择凭证。
3. 发布（旧版 n8n：激活）。表单地址在 **${form.name}** 里，即 *Production URL*。

**须知。** **${picture.name}** 还会把每张图作为文件放在二进制字段 *qr* 里，可以用于邮件、标签或文档。`,
			),
			steps: [form, status, open, tasks, link, picture, make, show, nobody],
			edges: [
				[form, [status]],
				[status, [open]],
				[open, [tasks, nobody]],
				[tasks, [link]],
				[link, [picture]],
				[picture, [make]],
				[make, [show]],
			],
		};
	},
};
