import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { UserError } from 'n8n-workflow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rsaPrivateKey, rsaPublicKey } from '../../../../nodes/CnEsign/runtime/http/keys.js';
import { rsaKeys } from '../../support.mjs';

const keys = rsaKeys();
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 });
const encrypted = keys.pair.privateKey.export({
	type: 'pkcs8',
	format: 'pem',
	cipher: 'aes-256-cbc',
	passphrase: 'made-up',
}) as string;
const ecPem = ec.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
const wrapped = (keys.bare.match(/.{1,76}/g) as string[]).join('\r\n');

const refusalOf = (work: () => unknown): UserError => {
	try {
		work();
	} catch (thrown) {
		return thrown as UserError;
	}
	throw new Error('Nothing was thrown');
};

describe('rsaPrivateKey', () => {
	it.each([
		['PEM', keys.pkcs8],
		['PEM with Windows line ends', keys.pkcs8.replaceAll('\n', '\r\n')],
		['PEM whose line breaks a password field has eaten', keys.pkcs8.replaceAll('\n', '')],
		['PEM whose line breaks have become spaces', keys.pkcs8.replaceAll('\n', ' ')],
		['PEM with blanks around it', `\n  ${keys.pkcs8}\n\n`],
		['bare Base64', keys.bare],
		['bare Base64 in lines', wrapped],
		['PKCS#1', keys.pkcs1],
		['PKCS#1 without its line breaks', keys.pkcs1.replaceAll('\n', '')],
	])('takes %s', (_, text) => {
		const signature = sign('sha256', Buffer.from('x'), rsaPrivateKey(text, 'RSA Private Key'));
		expect(verify('sha256', Buffer.from('x'), keys.pair.publicKey, signature)).toBe(true);
	});

	it.each([
		['words', 'not a key at all'],
		['half a key', keys.bare.slice(0, keys.bare.length / 2)],
		['a key with one letter missing', keys.bare.replace(/^(.{400})./, '$1')],
		['a public key', keys.spki],
		['an EC key', ecPem],
		['an RSA-PSS key', pss.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string],
		['Base64 of something else', Buffer.alloc(200, 'x').toString('base64')],
	])('refuses %s, and names the field and the forms it takes', (_, text) => {
		const refusal = refusalOf(() => rsaPrivateKey(text, 'RSA Private Key'));
		expect(refusal).toBeInstanceOf(UserError);
		expect(refusal.message).toContain("'RSA Private Key'");
		expect(refusal.description).toMatch(/PKCS#8.*PEM.*Base64/);
	});

	it.each([
		['as a JSON file holds it', JSON.stringify(keys.pkcs8)],
		['as an environment variable holds it', keys.pkcs8.replaceAll('\n', '\\n')],
		['in quotation marks', `'${keys.pkcs8}'`],
		['out of a JSON file that holds JSON', JSON.stringify(JSON.stringify(keys.pkcs8))],
		['as a line of a JSON file', `${JSON.stringify(keys.pkcs8)},`],
		['as bare Base64 in quotation marks', `"${keys.bare}",`],
		[
			'as bare Base64 with the signs of addresses',
			Buffer.from(keys.bare, 'base64').toString('base64url'),
		],
		[
			'as Base64 of the PEM text in lines',
			(
				Buffer.from(keys.pkcs8)
					.toString('base64')
					.match(/.{1,64}/g) as string[]
			).join('\n'),
		],
		['as Base64 of the PEM text', Buffer.from(keys.pkcs8).toString('base64')],
		['with marks that nobody sees', `\ufeff${keys.pkcs8.replace('\n', '\u200b\n')}`],
		['below what a tool has said about it', `Bag Attributes\n  name: x\n${keys.pkcs8}`],
		['together with the public key', `${keys.spki}${keys.pkcs8}`],
	])('takes a key %s', (_, text) => {
		expect(rsaPrivateKey(text, 'RSA Private Key').equals(keys.pair.privateKey)).toBe(true);
	});

	it('says of a key with a password how to get one without', () => {
		const bare = encrypted.replace(/-----[^-]+-----|\s/g, '');
		const older = `-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n${keys.bare}\n-----END RSA PRIVATE KEY-----`;
		for (const text of [
			encrypted,
			encrypted.replaceAll('\n', '\\n'),
			Buffer.from(encrypted).toString('base64'),
			bare,
			older,
		]) {
			const refusal = refusalOf(() => rsaPrivateKey(text, 'RSA Private Key'));
			expect(refusal.message).toBe(
				"'RSA Private Key' in the credential is protected with a password",
			);
			expect(refusal.description).toContain('openssl pkcs8');
		}
	});

	it('never shows the text that was pasted, however broken', () => {
		const cut = fc.tuple(fc.nat(keys.bare.length), fc.string()).map(([at, junk]) => {
			const changed = keys.bare.slice(0, at) + junk + keys.bare.slice(at + 1);
			return `-----BEGIN PRIVATE KEY-----\n${changed}\n-----END PRIVATE KEY-----`;
		});
		fc.assert(
			fc.property(cut, (text) => {
				try {
					rsaPrivateKey(text, 'RSA Private Key');
				} catch (thrown) {
					const { message, description, stack, cause } = thrown as UserError;
					const said = `${message}${description}${stack}${JSON.stringify(cause)}`;
					for (let at = 0; at + 12 <= keys.bare.length; at += 12)
						expect(said).not.toContain(keys.bare.slice(at, at + 12));
				}
			}),
		);
	});

	it('tells two keys apart although it remembers them', () => {
		const other = rsaKeys();
		const signature = sign('sha256', Buffer.from('x'), rsaPrivateKey(other.pkcs8, 'Key'));
		expect(verify('sha256', Buffer.from('x'), keys.pair.publicKey, signature)).toBe(false);
	});
});

describe('rsaPublicKey', () => {
	const der = (type: 'spki' | 'pkcs1') =>
		(keys.pair.publicKey.export({ type, format: 'der' }) as Buffer).toString('base64');

	it.each([
		['PEM', keys.spki],
		['PEM without its line breaks', keys.spki.replaceAll('\n', '')],
		['bare Base64', der('spki')],
		['PKCS#1', der('pkcs1')],
	])('takes %s', (_, text) => {
		const key = rsaPublicKey(text, 'Platform Public Key');
		expect(key.equals(createPublicKey(keys.spki))).toBe(true);
	});

	it.each([
		['words', 'nothing'],
		['a private key', keys.pkcs8],
		['an EC key', ec.publicKey.export({ type: 'spki', format: 'pem' }) as string],
	])('refuses %s', (_, text) => {
		const refusal = refusalOf(() => rsaPublicKey(text, 'Platform Public Key'));
		expect(refusal.message).toContain("'Platform Public Key'");
		expect(`${refusal.message}${refusal.description}`).not.toContain(text.slice(40, 60) || text);
	});
});
