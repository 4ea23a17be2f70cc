import { businessRefusal } from '../answers.mjs';
import { endpoint } from '../endpoint.mjs';
import { schemas } from '../schemas.mjs';
import { findMember } from '../world.mjs';

/** GET /signRes (api/kaifangqian.md §6.1): only enabled lines, only those the person may use. */
export const listBusinessLines = endpoint<{ contact: string }>({
	method: 'GET',
	path: '/signRes',
	schema: schemas.signRes,
	run({ world, params, credential }) {
		const member = findMember(world, credential.company, params.contact);
		if (!member) return businessRefusal('用户不存在');
		return Object.values(world.lines)
			.filter((line) => line.company === credential.company && line.enabled)
			.filter((line) => line.users.includes(member.mobile))
			.map((line) => ({ signReId: line.signReId, signReName: line.name }));
	},
});
