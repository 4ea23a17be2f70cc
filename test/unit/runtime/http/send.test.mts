import { describe, expect, it } from 'vitest';
import type { ApiRequest } from '../../../../nodes/CnEsign/runtime/http/apiTypes.js';
import { timeoutOf } from '../../../../nodes/CnEsign/runtime/http/send.js';

const MEGABYTE = 1024 * 1024;
const USUAL = 120_000;

const request = (more: Partial<ApiRequest>): ApiRequest => ({
	method: 'POST',
	url: 'https://sign.example/document/file',
	name: '/document/file',
	readsOnly: false,
	isRateLimited: true,
	isOneAtATime: false,
	...more,
});

const file = (size: number) => ({ size, open: async function* () {} });

describe('the time that a call may take', () => {
	it('is that of the settings, or its own', () => {
		expect(timeoutOf(request({}), USUAL)).toBe(USUAL);
		expect(timeoutOf(request({ body: { a: 'x'.repeat(1000) } }), USUAL)).toBe(USUAL);
		expect(timeoutOf(request({ timeout: 3000 }), USUAL)).toBe(3000);
	});

	it('grows by four seconds for each megabyte of its files, however they are sent', () => {
		const body = (size: number) => ({ fileName: 'a', file: file(size) });
		expect(timeoutOf(request({ body: body(3 * MEGABYTE) }), USUAL)).toBe(USUAL + 12_000);
		expect(timeoutOf(request({ body: body(30 * MEGABYTE) }), USUAL)).toBe(USUAL + 120_000);
		expect(timeoutOf(request({ body: body(1) }), USUAL)).toBe(USUAL + 1);
		const blob = new Blob([Buffer.alloc(MEGABYTE)]);
		expect(timeoutOf(request({ body: blob, timeout: 1000 }), USUAL)).toBe(5000);
	});
});
