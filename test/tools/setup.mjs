// Everything a fresh clone needs before anything can run: packages, then the build.
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { install } from './install.mjs';
import { alone } from './lock.mjs';
import { checkNode, endWith } from './project.mjs';

export const setUp = async () => {
	checkNode();
	await alone(async () => {
		await install();
		await build();
	});
};

if (import.meta.url === pathToFileURL(process.argv[1]).href) await setUp().catch(endWith);
