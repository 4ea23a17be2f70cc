import { alternate, withEngines, type Bench, type Row } from '../bench.mjs';
import { pandadocJob, statusJob } from '../nodes.mjs';
import { atLeast, atMost, exactly } from '../report.mjs';
import { ratioOf } from '../statistics.mjs';

const LATENCY = 50;

const measure = async (bench: Bench): Promise<void> => {
	const { standIn, platform, quick } = bench;
	const count = quick ? 40 : 200;
	const ids = await standIn.call('contracts', { count });
	await standIn.call('switch', { latencyMs: LATENCY });
	const input = { json: ids.map((contractId) => ({ contractId })) };
	const ours = (itemsInParallel: number) => ({
		...statusJob(platform, { itemsInParallel }),
		input,
	});
	const theirs = {
		...pandadocJob(platform, 'getStatus', {
			documentId: { __rl: true, mode: 'id', value: '={{ $json.contractId }}' },
		}),
		input,
	};
	const mostAtOnce: Record<number, number[]> = { 5: [], 10: [], 20: [] };
	let outOfOrder = 0;

	await withEngines(bench, 2, async ([own, other]) => {
		const rate = (parallel: number) => async () => {
			await standIn.call('count');
			const { ms, items } = await own.call('time', ours(parallel));
			outOfOrder += items.filter(({ contractId }, index) => contractId !== ids[index]).length;
			outOfOrder += Math.abs(items.length - count);
			mostAtOnce[parallel].push((await standIn.call('traffic')).mostAtOnce);
			return (count / ms) * 1000;
		};
		const otherRate = async () => {
			const { ms, items } = await other.call('time', theirs);
			if (items.length !== count) throw new Error(`${items.length} items of ${count}`);
			return (count / ms) * 1000;
		};
		const [five, ten, twenty, pandadoc] = await alternate(bench, [
			rate(5),
			rate(10),
			rate(20),
			otherRate,
		]);
		const pairs: Array<[parallel: number, values: number[], limit?: number]> = [
			[5, five],
			[10, ten, 7],
			[20, twenty, 11],
		];
		for (const [parallel, values, limit] of pairs) {
			bench.add({
				work: `${count} × Get Status, ${LATENCY} ms latency, ${parallel} in parallel`,
				ours: values,
				unit: 'calls/s',
				beside: { name: 'n8n-nodes-pandadoc', values: pandadoc },
				result: { sample: ratioOf(values, pandadoc), unit: '×' },
				target: limit === undefined ? undefined : atLeast(limit),
			});
			bench.add({
				work: `most calls in flight, ${parallel} in parallel`,
				ours: [Math.max(...mostAtOnce[parallel])],
				unit: 'calls',
				target: atMost(parallel, 'calls'),
			});
		}
		bench.add({
			work: 'items out of order, in all these runs',
			ours: [outOfOrder],
			unit: 'items',
			target: exactly(0, 'items'),
		});
	});
};

export const row: Row = { number: 3, title: 'many calls with latency', measure };
