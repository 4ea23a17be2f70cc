import { describe, expect, it } from 'vitest';
import {
	isCompleted,
	isFinal,
	normalStatus,
	statuses,
} from '../../../../nodes/CnEsign/platforms/kaifangqian/status.js';

// docs/api/kaifangqian.md, 5.6
const OPEN = ['DRAFT', 'START', 'APPROVING', 'WRITING', 'SIGNING'];
const ENDED = [
	...['APPROVE_FAILED', 'REFUSAL_WRIT', 'REFUSAL_SIGN', 'EXPIRED'],
	...['RECALLED', 'DELETED', 'COMPLETE', 'CLEAN_UP'],
];

describe('contract status', () => {
	it('knows every status of the API', () => {
		expect(statuses.map(({ value }) => value).sort()).toEqual([...OPEN, ...ENDED].sort());
	});

	it('tells ended contracts from open ones', () => {
		expect(OPEN.filter(isFinal)).toEqual([]);
		expect(ENDED.filter(isFinal)).toEqual(ENDED);
		expect([...OPEN, ...ENDED].filter(isCompleted)).toEqual(['COMPLETE']);
	});

	it('takes both spellings', () => {
		expect(normalStatus('REFUSAL_WRITE')).toBe('REFUSAL_WRIT');
		expect(normalStatus('COMPLETED')).toBe('COMPLETE');
		expect(isFinal('REFUSAL_WRITE')).toBe(true);
		expect(isCompleted('COMPLETED')).toBe(true);
	});

	it('leaves a status that it does not know as it is, and open', () => {
		for (const status of ['PAUSED', '', 'toString', 'complete']) {
			expect(normalStatus(status)).toBe(status);
			expect(isFinal(status)).toBe(false);
			expect(isCompleted(status)).toBe(false);
		}
	});
});
