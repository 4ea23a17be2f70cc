import { html, type SafeHtml } from '../../../shared/html.mjs';
import { badge, copyable, postButton, type Tone } from '../../../shared/parts.mjs';
import { canExpire, canRecall, canRemove, canRestore, canStart } from '../../contract/allowed.mjs';
import { isRunning, visibleTasks, type Contract, type Task } from '../../contract/model.mjs';
import { STATUS_NAMES, type TaskType } from '../../wire.mjs';
import { lineById, type World } from '../../world.mjs';

/** Where the buttons of a contract post to. */
export const CONTRACT_FORM = '/console/contract';
export const OPEN_AS = '/console/open';

const SHOWN = 20;

interface Button {
	/** Name of the control that does it. */
	action: string;
	label: string;
	isOffered(contract: Contract): boolean;
	asksReason?: boolean;
	/** Belongs to a task and stands beside it. */
	ofTask?: boolean;
}

export const BUTTONS: Button[] = [
	{ action: 'start', label: 'Start Signing (发起)', isOffered: canStart },
	{
		action: 'sign-all',
		label: 'Sign All (全部签署)',
		isOffered: (contract) => visibleTasks(contract).length > 0,
	},
	{ action: 'recall', label: 'Recall (撤回)', isOffered: canRecall, asksReason: true },
	{ action: 'expire', label: 'Expire (过期)', isOffered: canExpire },
	{
		action: 'remove',
		label: 'Delete (删除)',
		isOffered: (contract) => canRemove(contract) && contract.status !== 'DELETED',
	},
	{ action: 'restore', label: 'Restore (恢复)', isOffered: canRestore },
	{ action: 'sign', label: 'Set the Seal (签章)', isOffered: () => true, ofTask: true },
];

const TASKS: Record<TaskType, string> = {
	SIGN: 'Sign (签署)',
	WRITE: 'Fill in (填写)',
	APPROVE: 'Approve (审批)',
};

const toneOf = (contract: Contract): Tone => {
	if (contract.status === 'COMPLETE') return 'done';
	if (isRunning(contract)) return 'open';
	return ['DRAFT', 'START'].includes(contract.status) ? 'warn' : 'ended';
};

/** Newest first. */
export function contractsView(world: World): SafeHtml {
	const all = [...world.contracts.values()].reverse();
	const older = all.length - SHOWN;
	return html`<section id="contracts">
		<h2>Contracts (合同) · ${all.length}</h2>
		${
			all.length === 0
				? html`<p class="soft">
						None yet. They appear here when a workflow sends one: run it in n8n, then reload.
					</p>`
				: html``
		}
		${all.slice(0, SHOWN).map((contract) => contractView(world, contract))}
		${older > 0 ? html`<p class="soft">… and ${older} older ones.</p>` : html``}
	</section>`;
}

function contractView(world: World, contract: Contract): SafeHtml {
	const { contractId, company, status, subject, operator, signReId, expireDate, reason } = contract;
	const line = lineById(world, signReId)?.name ?? signReId;
	return html`<div class="item" data-contract="${contractId}">
		<div class="bar">
			<b>${subject || '(no subject)'}</b> ${badge(
				`${status} ${STATUS_NAMES[status]}`,
				toneOf(contract),
			)}
		</div>
		<div class="soft">
			${copyable(contractId)} · ${line} ·
			${company === world.companyName ? html`` : html`${company} · `}${
				expireDate ? html`until ${expireDate} · ` : html``
			}${reason ? html`reason: ${reason} · ` : html``}<a
				target="_blank"
				rel="noopener"
				href="${OPEN_AS}/${contractId}"
				>View as ${operator.name} (查看)</a
			>
		</div>
		${visibleTasks(contract).map((task) => taskView(contract, task))}
		<div class="bar">
			${BUTTONS.filter(({ isOffered, ofTask }) => !ofTask && isOffered(contract)).map(
				({ action, label, asksReason }) =>
					postButton({
						to: CONTRACT_FORM,
						label,
						values: { action, contractId },
						ask: asksReason ? { name: 'reason', label: 'Reason (原因)' } : undefined,
					}),
			)}
		</div>
	</div>`;
}

/** A person's task is done on the page of its link; a seal for which nobody is named has no such page. */
function taskView(
	{ contractId }: Contract,
	{ taskId, taskType, partyName, person }: Task,
): SafeHtml {
	return html`<div class="bar small">
		<span class="open">● ${TASKS[taskType]}</span>
		${
			person
				? html`<a target="_blank" rel="noopener" href="${OPEN_AS}/${contractId}/${taskId}"
							>Open as ${person.name}</a
						><span class="soft"
							>${person.contact}${partyName === person.name ? html`` : html` · ${partyName}`}</span
						>`
				: html`<span class="soft">${partyName}, nobody named</span>${postButton({
							to: CONTRACT_FORM,
							label: 'Set the Seal (签章)',
							values: { action: 'sign', contractId, who: taskId },
						})}`
		}
	</div>`;
}
