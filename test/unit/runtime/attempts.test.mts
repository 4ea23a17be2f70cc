import { describe, expect, it } from 'vitest';
import { uploadedBefore, type Attempt } from '../../../nodes/CnEsign/runtime/attempts.js';

const files = (...names: string[]) => [names.map((name) => [name, 100]), []];

describe('what an earlier attempt has uploaded', () => {
	it('is found again for the same files, in their order', () => {
		const attempt: Attempt = {};
		uploadedBefore(attempt, files('a.pdf', 'b.pdf')).docIds.push('doc-1');
		expect(uploadedBefore(attempt, files('a.pdf', 'b.pdf'))).toEqual({
			docIds: ['doc-1'],
			fileIds: [],
		});
	});

	it.each([
		['another order', ['b.pdf', 'a.pdf']],
		['one file less', ['b.pdf']],
		['another file', ['c.pdf', 'b.pdf']],
	])('does not stand for %s', (_, names) => {
		const attempt: Attempt = {};
		uploadedBefore(attempt, files('a.pdf', 'b.pdf')).docIds.push('doc-1');
		expect(uploadedBefore(attempt, files(...names))).toEqual({ docIds: [], fileIds: [] });
	});

	it('stays with the contract that was sent off with it', () => {
		const attempt: Attempt = {};
		uploadedBefore(attempt, files('a.pdf')).docIds.push('doc-1');
		attempt.sent = true;
		expect(uploadedBefore(attempt, files('b.pdf'))).toEqual({ docIds: ['doc-1'], fileIds: [] });
	});

	it('is kept without the names of the files', () => {
		const attempt: Attempt = {};
		uploadedBefore(attempt, files('张三的合同.pdf'));
		expect(JSON.stringify(attempt)).not.toContain('张三');
	});
});
