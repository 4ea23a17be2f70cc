import { alternate, type Bench, type Row } from '../bench.mjs';
import { saveCredential, withCredential, withN8n } from '../fullN8n.mjs';
import { codeNode, esign, httpRequest, manualTrigger } from '../nodes.mjs';
import { atLeast } from '../report.mjs';
import { ratioOf } from '../statistics.mjs';
import { itemsOf, type N8nServer, type StoredExecution } from '../../e2e/server/index.mjs';
import { chain } from '../../engine/node.mjs';
import type { Platform } from '../sides/standIn.mjs';
import type { INode } from 'n8n-workflow';

/** As a user would write it after the platform's document: everything that a request carries, signed. */
const signingCode = ({ token, privateKey }: Platform): string => `
const crypto = require('crypto');
const privateKey = ${JSON.stringify(privateKey)};
return $input.all().map(({ json }) => {
	const query = {
		appAuthToken: ${JSON.stringify(token)},
		contractId: json.contractId,
		uniqueCode: crypto.randomUUID(),
	};
	const text = Object.keys(query).sort().map((name) => name + '=' + query[name]).join('&');
	const sign = crypto.createSign('RSA-SHA256').update(text).sign(privateKey, 'base64');
	return { json: { ...query, sign, nonce: crypto.randomUUID(), timestamp: String(Date.now()) } };
});`;

const pairs = (...names: string[]) => ({
	parameters: names.map((name) => ({ name, value: `={{ $json.${name} }}` })),
});

const signedByHand = (platform: Platform): INode[] => [
	codeNode('Sign', signingCode(platform)),
	httpRequest({
		authentication: 'none',
		nodeCredentialType: '',
		url: `${platform.baseUrl}/contract/tasks`,
		sendQuery: true,
		queryParameters: pairs('appAuthToken', 'contractId', 'uniqueCode'),
		sendHeaders: true,
		headerParameters: pairs('appAuthToken', 'uniqueCode', 'nonce', 'timestamp', 'sign'),
	}),
];

/** What n8n says the nodes took, all together. */
const millisecondsOf = ({ data }: StoredExecution, nodes: INode[]): number =>
	nodes.reduce((sum, { name }) => {
		const [run] = data.resultData.runData[name] as Array<{ executionTime?: number }>;
		return sum + (run.executionTime ?? NaN);
	}, 0);

const measure = async (bench: Bench): Promise<void> => {
	const { standIn, platform, quick } = bench;
	const count = quick ? 200 : 1000;
	const [contractId] = await standIn.call('contracts', { count: 1 });
	await standIn.call('switch', { strictSign: true });

	// The Code node may load crypto.
	await withN8n(bench, { NODE_FUNCTION_ALLOW_BUILTIN: 'crypto' }, async (server) => {
		const credential = await saveCredential(server, 'Bench signed', platform, {
			secret: platform.privateKey,
		});
		const start = manualTrigger();
		const items = codeNode(
			'Items',
			`return Array.from({ length: ${count} }, () => ({ json: { contractId: '${contractId}' } }));`,
		);
		const rateOf = async (name: string, nodes: INode[]) => {
			const { id } = await server.rest.createWorkflow({
				name,
				...chain(start, items, ...nodes),
				settings: { executionOrder: 'v1' },
			});
			return async () => (count / (await runOnce(server, id, nodes))) * 1000;
		};
		const runOnce = async ({ rest }: N8nServer, id: string, nodes: INode[]): Promise<number> => {
			const stored = await rest.finished(await rest.start(id, start.name), 300_000);
			const { error } = stored.data.resultData;
			if (error) throw new Error(`${error.message} ${error.description ?? ''}`);
			const given = itemsOf(stored, nodes.at(-1)!.name);
			const answered = given.filter(
				({ json }) => json.code === 10000 || json.contractId === contractId,
			);
			if (answered.length !== count) throw new Error(`${answered.length} answers of ${count}`);
			await standIn.call('count');
			return millisecondsOf(stored, nodes);
		};
		const ours = (itemsInParallel: number) => [
			withCredential(
				esign(
					'contract',
					'getStatus',
					{ contractId: '={{ $json.contractId }}' },
					{ itemsInParallel },
				),
				credential,
			),
		];
		const [ten, all, byHand] = await alternate(bench, [
			await rateOf('10', ours(10)),
			await rateOf('all', ours(count)),
			await rateOf('by hand', signedByHand(platform)),
		]);
		for (const [how, values, limit] of [
			['10', ten, 2],
			[String(count), all, 3],
		] as const)
			bench.add({
				work: `${count} × Get Status, signed, full n8n, ${how} in parallel`,
				ours: [...values],
				unit: 'calls/s',
				beside: { name: 'Code + HTTP Request', values: byHand },
				result: { sample: ratioOf([...values], byHand), unit: '×' },
				target: atLeast(limit),
			});
	});
};

export const row: Row = { number: 2, title: 'many signed calls, full n8n', measure };
