import { alternate, withEngines, type Bench, type Row } from '../bench.mjs';
import { esign, httpRequest, secretsFor } from '../nodes.mjs';
import { atMost, exactly } from '../report.mjs';
import { sampleOf } from '../statistics.mjs';
import type { Work } from '../sides/engine.mjs';

/** What the platform takes per second. */
const PACE = 5;
/** Longer than the platform's window, so that no run uses up the next one's calls. */
const BETWEEN = 1500;

const measure = async (bench: Bench): Promise<void> => {
	const { standIn, platform, quick } = bench;
	const count = quick ? 15 : 100;
	const docId = await standIn.call('document');
	const { operator, line } = platform;
	const signer = {
		signerType: 'RECEIVER_PERSONAL',
		signerName: 'Signer',
		signerOrder: '1',
		receiver: { name: 'Signer', contactType: 'EMAIL', contact: 'signer@example.com' },
	};
	const input = { json: Array.from({ length: count }, (_, index) => ({ subject: `C ${index}` })) };
	const ours: Work = {
		nodes: [
			esign('contract', 'create', {
				operatorName: operator.name,
				operatorContact: operator.contact,
				signReId: { __rl: true, mode: 'list', value: line },
				subject: '={{ $json.subject }}',
				signDocumentList: docId,
				signersInput: 'json',
				signersJson: JSON.stringify([signer]),
			}),
		],
		secrets: secretsFor(platform),
		input,
	};
	const http: Work = {
		nodes: [
			httpRequest({
				method: 'POST',
				url: `${platform.baseUrl}/contract/draft`,
				sendBody: true,
				specifyBody: 'json',
				jsonBody: JSON.stringify({
					operator: { ...operator, contactType: 'MOBILE' },
					signReId: line,
					subject: '{{ $json.subject }}',
					send: '1',
					signDocumentList: [{ docId }],
					signerList: [signer],
				}).replace(/^/, '='),
			}),
		],
		secrets: secretsFor(platform),
		input,
	};

	await withEngines(bench, 2, async ([own, other]) => {
		const starting = (engine: typeof own, work: Work) => async () => {
			await new Promise((resolve) => setTimeout(resolve, BETWEEN));
			await standIn.call('count');
			const before = (await standIn.call('traffic')).contracts;
			const { ms, items } = await engine.call('time', work);
			const { starts, contracts } = await standIn.call('traffic');
			return { ms, items: items.length, starts, started: contracts - before };
		};
		const [paced, unpaced] = await alternate(bench, [starting(own, ours), starting(other, http)], {
			warmUp: false,
		});
		const refused = (list: typeof paced) => list.map(({ starts, started }) => starts - started);
		if (paced.some(({ items, started }) => items !== count || started !== count))
			throw new Error('Not every contract was started once');
		bench.add({
			work: `refusals while ${count} contracts are started, ${PACE} per second allowed`,
			ours: refused(paced),
			unit: 'calls',
			beside: { name: 'HTTP Request', values: refused(unpaced) },
			target: exactly(0, 'calls'),
		});
		bench.add({
			work: 'time, as a multiple of what the platform allows',
			ours: paced.map(({ ms }) => ms / 1000),
			unit: 's',
			result: { sample: sampleOf(paced.map(({ ms }) => ms / 1000 / (count / PACE))), unit: '×' },
			target: atMost(1.1),
		});
	});
};

export const row: Row = { number: 6, title: 'contract starts against the throttle', measure };
