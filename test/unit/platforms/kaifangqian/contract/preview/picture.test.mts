import { inflateSync, crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	canvas,
	type Canvas,
} from '../../../../../../nodes/CnEsign/platforms/kaifangqian/contract/preview/picture.js';
import { runs } from '../../../../../seed.mjs';

interface Decoded {
	width: number;
	height: number;
	at(x: number, y: number): number;
}

/** Reads the pictures that `canvas` writes, with Node's own inflate and checksums. */
const decode = (png: Buffer): Decoded => {
	expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
	const chunks = new Map<string, Buffer>();
	for (let at = 8; at < png.length;) {
		const length = png.readUInt32BE(at);
		const named = png.subarray(at + 4, at + 8 + length);
		expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(named));
		chunks.set(named.toString('latin1', 0, 4), named.subarray(4));
		at += length + 12;
	}
	expect([...chunks.keys()]).toEqual(['IHDR', 'PLTE', 'IDAT', 'IEND']);
	const head = chunks.get('IHDR')!;
	expect([...head.subarray(8)]).toEqual([2, 3, 0, 0, 0]);
	const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
	// Throws where the checksum does not fit.
	const data = inflateSync(chunks.get('IDAT')!);
	const line = Math.ceil(width / 4) + 1;
	expect(data).toHaveLength(line * height);
	return {
		width,
		height,
		at: (x, y) => (data[y * line + 1 + (x >> 2)] >> (6 - 2 * (x & 3))) & 3,
	};
};

const drawn = (width: number, height: number, draw: (drawing: Canvas) => void) => {
	const drawing = canvas(width, height);
	draw(drawing);
	return decode(drawing.png());
};

const size = fc.integer({ min: 1, max: 300 });
const place = fc.integer({ min: -50, max: 350 });

describe('a picture', () => {
	it('holds what was filled, and nothing else, wherever the box lies', () => {
		fc.assert(
			fc.property(size, size, place, place, size, size, (width, height, x, y, w, h) => {
				const box = { x, y, width: w, height: h };
				const picture = drawn(width, height, (drawing) => drawing.fill(box, 3));
				expect([picture.width, picture.height]).toEqual([width, height]);
				const wrong: string[] = [];
				for (let py = 0; py < height; py++)
					for (let px = 0; px < width; px++) {
						const inside = px >= x && px < x + w && py >= y && py < y + h;
						if (picture.at(px, py) !== (inside ? 3 : 0)) wrong.push(`${px},${py}`);
					}
				expect(wrong).toEqual([]);
			}),
			{ numRuns: runs(30) },
		);
	});

	it('is larger than one block of the stream may be', () => {
		const picture = drawn(900, 900, (drawing) =>
			drawing.fill({ x: 899, y: 899, width: 1, height: 1 }, 2),
		);
		expect([picture.at(899, 899), picture.at(898, 899)]).toEqual([2, 0]);
	});

	it('has frames of one pixel', () => {
		const box = { x: 2, y: 2, width: 20, height: 10 };
		const whole = drawn(30, 20, (drawing) => drawing.frame(box, 2));
		const dots = ({ at }: Decoded) =>
			Array.from({ length: 30 * 20 }, (_, index) => at(index % 30, Math.floor(index / 30))).filter(
				(colour) => colour === 2,
			).length;
		expect(dots(whole)).toBe(2 * 20 + 2 * 8);
		expect([whole.at(2, 2), whole.at(21, 11), whole.at(3, 3)]).toEqual([2, 2, 0]);
	});

	it('shows each digit in a form of its own', () => {
		const forms = Array.from({ length: 10 }, (_, digit) => {
			const { at } = drawn(3, 5, (drawing) => drawing.number(digit, 0, 0, 1, 1));
			return Array.from({ length: 15 }, (__, index) => at(index % 3, Math.floor(index / 3))).join(
				'',
			);
		});
		expect(new Set(forms).size).toBe(10);
		const wide = drawn(10, 5, (drawing) => drawing.number(11, 0, 0, 1, 1));
		expect([wide.at(1, 0), wide.at(5, 0), wide.at(3, 2)]).toEqual([1, 1, 0]);
	});
});
