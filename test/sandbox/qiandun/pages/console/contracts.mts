import { html, type SafeHtml } from '../../../shared/html.mjs';
import { badge, copyable, postButton } from '../../../shared/parts.mjs';
import { nameOf, type Contract, type Signer, type State } from '../../state.mjs';
import { ACTION_FORM } from './forms.mjs';

const SHOWN = 20;

/** Newest first. */
export function contractsView(state: State): SafeHtml {
	const all = [...state.contracts].reverse();
	const older = all.length - SHOWN;
	return html`<section id="contracts">
		<h2>Contracts (合同) · ${all.length}</h2>
		${all.slice(0, SHOWN).map((contract) => contractView(state, contract))}
		${older > 0 ? html`<p class="soft">… and ${older} older ones.</p>` : html``}
	</section>`;
}

function contractView(state: State, contract: Contract): SafeHtml {
	const { contractId, businessCode, status, initiatorAccountId, signers } = contract;
	return html`<div class="item" data-contract="${contractId}">
		<div class="bar">
			<b>${copyable(contractId)}</b> ${status === null ? html`` : badge(status, 'open')}
		</div>
		<div class="soft">
			${initiatorAccountId === null ? html`` : html`started by ${nameOf(state, initiatorAccountId)}`}
			${businessCode === null ? html`` : html` · business code ${businessCode}`}
		</div>
		${signers.map((signer) => signerView(state, contractId, signer))}
		<div class="bar">
			${postButton({
				to: ACTION_FORM,
				label: 'Report Status (合同状态变更)',
				values: { action: 'status', contractId },
				ask: { name: 'status', label: 'finished' },
			})}
		</div>
	</div>`;
}

const signerView = (state: State, contractId: string, { accountId, finished }: Signer): SafeHtml =>
	html`<div class="bar small">
		${finished ? badge('signed 已签署', 'done') : badge('open 待签署', 'open')}
		<span>${nameOf(state, accountId)} <span class="soft">${accountId}</span></span>
		${
			finished
				? html``
				: postButton({
						to: ACTION_FORM,
						label: `Sign as ${nameOf(state, accountId)} (签署)`,
						values: { action: 'sign', contractId, accountId },
					})
		}
	</div>`;
