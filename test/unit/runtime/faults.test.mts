import { NodeApiError, UserError, type JsonObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import type { Call } from '../../../nodes/CnEsign/runtime/exchange.js';
import { classify, describeFault } from '../../../nodes/CnEsign/runtime/faults.js';
import { onNewer } from '../../engine/onNewer.mjs';
import { node } from '../support.mjs';

const post: Call = {
	method: 'POST',
	url: 'https://sign.example:8899/openAPI/V2/contract/draft',
	body: { operator: { name: '张三' } },
	readsOnly: false,
};
const get: Call = { method: 'GET', url: post.url, readsOnly: true };

/** What n8n's helper throws when the HTTP client has no answer. */
const thrown = (code: string, message = `connect ${code} 10.0.0.1:8899`) =>
	new NodeApiError(node, Object.assign(new Error(message), { code }) as unknown as JsonObject);

const words = (code: string, call: Call) => {
	const { message, description } = describeFault(classify(thrown(code)), call, 'Kaifangqian');
	return `${message} / ${description}`;
};

describe('classify', () => {
	it.each(['ECONNREFUSED', 'EAI_AGAIN'])('%s: nothing was sent, and waiting may help', (code) => {
		expect(classify(thrown(code))).toEqual({ kind: 'notSent', code, passing: true });
	});

	it.each([
		'ENOTFOUND',
		'EHOSTUNREACH',
		'CERT_HAS_EXPIRED',
		'DEPTH_ZERO_SELF_SIGNED_CERT',
		'EPROTO',
	])('%s: nothing was sent, and waiting does not help', (code) => {
		expect(classify(thrown(code))).toEqual({ kind: 'notSent', code, passing: false });
	});

	const onSocket = (code: string, socket: object) =>
		new NodeApiError(
			node,
			Object.assign(new Error(code), { code, request: { socket } }) as unknown as JsonObject,
		);

	// Older n8n keeps no cause, so these are called unknown there, which is the safe side.
	onNewer.each([
		['a TLS handshake that is cut', 'ECONNRESET', { secureConnecting: true, _pendingData: null }],
		['a connection that takes too long', 'ECONNABORTED', { _pendingData: 'POST / HTTP/1.1' }],
	])('%s: nothing was sent, and waiting may help', (_what, code, socket) => {
		expect(classify(onSocket(code, socket))).toEqual({ kind: 'notSent', code, passing: true });
	});

	it('the same code on a socket that was connected: unknown', () => {
		const socket = { secureConnecting: false, _pendingData: null };
		expect(classify(onSocket('ECONNRESET', socket)).kind).toBe('unknown');
		expect(classify(onSocket('ECONNABORTED', {})).kind).toBe('unknown');
	});

	it.each(['ECONNRESET', 'ETIMEDOUT', 'ECONNABORTED', 'EPIPE', 'HPE_INVALID'])(
		'%s: what became of the call is unknown',
		(code) => {
			expect(classify(thrown(code))).toEqual({ kind: 'unknown', code });
		},
	);

	it('passes on what the credential itself refused', () => {
		const refusal = new UserError("'RSA Private Key' is wrong", { description: 'Paste it again.' });
		expect(classify(new NodeApiError(node, refusal as unknown as JsonObject))).toEqual({
			kind: 'local',
			message: "'RSA Private Key' is wrong",
			description: 'Paste it again.',
		});
	});

	it('takes anything else for unknown, and cleans its message', () => {
		const other = new Error(
			'Cannot call https://sign.example/x?appAuthToken=PV9LQWZA for 13912345678',
		);
		const fault = classify(new NodeApiError(node, other as unknown as JsonObject));
		expect(fault).toEqual({ kind: 'unknown', code: 'Cannot call [link] for [phone number]' });
	});
});

describe('describeFault', () => {
	it('says that a lost POST may have been carried out, and was not repeated', () => {
		const said = words('ECONNRESET', post);
		expect(said).toMatch(/^The connection to sign\.example:8899 was lost/);
		expect(said).toContain('whether the call was carried out is unknown');
		expect(said).toContain('The call was not repeated');
		expect(said).toContain('Look in the Kaifangqian console');
		expect(said).toContain('(ECONNRESET)');
	});

	it.each(['ETIMEDOUT', 'ECONNABORTED'])('tells a late answer from a lost one (%s)', (code) => {
		expect(words(code, post)).toMatch(/did not answer in time: whether .* is unknown/);
	});

	it('says that a lost reading call changed nothing', () => {
		expect(words('ECONNRESET', get)).toContain('only reads, so nothing was changed');
		expect(words('ECONNRESET', get)).not.toContain('unknown');
	});

	it('says that nothing was sent to a host that could not be reached', () => {
		for (const code of ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])
			expect(words(code, post)).toMatch(
				/^sign\.example:8899 could not be reached \/ Nothing was sent \(\w+\)\. Check 'Base URL'/,
			);
	});

	it('names the certificate where it is the reason', () => {
		for (const code of [
			'CERT_HAS_EXPIRED',
			'ERR_TLS_CERT_ALTNAME_INVALID',
			'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
		])
			expect(words(code, post)).toMatch(
				/^The certificate of sign\.example:8899 .*Nothing was sent/,
			);
	});

	it('shows neither the path, nor the body, nor the message of the client', () => {
		for (const code of ['ECONNRESET', 'ECONNREFUSED', 'CERT_HAS_EXPIRED', 'ETIMEDOUT'])
			expect(words(code, post)).not.toMatch(/draft|张三|10\.0\.0\.1/);
	});

	it('carries the code, and does without a host when the address is none', () => {
		const refusal = describeFault(classify(thrown('ENOTFOUND')), { ...post, url: 'nonsense' }, 'X');
		expect(refusal.code).toBe('ENOTFOUND');
		expect(refusal.message).toBe('the address in the credential could not be reached');
	});
});
