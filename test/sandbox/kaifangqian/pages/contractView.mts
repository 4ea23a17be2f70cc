import { html, type SafeHtml } from '../../shared/html.mjs';
import { visibleTasks, type Contract, type Task, type TaskState } from '../contract/model.mjs';
import type { TaskType } from '../wire.mjs';
import type { PageLink, World } from '../world.mjs';
import { backLink } from '../../shared/parts.mjs';
import { layout } from './layout.mjs';

const DO: Record<TaskType, string> = {
	SIGN: '签署 Sign',
	WRITE: '填写 Fill',
	APPROVE: '通过 Approve',
};
const REFUSE: Record<TaskType, string> = {
	SIGN: '拒签 Refuse',
	WRITE: '拒填 Refuse to fill',
	APPROVE: '不通过 Disapprove',
};
const KIND: Record<TaskType, string> = {
	SIGN: '签署 Signing',
	WRITE: '填写 Filling',
	APPROVE: '审批 Approval',
};
const NOT_YET = { label: '未到 Not yet', css: 'soft' };
const STATE: Record<TaskState, { label: string; css: string }> = {
	open: { label: '待办 Open', css: 'open' },
	done: { label: '已办 Done', css: 'done' },
	refused: { label: '已拒绝 Refused', css: 'ended' },
	closed: { label: '已关闭 Closed', css: 'soft' },
};

/** Prefix of the form's fields for what the person fills in. */
export const FILLED = 'fill.';

/** The tasks this link lets its holder do. */
export const tasksOf = (contract: Contract, link: PageLink): Task[] =>
	visibleTasks(contract).filter(
		(task) =>
			task.person?.contact === link.contact &&
			(link.taskId === undefined || task.taskId === link.taskId),
	);

export function contractView(
	world: World,
	contract: Contract,
	link: PageLink,
	done: boolean,
): string {
	const tasks = tasksOf(contract, link);
	const base = `/contract/page/${link.code}`;
	const documents = contract.documents.map(
		(id) =>
			html`<section>
				<h2>${nameOf(world, contract, id)}</h2>
				<object type="application/pdf" data="${base}/document/${id}">
					<a href="${base}/document/${id}">打开文件 Open the document</a>
				</object>
			</section>`,
	);
	const title = contract.subject || '合同 Contract';
	return layout(
		title,
		html`<main>
			<div>${documents}</div>
			<div>
				<section>
					<h1>${title}</h1>
					<p class="soft">${contract.company}</p>
					<dl>
						<dt>编号 No.</dt>
						<dd>${contract.sn ?? '—'}</dd>
						<dt>状态 Status</dt>
						<dd>${contract.status}</dd>
						<dt>截止 Until</dt>
						<dd>${contract.expireDate ?? '—'}</dd>
						<dt>办理人 You</dt>
						<dd>${link.contact}</dd>
					</dl>
				</section>
				${
					done
						? html`<section>
								<h2 class="done">已提交 Submitted</h2>
								${backLink(link.callbackPage)}
							</section>`
						: html``
				}
				${tasks.map((task) => taskForms(base, task))}
				${
					tasks.length === 0 && !done
						? html`<section>
								<p>没有待办任务 Nothing to do here.</p>
								${backLink(link.callbackPage)}
							</section>`
						: html``
				}
				<section>
					<h2>流程 Steps</h2>
					<ul>
						${contract.tasks.map(taskLine)} ${notAsked(contract)}
					</ul>
				</section>
			</div>
		</main>`,
	);
}

const nameOf = (world: World, { template }: Contract, id: string): string =>
	world.files.get(id)?.fileName ?? template?.name ?? id;

const line = (what: string, state: { label: string; css: string }): SafeHtml =>
	html`<li><span>${what}</span><span class="${state.css}">${state.label}</span></li>`;

const taskLine = ({ taskType, person, partyName, automatic, state }: Task): SafeHtml =>
	line(
		`${KIND[taskType]} · ${person?.name ?? partyName}${automatic ? ' (auto)' : ''}`,
		STATE[state],
	);

/** Whose turn has not come. */
const notAsked = ({ steps, tasks }: Contract): SafeHtml[] =>
	steps
		.filter((step, index) => !step.isDone && tasks.every((task) => task.step !== index))
		.map(({ taskType, person, partyName }) =>
			line(`${KIND[taskType]} · ${person?.name ?? partyName}`, NOT_YET),
		);

const taskForms = (base: string, { taskId, taskType, partyName, person, fills }: Task): SafeHtml =>
	html`<section>
		<h2>${KIND[taskType]} · ${person?.name ?? partyName}</h2>
		<form method="post" action="${base}">
			<input type="hidden" name="taskId" value="${taskId}" />${fills.map(
				(key) => html`<input name="${FILLED}${key}" placeholder="${key}" aria-label="${key}" />`,
			)}<button name="action" value="do">${DO[taskType]}</button>
		</form>
		<form method="post" action="${base}">
			<input type="hidden" name="taskId" value="${taskId}" /><input
				name="reason"
				maxlength="200"
				placeholder="原因 Reason"
				aria-label="原因 Reason"
			/><button class="refuse" name="action" value="refuse">${REFUSE[taskType]}</button>
		</form>
	</section>`;

/** Links without `noLogin` ask who is there. The real platform asks for a password or a code. */
export const loginView = (link: PageLink): string =>
	layout(
		'登录 Log in',
		html`<main class="narrow">
			<section>
				<h1>登录 Log in</h1>
				<p class="soft">此链接需要登录 This link needs a login.</p>
				<form method="post" action="/contract/page/${link.code}">
					<button name="action" value="login">
						以 ${link.contact} 登录 Log in as ${link.contact}
					</button>
				</form>
			</section>
		</main>`,
	);
