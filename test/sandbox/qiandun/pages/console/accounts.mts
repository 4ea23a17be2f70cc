import { html, type SafeHtml } from '../../../shared/html.mjs';
import { badge, copyable, postButton } from '../../../shared/parts.mjs';
import { isAuthorised, nameOf, type State } from '../../state.mjs';
import type { QiandunSandbox } from '../../types.mjs';
import { ACTION_FORM, type Action } from './forms.mjs';

interface Account {
	accountId: string;
	name: string | null;
	authenticated: boolean;
}

export const accountsView = ({ companies, persons }: State): SafeHtml =>
	html`<section id="companies">
			<h2>Companies (企业)</h2>
			${companies.map((company) => accountView('company', { ...company, name: company.corpName }))}
		</section>
		<section id="persons">
			<h2>Persons (个人)</h2>
			${persons.map((person) => accountView('person', { ...person, name: person.psnName }))}
		</section>`;

const accountView = (
	action: Extract<Action, 'person' | 'company'>,
	{ accountId, name, authenticated }: Account,
): SafeHtml => {
	const button = (label: string, verifyStatus: string) =>
		postButton({ to: ACTION_FORM, label, values: { action, accountId, verifyStatus } });
	return html`<div class="item">
		<b class="small">${name ?? '(no name)'}</b>
		${authenticated ? badge('verified 已认证', 'done') : badge('not verified 未认证', 'warn')}<br />
		${copyable(accountId)}
		<div class="bar">
			${button('Pass (认证通过)', 'passed')} ${button('Fail (未通过)', 'un_passed')}
		</div>
	</div>`;
};

export const sealsView = ({ state, appKey }: QiandunSandbox): SafeHtml =>
	html`<section id="seals">
		<h2>Seals (印章)</h2>
		${state.seals.map(
			(seal) =>
				html`<div class="item">
					<b class="small">${seal.sealName}</b>
					<span class="soft">${nameOf(state, seal.accountId)}</span><br />
					${copyable(String(seal.sealId))}
					${
						isAuthorised(seal, appKey)
							? badge('silent signing allowed 已授权', 'done')
							: badge('not allowed 未授权')
					}
				</div>`,
		)}
	</section>`;
