// npm run test:versions: the newest and the oldest supported n8n. `-- engine` or `-- pass`: one half of it.
import { endWith } from '../../tools/project.mjs';
import { setUp } from '../../tools/setup.mjs';
import { runVitest } from '../../tools/vitest.mjs';
import { ensureN8n } from '../install.mjs';
import { OLDEST } from './oldest.mjs';

const vitest = async (config, args, env = {}) =>
	await runVitest(config, args, { passSignals: true, env });

// What the project's own tests try on the newest: `npm test`.
const ENGINE_TESTS = ['engine', 'unit/runtime', 'unit/trigger', 'unit/platforms'];

const halves = {
	async engine({ folder, version }) {
		console.log(`\nThe engine of n8n ${version}`);
		return await vitest(
			'test/vitest.config.mts',
			ENGINE_TESTS.map((name) => `test/${name}/`),
			{ N8N_CORE_FROM: folder },
		);
	},
	async pass({ version }) {
		const newest = await ensureN8n();
		console.log(`\nA pass through n8n ${version} and ${newest.version}`);
		return await vitest('test/e2e/versions/vitest.config.mts', []);
	},
};

try {
	const chosen = process.argv.slice(2).filter((name) => name in halves);
	await setUp();
	const oldest = await ensureN8n(OLDEST);
	let worst = 0;
	for (const name of chosen.length > 0 ? chosen : Object.keys(halves)) {
		worst = Math.max(worst, await halves[name](oldest));
	}
	process.exitCode = worst;
} catch (error) {
	endWith(error);
}
