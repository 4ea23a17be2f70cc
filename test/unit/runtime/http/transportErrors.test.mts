import { NodeApiError, UserError, type JsonObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import type { ApiRequest } from '../../../../nodes/CnEsign/runtime/http/apiTypes.js';
import {
	classifyFailure,
	classifyTransportError,
	describeTransportError,
} from '../../../../nodes/CnEsign/runtime/http/transportErrors.js';
import { onNewer } from '../../../engine/onNewer.mjs';
import { node } from '../../support.mjs';

const post: ApiRequest = {
	method: 'POST',
	url: 'https://sign.example:8899/openAPI/V2/contract/draft',
	body: { operator: { name: '张三' } },
	readsOnly: false,
	name: '/contract/draft',
	isRateLimited: false,
	isOneAtATime: false,
};
const get: ApiRequest = { ...post, method: 'GET', body: undefined, readsOnly: true };

/** What n8n's helper throws when the HTTP client has no answer. */
const thrown = (code: string, message = `connect ${code} 10.0.0.1:8899`) =>
	new NodeApiError(node, Object.assign(new Error(message), { code }) as unknown as JsonObject);

const words = (code: string, call: ApiRequest) => {
	const { message, description } = describeTransportError(
		classifyTransportError(thrown(code)),
		call,
		'Kaifangqian',
	);
	return `${message} / ${description}`;
};

describe('classifyTransportError', () => {
	it.each(['ECONNREFUSED', 'EAI_AGAIN'])('%s: nothing was sent, and waiting may help', (code) => {
		expect(classifyTransportError(thrown(code))).toEqual({ kind: 'notSent', code, passing: true });
	});

	it.each([
		'ENOTFOUND',
		'EHOSTUNREACH',
		'CERT_HAS_EXPIRED',
		'DEPTH_ZERO_SELF_SIGNED_CERT',
		'EPROTO',
	])('%s: nothing was sent, and waiting does not help', (code) => {
		expect(classifyTransportError(thrown(code))).toEqual({ kind: 'notSent', code, passing: false });
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
		expect(classifyTransportError(onSocket(code, socket))).toEqual({
			kind: 'notSent',
			code,
			passing: true,
		});
	});

	// The code says more than the socket: what is wrong with an address stays wrong.
	it.each([
		['EPROTO', { secureConnecting: true, _pendingData: null }],
		['DEPTH_ZERO_SELF_SIGNED_CERT', { secureConnecting: true, _pendingData: 'POST / HTTP/1.1' }],
		['CERT_HAS_EXPIRED', { secureConnecting: true, _pendingData: null }],
		['EHOSTUNREACH', { _pendingData: 'POST / HTTP/1.1' }],
	])('%s on a socket that never was connected: waiting does not help', (code, socket) => {
		expect(classifyTransportError(onSocket(code, socket))).toEqual({
			kind: 'notSent',
			code,
			passing: false,
		});
	});

	const connecting = (code: string) =>
		new NodeApiError(
			node,
			Object.assign(new Error(code), { code, syscall: 'connect' }) as unknown as JsonObject,
		);

	it.each([
		['EHOSTUNREACH', false],
		['ECONNREFUSED', true],
	])('%s of the system call that connects is judged by its code', (code, passing) => {
		expect(classifyTransportError(connecting(code))).toEqual({ kind: 'notSent', code, passing });
	});

	onNewer('a connection that the system gave up: nothing was sent, and waiting may help', () => {
		const code = 'ETIMEDOUT';
		expect(classifyTransportError(connecting(code))).toEqual({
			kind: 'notSent',
			code,
			passing: true,
		});
	});

	onNewer.each(['read', 'write'])(
		'a route that is lost while the system %ss: unknown',
		(syscall) => {
			const lost = Object.assign(new Error('lost'), { code: 'EHOSTUNREACH', syscall });
			expect(
				classifyTransportError(new NodeApiError(node, lost as unknown as JsonObject)).kind,
			).toBe('unknown');
		},
	);

	it('the same code on a socket that was connected: unknown', () => {
		const socket = { secureConnecting: false, _pendingData: null };
		expect(classifyTransportError(onSocket('ECONNRESET', socket)).kind).toBe('unknown');
		expect(classifyTransportError(onSocket('ECONNABORTED', {})).kind).toBe('unknown');
	});

	it.each(['ECONNRESET', 'ETIMEDOUT', 'ECONNABORTED', 'EPIPE', 'HPE_INVALID'])(
		'%s: what became of the call is unknown',
		(code) => {
			expect(classifyTransportError(thrown(code))).toEqual({ kind: 'unknown', code });
		},
	);

	it('passes on what the credential itself refused', () => {
		const refusal = new UserError("'RSA Private Key' is wrong", { description: 'Paste it again.' });
		expect(
			classifyTransportError(new NodeApiError(node, refusal as unknown as JsonObject)),
		).toEqual({
			kind: 'local',
			message: "'RSA Private Key' is wrong",
			description: 'Paste it again.',
		});
	});

	it('takes anything else for unknown, and cleans its message', () => {
		const other = new Error(
			'Cannot call https://sign.example/x?appAuthToken=PV9LQWZA for 13912345678',
		);
		const error = classifyTransportError(new NodeApiError(node, other as unknown as JsonObject));
		expect(error).toEqual({ kind: 'unknown', code: 'Cannot call [link] for [phone number]' });
	});
});

describe('classifyFailure', () => {
	const file = (isWhole?: boolean) => ({
		size: 1,
		async *open() {},
		...(isWhole === undefined ? {} : { isWhole: () => isWhole }),
	});
	const of = (code: string, body: unknown) => classifyFailure(thrown(code), { ...post, body }).kind;

	it.each(['ETIMEDOUT', 'ECONNABORTED'])(
		'%s while the file was still on its way: nobody can have read it',
		(code) => {
			expect(of(code, { file: file(false), fileName: '合同' })).toBe('cutOff');
			expect(of(code, { file: file(true) })).toBe('unknown');
			expect(of(code, { file: file() })).toBe('unknown');
			expect(of(code, post.body)).toBe('unknown');
		},
	);

	it('a connection that broke off may have brought all of it', () => {
		expect(of('ECONNRESET', { file: file(false) })).toBe('unknown');
		expect(of('ECONNREFUSED', { file: file(false) })).toBe('notSent');
	});

	it('is said as something that was not carried out', () => {
		const { message, description, outcomeUnknown } = describeTransportError(
			{ kind: 'cutOff', code: 'ETIMEDOUT' },
			post,
			'Kaifangqian',
		);
		expect(message).toBe('The file could not be sent to sign.example:8899 in time');
		expect(description).toContain('Nothing was carried out');
		expect(outcomeUnknown).toBeUndefined();
	});
});

describe('describeTransportError', () => {
	it('says that a lost POST may have been carried out, and was not repeated', () => {
		const said = words('ECONNRESET', post);
		expect(said).toMatch(/^The connection to sign\.example:8899 was lost/);
		expect(said).toContain('whether the call was carried out is unknown');
		expect(said).toContain('The call was not repeated');
		expect(said).toContain("Check on Kaifangqian's own pages");
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
		const refusal = describeTransportError(
			classifyTransportError(thrown('ENOTFOUND')),
			{ ...post, url: 'nonsense' },
			'X',
		);
		expect(refusal.code).toBe('ENOTFOUND');
		expect(refusal.message).toBe('the address in the credential could not be reached');
	});
});
