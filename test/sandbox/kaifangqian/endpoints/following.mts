import { randomBytes } from 'node:crypto';
import { badFormat, businessRefusal } from '../answers.mjs';
import { momentOf } from '../dates.mjs';
import { isParty, openSteps, type Contract } from '../contract/model.mjs';
import { endpoint, ownContract } from '../endpoint.mjs';
import { schemas } from '../schemas.mjs';
import { spell } from '../wire.mjs';
import { findMember, type PageLink, type World } from '../world.mjs';

const HOURS_72 = 72 * 3_600_000;

/** GET /contract/tasks (api/kaifangqian.md §6.10): any company's contract (trap 25). */
export const listTasks = endpoint<{ contractId: string }>({
	method: 'GET',
	path: '/contract/tasks',
	schema: schemas.tasks,
	run({ world, params }) {
		const contract = world.contracts.get(params.contractId);
		if (!contract) return businessRefusal('合同不存在');
		const todoTaskList = openSteps(contract).map(
			({ taskId, taskType, partyType, partyName, person }) => ({
				taskId,
				taskType,
				partyType,
				partyName,
				partyAccount: person?.contact,
				party: partyType === 'SENDER' ? undefined : person,
			}),
		);
		return { status: spell(contract.status, world.switches.statusSpelling), todoTaskList };
	},
});

/** GET /contract/taskUrl (§6.11). `linkType` is not used by the server. */
export const getTaskUrl = endpoint<{ contractId: string; taskId: string; callbackPage?: string }>({
	method: 'GET',
	path: '/contract/taskUrl',
	schema: schemas.taskUrl,
	run(call) {
		const { world, params } = call;
		const contract = ownContract(call, params.contractId);
		const step = openSteps(contract).find(({ taskId }) => taskId === params.taskId);
		if (!step) return businessRefusal('任务不存在');
		const link = newLink(world, contract, {
			contact: step.person?.contact ?? '',
			taskId: step.taskId,
			noLogin: false,
			callbackPage: params.callbackPage,
		});
		return { pageUrl: `${world.origin}/task/${link.code}` };
	},
});

/** GET /contract/pageUrl (§6.12). */
export const getPageUrl = endpoint<{
	contact: string;
	contractId: string;
	taskId?: string;
	noLogin?: 'true' | 'false';
	pageUrlExpireTime?: string;
}>({
	method: 'GET',
	path: '/contract/pageUrl',
	schema: schemas.pageUrl,
	run(call) {
		const { world, params } = call;
		const expiresAt = expiryOf(world, params.pageUrlExpireTime);
		const contract = ownContract(call, params.contractId);
		const member = findMember(world, contract.company, params.contact);
		if (!isParty(contract, params.contact) && !member) return businessRefusal('无合同查看权限');
		if (params.taskId && !openSteps(contract).some(({ taskId }) => taskId === params.taskId)) {
			return businessRefusal('任务不存在');
		}
		const noLogin = params.noLogin === 'true';
		const link = newLink(world, contract, {
			contact: params.contact,
			taskId: params.taskId || undefined,
			noLogin,
			expiresAt: noLogin ? expiresAt : undefined,
		});
		return { pageUrl: `${world.origin}/#/contract/detail/base?code=${link.code}` };
	},
});

function expiryOf(world: World, value: string | undefined): number {
	const latest = world.now() + HOURS_72;
	if (!value) return latest;
	const at =
		momentOf(value, world.switches.utcOffsetHours) ??
		badFormat('pageUrlExpireTime', '应为yyyy-MM-dd HH:mm:ss');
	if (at > latest) businessRefusal('链接有效期不能超过72小时');
	if (at <= world.now()) businessRefusal('链接有效期不能早于当前时间');
	return at;
}

/** The code of a link is a bearer secret (trap 24), so it cannot be guessed here either. */
function newLink(
	world: World,
	contract: Contract,
	more: Omit<PageLink, 'code' | 'contractId'>,
): PageLink {
	const link = { code: randomBytes(12).toString('hex'), contractId: contract.contractId, ...more };
	world.links.set(link.code, link);
	return link;
}
