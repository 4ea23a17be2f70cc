import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import {
	expectedOf,
	judge,
} from '../../../../../../nodes/CnEsign/platforms/kaifangqian/contract/start/judge.js';

const li = { name: '李四', contactType: 'MOBILE', contact: '13900139000' };
const wang = { name: '王五', contactType: 'EMAIL', contact: 'Wang@Example.com' };
const zhang = { name: '张三', contactType: 'MOBILE', contact: '13800138000' };

const person = (receiver = li) => ({ signerType: 'RECEIVER_PERSONAL', receiver });
const own = (...nodes: IDataObject[]) => ({ signerType: 'SENDER', internalNodeList: nodes });
const other = (...nodes: IDataObject[]) => ({
	signerType: 'RECEIVER_ENT',
	internalNodeList: nodes,
});
const automatic = { nodeType: 'ENTERPRISE_SEAL', autoSign: 'AUTO_SIGN' };
const seal = { nodeType: 'ENTERPRISE_SEAL', signer: zhang };
const approver = { nodeType: 'APPROVER_CHECK', signer: zhang };

const task = (party: IDataObject | null, partyType = 'PERSONAL') => ({
	taskId: 't',
	taskType: 'SIGN',
	partyType,
	party,
});

const judged = (
	signerList: unknown,
	status: string,
	todoTaskList: IDataObject[] = [],
	more: { autoFinish?: number; preset?: boolean } = {},
) =>
	judge(
		{
			contractId: 'c',
			status,
			statusName: '',
			platformStatus: status,
			isFinal: false,
			isCompleted: false,
			todoTaskList,
		},
		expectedOf({ signerList, autoFinish: more.autoFinish }, more.preset === true),
	);

describe('a contract right after its start', () => {
	it('is fine when somebody is asked', () => {
		expect(judged([person()], 'SIGNING', [task(li)])).toBe('fine');
		expect(judged([person(), person(wang)], 'SIGNING', [task(li)])).toBe('fine');
		expect(judged([own(seal), person()], 'SIGNING', [task(null, 'SENDER')])).toBe('fine');
	});

	it.each(['APPROVING', 'WRITING', 'RECALLED', 'REFUSAL_SIGN', 'DELETED', 'SOMETHING_NEW'])(
		'is left alone in %s',
		(status) => {
			expect(judged([person()], status)).toBe('fine');
		},
	);

	it('is stuck in START, whoever signs', () => {
		expect(judged([person()], 'START')).toBe('stuck');
		expect(judged([own(automatic)], 'START')).toBe('stuck');
		expect(judged(undefined, 'START')).toBe('stuck');
	});

	it('asks nobody although somebody has to sign', () => {
		expect(judged([person()], 'SIGNING')).toBe('nobodyAsked');
		expect(judged([own(automatic), person()], 'SIGNING')).toBe('nobodyAsked');
		expect(judged([own(approver)], 'SIGNING')).toBe('nobodyAsked');
		// Elsewhere an automatic seal waits for somebody.
		expect(judged([other(automatic)], 'SIGNING')).toBe('nobodyAsked');
		expect(judged([person()], 'SIGNING', [], { autoFinish: 0 })).toBe('nobodyAsked');
	});

	it('may have nobody to ask', () => {
		expect(judged([own(automatic)], 'SIGNING')).toBe('fine');
		expect(judged([own()], 'SIGNING', [], { autoFinish: 0 })).toBe('fine');
		expect(judged([own(automatic)], 'COMPLETE')).toBe('fine');
	});

	it('is complete although somebody had to sign: the worst', () => {
		expect(judged([person()], 'COMPLETE')).toBe('completeUnsigned');
		expect(judged([own(automatic), person()], 'COMPLETE')).toBe('completeUnsigned');
		expect(judged([own(seal)], 'COMPLETE')).toBe('completeUnsigned');
	});

	it('asks a person more often than named', () => {
		expect(judged([person()], 'SIGNING', [task(li), task(li)])).toBe('askedTwice');
		expect(
			judged([person(wang)], 'SIGNING', [
				task(wang),
				task({ ...wang, contact: 'wang@example.com' }),
			]),
		).toBe('askedTwice');
		expect(
			judged([own(seal), person()], 'SIGNING', [task(null, 'SENDER'), task(null, 'SENDER')]),
		).toBe('askedTwice');
		expect(judged([person(), person()], 'SIGNING', [task(li), task(li)])).toBe('fine');
	});

	it('may ask people whom only the business line knows', () => {
		expect(judged([person()], 'SIGNING', [task(li), task(wang)])).toBe('fine');
		expect(judged([person()], 'SIGNING', [task(li), task(null, 'SENDER')])).toBe('fine');
	});

	it('of a line with preset signers is stuck, or asks nobody; the rest is not known', () => {
		const preset = { preset: true };
		expect(judged([person()], 'START', [], preset)).toBe('stuck');
		expect(judged([person()], 'SIGNING', [], preset)).toBe('nobodyAsked');
		expect(judged([], 'SIGNING')).toBe('nobodyAsked');
		expect(judged([person()], 'SIGNING', [], { ...preset, autoFinish: 0 })).toBe('fine');
		expect(judged([person()], 'COMPLETE', [], preset)).toBe('fine');
		expect(judged([person()], 'SIGNING', [task(li), task(li)], preset)).toBe('fine');
	});
});
