const decoder = new TextDecoder('gbk');

/** Character → its two bytes in GBK. Node can only decode, so the table is read backwards. */
const table = new Map<string, Buffer>();
for (let lead = 0x81; lead <= 0xfe; lead += 1) {
	for (let trail = 0x40; trail <= 0xfe; trail += 1) {
		const bytes = Buffer.from([lead, trail]);
		const character = decoder.decode(bytes);
		if (character.length === 1 && character !== '\ufffd') table.set(character, bytes);
	}
}

/** The bytes that a Java server with a Chinese default character set sends. */
export const gbk = (text: string): Buffer =>
	Buffer.concat(
		[...text].map((character) => {
			const bytes = character.charCodeAt(0) < 0x80 ? Buffer.from(character) : table.get(character);
			if (!bytes) throw new Error(`GBK has no ${character}`);
			return bytes;
		}),
	);
