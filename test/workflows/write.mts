/** The files of docs/workflows, made out of what stands here. */
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { inRoot } from '../tools/project.mjs';
import { folderOf, readyWorkflows } from './index.mjs';
import { LANGUAGES, makeWorkflow } from './workflow.mjs';

export interface MadeFile {
	/** Below the project, with forward slashes. */
	path: string;
	text: string;
}

/** Every file, as prettier leaves it. */
export async function madeFiles(): Promise<MadeFile[]> {
	const config = await resolveConfig(inRoot('docs/workflows/any.json'));
	return await Promise.all(
		LANGUAGES.flatMap((language) =>
			readyWorkflows.map(async (workflow) => ({
				path: join(folderOf(language), `${workflow.file}.json`).replaceAll('\\', '/'),
				text: await format(JSON.stringify(makeWorkflow(workflow, language)), {
					...config,
					parser: 'json',
				}),
			})),
		),
	);
}
