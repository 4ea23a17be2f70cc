/** The platforms' side, in a process of its own: the Kaifangqian stand-in, and PandaDoc's few answers. */
import { createHash, randomUUID } from 'node:crypto';
import { startKaifangqian, type Switches } from '../../sandbox/kaifangqian/index.mjs';
import { keyPair } from '../../sandbox/kaifangqian/keys.mjs';
import { pdfOf } from '../../sandbox/kaifangqian/testing.mjs';
import { deterministicBytes } from '../../sandbox/shared/bytes.mjs';
import { startPandadoc } from './pandadoc.mjs';
import { serve } from './serve.mjs';

const sandbox = await startKaifangqian();
const pandadoc = await startPandadoc(sandbox.switches);
const pdf = Buffer.from(await pdfOf('Contract', 'Second page'));

export interface Platform {
	baseUrl: string;
	token: string;
	privateKey: string;
	platformPublicKey: string;
	platformPrivateKey: string;
	operator: { name: string; contact: string };
	line: string;
	pandadoc: string;
}

const call = async (path: string, body: object): Promise<Record<string, string>> => {
	const response = await fetch(`${sandbox.baseUrl}${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ appAuthToken: sandbox.token, uniqueCode: randomUUID(), ...body }),
	});
	const answer = (await response.json()) as { result?: Record<string, string> };
	if (!answer.result) throw new Error(`${path}: ${JSON.stringify(answer)}`);
	return answer.result;
};

const uploadDocument = async (): Promise<string> =>
	(
		await call('/document/file', {
			file: pdf.toString('base64'),
			fileName: 'contract',
			fileSuffix: '.pdf',
		})
	).docId;

/** So many people from outside, each with a number. */
const signers = (count: number) =>
	Array.from({ length: count }, (_, index) => ({
		signerType: 'RECEIVER_PERSONAL',
		signerName: `Signer ${index + 1}`,
		signerOrder: '1',
		receiver: {
			name: `Signer ${index + 1}`,
			contactType: 'EMAIL',
			contact: `signer-${index + 1}@example.com`,
		},
	}));

const methods = {
	platform: (): Platform => ({
		baseUrl: sandbox.baseUrl,
		token: sandbox.token,
		privateKey: sandbox.developerPrivateKey,
		platformPublicKey: sandbox.platformPublicKey,
		platformPrivateKey: keyPair('platform').privateKey,
		operator: sandbox.operator,
		line: sandbox.lines.free,
		pandadoc: pandadoc.origin,
	}),

	/** Forgets everything and sets the switches anew. */
	reset(switches: Partial<Switches>): void {
		sandbox.reset();
		Object.assign(sandbox.switches, switches);
		pandadoc.reset();
	},

	switch(switches: Partial<Switches>): void {
		Object.assign(sandbox.switches, switches);
	},

	/** Contracts that have been sent, each with so many signers; their ids. */
	async contracts({ count, people = 1 }: { count: number; people?: number }): Promise<string[]> {
		const { throttle, latencyMs } = sandbox.switches;
		Object.assign(sandbox.switches, { throttle: false, latencyMs: 0 });
		try {
			const docId = await uploadDocument();
			const ids: string[] = [];
			for (let number = 0; number < count; number += 1) {
				const { contractId } = await call('/contract/draft', {
					operator: sandbox.operator,
					signReId: sandbox.lines.free,
					subject: `Contract ${number + 1}`,
					send: '1',
					signOrderType: 'NO_ORDER',
					signDocumentList: [{ docId }],
					signerList: signers(people),
				});
				ids.push(contractId);
			}
			return ids;
		} finally {
			Object.assign(sandbox.switches, { throttle, latencyMs });
		}
	},

	/** Everybody has signed. */
	complete(contractId: string): void {
		sandbox.control.signAll(contractId);
	},

	document: uploadDocument,

	/** Begins a new count of what `traffic` tells. */
	count(): void {
		sandbox.forgetRequests();
		pandadoc.reset();
	},

	/** What has happened since `reset` or `count`. */
	traffic: () => ({
		calls: sandbox.requests.length,
		starts: sandbox.requests.filter(({ path }) => path.endsWith('/contract/draft')).length,
		mostAtOnce: sandbox.maxInFlight,
		contracts: sandbox.control.contracts().length,
		pandadocMostAtOnce: pandadoc.mostAtOnce(),
	}),

	/** Digest of what a download of so many bytes sends. */
	async digest(bytes: number): Promise<string> {
		const hash = createHash('sha256');
		for await (const chunk of deterministicBytes(bytes, Buffer.from('PK\x03\x04', 'latin1')))
			hash.update(chunk as Buffer);
		return hash.digest('hex');
	},
};

export type StandInSide = typeof methods;

serve(methods);
