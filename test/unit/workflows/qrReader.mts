/** Reads a QR picture without damage: sampled at the centers of its modules, checked, unmasked, put together. */
import { inflateSync } from 'node:zlib';

const QUIET_ZONE = 4;

/** The pixels of a PNG with one bit for each; `true` is dark. */
const pixelsOf = (png: Buffer): boolean[][] => {
	let width = 0;
	let height = 0;
	const data: Buffer[] = [];
	for (let at = 8; at < png.length;) {
		const length = png.readUInt32BE(at);
		const type = png.toString('latin1', at + 4, at + 8);
		const body = png.subarray(at + 8, at + 8 + length);
		if (type === 'IHDR') [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)];
		if (type === 'IDAT') data.push(body);
		at += length + 12;
	}
	const raw = inflateSync(Buffer.concat(data));
	const stride = 1 + Math.ceil(width / 8);
	return Array.from({ length: height }, (_, y) =>
		Array.from(
			{ length: width },
			(__, x) => ((raw[y * stride + 1 + (x >> 3)] >> (7 - (x & 7))) & 1) === 0,
		),
	);
};

const modulesOf = (png: Buffer): boolean[][] => {
	const pixels = pixelsOf(png);
	const side = pixels.length;
	const first = pixels.findIndex((row) => row.includes(true));
	// The upper left finder is seven modules wide.
	const scale = (pixels[first].indexOf(false, first) - first) / 7;
	const size = side / scale - 2 * QUIET_ZONE;
	if (first !== QUIET_ZONE * scale || !Number.isInteger(size)) throw new Error('No quiet zone');
	const center = (index: number) => Math.floor((index + QUIET_ZONE + 0.5) * scale);
	return Array.from({ length: size }, (_, r) =>
		Array.from({ length: size }, (__, c) => pixels[center(r)][center(c)]),
	);
};

const MASKS: Array<(r: number, c: number) => boolean> = [
	(r, c) => (r + c) % 2 === 0,
	(r) => r % 2 === 0,
	(_r, c) => c % 3 === 0,
	(r, c) => (r + c) % 3 === 0,
	(r, c) => ((r >> 1) + Math.floor(c / 3)) % 2 === 0,
	(r, c) => ((r * c) % 2) + ((r * c) % 3) === 0,
	(r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2 === 0,
	(r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2 === 0,
];

const alignmentsOf = (version: number): number[] => {
	if (version === 1) return [];
	const count = Math.floor(version / 7) + 2;
	const step = version === 32 ? 26 : Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
	const list = [6];
	for (let at = 17 + 4 * version - 7; list.length < count; at -= step) list.splice(1, 0, at);
	return list;
};

const isFunction = (size: number, version: number) => {
	const marks = alignmentsOf(version);
	const corners = (r: number, c: number) =>
		(r < 9 && c < 9) || (r < 9 && c >= size - 8) || (r >= size - 8 && c < 9);
	const onMark = (r: number, c: number) =>
		marks.some((y) =>
			marks.some(
				(x) =>
					Math.abs(y - r) <= 2 &&
					Math.abs(x - c) <= 2 &&
					!(y === 6 && x === 6) &&
					!(y === 6 && x === size - 7) &&
					!(x === 6 && y === size - 7),
			),
		);
	const onVersion = (r: number, c: number) =>
		version >= 7 && ((r < 6 && c >= size - 11) || (c < 6 && r >= size - 11));
	return (r: number, c: number) =>
		corners(r, c) || r === 6 || c === 6 || onMark(r, c) || onVersion(r, c);
};

/** Bytes in a block that repair others, and blocks, at level L (ISO/IEC 18004, table 9). */
export const LEVEL_L: Record<number, [repair: number, blocks: number]> = {
	1: [7, 1],
	2: [10, 1],
	3: [15, 1],
	4: [20, 1],
	5: [26, 1],
	6: [18, 2],
	7: [20, 2],
	8: [24, 2],
	9: [30, 2],
	10: [18, 4],
	14: [30, 4],
	20: [28, 8],
	40: [30, 25],
};

const EXP: number[] = [];
for (let i = 0, x = 1; i < 255; i += 1) {
	EXP[i] = x;
	x = (x << 1) ^ (x & 128 ? 0x11d : 0);
}
const multiply = (a: number, b: number): number =>
	a === 0 || b === 0 ? 0 : EXP[(EXP.indexOf(a) + EXP.indexOf(b)) % 255];

/** Zero for each root where the block is without a fault. */
const syndromes = (block: number[], repair: number): number[] =>
	Array.from({ length: repair }, (_, root) =>
		block.reduce((sum, byte) => multiply(sum, EXP[root]) ^ byte, 0),
	);

export function readQr(png: Buffer): { text: string; version: number } {
	const dark = modulesOf(png);
	const size = dark.length;
	const version = (size - 17) / 4;
	let format = 0;
	for (const [r, c] of [
		[8, 0],
		[8, 1],
		[8, 2],
		[8, 3],
		[8, 4],
		[8, 5],
		[8, 7],
		[8, 8],
		[7, 8],
		[5, 8],
		[4, 8],
		[3, 8],
		[2, 8],
		[1, 8],
		[0, 8],
	])
		format = (format << 1) | Number(dark[r][c]);
	format ^= 0b101010000010010;
	if (format >> 13 !== 0b01) throw new Error('Not level L');
	const mask = MASKS[(format >> 10) & 7];
	const reserved = isFunction(size, version);

	const bits: number[] = [];
	let upwards = true;
	for (let right = size - 1; right > 0; right -= 2) {
		if (right === 6) right -= 1;
		for (let step = 0; step < size; step += 1) {
			const r = upwards ? size - 1 - step : step;
			for (const c of [right, right - 1])
				if (!reserved(r, c)) bits.push(Number(dark[r][c] !== mask(r, c)));
		}
		upwards = !upwards;
	}
	const words = Array.from({ length: Math.floor(bits.length / 8) }, (_, index) =>
		bits.slice(index * 8, index * 8 + 8).reduce((byte, bit) => (byte << 1) | bit, 0),
	);

	const [repair, count] = LEVEL_L[version];
	const shortLength = Math.floor(words.length / count) - repair;
	const long = words.length % count;
	const blocks = Array.from({ length: count }, (_, index) => ({
		length: shortLength + (index >= count - long ? 1 : 0),
		bytes: [] as number[],
	}));
	let at = 0;
	for (let place = 0; place <= shortLength; place += 1)
		for (const block of blocks) if (place < block.length) block.bytes.push(words[at++]);
	for (let place = 0; place < repair; place += 1)
		for (const block of blocks) block.bytes.push(words[at++]);
	for (const { bytes } of blocks)
		if (syndromes(bytes, repair).some((value) => value !== 0)) throw new Error('Damaged');

	const data = blocks.flatMap(({ bytes, length }) => bytes.slice(0, length));
	const stream = data.map((byte) => byte.toString(2).padStart(8, '0')).join('');
	if (!stream.startsWith('0100')) throw new Error('Not bytes');
	const lengthBits = version < 10 ? 8 : 16;
	const length = parseInt(stream.slice(4, 4 + lengthBits), 2);
	const text = Buffer.from(
		Array.from({ length }, (_, index) => parseInt(stream.substr(4 + lengthBits + index * 8, 8), 2)),
	).toString('utf8');
	return { text, version };
}
