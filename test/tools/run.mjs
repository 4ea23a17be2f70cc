// node test/tools/run.mjs <file.mts> [arguments]: set-up, then the TypeScript program.
import { runNode } from './command.mjs';
import { endWith } from './project.mjs';
import { setUp } from './setup.mjs';

const [file, ...args] = process.argv.slice(2);

try {
	await setUp();
	process.exitCode = await runNode(['--import', 'tsx', file, ...args], { passSignals: true });
} catch (error) {
	endWith(error);
}
