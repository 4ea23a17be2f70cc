// npm run conformance [-- --platform NAME]: every operation through the node; see README.md beside this.
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { kaifangqian } from './kaifangqian/index.mjs';
import { qiandun } from './qiandun/index.mjs';
import { sayPlan, sayTotals, tableHead } from './report.mjs';
import { operationsOf, plannedOn, runTrials, type Result } from './runner.mjs';
import type { AnySuite } from './suite.mjs';

const suites: AnySuite[] = [kaifangqian, qiandun];

const chosen = (): AnySuite[] => {
	const { values } = parseArgs({ options: { platform: { type: 'string' } } });
	const known = suites.map(({ platform }) => platform).join(', ');
	if (values.platform === undefined) {
		// A server is one platform's; only the stand-ins can all be meant.
		if (process.env.CN_ESIGN_BASE_URL && suites.length > 1)
			throw new Error(`Say which platform CN_ESIGN_BASE_URL is: --platform with one of ${known}`);
		return suites;
	}
	const found = suites.filter(({ platform }) => platform === values.platform);
	if (found.length === 0)
		throw new Error(`There is no platform '${values.platform}', only ${known}`);
	return found;
};

/** Operations of the node that have no trial, as results that tell so. */
const uncovered = ({ platform, trials }: AnySuite): Result[] =>
	operationsOf(platform)
		.filter((operation) => !trials.some((trial) => trial.operation === operation))
		.map((operation) => ({ operation, outcome: { kind: 'failed', note: 'has no trial yet' } }));

const conforms = async (suite: AnySuite): Promise<boolean> => {
	const target = await suite.openTarget(process.env);
	try {
		sayPlan(suite, target, plannedOn(suite, target));
		const print = tableHead(suite.trials.map(({ operation }) => operation));
		const results = await runTrials(suite, target, print);
		for (const result of uncovered(suite)) {
			print(result);
			results.push(result);
		}
		sayTotals(results);
		// What was not tried proves nothing, which only a real server can excuse.
		const good = target.isStandIn ? ['ok'] : ['ok', 'notTried'];
		return results.every(({ outcome }) => good.includes(outcome.kind));
	} finally {
		await target.close();
	}
};

try {
	let good = true;
	for (const suite of chosen()) good = (await conforms(suite)) && good;
	process.exitCode = good ? 0 : 1;
} catch (error) {
	console.error((error as Error).message);
	process.exitCode = 1;
} finally {
	// The engine's own folder, made for this run.
	rmSync(process.env.N8N_USER_FOLDER!, { recursive: true, force: true });
	process.exit();
}
