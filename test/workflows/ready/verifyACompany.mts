import { esign, GOES_ON } from '../esign.mjs';
import {
	editFields,
	email,
	field,
	formTrigger,
	iff,
	node,
	quoted,
	switchBy,
	waitForCall,
} from '../steps.mjs';
import type { ReadyWorkflow } from '../workflow.mjs';

export const verifyACompany: ReadyWorkflow = {
	file: 'verify-a-company',
	draw(say) {
		const company = say('Company Name', '企业名称');
		const creditCode = say('Unified Social Credit Code', '统一社会信用代码');
		const legal = say('Legal Representative', '法定代表人');
		const contactName = say('Contact Name', '联系人姓名');
		const contactMobile = say('Contact Mobile', '联系人手机号');
		const contactEmail = say('Contact Email', '联系人邮箱');
		const form = formTrigger({
			key: 'form',
			name: say('Company Form', '企业表单'),
			at: [0, 0],
			title: say('Verify a company', '企业实名认证'),
			description: say(
				'The contact person gets a link by email.',
				'联系人会收到带认证链接的邮件。',
			),
			fields: [
				{
					label: company,
					placeholder: say('e.g. 某某科技有限公司', '例如 某某科技有限公司'),
					required: true,
				},
				{
					label: creditCode,
					placeholder: say('e.g. 91110000MA01234567', '例如 91110000MA01234567'),
				},
				{ label: legal },
				{ label: contactName, placeholder: say('e.g. 李四', '例如 李四'), required: true },
				{
					label: contactMobile,
					placeholder: say('e.g. 13900139000', '例如 13900139000'),
					required: true,
				},
				{ label: contactEmail, email: true, required: true },
			],
			button: say('Submit', '提交'),
			answer: say(
				'Thank you. The contact person gets the link by email.',
				'谢谢。联系人会收到带链接的邮件。',
			),
		});
		const settings = editFields({
			key: 'settings',
			name: say('Settings', '设置'),
			at: [1, 0],
			values: { officeEmail: 'office@example.com', resultField: '', passedValue: '' },
			keep: true,
		});
		const given = (label: string) => `(${field('$json', label)} || '').trim()`;
		const filledIn = (label: string) => field(`${node(form)}.first().json`, label);
		const chosen = `${node(settings)}.first().json`;
		const link = esign({
			key: 'link',
			name: say('Get Company Link', '获取认证链接'),
			at: [2, 0],
			settings: GOES_ON,
			resource: 'verification',
			operation: 'getCompanyLink',
			parameters: {
				accountName: `={{ ${given(contactMobile)} }}`,
				corpIdentInfo: {
					companyName: `={{ ${field('$json', company)} }}`,
					creditCode: `={{ ${given(creditCode)} }}`,
					legalRepName: `={{ ${given(legal)} }}`,
				},
				corpIdentConfig: {},
				oprIdentInfo: {
					name: `={{ ${field('$json', contactName)} }}`,
					mobile: `={{ ${given(contactMobile)} }}`,
				},
				oprIdentConfig: {},
			},
			options: {
				authCallbackUrl: '={{ $execution.resumeUrl }}',
				clientRequestId: '={{ $execution.id }}',
			},
		});
		const got = iff({
			key: 'got',
			name: say('Got Link?', '取到链接？'),
			at: [3, 0],
			when: "($json.authUrl ?? '') !== ''",
		});
		const send = email({
			key: 'send',
			name: say('Email Link', '邮件发送链接'),
			at: [4, 0],
			to: `={{ ${filledIn(contactEmail)} }}`,
			subject: say(
				`=Please verify {{ ${filledIn(company)} }}`,
				`=请完成企业实名认证：{{ ${filledIn(company)} }}`,
			),
			text: say(
				`={{ ${filledIn(contactName)} }},\n\nplease open this link and verify the company:\n{{ $json.authUrl }}`,
				`={{ ${filledIn(contactName)} }}，您好：\n\n请打开下面的链接，完成企业实名认证：\n{{ $json.authUrl }}`,
			),
		});
		const wait = waitForCall({
			key: 'wait',
			name: say('Wait for Platform', '等待平台通知'),
			at: [0, 1.2],
			amount: 3,
			unit: 'days',
			answer: 'success',
		});
		const check = switchBy({
			key: 'check',
			name: say('Check Answer', '检查通知'),
			at: [1, 1.2],
			rules: [
				[
					say('Verified', '已认证'),
					`(${chosen}.resultField ?? '') !== '' && (${chosen}.passedValue ?? '') !== '' && String(($json.body ?? {})[${chosen}.resultField] ?? '') === ${chosen}.passedValue`,
				],
				[say('Answer to Review', '需要人工查看'), '$json.body !== undefined'],
			],
			rest: say('Timed Out', '超时'),
		});
		const outcome = (
			key: string,
			name: string,
			at: [number, number],
			text: string,
			answer: string,
		) => editFields({ key, name, at, values: { outcome: text, answer } });
		const verified = outcome(
			'verified',
			say('Company Verified', '企业已认证'),
			[2, 1],
			say(
				`={{ ${filledIn(company)} + ' is verified.' }}`,
				`={{ ${filledIn(company)} + ' 已完成认证。' }}`,
			),
			'={{ JSON.stringify($json.body) }}',
		);
		const review = outcome(
			'review',
			say('Review Answer', '人工查看'),
			[2, 2],
			say(
				`={{ 'The platform has answered for ' + ${filledIn(company)} + '. Please look at the answer.' }}`,
				`={{ '平台已就 ' + ${filledIn(company)} + ' 发来通知，请人工查看。' }}`,
			),
			'={{ JSON.stringify($json.body) }}',
		);
		const late = outcome(
			'late',
			say('No Answer', '没有通知'),
			[2, 3],
			say(
				`={{ 'Time ran out: nothing was heard about ' + ${filledIn(company)} + '.' }}`,
				`={{ '超时：没有收到关于 ' + ${filledIn(company)} + ' 的通知。' }}`,
			),
			'',
		);
		const none = outcome(
			'none',
			say('No Link', '没有链接'),
			[3, 1],
			`={{ ${quoted(say('There is no link for ', '没有取到认证链接：'))} + ${filledIn(company)} + ${quoted(say(': ', '，'))} + ($json.error?.message ?? ${quoted(say('the platform gave none.', '平台没有给出。'))}) }}`,
			"={{ $json.error?.hint ?? '' }}",
		);
		const notify = email({
			key: 'notify',
			name: say('Notify Office', '通知办公室'),
			at: [4, 2],
			to: `={{ ${chosen}.officeEmail }}`,
			subject: '={{ $json.outcome }}',
			text: "={{ $json.outcome + '\\n\\n' + ($json.answer ?? '') }}",
		});
		return {
			name: say('Verify a company', '企业实名认证'),
			note: say(
				`## Verify a company (Kaifangqian 开放签, hosted platform only)
Somebody enters a company in a form. Its contact gets a link by email on which the company proves who it is. The run sleeps until the platform answers, and tells the office.

**Set up**
1. In **${link.name}**: choose your credential.
2. In the email nodes: choose your SMTP credential and enter your address.
3. Fill in **${settings.name}**: the email address of the office. Leave the other two empty for the first company.
4. Publish (older n8n: activate). The address of the form is in **${form.name}**. The platform must be able to reach n8n.

**What counts as verified?** The vendor does not publish what the platform sends at the end, so the first answer goes to the office. Once you have seen which field says that all is well, enter its name as *resultField* and the value as *passedValue*: from then on the workflow branches by itself.

**Good to know.** It waits 3 days, see **${wait.name}**. The address that the platform calls belongs to this one run.`,
				`## 企业实名认证（开放签，仅限线上平台）
有人在表单里填写企业，联系人会收到带认证链接的邮件。执行会休眠，直到平台发来通知，然后告知办公室。

**设置**
1. 在 **${link.name}** 里选择凭证。
2. 在邮件节点里选择 SMTP 凭证，填写发件地址。
3. 填写 **${settings.name}**：办公室邮箱。第一家企业时，另外两项留空。
4. 发布（旧版 n8n：激活）。表单地址在 **${form.name}** 里。平台必须能访问 n8n。

**怎样算已认证？** 认证结束时平台发来什么，厂商没有公开，所以第一次的通知会交给办公室查看。看清哪个字段表示成功之后，把字段名填进 *resultField*，把值填进 *passedValue*，以后就会自动判断。

**须知。** 等待 3 天，见 **${wait.name}**。平台回调的地址只属于这一次执行。`,
			),
			steps: [form, settings, link, got, send, wait, check, verified, review, late, none, notify],
			edges: [
				[form, [settings]],
				[settings, [link]],
				[link, [got]],
				[got, [send, none]],
				[send, [wait]],
				[wait, [check]],
				[check, [verified, review, late]],
				[verified, [notify]],
				[review, [notify]],
				[late, [notify]],
				[none, [notify]],
			],
		};
	},
};
