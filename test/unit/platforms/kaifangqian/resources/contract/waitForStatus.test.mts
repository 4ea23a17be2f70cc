import { describe, expect, it } from 'vitest';
import { passesByItself } from '../../../../../../nodes/CnEsign/platforms/kaifangqian/resources/contract/waitForStatus.js';

describe('what a wait outlives', () => {
	it.each([
		...['500', '502', '503', '504', '408', '429', '91000', '999999'],
		...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EAI_AGAIN', 'EPIPE', 'ERR_BAD_RESPONSE'],
	])('is %s', (code) => {
		expect(passesByItself(code)).toBe(true);
	});

	it.each([
		...['', '200', '302', '400', '401', '403', '404', '405', '407', '413', '31000', '41000'],
		...['ENOTFOUND', 'EHOSTUNREACH', 'EPROTO', 'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
		...['ERR_TLS_CERT_ALTNAME_INVALID', 'ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_INVALID_URL'],
	])('is not %j', (code) => {
		expect(passesByItself(code)).toBe(false);
	});
});
