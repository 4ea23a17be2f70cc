// npm run demo: the shipped example workflows in n8n's own engine, against a stand-in platform.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startKaifangqian } from '../sandbox/kaifangqian/index.mjs';
import { projectRoot } from '../engine/engine.mjs';
import { addBaseNodes } from '../engine/baseNodes/index.mjs';
import { startedByCallback } from './callback.mjs';
import type { Part } from './part.mjs';
import { LI_SI, WANG_WU } from './people.mjs';
import { DemoFault, heading, line, seconds } from './print.mjs';
import { signedPdf } from './signed-pdf.mjs';

const parts: Part[] = [signedPdf, startedByCallback];

const main = async () => {
	const output = join(projectRoot, 'demo-output');
	mkdirSync(output, { recursive: true });
	addBaseNodes();
	const kaifangqian = await startKaifangqian();
	try {
		const { origin, operator, companyName } = kaifangqian;
		console.log(`\nA stand-in for Kaifangqian (开放签) runs at ${origin}/ while the demo does.`);
		console.log(`Sender (经办人): ${operator.name}, ${operator.contact}, of ${companyName}`);
		const signers = [LI_SI, WANG_WU].map(({ name, contact }) => `${name}, ${contact}`);
		console.log(`Signers: ${signers.join('; ')}`);
		console.log('The workflows come from docs/workflows and run in the engine of n8n itself.');
		for (const part of parts) {
			heading(part.title);
			await part.run({ kaifangqian, output });
		}
		console.log(
			`\nThe demo is complete (${seconds()}). To click through one yourself: npm run sandbox`,
		);
	} finally {
		await kaifangqian.close();
		// The engine's own folder, made for this run.
		rmSync(process.env.N8N_USER_FOLDER!, { recursive: true, force: true });
	}
};

try {
	await main();
	process.exit(0);
} catch (error) {
	line('✗', 'The demo stopped.', '');
	console.error(`    ${error instanceof DemoFault ? error.message : (error as Error).stack}`);
	process.exit(1);
}
