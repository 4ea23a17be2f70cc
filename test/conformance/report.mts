import type { Result } from './runner.mjs';
import type { AnySuite, Outcome, TargetBase } from './suite.mjs';

const words = (outcome: Outcome): string => {
	switch (outcome.kind) {
		case 'ok':
			return 'ok';
		case 'refused':
			return `refused, ${outcome.code}`;
		case 'failed':
			return 'failed';
		case 'notTried':
			return 'not tried';
	}
};

export const tableHead = (operations: string[]) => {
	const width = Math.max(...operations.map((name) => name.length));
	const row = (operation: string, result: string, note: string) =>
		console.log(`  ${operation.padEnd(width)}  ${result.padEnd(16)}  ${note}`.trimEnd());
	row('operation', 'result', 'note');
	row('-'.repeat(width), '-'.repeat(16), '-'.repeat(20));
	return ({ operation, outcome }: Result) => row(operation, words(outcome), outcome.note);
};

/** What will be made at most, said before anything is sent. */
export const sayPlan = (
	suite: AnySuite,
	target: TargetBase,
	planned: Map<string, number>,
): void => {
	console.log(`\n${suite.title}: every operation of the node, once, against ${target.name}\n`);
	const parts = [...planned].map(([kind, count]) => {
		const [one, many] = suite.kinds[kind];
		return `${count} ${count === 1 ? one : many}`;
	});
	console.log(
		parts.length > 0
			? `Creates or has billed at most: ${parts.join(', ')}.`
			: 'Creates nothing, only reads.',
	);
	if (!target.isStandIn && target.mayWrite) {
		console.log('Signers are told about their contracts as usual.');
		if (suite.afterwards) console.log(suite.afterwards);
	}
	if (!target.mayWrite)
		console.log('To try what creates or changes something: CN_ESIGN_ALLOW_WRITES=yes.');
	console.log('');
};

export const sayTotals = (results: Result[]): void => {
	const count = (kind: Outcome['kind']) =>
		results.filter(({ outcome }) => outcome.kind === kind).length;
	console.log(
		`\n  ${count('ok')} ok, ${count('refused')} refused, ${count('failed')} failed, ${count('notTried')} not tried`,
	);
};
