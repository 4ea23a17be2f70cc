import type { SavedCredential, WorkflowBody } from '../server/index.mjs';

// Written as a user builds them in the editor.

interface Step {
	name: string;
	type: string;
	typeVersion: number;
	parameters: object;
	credentials?: Record<string, { id: string; name: string }>;
	[setting: string]: unknown;
}

/** The steps one behind the other. `fork`: further rows that begin at the first step. */
const workflow = (
	name: string,
	steps: Step[],
	{ fork = [], settings = {} }: { fork?: Step[][]; settings?: object } = {},
): WorkflowBody => {
	const [first, ...rest] = steps;
	const rows = [rest, ...fork];
	const to = (...targets: Step[]) => ({
		main: [targets.map(({ name: node }) => ({ node, type: 'main', index: 0 }))],
	});
	const connections: Record<string, unknown> = { [first.name]: to(...rows.map(([next]) => next)) };
	for (const row of rows) {
		for (const [at, step] of row.slice(0, -1).entries()) connections[step.name] = to(row[at + 1]);
	}
	return {
		name,
		nodes: [first, ...rows.flat()].map((step, at) => ({
			id: `${name}-${at}`,
			position: [at * 220, 0],
			...step,
		})),
		connections,
		settings: { executionOrder: 'v1', ...settings },
	};
};

const using = ({ id, name, type }: SavedCredential) => ({ [type]: { id, name } });

const esign = (name: string, credential: SavedCredential, parameters: object): Step => ({
	name,
	type: 'n8n-nodes-cn-esign.cnEsign',
	typeVersion: 1,
	parameters: { platform: 'kaifangqian', options: {}, ...parameters },
	credentials: using(credential),
});

const trigger = (credential: SavedCredential, path: string, options: object = {}): Step => ({
	name: 'CN E-Sign Trigger',
	type: 'n8n-nodes-cn-esign.cnEsignTrigger',
	typeVersion: 1,
	webhookId: path,
	parameters: { platform: 'kaifangqian', events: ['contract.completed'], simplify: true, options },
	credentials: using(credential),
});

/** Below `/webhook/`. */
export const callbackPath = (path: string) => `${path}/esign`;

const webhook = (path: string): Step => ({
	name: 'Webhook',
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2,
	webhookId: path,
	parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
});

const splitOut = (fieldToSplitOut: string): Step => ({
	name: 'Split Out',
	type: 'n8n-nodes-base.splitOut',
	typeVersion: 1,
	parameters: { fieldToSplitOut, options: {} },
});

const removeDuplicates: Step = {
	name: 'Remove Duplicates',
	type: 'n8n-nodes-base.removeDuplicates',
	typeVersion: 2,
	parameters: {
		operation: 'removeItemsSeenInPreviousExecutions',
		logic: 'removeItemsWithAlreadySeenKeyValues',
		dedupeValue: '={{ $json.eventId }}',
		options: {},
	},
	// The very first executions each want to make the node's list; only one of them can.
	retryOnFail: true,
	maxTries: 5,
	waitBetweenTries: 500,
};

/** Tells the sink that this item has come as far as `place`. */
const report = (sink: string, place: string, source = '$json'): Step => ({
	name: place,
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	parameters: {
		method: 'POST',
		url: `${sink}/${place}`,
		sendBody: true,
		specifyBody: 'json',
		jsonBody: `={{ JSON.stringify({ contractId: ${source}.contractId, eventId: ${source}.eventId, executionId: $execution.id }) }}`,
		options: {},
	},
});

const getStatus = (credential: SavedCredential): Step =>
	esign('Get Status', credential, {
		resource: 'contract',
		operation: 'getStatus',
		contractId: '={{ $json.contractId }}',
	});

const filter = (name: string, leftValue: string, rightValue: string): Step => ({
	name,
	type: 'n8n-nodes-base.filter',
	typeVersion: 2.2,
	parameters: {
		conditions: {
			combinator: 'and',
			options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
			conditions: [
				{ id: name, leftValue, rightValue, operator: { type: 'string', operation: 'equals' } },
			],
		},
		looseTypeValidation: true,
		options: {},
	},
});

export interface Known {
	credential: SavedCredential;
	sink: string;
}

/** Webhook → one contract for each entry of `contracts` in its body. */
export const startingContracts = (
	{ credential }: Known,
	path: string,
	{ callsPerSecond }: { callsPerSecond: number },
): WorkflowBody =>
	workflow('Start contracts', [
		webhook(path),
		splitOut('body.contracts'),
		esign('Create', credential, {
			resource: 'contract',
			operation: 'create',
			operatorName: '={{ $json.operatorName }}',
			operatorContact: '={{ $json.operatorContact }}',
			signReId: { __rl: true, mode: 'id', value: '={{ $json.signReId }}' },
			subject: '={{ $json.subject }}',
			signDocumentList: '={{ $json.docId }}',
			signersInput: 'fields',
			signers: {
				signer: [{ name: '李四', contact: '13900139000', details: { order: '1' } }],
			},
			options: { callsPerSecond, itemsInParallel: 20 },
		}),
	]);

/** Callback → Remove Duplicates → Get Status → the step that has to happen once. */
export const following = ({ credential, sink }: Known, path: string): WorkflowBody =>
	workflow(
		'Completed contracts',
		[
			trigger(credential, path),
			removeDuplicates,
			report(sink, 'passed'),
			getStatus(credential),
			report(sink, 'done', "$('CN E-Sign Trigger').item.json"),
		],
		{ settings: { saveExecutionProgress: true } },
	);

/** What a schedule starts: asks the platform about the contracts that nobody has reported. */
export const catchingUp = ({ credential, sink }: Known, path: string): WorkflowBody =>
	workflow('Catch up', [
		webhook(path),
		{
			name: 'Open Contracts',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: { url: `${sink}/open`, options: {} },
		},
		splitOut('contracts'),
		getStatus(credential),
		filter('Completed', '={{ $json.status }}', 'COMPLETE'),
		report(sink, 'caught-up'),
	]);

/** Callback → Remove Duplicates, and beside it → a counter in Redis. */
export const comparing = (
	{ credential, sink, redis }: Known & { redis: SavedCredential },
	path: string,
): WorkflowBody =>
	workflow(
		'Repeats',
		[
			trigger(credential, path, { ignoreRepeats: false }),
			removeDuplicates,
			report(sink, 'remove-duplicates'),
		],
		{
			fork: [
				[report(sink, 'started')],
				[
					{
						name: 'Redis',
						type: 'n8n-nodes-base.redis',
						typeVersion: 1,
						parameters: {
							operation: 'incr',
							key: '=esign:{{ $json.eventId }}',
							expire: true,
							ttl: 2592000,
						},
						credentials: using(redis),
					},
					filter('First', '={{ Object.values($json)[0] }}', '1'),
					report(sink, 'redis', "$('CN E-Sign Trigger').item.json"),
				],
			],
		},
	);
