/** Row 7's platform: sends callbacks that were signed beforehand, so many at a time, over kept connections. */
import { createSign, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { serve } from './serve.mjs';

export interface Callback {
	body: string;
	sign: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

const post = async (url: string, { body, sign }: Callback): Promise<string> =>
	await new Promise((resolve, reject) => {
		const outgoing = request(
			url,
			{
				method: 'POST',
				agent,
				headers: {
					'content-type': 'application/json',
					'content-length': Buffer.byteLength(body),
					sign,
				},
			},
			(response) => {
				let text = '';
				response.setEncoding('utf8');
				response.on('data', (chunk: string) => (text += chunk));
				response.on('end', () => resolve(`${response.statusCode} ${text}`));
				response.on('error', reject);
			},
		);
		outgoing.on('error', reject);
		outgoing.end(body);
	});

/** About 1 KB, each about another contract, so that none is a repetition. */
const bodyOf = (): string => {
	const body = {
		contractId: randomUUID(),
		contractStatus: 'SIGNING',
		callbackType: 'SUBMIT_SIGN',
		taskId: randomUUID(),
		signerType: 'PERSONAL',
		signerName: 'Signer',
		reason: '',
	};
	return JSON.stringify({ ...body, reason: 'x'.repeat(1024 - JSON.stringify(body).length) });
};

const methods = {
	/** Milliseconds until all were answered as they should be. */
	async send({
		url,
		count,
		atOnce,
		privateKey,
		answer,
	}: {
		url: string;
		count: number;
		atOnce: number;
		privateKey: string;
		/** What an answer begins with: status and body. */
		answer: string;
	}): Promise<number> {
		const callbacks = Array.from({ length: count }, (): Callback => {
			const body = bodyOf();
			return { body, sign: createSign('RSA-SHA256').update(body).sign(privateKey, 'base64') };
		});
		const begun = performance.now();
		const lane = async () => {
			for (let next = callbacks.pop(); next; next = callbacks.pop()) {
				const said = await post(url, next);
				if (!said.startsWith(answer)) throw new Error(`A callback was answered with ${said}`);
			}
		};
		await Promise.all(Array.from({ length: atOnce }, lane));
		return performance.now() - begun;
	},
};

export type SenderSide = typeof methods;

serve(methods);
