import { sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifySignature } from '../../../../../nodes/CnEsign/platforms/kaifangqian/callbacks/prove.js';
import { runs } from '../../../../seed.mjs';
import { rsaKeys } from '../../../support.mjs';

describe('verifySignature', () => {
	const { pair, spki } = rsaKeys();
	const mark = (bytes: Buffer) => sign('sha256', bytes, pair.privateKey).toString('base64');

	it('accepts what was signed, byte for byte, and no byte less', () => {
		fc.assert(
			fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.nat(), (given, at) => {
				const bytes = Buffer.from(given);
				const signature = mark(bytes);
				expect(verifySignature(bytes, signature, spki)).toBe(true);
				const changed = Buffer.from(bytes);
				changed[at % changed.length] ^= 1;
				expect(verifySignature(changed, signature, spki)).toBe(false);
			}),
			{ numRuns: runs(50) },
		);
	});

	it('is false for anything that is no signature, and never throws', () => {
		fc.assert(
			fc.property(
				fc.oneof(fc.string(), fc.base64String(), fc.anything(), fc.array(fc.string())),
				(signature) => {
					expect(verifySignature(Buffer.from('{}'), signature, spki)).toBe(false);
				},
			),
			{ numRuns: runs(500) },
		);
	});

	it('takes a signature that was broken into lines', () => {
		const broken = mark(Buffer.from('{}')).replace(/(.{76})/g, '$1\r\n');
		expect(verifySignature(Buffer.from('{}'), broken, spki)).toBe(true);
	});
});
