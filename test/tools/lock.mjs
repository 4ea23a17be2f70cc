import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inRoot } from './project.mjs';

const SETUP = { file: inRoot('.cache', 'setup.lock'), what: 'another set-up of this folder' };

const isRunning = (pid) => {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// EPERM: it runs, for another user.
		return error.code === 'EPERM';
	}
};

const take = (file) => {
	try {
		writeFileSync(file, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if (error.code !== 'EEXIST') throw error;
		return false;
	}
};

const holder = (file) => {
	try {
		return Number(readFileSync(file, 'utf8'));
	} catch {
		return 0;
	}
};

/**
 * One at a time: a second `npm ci` would empty node_modules under the first. The lock lies in `file`;
 * `what` names the other one for whoever waits.
 */
export const alone = async (work, { file, what } = SETUP) => {
	mkdirSync(dirname(file), { recursive: true });
	for (let told = false; !take(file); await sleep(500)) {
		const pid = holder(file);
		// Left behind by one that was killed. An empty file is one that is just being written.
		if (pid > 0 && !isRunning(pid)) rmSync(file, { force: true });
		else if (!told) {
			console.log(`Waiting for ${what} (process ${pid || '?'}) …`);
			told = true;
		}
	}
	try {
		return await work();
	} finally {
		rmSync(file, { force: true });
	}
};
