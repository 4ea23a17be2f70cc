// npm run test:versions: the newest and the oldest supported n8n. `-- engine`, `-- faults` or `-- pass`: one
// part of it.
import { endWith } from '../../tools/project.mjs';
import { setUp } from '../../tools/setup.mjs';
import { runVitest } from '../../tools/vitest.mjs';
import { ensureN8n } from '../install.mjs';
import { OLDEST } from './oldest.mjs';

const vitest = async (config, args, env = {}) =>
	await runVitest(config, args, { passSignals: true, env });

// What the project's own tests try on the newest: `npm test`.
const ENGINE_TESTS = ['engine', 'unit/runtime', 'unit/trigger', 'unit/platforms'];

// Rows of the matrix (test/faults): the work was done and its answer lost or spoiled, or nothing was sent.
const TELLING = 'after the work|connection refused|, items: ';

const parts = {
	async engine({ folder, version }) {
		console.log(`\nThe engine of n8n ${version}`);
		return await vitest(
			'test/vitest.config.mts',
			ENGINE_TESTS.map((name) => `test/${name}/`),
			{ N8N_CORE_FROM: folder },
		);
	},
	async faults({ folder, version }) {
		const newest = await ensureN8n();
		const settings = [
			[`n8n ${version}`, { N8N_CORE_FROM: folder }],
			[
				`n8n ${newest.version}, and a second copy of n8n-workflow beside the package`,
				{ N8N_CORE_FROM: newest.folder, CN_ESIGN_SECOND_COPY: '1' },
			],
		];
		let worst = 0;
		for (const [what, env] of settings) {
			console.log(`\nThe most telling faults, in ${what}`);
			const args = ['matrix.', 'retryOnFail.', '-t', TELLING];
			worst = Math.max(worst, await vitest('test/faults/vitest.config.mts', args, env));
		}
		return worst;
	},
	async pass({ version }) {
		const newest = await ensureN8n();
		console.log(`\nA pass through n8n ${version} and ${newest.version}`);
		return await vitest('test/e2e/versions/vitest.config.mts', []);
	},
};

try {
	const chosen = process.argv.slice(2).filter((name) => name in parts);
	await setUp();
	const oldest = await ensureN8n(OLDEST);
	let worst = 0;
	for (const name of chosen.length > 0 ? chosen : Object.keys(parts)) {
		worst = Math.max(worst, await parts[name](oldest));
	}
	process.exitCode = worst;
} catch (error) {
	endWith(error);
}
