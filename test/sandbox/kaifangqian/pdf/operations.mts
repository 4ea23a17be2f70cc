/** One operator of a PDF content stream with what stood before it. */
export interface Operation {
	operator: string;
	numbers: number[];
	/** The last name, as in `/F1 12 Tf`. */
	name: string;
	/** Strings (as Latin-1 bytes) and, inside TJ arrays, the numbers between them. */
	shown: Array<string | number>;
}

const TOKEN =
	/\s+|%[^\r\n]*|<<|>>|[[\]{}]|<[0-9A-Fa-f\s]*>|\/[^\s()<>[\]{}/%]*|[-+.\d]+|[^\s()<>[\]{}/%]+|./sy;

export function* operationsOf(content: string): Generator<Operation> {
	let operation = empty();
	let inArray = false;
	// Of its own: drawings inside drawings are read at the same time.
	let at = 0;
	while (at < content.length) {
		if (content[at] === '(') {
			const { text, end } = literal(content, at);
			operation.shown.push(text);
			at = end;
			continue;
		}
		TOKEN.lastIndex = at;
		const token = TOKEN.exec(content)?.[0];
		if (token === undefined) return;
		at += token.length;
		if (/^[\s%]/.test(token) || token === '<<' || token === '>>') continue;
		if (token === '[' || token === ']') inArray = token === '[';
		else if (token[0] === '<') operation.shown.push(fromHex(token.slice(1, -1)));
		else if (token[0] === '/') operation.name = token.slice(1);
		else if (/^[-+.\d]/.test(token)) {
			operation.numbers.push(Number(token));
			if (inArray) operation.shown.push(Number(token));
		} else {
			yield { ...operation, operator: token };
			operation = empty();
			// An inline image: its bytes are no operators.
			if (token === 'ID') at = endOfImage(content, at);
		}
	}
}

const empty = (): Operation => ({ operator: '', numbers: [], name: '', shown: [] });

function endOfImage(content: string, from: number): number {
	const end = content.slice(from).search(/\sEI\s/);
	return end < 0 ? content.length : from + end + 3;
}

function fromHex(hex: string): string {
	const digits = hex.replace(/\s/g, '');
	return Buffer.from(digits.length % 2 ? `${digits}0` : digits, 'hex').toString('latin1');
}

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** A string in round brackets, which may nest. */
function literal(content: string, start: number): { text: string; end: number } {
	let text = '';
	let depth = 0;
	for (let at = start; at < content.length; at += 1) {
		const character = content[at];
		if (character === '\\') {
			const octal = /^[0-7]{1,3}/.exec(content.slice(at + 1, at + 4))?.[0];
			if (octal) text += String.fromCharCode(parseInt(octal, 8) & 0xff);
			else if (!/[\r\n]/.test(content[at + 1] ?? ''))
				text += ESCAPES[content[at + 1]] ?? content[at + 1] ?? '';
			at += octal ? octal.length : 1;
			continue;
		}
		if (character === '(' && (depth += 1) === 1) continue;
		if (character === ')' && (depth -= 1) === 0) return { text, end: at + 1 };
		text += character;
	}
	return { text, end: content.length };
}
