import { spawnSync } from 'node:child_process';
import { inRoot } from './project.mjs';

/** n8n's checks of a community package, without its network part. `leg`: source or tarball. */
export const scanTree = (leg, directory) => {
	const { stdout, stderr } = spawnSync(
		process.execPath,
		[inRoot('test/tools/scanner.mjs'), leg, directory],
		// One of the rule sets takes every file for a sample of its own where NODE_ENV is `test`.
		{ encoding: 'utf8', env: { ...process.env, NODE_ENV: '' } },
	);
	try {
		return JSON.parse(stdout.trim().split('\n').pop());
	} catch {
		return { ok: false, report: `The scanner did not finish.\n${stderr || stdout}` };
	}
};
