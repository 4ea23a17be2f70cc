/** Small pictures of boxes with numbers, as PNG: community nodes have no library to draw with. */

/** Colors of a picture, by their place in the palette. */
export type Color = 0 | 1 | 2 | 3;

const PALETTE: Array<[number, number, number]> = [
	[0xe5, 0xe7, 0xeb],
	[0xff, 0xff, 0xff],
	[0x1f, 0x29, 0x37],
	[0x2b, 0x6c, 0xd4],
];

export interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

export interface Canvas {
	fill(box: Box, color: Color): void;
	/** A frame of one pixel. */
	frame(box: Box, color: Color): void;
	/** A whole number, its upper left corner at the place. */
	number(value: number, x: number, y: number, color: Color, scale?: number): void;
	png(): Buffer;
}

// Three by five dots per digit, line by line.
const DIGITS = [
	'111101101101111',
	'010110010010111',
	'111001111100111',
	'111001111001111',
	'101101111001001',
	'111100111001111',
	'111100111101111',
	'111001001001001',
	'111101111101111',
	'111101111001111',
];

const CRC = Uint32Array.from({ length: 256 }, (_, start) => {
	let value = start;
	for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
	return value >>> 0;
});

const crc32 = (bytes: Buffer): number => {
	let value = 0xffffffff;
	for (const byte of bytes) value = CRC[(value ^ byte) & 0xff] ^ (value >>> 8);
	return (value ^ 0xffffffff) >>> 0;
};

const adler32 = (bytes: Buffer): number => {
	let a = 1;
	let b = 0;
	for (const byte of bytes) {
		a = (a + byte) % 65521;
		b = (b + a) % 65521;
	}
	return ((b << 16) | a) >>> 0;
};

const word = (value: number): Buffer => {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(value);
	return bytes;
};

const chunk = (type: string, data: Buffer): Buffer => {
	const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	return Buffer.concat([word(data.length), named, word(crc32(named))]);
};

const MOST_IN_BLOCK = 65535;

/** A zlib stream that packs nothing: `zlib` is out of bounds, and PNG allows stored blocks. */
const stored = (data: Buffer): Buffer => {
	const parts: Buffer[] = [Buffer.from([0x78, 0x01])];
	for (let at = 0; at < data.length; at += MOST_IN_BLOCK) {
		const block = data.subarray(at, at + MOST_IN_BLOCK);
		const head = Buffer.alloc(5);
		head[0] = at + MOST_IN_BLOCK >= data.length ? 1 : 0;
		head.writeUInt16LE(block.length, 1);
		head.writeUInt16LE(0xffff - block.length, 3);
		parts.push(head, block);
	}
	return Buffer.concat([...parts, word(adler32(data))]);
};

/** Four pixels to a byte, each line with PNG's filter byte in front. */
const packed = (pixels: Uint8Array, width: number, height: number): Buffer => {
	const line = Math.ceil(width / 4);
	const data = Buffer.alloc((line + 1) * height);
	for (let y = 0; y < height; y++)
		for (let x = 0; x < width; x++)
			data[y * (line + 1) + 1 + (x >> 2)] |= pixels[y * width + x] << (6 - 2 * (x & 3));
	return data;
};

/** A canvas of the given size, all in color 0. What lies outside of it is left out. */
export function canvas(width: number, height: number): Canvas {
	const pixels = new Uint8Array(width * height);
	const dot = (x: number, y: number, color: Color) => {
		if (x >= 0 && x < width && y >= 0 && y < height) pixels[y * width + x] = color;
	};
	const whole = ({ x, y, width: w, height: h }: Box) => ({
		left: Math.round(x),
		top: Math.round(y),
		right: Math.round(x + w) - 1,
		bottom: Math.round(y + h) - 1,
	});
	const fill = (box: Box, color: Color) => {
		const { left, top, right, bottom } = whole(box);
		for (let y = top; y <= bottom; y++) for (let x = left; x <= right; x++) dot(x, y, color);
	};
	return {
		fill,
		frame: (box, color) => {
			const { left, top, right, bottom } = whole(box);
			for (let x = left; x <= right; x++) for (const y of [top, bottom]) dot(x, y, color);
			for (let y = top; y <= bottom; y++) for (const x of [left, right]) dot(x, y, color);
		},
		number: (value, x, y, color, scale = 2) => {
			[...String(value)].forEach((digit, place) => {
				[...(DIGITS[Number(digit)] ?? '')].forEach((bit, at) => {
					if (bit === '0') return;
					const left = Math.round(x) + (place * 4 + (at % 3)) * scale;
					const top = Math.round(y) + Math.floor(at / 3) * scale;
					fill({ x: left, y: top, width: scale, height: scale }, color);
				});
			});
		},
		png: () =>
			Buffer.concat([
				Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
				// Two bits per pixel, with a palette.
				chunk('IHDR', Buffer.concat([word(width), word(height), Buffer.from([2, 3, 0, 0, 0])])),
				chunk('PLTE', Buffer.from(PALETTE.flat())),
				chunk('IDAT', stored(packed(pixels, width, height))),
				chunk('IEND', Buffer.alloc(0)),
			]),
	};
}
