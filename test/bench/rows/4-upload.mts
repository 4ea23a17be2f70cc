import { alternate, growth, withEngines, type Bench, type Row } from '../bench.mjs';
import { esign, extractFromFile, httpRequest, pandadocJob, secretsFor } from '../nodes.mjs';
import { atLeast, atMost } from '../report.mjs';
import { sampleOf, ratioOf } from '../statistics.mjs';
import type { Work } from '../sides/engine.mjs';

const MEGABYTE = 1024 * 1024;

const measure = async (bench: Bench): Promise<void> => {
	const { standIn, platform, quick } = bench;
	const [usual, large] = quick ? [10, 30] : [30, 100];
	const lifted = { throttle: false };
	const upload = (megabytes: number, signed: boolean): Work => ({
		nodes: [esign('document', 'upload', {}, { sizeLimit: 1000, callsPerSecond: 0 })],
		secrets: secretsFor(platform, { signed }),
		input: { file: megabytes * MEGABYTE },
	});
	const extract: Work = {
		nodes: [
			extractFromFile(),
			httpRequest({
				method: 'POST',
				url: `${platform.baseUrl}/document/file`,
				sendBody: true,
				specifyBody: 'keypair',
				bodyParameters: {
					parameters: [
						{ name: 'file', value: '={{ $json.data }}' },
						{ name: 'fileName', value: 'contract' },
						{ name: 'fileSuffix', value: '.pdf' },
					],
				},
			}),
		],
		secrets: secretsFor(platform),
		input: { file: usual * MEGABYTE },
	};
	const pandadoc: Work = {
		...pandadocJob(platform, 'createFromPdf', { name: 'contract', binaryPropertyName: 'data' }),
		input: { file: usual * MEGABYTE },
	};
	/** What was uploaded before is forgotten, or it would slow the stand-in down. */
	const forget = async () => await standIn.call('reset', lifted);
	await forget();

	/** As a multiple of the file. */
	const memory = (work: Work) => async () => {
		const { mb } = await growth(bench, work, { file: 100_000 });
		await forget();
		return (mb * MEGABYTE) / work.input.file!;
	};
	const [plain, big, signed, byExtract, byPandadoc] = await alternate(
		bench,
		[upload(usual, false), upload(large, false), upload(usual, true), extract, pandadoc].map(
			memory,
		),
		{ warmUp: false },
	);
	const unit = '× the file';
	const pandadocs = { name: 'n8n-nodes-pandadoc', values: byPandadoc };
	bench.add({
		work: `memory of an upload, ${usual} MB, no private key`,
		ours: plain,
		unit,
		beside: { name: 'Extract From File + HTTP Request', values: byExtract },
		target: atMost(1, unit),
	});
	bench.add({
		work: `the same, ${large} MB`,
		ours: big,
		unit,
		beside: pandadocs,
		target: atMost(0.9, unit),
	});
	bench.add({
		work: `the same, ${usual} MB, with a private key`,
		ours: signed,
		unit,
		beside: pandadocs,
		target: atMost(1.6, unit),
	});

	await withEngines(bench, 2, async ([ours, theirs]) => {
		const seconds = (engine: typeof ours, work: Work) => async () => {
			const timed = await engine.call('time', work);
			await forget();
			return timed;
		};
		const [own, other] = await alternate(bench, [
			seconds(ours, upload(usual, false)),
			seconds(theirs, extract),
		]);
		const times = (list: typeof own, name: 'ms' | 'cpuMs') => list.map((run) => run[name] / 1000);
		const ratio = ratioOf(times(other, 'ms'), times(own, 'ms'));
		bench.add({
			work: `time of an upload, ${usual} MB`,
			ours: times(own, 'ms'),
			unit: 's',
			beside: { name: 'Extract From File + HTTP Request', values: times(other, 'ms') },
			result: { sample: ratio, unit: '× faster' },
			target: atLeast(15, '× faster'),
		});
		bench.add({
			work: 'its processor time',
			ours: times(own, 'cpuMs'),
			unit: 's',
			beside: { name: 'Extract From File + HTTP Request', values: times(other, 'cpuMs') },
			result: {
				sample: sampleOf(
					times(other, 'cpuMs').map((value, index) => value / times(own, 'cpuMs')[index]),
				),
				unit: '× less',
			},
		});
	});
};

export const row: Row = { number: 4, title: 'upload of a large file', measure };
