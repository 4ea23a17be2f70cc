/**
 * The three known paths of the public-cloud edition (docs/api/qiandun.md, 10), served only with the switch
 * `editionB`. Whether the signature applies there is not known (choice): the same gate stands before
 * them. Two of the answers are not known: their `result` is `null` rather than invented.
 */
import { createHash } from 'node:crypto';
import { ok } from '../envelope.mjs';
import { contract } from '../state.mjs';
import { filled, object, type Endpoint } from './endpoint.mjs';

export const editionB: Endpoint[] = [
	{
		number: 'B 获取个人认证&授权链接',
		method: 'POST',
		path: '/psnAuthUrl',
		body: object({ authorizeConfig: object({}) }, ['authorizeConfig']),
		answer: () => ok(null),
	},
	{
		number: 'B 发起合同',
		method: 'POST',
		path: '/contractStart',
		body: object(
			{ signers: { type: 'array' }, signFlowConfig: object({}), signFlowInitiator: object({}) },
			['signers', 'signFlowConfig', 'signFlowInitiator'],
		),
		answer: () => ok(null),
	},
	{
		number: 'B 查询合同存证信息',
		method: 'GET',
		path: '/contract/proof',
		querystring: object({ contractId: filled }, ['contractId']),
		answer({ state, now }, { query }) {
			const found = contract(state, query['contractId'] ?? '');
			// `result` may be null; this edition's codes for an unknown contract are not known.
			if (!found) return ok(null);
			const hash = createHash('sha256').update(found.contractId).digest('hex');
			return ok({ fileCiphertext: hash, proofCode: hash.slice(0, 16), proofTime: now() });
		},
	},
];
