import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import type { INode } from 'n8n-workflow';
import type { Fail } from '../../nodes/CnEsign/runtime/items/parameters.js';

/** What the tests' `fail` throws; anything else that comes out of a function is a defect. */
export class Refused extends Error {
	constructor(
		message: string,
		readonly description?: string,
	) {
		super(message);
	}
}

export const fail: Fail = (message, description) => {
	throw new Refused(message, description);
};

/** The refusal that `work` ends in, or `undefined` when it does not end in one. */
export const refusalOf = (work: () => unknown): Refused | undefined => {
	try {
		work();
		return undefined;
	} catch (thrown) {
		if (thrown instanceof Refused) return thrown;
		throw thrown;
	}
};

/** What a promise is rejected with. */
export const thrownBy = async (work: () => Promise<unknown>): Promise<Error> => {
	try {
		await work();
	} catch (thrown) {
		return thrown as Error;
	}
	throw new Error('Nothing was thrown');
};

export const node: INode = {
	id: 'node-1',
	name: 'CN E-Sign',
	type: 'n8n-nodes-cn-esign.cnEsign',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

export interface KeyTexts {
	pair: { publicKey: KeyObject; privateKey: KeyObject };
	pkcs8: string;
	pkcs1: string;
	bare: string;
	spki: string;
}

/** A fresh RSA pair in the forms in which people paste keys. */
export const rsaKeys = (): KeyTexts => {
	const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
	return {
		pair,
		pkcs8: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
		pkcs1: pair.privateKey.export({ type: 'pkcs1', format: 'pem' }) as string,
		bare: (pair.privateKey.export({ type: 'pkcs8', format: 'der' }) as Buffer).toString('base64'),
		spki: pair.publicKey.export({ type: 'spki', format: 'pem' }) as string,
	};
};

/** Texts as people type them: Chinese, emoji, and the characters that query strings stumble over. */
export const anyText = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 20 }),
	fc.string({
		unit: fc.constantFrom('张', '三', '😀', '+', ' ', '%', '&', '=', '#', '?', '/', '"', '\\', 'é'),
		maxLength: 12,
	}),
);

/** Whether a text does not end in what JavaScript writes where a value was missing. */
export const isMeant = (text: string): boolean =>
	!/(?:undefined|null|NaN|object Object\])$/.test(text);

/** Bytes in pieces whose borders fall anywhere, an empty piece included. */
export const chunked = (bytes: Buffer, cuts: number[]): Buffer[] => {
	const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
	return [...places, bytes.length].map((end, index) => bytes.subarray(places[index - 1] ?? 0, end));
};
