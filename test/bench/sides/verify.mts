/** Row 7: what the check of a signature costs by itself, without n8n around it. */
import { createSign, generateKeyPairSync } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { projectRoot } from '../../engine/engine.mjs';
import { serve } from './serve.mjs';

const { verifySignature } = createRequire(import.meta.url)(
	join(projectRoot, 'dist/nodes/CnEsign/platforms/kaifangqian/callbacks/prove.js'),
) as { verifySignature(rawBody: Buffer, signature: unknown, publicKey: string): boolean };

const pair = generateKeyPairSync('rsa', {
	modulusLength: 2048,
	publicKeyEncoding: { type: 'spki', format: 'pem' },
	privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

const methods = {
	/** Milliseconds for one body of so many bytes. */
	verify({ bytes, times }: { bytes: number; times: number }): number {
		const body = Buffer.alloc(bytes, 'a');
		const signature = createSign('RSA-SHA256').update(body).sign(pair.privateKey, 'base64');
		const begun = performance.now();
		for (let time = 0; time < times; time += 1)
			if (!verifySignature(body, signature, pair.publicKey)) throw new Error('Not verified');
		return (performance.now() - begun) / times;
	},
};

export type VerifySide = typeof methods;

serve(methods);
