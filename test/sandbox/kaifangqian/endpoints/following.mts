import { randomBytes } from 'node:crypto';
import { businessRefusal, missing, plainRefusal, refuse } from '../answers.mjs';
import { CALLBACK_PAGE, store } from '../contract/limits.mjs';
import { visibleTasks, wasAsked, type Task } from '../contract/model.mjs';
import { momentOf } from '../dates.mjs';
import { endpoint } from '../endpoint.mjs';
import { isFilled } from '../java.mjs';
import { requests } from '../shapes.mjs';
import { spell } from '../wire.mjs';
import { accountOf, type PageLink, type World } from '../world.mjs';

const HOURS_72 = 72 * 3_600_000;

/** Any company's contract (trap 25). */
function anyContract(world: World, contractId: string) {
	const contract = world.contracts.get(contractId);
	return contract ?? businessRefusal(`contractId：${contractId}数据不存在`);
}

/** GET /contract/tasks (docs/api/kaifangqian.md 6.10). */
export const listTasks = endpoint({
	method: 'GET',
	path: '/contract/tasks',
	fields: requests.contractOnly,
	run({ world, params: { contractId } }) {
		if (!isFilled(contractId)) return refuse(21000, 'contractId 参数缺失');
		const contract = anyContract(world, contractId);
		return {
			status: spell(contract.status, world.switches.statusSpelling),
			todoTaskList: visibleTasks(contract).map((task) => ({
				taskId: task.taskId,
				taskType: task.taskType,
				partyType: task.partyType,
				partyName: task.accountName,
				partyAccount: task.accountId,
				party: partyOf(task),
			})),
		};
	},
});

/** `null` for the sender and for a company that fills in; a seal without a person bears the name 组织签章. */
function partyOf({ partyType, taskType, person }: Task) {
	if (partyType === 'SENDER') return null;
	if (taskType === 'WRITE' && partyType === 'ENTERPRISE') return null;
	if (!person) return { name: '组织签章', contactType: null, contact: null };
	const { name, contactType, contact } = person;
	return { name, contactType, contact };
}

export const taskById = (world: World, taskId: string): Task | undefined =>
	[...world.contracts.values()]
		.flatMap(({ tasks }) => tasks)
		.find((task) => task.taskId === taskId);

/** GET /contract/taskUrl (6.11): the task need not be open, nor of the contract. `linkType` is not used. */
export const getTaskUrl = endpoint({
	method: 'GET',
	path: '/contract/taskUrl',
	fields: requests.taskUrl,
	run({ world, params: { contractId, taskId, callbackPage } }) {
		if (!isFilled(contractId)) return missing('contractId');
		if (!isFilled(taskId)) return missing('taskId');
		anyContract(world, contractId);
		const task = taskById(world, taskId) ?? businessRefusal(`taskId：${taskId}数据不存在`);
		let pageUrl =
			`${world.origin}/#/contract/detail/base?taskType=${task.taskType.toLowerCase()}` +
			`&phone=${phoneOf(world, task)}&signRuId=${contractId}&taskId=${taskId}`;
		if (isFilled(callbackPage)) {
			store(callbackPage, CALLBACK_PAGE);
			const number = world.newId();
			world.callbackPages.set(number, callbackPage);
			pageUrl += `&callbackPageNo=${number}`;
		}
		return { pageUrl };
	},
});

function phoneOf(world: World, { person }: Task): string {
	if (!person) return 'null';
	const account = accountOf(world, person.contact);
	if (account) return account.phone ?? 'null';
	return person.contactType === 'MOBILE' ? person.contact : 'null';
}

/** GET /contract/pageUrl (6.12): with a task's id for anybody, else for who started it or has been asked. */
export const getPageUrl = endpoint({
	method: 'GET',
	path: '/contract/pageUrl',
	fields: requests.pageUrl,
	run({ world, params }) {
		const { contact, contractId } = params;
		if (!isFilled(contact)) return missing('账号');
		if (!isFilled(contractId)) return missing('contractId');
		const expiresAt = expiryOf(world, params.pageUrlExpireTime);
		const contract = world.contracts.get(contractId);
		const taskId = isFilled(params.taskId) ? params.taskId : undefined;
		const isGranted = taskId
			? taskById(world, taskId) !== undefined
			: contract !== undefined && wasAsked(contract, contact);
		if (!contract || !isGranted) return plainRefusal('无法获取合同短链接，请检查请求参数');
		const noLogin = params.noLogin === true;
		const link = newLink(world, {
			contractId,
			contact,
			taskId,
			noLogin,
			expiresAt: noLogin ? expiresAt : undefined,
		});
		return { pageUrl: `${world.origin}/#/contract/detail/base?code=${link.code}` };
	},
});

/** Cut to 72 hours ahead; the past is accepted. */
function expiryOf(world: World, value: string | undefined): number {
	const latest = world.now() + HOURS_72;
	if (!isFilled(value)) return latest;
	const at = momentOf(value);
	if (at === undefined) return refuse(23000, 'pageUrlExpireTime格式不正确：yyyy-MM-dd HH:mm:ss');
	return Math.min(at, latest);
}

/** The code of a link is a bearer secret (trap 24), so it cannot be guessed here either. */
export function newLink(world: World, more: Omit<PageLink, 'code'>): PageLink {
	const letters = randomBytes(24)
		.toString('base64')
		.replace(/[^A-Za-z0-9]/g, '');
	const link = { code: letters.slice(0, 8), ...more };
	world.links.set(link.code, link);
	return link;
}
