import { alternate, growth, withEngines, type Bench, type Row } from '../bench.mjs';
import { httpStatusJob, statusJob } from '../nodes.mjs';
import { atLeast, atMost, type Target } from '../report.mjs';
import { ratioOf } from '../statistics.mjs';

const HTTP = 'HTTP Request';

const measure = async (bench: Bench): Promise<void> => {
	const { standIn, platform, quick } = bench;
	const count = quick ? 200 : 1000;
	const [contractId] = await standIn.call('contracts', { count: 1 });
	const input = { json: Array.from({ length: count }, () => ({ contractId })) };
	const work = {
		five: { ...statusJob(platform), input },
		ten: { ...statusJob(platform, { itemsInParallel: 10 }), input },
		all: { ...statusJob(platform, { itemsInParallel: count }), input },
		// What is not the bare name of a field goes through n8n's expression engine here, too.
		workedOut: {
			...statusJob(platform, { itemsInParallel: 10 }, '={{ $json.contractId.trim() }}'),
			input,
		},
		http: { ...httpStatusJob(platform), input },
	};

	await withEngines(bench, 2, async ([ours, theirs]) => {
		const rate = (engine: typeof ours, job: (typeof work)['ten']) => async () => {
			const { ms, items } = await engine.call('time', job);
			if (items.length !== count) throw new Error(`${items.length} items of ${count}`);
			await standIn.call('count');
			return (count / ms) * 1000;
		};
		const [five, ten, all, workedOut, http] = await alternate(bench, [
			rate(ours, work.five),
			rate(ours, work.ten),
			rate(ours, work.all),
			rate(ours, work.workedOut),
			rate(theirs, work.http),
		]);
		const unit = 'calls/s';
		const line = (how: string, values: number[], limit?: number) =>
			bench.add({
				work: `${count} × Get Status, ${how}`,
				ours: values,
				unit,
				beside: { name: HTTP, values: http },
				result: { sample: ratioOf(values, http), unit: '×' },
				target: limit === undefined ? undefined : atLeast(limit),
			});
		line('5 in parallel', five);
		line('10 in parallel (the default)', ten, 0.85);
		line(`${count} in parallel`, all, 1.15);
		line('10 in parallel, the ID worked out by an expression', workedOut);
	});

	const memory = (job: (typeof work)['ten']) => async () => {
		const { mb } = await growth(bench, job, { json: input.json.slice(0, 20) });
		await standIn.call('count');
		return mb;
	};
	const more = { json: Array.from({ length: 4 * count }, () => ({ contractId })) };
	const [ten, all, workedOut, http, tenOfMore, httpOfMore] = await alternate(
		bench,
		[
			work.ten,
			work.all,
			work.workedOut,
			work.http,
			{ ...work.ten, input: more },
			{ ...work.http, input: more },
		].map(memory),
		{ warmUp: false },
	);
	const line = (how: string, ours: number[], theirs: number[], target?: Target) =>
		bench.add({
			work: `its memory, ${how}`,
			ours,
			unit: 'MB',
			beside: { name: HTTP, values: theirs },
			result: { sample: ratioOf(ours, theirs), unit: '×' },
			target,
		});
	line(`${count} items, 10 in parallel`, ten, http, atMost(0.7));
	line(`${count} items, ${count} in parallel`, all, http);
	line(`${count} items, 10 in parallel, the ID worked out`, workedOut, http);
	line(`${more.json.length} items, 10 in parallel`, tenOfMore, httpOfMore);
};

export const row: Row = { number: 1, title: 'many calls without latency', measure };
