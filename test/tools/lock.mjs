import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { inRoot } from './project.mjs';

const FILE = inRoot('.cache', 'setup.lock');

const isRunning = (pid) => {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// EPERM: it runs, for another user.
		return error.code === 'EPERM';
	}
};

const take = () => {
	try {
		writeFileSync(FILE, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if (error.code !== 'EEXIST') throw error;
		return false;
	}
};

const holder = () => {
	try {
		return Number(readFileSync(FILE, 'utf8'));
	} catch {
		return 0;
	}
};

/** One set-up at a time: a second `npm ci` would empty node_modules under the first. */
export const alone = async (work) => {
	mkdirSync(inRoot('.cache'), { recursive: true });
	for (let told = false; !take(); await sleep(500)) {
		const pid = holder();
		// Left behind by one that was killed. An empty file is one that is just being written.
		if (pid > 0 && !isRunning(pid)) rmSync(FILE, { force: true });
		else if (!told) {
			console.log(`Waiting for another set-up of this folder (process ${pid || '?'}) …`);
			told = true;
		}
	}
	try {
		return await work();
	} finally {
		rmSync(FILE, { force: true });
	}
};
