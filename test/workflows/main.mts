// npm run workflows: writes docs/workflows and docs/workflows/zh-CN.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { inRoot } from '../tools/project.mjs';
import { madeFiles } from './write.mjs';

const files = await madeFiles();
for (const { path, text } of files) {
	mkdirSync(dirname(inRoot(path)), { recursive: true });
	writeFileSync(inRoot(path), text);
}
console.log(`${files.length} workflows written.`);
