import { alternate, growth, withEngines, type Bench, type Row } from '../bench.mjs';
import { esign, secretsFor, statusJob } from '../nodes.mjs';
import { atMost } from '../report.mjs';
import { exponentOf, sampleOf } from '../statistics.mjs';
import type { Work } from '../sides/engine.mjs';

interface Sized {
	size: number;
	work: Work;
}

const measure = async (bench: Bench): Promise<void> => {
	const { standIn, platform, quick } = bench;
	await standIn.call('switch', { throttle: false });
	const docId = await standIn.call('document');
	const [contractId] = await standIn.call('contracts', { count: 1 });

	const items = (size: number): Sized => ({
		size,
		work: {
			...statusJob(platform, { itemsInParallel: 10 }),
			input: { json: Array.from({ length: size }, () => ({ contractId })) },
		},
	});
	/** One call each time would drown in what every run costs, so there are several. */
	const repeated = (size: number, count: number, work: (input: Work['input']) => Work): Sized => ({
		size,
		work: work({ json: Array.from({ length: count }, () => ({})) }),
	});
	const people = (size: number) =>
		JSON.stringify(
			Array.from({ length: size }, (_, index) => ({
				signerType: 'RECEIVER_PERSONAL',
				signerName: `Signer ${index}`,
				signerOrder: '1',
				receiver: {
					name: `Signer ${index}`,
					contactType: 'EMAIL',
					contact: `signer-${index}@example.com`,
				},
			})),
		);
	const signers = (size: number): Sized =>
		repeated(size, 20, (input) => ({
			nodes: [
				esign(
					'contract',
					'create',
					{
						operatorName: platform.operator.name,
						operatorContact: platform.operator.contact,
						signReId: { __rl: true, mode: 'list', value: platform.line },
						subject: 'Contract',
						signDocumentList: docId,
						signersInput: 'json',
						signersJson: people(size),
					},
					{ callsPerSecond: 0 },
				),
			],
			secrets: secretsFor(platform),
			input,
		}));
	const tasks = async (size: number): Promise<Sized> => {
		const [id] = await standIn.call('contracts', { count: 1, people: size });
		return repeated(size, 20, (input) => ({
			nodes: [esign('contract', 'getStatus', { contractId: id })],
			secrets: secretsFor(platform),
			input,
		}));
	};

	const most = quick ? 1000 : 10_000;
	const pairs: Array<[what: string, small: Sized, large: Sized]> = [
		['items', items(100), items(most)],
		['signers of a contract', signers(2), signers(50)],
		['open tasks of a contract', await tasks(1), await tasks(500)],
	];
	await withEngines(bench, 1, async ([engine]) => {
		const time = (work: Work) => async () => {
			const { ms } = await engine.call('time', work);
			await standIn.call('count');
			return ms;
		};
		for (const [what, small, large] of pairs) {
			const [few, many] = await alternate(bench, [time(small.work), time(large.work)]);
			const exponents = few.map((ms, index) =>
				exponentOf({ size: small.size, ms }, { size: large.size, ms: many[index] }),
			);
			bench.add({
				work: `${what}, ${large.size} instead of ${small.size}`,
				ours: many,
				unit: 'ms',
				beside: { name: `ours, ${small.size}`, values: few },
				result: { sample: sampleOf(exponents), unit: 'as exponent of the time' },
				target: atMost(1.1, 'as exponent'),
			});
		}
	});

	const { work } = items(most);
	const [perItem] = await alternate(
		bench,
		[
			async () => {
				const { mb } = await growth(bench, work, { json: [{ contractId }] });
				await standIn.call('count');
				return (mb * 1024) / most;
			},
		],
		{ warmUp: false },
	);
	bench.add({ work: `memory of ${most} items`, ours: perItem, unit: 'KB an item' });
};

export const row: Row = { number: 9, title: 'growth', measure };
