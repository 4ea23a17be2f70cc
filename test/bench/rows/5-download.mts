import { alternate, growth, type Bench, type Row } from '../bench.mjs';
import { esign, httpRequest, pandadocJob, secretsFor } from '../nodes.mjs';
import { atMost, exactly } from '../report.mjs';
import { ratioOf } from '../statistics.mjs';
import type { Work } from '../sides/engine.mjs';

const MEGABYTE = 1024 * 1024;

const measure = async (bench: Bench): Promise<void> => {
	const { standIn, platform, quick } = bench;
	const [usual, large] = (quick ? [50, 200] : [200, 1024]).map((size) => size * MEGABYTE);
	const [contractId] = await standIn.call('contracts', { count: 1 });
	await standIn.call('complete', contractId);
	const input = { json: [{ contractId }] };
	const ours: Work = {
		nodes: [
			esign(
				'contract',
				'download',
				{ contractId: '={{ $json.contractId }}', contact: 'signer-1@example.com' },
				{ callsPerSecond: 0 },
			),
		],
		secrets: secretsFor(platform),
		input,
	};
	const http: Work = {
		nodes: [
			httpRequest({
				url: `=${platform.baseUrl}/contract/document/download?contact=signer-1@example.com&contractId={{ $json.contractId }}`,
				options: { response: { response: { responseFormat: 'file' } } },
			}),
		],
		secrets: secretsFor(platform),
		input,
	};
	const pandadoc: Work = {
		...pandadocJob(platform, 'download', {
			documentId: { __rl: true, mode: 'id', value: '={{ $json.contractId }}' },
			format: 'pdf',
			binaryPropertyName: 'data',
		}),
		input,
	};

	const expected = new Map<number, string>();
	for (const size of [usual, large]) expected.set(size, await standIn.call('digest', size));
	let different = 0;

	const download = (work: Work, size: number) => async () => {
		const sending = async (downloadBytes: number) =>
			await standIn.call('switch', { throttle: false, downloadBytes });
		await sending(MEGABYTE);
		const grown = await growth(bench, work, input, async () => await sending(size));
		const { stored } = grown;
		if (!stored) throw new Error('No file was stored');
		if (stored.sha256 !== expected.get(size) || stored.bytes !== size) different += 1;
		return grown;
	};
	const [own, ownLarge, byHttp, byPandadoc] = await alternate(
		bench,
		[
			download(ours, usual),
			download(ours, large),
			download(http, usual),
			download(pandadoc, usual),
		],
		{ warmUp: false },
	);
	const mb = (list: typeof own) => list.map((grown) => grown.mb);
	const speed = (list: typeof own, size: number) =>
		list.map((grown) => (size / MEGABYTE / grown.ms) * 1000);
	const work = `memory of a download, ${usual / MEGABYTE} MB`;
	const besideHttp = { name: 'HTTP Request', values: mb(byHttp) };
	bench.add({
		work,
		ours: mb(own),
		unit: 'MB',
		beside: besideHttp,
		result: { sample: ratioOf(mb(own), mb(byHttp)), unit: '×' },
		target: atMost(1.15),
	});
	bench.add({ work, ours: mb(own), unit: 'MB', beside: besideHttp, target: atMost(100, 'MB') });
	bench.add({
		work,
		ours: mb(own),
		unit: 'MB',
		beside: { name: 'n8n-nodes-pandadoc', values: mb(byPandadoc) },
		result: { sample: ratioOf(mb(own), mb(byPandadoc)), unit: '×' },
		target: atMost(0.2),
	});
	bench.add({
		work: `the same, ${large / MEGABYTE} MB`,
		ours: mb(ownLarge),
		unit: 'MB',
		beside: { name: `ours, ${usual / MEGABYTE} MB`, values: mb(own) },
		result: { sample: ratioOf(mb(ownLarge), mb(own)), unit: '×' },
		target: atMost(1.3),
	});
	bench.add({
		work: 'speed of a download',
		ours: speed(own, usual),
		unit: 'MB/s',
		beside: { name: 'HTTP Request', values: speed(byHttp, usual) },
		result: { sample: ratioOf(speed(own, usual), speed(byHttp, usual)), unit: '×' },
	});
	bench.add({
		work: 'files that are not what was sent, in all these runs',
		ours: [different],
		unit: 'files',
		target: exactly(0, 'files'),
	});
};

export const row: Row = { number: 5, title: 'download of a large file', measure };
