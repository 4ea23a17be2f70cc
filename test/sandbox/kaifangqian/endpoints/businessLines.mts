import { businessRefusal } from '../answers.mjs';
import { endpoint } from '../endpoint.mjs';
import { requests } from '../shapes.mjs';
import { accountOf, isMember } from '../world.mjs';

/** GET /signRes (docs/api/kaifangqian.md 6.1): lines with an error in their settings are listed, disabled ones not. */
export const listBusinessLines = endpoint({
	method: 'GET',
	path: '/signRes',
	fields: requests.signRes,
	run({ world, params: { contact }, credential: { company } }) {
		if (contact === undefined || !accountOf(world, contact))
			return businessRefusal(`contact：${contact ?? 'null'}数据不存在`);
		if (!isMember(world, company, contact))
			return businessRefusal(`contact：${contact}不存在于${company}`);
		return [...world.lines.values()]
			.filter((line) => line.company === company && ['usual', 'incomplete'].includes(line.state))
			.filter((line) => line.users.includes(contact))
			.map((line) => ({ signReId: line.signReId, signReName: line.name }));
	},
});
