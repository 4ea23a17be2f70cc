const DATA_ECC = [
	7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26,
	28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
];
const BLOCKS = [
	1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15,
	16, 17, 18, 19, 19, 20, 21, 22, 24, 25,
];
const MASKS = [
	(r, c) => (r + c) % 2,
	(r) => r % 2,
	(r, c) => c % 3,
	(r, c) => (r + c) % 3,
	(r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2,
	(r, c) => ((r * c) % 2) + ((r * c) % 3),
	(r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2,
	(r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2,
];

const EXP = [];
const LOG = [];
for (let i = 0, x = 1; i < 255; i += 1) {
	EXP[i] = x;
	LOG[x] = i;
	x = x & 128 ? (x << 1) ^ 285 : x << 1;
}
const times = (a, b) => (a && b ? EXP[(LOG[a] + LOG[b]) % 255] : 0);

const remainder = (data, degree) => {
	let divisor = [1];
	for (let i = 0; i < degree; i += 1)
		divisor = [...divisor, 0].map((v, k) => v ^ (k ? times(divisor[k - 1], EXP[i]) : 0));
	const rest = Array(degree).fill(0);
	for (const byte of data) {
		const factor = byte ^ rest.shift();
		rest.push(0);
		for (let k = 0; k < degree; k += 1) rest[k] ^= times(divisor[k + 1], factor);
	}
	return rest;
};

const centers = (version) => {
	if (version === 1) return [];
	const count = Math.floor(version / 7) + 2;
	const step = Math.floor((version * 8 + count * 3 + 5) / (count * 4 - 4)) * 2;
	const list = Array.from({ length: count - 1 }, (_, i) => version * 4 + 10 - i * step);
	return [6, ...list.reverse()];
};

const matrixOf = (text) => {
	const bytes = [...Buffer.from(text, 'utf8')];
	let version = 0;
	let room;
	do {
		version += 1;
		if (version > 40) throw new Error('The text is too long for a QR code');
		const marks = version > 1 ? Math.floor(version / 7) + 2 : 0;
		const modules =
			(16 * version + 128) * version +
			64 -
			(marks ? (25 * marks - 10) * marks - 55 : 0) -
			(version > 6 ? 36 : 0);
		room = Math.floor(modules / 8);
	} while (
		room - DATA_ECC[version - 1] * BLOCKS[version - 1] <
		bytes.length + (version > 9 ? 3 : 2)
	);
	const degree = DATA_ECC[version - 1];
	const blocks = BLOCKS[version - 1];
	const size = 17 + 4 * version;

	const length = bytes.length.toString(2).padStart(version > 9 ? 16 : 8, '0');
	const bits = '0100' + length + bytes.map((b) => b.toString(2).padStart(8, '0')).join('');
	const capacity = room - degree * blocks;
	const data = (bits + '0000').match(/.{8}/g).map((b) => parseInt(b, 2));
	for (let pad = 236; data.length < capacity; pad ^= 253) data.push(pad);

	const short = blocks - (room % blocks);
	const parts = [];
	for (let i = 0, at = 0; i < blocks; i += 1) {
		const end = at + Math.floor(room / blocks) - degree + (i < short ? 0 : 1);
		parts.push({ data: data.slice(at, end), ecc: remainder(data.slice(at, end), degree) });
		at = end;
	}
	const words = [];
	for (const kind of ['data', 'ecc'])
		for (let i = 0; i < 256; i += 1)
			for (const part of parts) if (i < part[kind].length) words.push(part[kind][i]);

	const dark = Array.from({ length: size }, () => Array(size).fill(0));
	const fixed = dark.map((row) => row.map(() => false));
	const set = (r, c, value) => {
		if (r < 0 || c < 0 || r >= size || c >= size) return;
		dark[r][c] = value ? 1 : 0;
		fixed[r][c] = true;
	};
	for (let i = 0; i < size; i += 1) {
		set(6, i, i % 2 === 0);
		set(i, 6, i % 2 === 0);
	}
	for (const [r, c] of [
		[3, 3],
		[3, size - 4],
		[size - 4, 3],
	])
		for (let y = -4; y <= 4; y += 1)
			for (let x = -4; x <= 4; x += 1) {
				const far = Math.max(Math.abs(x), Math.abs(y));
				set(r + y, c + x, far !== 2 && far !== 4);
			}
	const marks = centers(version);
	for (const r of marks)
		for (const c of marks) {
			if ((r === 6 && (c === 6 || c === size - 7)) || (c === 6 && r === size - 7)) continue;
			for (let y = -2; y <= 2; y += 1)
				for (let x = -2; x <= 2; x += 1)
					set(r + y, c + x, Math.max(Math.abs(x), Math.abs(y)) !== 1);
		}
	if (version > 6) {
		let rest = version;
		for (let i = 0; i < 12; i += 1) rest = (rest << 1) ^ ((rest >> 11) * 7973);
		const info = (version << 12) | rest;
		for (let i = 0; i < 18; i += 1) {
			set(size - 11 + (i % 3), Math.floor(i / 3), (info >> i) & 1);
			set(Math.floor(i / 3), size - 11 + (i % 3), (info >> i) & 1);
		}
	}
	const setFormat = (mask) => {
		let rest = 8 | mask;
		for (let i = 0; i < 10; i += 1) rest = (rest << 1) ^ ((rest >> 9) * 1335);
		const info = (((8 | mask) << 10) | rest) ^ 21522;
		const bit = (i) => (info >> i) & 1;
		for (let i = 0; i < 6; i += 1) {
			set(i, 8, bit(i));
			set(8, 5 - i, bit(9 + i));
		}
		set(7, 8, bit(6));
		set(8, 8, bit(7));
		set(8, 7, bit(8));
		for (let i = 0; i < 8; i += 1) set(8, size - 1 - i, bit(i));
		for (let i = 8; i < 15; i += 1) set(size - 15 + i, 8, bit(i));
		set(size - 8, 8, 1);
	};
	setFormat(0);

	let at = 0;
	for (let right = size - 1; right > 0; right -= 2) {
		if (right === 6) right = 5;
		for (let i = 0; i < size; i += 1)
			for (const c of [right, right - 1]) {
				const r = ((right + 1) & 2) === 0 ? size - 1 - i : i;
				if (fixed[r][c]) continue;
				dark[r][c] = at < words.length * 8 ? (words[at >> 3] >> (7 - (at & 7))) & 1 : 0;
				at += 1;
			}
	}
	const masked = (mask) => {
		setFormat(mask);
		return dark.map((row, r) => row.map((v, c) => (fixed[r][c] || MASKS[mask](r, c) ? v : v ^ 1)));
	};
	const unrest = (rows) => {
		const turned = rows.map((_, i) => rows.map((row) => row[i]));
		const lines = [...rows, ...turned].map((row) => row.join(''));
		return lines.reduce((sum, line) => {
			const runs = line.match(/0{5,}|1{5,}/g) ?? [];
			const finders = line.match(/(?=00001011101|10111010000)/g) ?? [];
			return sum + runs.reduce((n, run) => n + run.length - 2, 0) + 40 * finders.length;
		}, 0);
	};
	return MASKS.map((_, mask) => masked(mask)).sort((a, b) => unrest(a) - unrest(b))[0];
};

const chunk = (type, data) => {
	const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	let crc = -1;
	for (const byte of body) {
		crc ^= byte;
		for (let i = 0; i < 8; i += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
	}
	const out = Buffer.alloc(body.length + 8);
	out.writeUInt32BE(data.length);
	body.copy(out, 4);
	out.writeInt32BE(~crc, body.length + 4);
	return out;
};

const pngOf = (matrix, scale = 6, border = 4) => {
	const side = (matrix.length + 2 * border) * scale;
	const stride = 1 + Math.ceil(side / 8);
	const raw = Buffer.alloc(stride * side);
	for (let y = 0; y < side; y += 1)
		for (let x = 0; x < stride * 8 - 8; x += 1) {
			const r = Math.floor(y / scale) - border;
			const c = Math.floor(x / scale) - border;
			if (!matrix[r]?.[c]) raw[y * stride + 1 + (x >> 3)] |= 128 >> (x & 7);
		}
	const stored = [];
	for (let at = 0; at < raw.length; at += 65535) {
		const part = raw.subarray(at, at + 65535);
		const head = Buffer.alloc(5);
		head[0] = at + 65535 >= raw.length ? 1 : 0;
		head.writeUInt16LE(part.length, 1);
		head.writeUInt16LE(65535 - part.length, 3);
		stored.push(head, part);
	}
	let [low, high] = [1, 0];
	for (const byte of raw) {
		low = (low + byte) % 65521;
		high = (high + low) % 65521;
	}
	const sum = Buffer.alloc(4);
	sum.writeUInt32BE(high * 65536 + low);
	const size = Buffer.alloc(13);
	size.writeUInt32BE(side);
	size.writeUInt32BE(side, 4);
	size[8] = 1;
	return Buffer.concat([
		Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
		chunk('IHDR', size),
		chunk('IDAT', Buffer.concat([Buffer.from([120, 1]), ...stored, sum])),
		chunk('IEND', Buffer.alloc(0)),
	]);
};

const withPictures = (items) =>
	items.map(({ json }, item) => {
		const png = pngOf(matrixOf(json.signingLink)).toString('base64');
		const file = { data: png, mimeType: 'image/png', fileExtension: 'png', fileName: 'qr.png' };
		return { json: { ...json, png }, binary: { qr: file }, pairedItem: { item } };
	});
