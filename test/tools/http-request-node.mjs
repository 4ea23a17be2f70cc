// n8n's own HTTP Request node for the tests. Its package drags in half of n8n, so only its tarball is
// fetched, checked against its published hash, and the two folders that the node consists of are
// unpacked. Part of the set-up: the tests themselves stay on 127.0.0.1.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { inRoot } from './project.mjs';

const NAME = 'n8n-nodes-base';
const VERSION = '2.41.1';
const SHA512 =
	'qc1lArqFRVpfXvRonHGhdVwmFrGOulIwKie+Hr5AwBzzOAwushvU+Ty3PSJYWs+C1L6FxpAmpAfiCgpjB/ldSQ==';

// Below the project's node_modules, so that the node finds n8n-workflow and lodash where the engine does.
const cache = inRoot('node_modules/.cache');
const home = join(cache, `${NAME}-${VERSION}`);

/** The node's file, and an empty module for what it does not need here. */
export const httpRequestNode = {
	entry: join(home, 'package/dist/nodes/HttpRequest/HttpRequest.node.js'),
	stub: join(home, 'not-needed.cjs'),
};

export const fetchHttpRequestNode = () => {
	if (existsSync(httpRequestNode.entry)) return;
	mkdirSync(cache, { recursive: true });
	// Beside its place, then moved: a run that is broken off leaves nothing half-done behind.
	const desk = mkdtempSync(join(cache, 'unpacking-'));
	try {
		const specification = `${NAME}@${VERSION}`;
		execFileSync('npm', ['pack', specification, '--pack-destination', desk, '--silent'], {
			stdio: ['ignore', 'ignore', 'inherit'],
			shell: process.platform === 'win32',
		});
		const tarball = join(desk, `${NAME}-${VERSION}.tgz`);
		const found = createHash('sha512').update(readFileSync(tarball)).digest('base64');
		if (found !== SHA512) throw new Error(`${specification} is not what it was: sha512 ${found}`);
		const parts = ['package/dist/nodes/HttpRequest', 'package/dist/utils'];
		execFileSync('tar', ['-xzf', tarball, '-C', desk, ...parts]);
		rmSync(tarball);
		writeFileSync(join(desk, 'not-needed.cjs'), '');
		rmSync(home, { recursive: true, force: true });
		renameSync(desk, home);
	} finally {
		rmSync(desk, { recursive: true, force: true });
	}
};
