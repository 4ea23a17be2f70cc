import { describe, expect, it } from 'vitest';
import { stepsOf } from '../../../../../nodes/CnEsign/platforms/kaifangqian/contract/signers/steps.js';
import { describeTasks } from '../../../../../nodes/CnEsign/platforms/kaifangqian/contract/tasks.js';

/** Tasks as the platform gives them (docs/api/kaifangqian.md, 6.10). */
const lisi = { name: '李四', contactType: 'MOBILE', contact: '13900139000' };
const wangwu = { name: '王五', contactType: 'EMAIL', contact: 'wangwu@example.com' };
const task = (taskId: string, more: object) => ({ taskId, taskType: 'SIGN', ...more });
const ofPerson = (taskId: string, party: object | null, partyName: string | null = null) =>
	task(taskId, {
		partyType: 'PERSONAL',
		partyName,
		partyAccount: 'ebbea188-5bb4-43e2-8797-7bff7b660a94',
		party,
	});

describe('who has an open task', () => {
	it('is told by the party; the account is an internal ID and never shown', () => {
		const tasks = describeTasks([ofPerson('1', lisi, '13900139000')], []);
		expect(tasks).toEqual([
			{
				signerName: '李四',
				signerContact: '13900139000',
				taskId: '1',
				taskType: 'SIGN',
				action: 'Sign (签署)',
			},
		]);
		expect(JSON.stringify(tasks)).not.toContain('ebbea188');
	});

	it.each(['13900139000', ' 13900139000 ', '+86 139-0013-9000', 'lisi@example.com'])(
		'has no name where the platform gives the contact for one: %j',
		(partyName) => {
			expect(describeTasks([ofPerson('1', null, partyName)], [])).toEqual([
				{ taskId: '1', taskType: 'SIGN', action: 'Sign (签署)' },
			]);
			const named = { ...lisi, name: partyName };
			expect(describeTasks([ofPerson('1', named)], [])[0]).not.toHaveProperty('signerName');
		},
	);

	const own = { signerType: 'SENDER', signerName: '甲公司', signerOrder: '1' };
	const steps = stepsOf([
		{
			...own,
			internalNodeList: [
				{ nodeType: 'APPROVER_CHECK', signer: wangwu },
				{ nodeType: 'PERSONAL_SIGN', signer: lisi },
			],
		},
		{
			signerType: 'RECEIVER_ENT',
			signerName: '乙公司',
			internalNodeList: [{ nodeType: 'AGENT_SIGN', signer: { ...lisi, contact: '13700137000' } }],
		},
		{ signerType: 'RECEIVER_PERSONAL', receiver: { ...wangwu, contact: 'Wang@Example.com' } },
	]);

	it('of the own company is the one of the row, whom the platform does not name', () => {
		const open = [
			task('2', { partyType: 'SENDER', partyName: '甲公司', party: null }),
			task('1', { taskType: 'APPROVE', partyType: 'SENDER', partyName: '甲公司', party: null }),
		];
		expect(
			describeTasks(open, steps).map(({ taskId, signerName, signerContact, signerCompany }) => [
				...[taskId, signerName, signerContact, signerCompany],
			]),
		).toEqual([
			['1', '王五', 'wangwu@example.com', '甲公司'],
			['2', '李四', '13900139000', '甲公司'],
		]);
	});

	it('stands in the order of the rows, with the company that was sent where the platform says null', () => {
		const party = { ...wangwu, contact: 'wang@example.com' };
		const open = [
			ofPerson('3', party),
			task('9', { partyType: 'PERSONAL', party: { ...lisi, contact: '13600136000' } }),
			task('2', {
				partyType: 'ENTERPRISE',
				partyName: null,
				party: { ...lisi, contact: '13700137000' },
			}),
		];
		const told = describeTasks(open, steps);
		expect(told.map(({ taskId }) => taskId)).toEqual(['2', '3', '9']);
		expect(told[0]).toMatchObject({ signerCompany: '乙公司', signerName: '李四' });
	});
});
