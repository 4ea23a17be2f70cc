/** n8n's own log of everything that a test file does, to be searched. Imported before the engine. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'logs-'));
process.env.N8N_LOG_LEVEL = 'debug';
process.env.N8N_LOG_OUTPUT = 'file';
process.env.N8N_LOG_FILE_LOCATION = join(folder, 'n8n.log');

const printed: string[] = [];
for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
	const original = console[level].bind(console);
	console[level] = (...words: unknown[]) => {
		printed.push(words.map(String).join(' '));
		original(...words);
	};
}

export const logged = (): string =>
	[
		...printed,
		...(existsSync(folder) ? readdirSync(folder) : []).map((name) =>
			readFileSync(join(folder, name), 'utf8'),
		),
	].join('\n');

afterAll(() => rmSync(folder, { recursive: true, force: true }));
