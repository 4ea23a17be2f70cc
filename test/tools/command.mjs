import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { basename } from 'node:path';
import { PlainError, root } from './project.mjs';

/**
 * Runs a command, in the project unless told, and returns its exit code and, if they are to be `kept`, its
 * words; otherwise it writes where we write.
 */
const runKeeping = async (
	command,
	args,
	{
		cwd = root,
		env = {},
		shell = false,
		passSignals = false,
		kept = false,
		isPatient = false,
	} = {},
) =>
	await new Promise((resolve, reject) => {
		const output = kept ? 'pipe' : 'inherit';
		const child = spawn(command, args, {
			cwd,
			env: { ...process.env, ...env },
			// No input: nothing here may stop and ask.
			stdio: ['ignore', output, output],
			shell,
		});
		if (isPatient && child.pid !== undefined)
			setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
		const words = [];
		for (const stream of [child.stdout, child.stderr]) {
			stream?.on('data', (chunk) => words.push(chunk));
		}
		if (passSignals) {
			// Ctrl-C reaches the child by itself; we only stay until it has ended in its own way.
			process.on('SIGINT', () => {});
			process.on('SIGTERM', () => child.kill('SIGTERM'));
			// npm and its shell do not pass on the SIGTERM that ends them.
			const parent = process.ppid;
			const watching = setInterval(() => {
				if (process.ppid !== parent) child.kill('SIGTERM');
			}, 500);
			child.on('close', () => clearInterval(watching));
		}
		child.on('error', (error) =>
			reject(new PlainError(`${command} cannot be started: ${error.message}`)),
		);
		child.on('close', (code) => resolve({ code: code ?? 1, words: Buffer.concat(words) }));
	});

/** Runs a command and returns its exit code. The words of a `quiet` one are shown when it did not succeed. */
export const run = async (command, args, { quiet = false, ...options } = {}) => {
	const { code, words } = await runKeeping(command, args, { ...options, kept: quiet });
	if (code !== 0) process.stdout.write(words);
	return code;
};

/**
 * Runs a Node program beside something else, whose pace it does not set: with what processor time is left.
 * Gives its exit code and its words, and shows nothing.
 */
export const runNodeBeside = async (args) =>
	await runKeeping(process.execPath, args, { kept: true, isPatient: true });

export const runNode = async (args, options) => await run(process.execPath, args, options);

/** npm as the one that called us, or the one on the path. */
export const runNpm = async (args, options) => {
	const script = process.env.npm_execpath ?? '';
	// Another package manager sets the same variable to itself.
	if (basename(script) === 'npm-cli.js') return await runNode([script, ...args], options);
	// On Windows npm is a script, which only a shell can start.
	return await run('npm', args, { ...options, shell: process.platform === 'win32' });
};

/** Says every few seconds that something slow is still going on. */
export const withProgress = async (what, work, detail = () => '') => {
	const started = Date.now();
	const seconds = () => Math.round((Date.now() - started) / 1000);
	console.log(`${what} …`);
	const ticking = setInterval(() => console.log(`  … ${seconds()} s${detail()}`), 5000);
	try {
		const result = await work();
		console.log(`  done in ${seconds()} s`);
		return result;
	} finally {
		clearInterval(ticking);
	}
};
