import { describe, expect, it } from 'vitest';
import {
	contactKey,
	stepsOf,
} from '../../../../../../nodes/CnEsign/platforms/kaifangqian/contract/signers/steps.js';
import { company, person, personal, sealStep, step } from './support.mjs';

describe('the steps of a signer list', () => {
	it('are flat, in the order of the list, and say who does what for whom', () => {
		const approver = step({ nodeType: 'APPROVER_CHECK', signer: person({ name: '钱七' }) });
		const list = [
			company([sealStep({ autoSign: 'AUTO_SIGN', signer: undefined }), approver]),
			personal(),
			company([sealStep(), step()], { signerType: 'RECEIVER_ENT', signerName: '乙公司' }),
		];
		expect(
			stepsOf(list).map(({ isSender: own, name, company: of, taskType, automatic }) => [
				own,
				name,
				of,
				taskType,
				automatic,
			]),
		).toEqual([
			[true, '', '某某科技有限公司', 'SIGN', true],
			[true, '钱七', '某某科技有限公司', 'APPROVE', false],
			[false, '李四', '', 'SIGN', false],
			[false, '李四', '乙公司', 'SIGN', false],
			[false, '李四', '乙公司', 'SIGN', false],
		]);
	});

	it('of another company are never approvals and never automatic (docs/api/kaifangqian.md, 5.3)', () => {
		const [one, other] = stepsOf([
			company([sealStep({ autoSign: 'AUTO_SIGN' }), step({ nodeType: 'APPROVER_CHECK' })], {
				signerType: 'RECEIVER_ENT',
			}),
		]);
		expect([one.automatic, other.taskType]).toEqual([false, 'SIGN']);
	});

	it('are none where there is no list', () => {
		for (const list of [undefined, null, {}, 'x', []]) expect(stepsOf(list)).toEqual([]);
		expect(stepsOf([company([], {})])).toEqual([]);
	});
});

describe('contacts', () => {
	it('are compared without regard to capitals and blanks', () => {
		expect(contactKey(' Wang@Example.com ')).toBe(contactKey('wang@example.com'));
		expect(contactKey(undefined)).toBe('');
	});
});
