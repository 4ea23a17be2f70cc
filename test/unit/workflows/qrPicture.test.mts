import { describe, expect, it } from 'vitest';
import { QR_CODE } from '../../workflows/ready/signingLinkAsQr.mjs';
import { LEVEL_L, readQr } from './qrReader.mjs';

interface Item {
	json: { signingLink: string; png: string };
	binary: { qr: { data: string; mimeType: string } };
	pairedItem: { item: number };
}

/** The text of the Code node, run as n8n runs it: with its input, and Node's Buffer. */
const run = new Function('$input', 'Buffer', QR_CODE) as (
	input: { all(): Array<{ json: object }> },
	buffer: typeof Buffer,
) => Item[];

const pictures = (...links: string[]): Item[] =>
	run({ all: () => links.map((signingLink) => ({ json: { signingLink } })) }, Buffer);

const read = (link: string) => readQr(Buffer.from(pictures(link)[0].binary.qr.data, 'base64'));

// What a link of the vendor's published server looks like, and one with a signer's name in it.
const LINK =
	'https://sign.example.com/#/contract/detail/base?taskType=sign&phone=13900139000&signRuId=1900000000000000003&taskId=1900000000000000004';

describe('the QR picture of a signing link', () => {
	it.each([LINK, `${LINK}&callbackPageNo=1900000000000000005`, 'https://例子.example/签署?n=李四'])(
		'holds %s',
		(link) => {
			expect(read(link).text).toBe(link);
		},
	);

	it.each(Object.keys(LEVEL_L).map(Number))('can be read in version %i', (version) => {
		// As many bytes as are sure to need this version and no larger one.
		const most: Record<number, number> = {
			1: 17,
			2: 32,
			3: 53,
			4: 78,
			5: 106,
			6: 134,
			7: 154,
			8: 192,
			9: 230,
			10: 271,
			14: 458,
			20: 858,
			40: 2953,
		};
		const link = `https://${'aB3-'.repeat(1000)}`.slice(0, most[version]);
		expect(read(link)).toEqual({ text: link, version });
	});

	it('is made for every item, which it leaves as it is', () => {
		const items = pictures(LINK, `${LINK}2`);
		expect(items.map(({ pairedItem }) => pairedItem.item)).toEqual([0, 1]);
		for (const { json, binary } of items) {
			expect(json.signingLink).toContain(LINK);
			expect(binary.qr).toMatchObject({ mimeType: 'image/png', data: json.png });
		}
	});

	it('refuses what no QR code can hold', () => {
		expect(() => pictures('a'.repeat(2954))).toThrow('too long');
	});
});
