import { businessRefusal, missing } from '../answers.mjs';
import { isFilled } from '../java.mjs';
import type { ContractUser } from '../wire.mjs';
import { accountOf, isMember, type World } from '../world.mjs';
import type { Named } from './model.mjs';

/** Whose person it is, as the server's refusals call them. */
type Role = '发起人' | '个人接收方-' | '内部签署节点-签署人-' | '签署人';

/**
 * A person named in a call: all three fields are there. The contact itself is not looked at
 * (docs/api/kaifangqian.md 5.1).
 */
export function namedPerson(user: ContractUser | undefined, role: Role): Named {
	if (!user) return missing(role);
	const of = role.endsWith('-') ? role : `${role}-`;
	const { name, contactType, contact } = user;
	if (!isFilled(name)) return missing(`${of}姓名-`);
	if (!isFilled(contactType)) return missing(`${of}联系类型-`);
	if (contactType !== 'MOBILE' && contactType !== 'EMAIL')
		return businessRefusal('联系类型暂时仅支持MOBILE、EMAIL');
	if (!isFilled(contact)) return missing(`${of}联系方式-`);
	return { name, contactType, contact };
}

/** The operator, and whoever signs for our own company. */
export function requireMember(world: World, company: string, { contact }: Named): void {
	if (!accountOf(world, contact)) businessRefusal('账号不存在');
	if (!isMember(world, company, contact)) businessRefusal('经办人不存在');
}
