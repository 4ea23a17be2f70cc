import { html, type SafeHtml } from '../../../shared/html.mjs';
import { badge, copyable, facts } from '../../../shared/parts.mjs';
import type { KaifangqianSandbox } from '../../index.mjs';
import type { BusinessLine, LineState } from '../../seeds.mjs';
import type { World } from '../../world.mjs';
import { IDENTITY_STATES } from '../identity.mjs';

const LINE_STATES: Record<LineState, { label: string; isUsable: boolean }> = {
	usual: { label: 'enabled 启用', isUsable: true },
	disabled: { label: 'disabled 停用', isUsable: false },
	incomplete: { label: 'not set up', isUsable: false },
	'no rights': { label: 'no rights', isUsable: false },
	deleted: { label: 'deleted', isUsable: false },
};

/** The admin console's page of a credential, and what the company has. */
export const companyView = (world: World, sandbox: KaifangqianSandbox): SafeHtml =>
	html`${credentialView(world, sandbox)} ${peopleView(world, sandbox)} ${linesView(world)}
	${sealsView(world)} ${ordersView(world)}`;

const credentialView = (
	{ credentials }: World,
	{ token, baseUrl }: KaifangqianSandbox,
): SafeHtml => {
	const isEnabled = credentials.find((credential) => credential.token === token)?.enabled === true;
	return html`<section id="credential">
		<h2>Credential in n8n</h2>
		${facts([
			['Base URL', copyable(baseUrl)],
			[
				'App Auth Token (应用授权凭证)',
				html`${copyable(token)} ${isEnabled ? html`` : badge('disabled 停用', 'ended')}`,
			],
		])}
	</section>`;
};

function peopleView({ companies, lines }: World, sandbox: KaifangqianSandbox): SafeHtml {
	const { companyName, operator } = sandbox;
	const members = [...(companies.get(companyName)?.members ?? [])];
	const users = new Set([...lines.values()].flatMap((line) => line.users));
	return html`<section id="company">
		<h2>Company (企业)</h2>
		${facts([
			['Name (企业名称)', copyable(companyName)],
			['Sender (经办人)', html`${copyable(operator.name)}<br />${copyable(operator.contact)}`],
		])}
		<h3>Members (成员)</h3>
		<ul>
			${members.map(
				([contact, name]) =>
					html`<li>
						<span>${name} <span class="soft">${contact}</span></span
						>${users.has(contact) ? badge('may send', 'done') : badge('may use no line', 'soft')}
					</li>`,
			)}
		</ul>
		<p class="soft">Signers can be anybody, such as 李四, 13900139000.</p>
	</section>`;
}

const linesView = ({ lines, companyName }: World): SafeHtml =>
	html`<section id="lines">
		<h2>Business Lines (业务线)</h2>
		${[...lines.values()].filter(({ company }) => company === companyName).map(lineView)}
	</section>`;

function lineView({ signReId, name, state, preset, approval, template }: BusinessLine): SafeHtml {
	const { label, isUsable } = LINE_STATES[state];
	return html`<div class="item">
		<b class="small">${name}</b><br />${copyable(signReId)}
		<div class="bar">
			${badge(preset ? 'preset signers 规则' : 'free signers 自定义')}
			${badge(label, isUsable ? 'done' : 'ended')}
			${approval ? badge(`approval ${approval.when} 审批`, 'warn') : html``}
			${template ? badge('template 模板') : html``}
		</div>
		${template ? html`<div class="soft">Template ID ${copyable(template.templateId)}</div>` : html``}
	</div>`;
}

const sealsView = ({ sealId, companyName }: World): SafeHtml =>
	html`<section id="seals">
		<h2>Seals (企业印章)</h2>
		<b class="small">${companyName}</b><br />${copyable(sealId)}
	</section>`;

const ordersView = ({ identityOrders }: World): SafeHtml =>
	identityOrders.size === 0
		? html``
		: html`<section id="identities">
				<h2>Company Verifications (企业实名认证)</h2>
				<ul>
					${[...identityOrders.values()]
						.reverse()
						.map(
							({ orderNo, companyName, state }) =>
								html`<li>
									<a target="_blank" rel="noopener" href="/ident/${orderNo}"
										>${companyName || orderNo}</a
									><span class="nowrap">${IDENTITY_STATES[state]}</span>
								</li>`,
						)}
				</ul>
			</section>`;
