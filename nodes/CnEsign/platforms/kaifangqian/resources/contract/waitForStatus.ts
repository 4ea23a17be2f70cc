import { codeOf } from '../../../../runtime/http/errors';
import { hiddenFromTools } from '../../../../runtime/properties/properties';
import { toItems } from '../../../../runtime/items/results';
import { pause } from '../../../../runtime/http/waiting';
import { optionsProperty, contractIdField, operatorAccountOf } from '../../fields';
import { normalStatus, statuses } from '../../status';
import type { Operation } from '../../../../runtime/items/operation';
import { getContractState, simplifiedState } from '../../contract/contractState';

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30_000;
const GROWTH = 1.5;

const PASSING =
	/^(?:5\d\d|408|429|91000|999999|ECONN\w+|ETIMEDOUT|EAI_AGAIN|EPIPE|ERR_(?!TLS|SSL|INVALID)\w+)$/;

/**
 * Whether the trouble of a code (the platform's, an HTTP status or a network code) passes by itself: a server
 * that is down or busy for a while, a lost connection. A wrong certificate or address does not.
 */
export function passesByItself(code: string): boolean {
	return PASSING.test(code);
}

const isPassing = (thrown: unknown): boolean => passesByItself(codeOf(thrown) ?? '');

/** Asks GET /contract/tasks (docs/api/kaifangqian.md, 6.10) again and again, ever more slowly. */
export const waitForStatus: Operation = {
	value: 'waitForStatus',
	name: 'Wait for Status',
	action: 'Wait for status of contract',
	description: 'Wait for a status, an hour at most; the CN E-Sign Trigger waits longer',
	properties: [
		contractIdField,
		{
			displayName: 'Wait For',
			name: 'targetStatuses',
			type: 'multiOptions',
			options: [...statuses]
				.map(({ name, value }) => ({ name, value }))
				.sort((a, b) => (a.name < b.name ? -1 : 1)),
			default: ['COMPLETE'],
			description:
				'Statuses that count as reached. A contract that ends in another way ends the waiting too.',
		},
		{
			displayName: 'Longest Wait (Seconds)',
			name: 'maxWait',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 3600 },
			displayOptions: hiddenFromTools,
			default: 120,
			description:
				'How many seconds to wait at most, up to 3600. The execution stays active meanwhile.',
		},
		optionsProperty(),
	],
	// Ten at a time would let the eleventh contract wait for the first ten to be signed.
	parallel: 100,
	async run({ parameters, client, settings }) {
		const contractId = parameters.text('contractId', { required: true });
		const wanted = new Set(parameters.list('targetStatuses').map(normalStatus));
		if (wanted.size === 0)
			parameters.fail(
				`${parameters.label('targetStatuses')} is empty`,
				'Choose at least one status.',
			);
		const unknown = [...wanted].find((status) => !statuses.some(({ value }) => value === status));
		if (unknown !== undefined)
			parameters.fail(
				`${parameters.label('targetStatuses')} holds an unknown status`,
				'Choose from the list.',
			);
		const seconds = parameters.number('maxWait', { min: 0, max: 3600 }) ?? 120;
		const operatorAccount = operatorAccountOf(parameters);
		const end = Date.now() + seconds * 1000;

		for (let wait = FIRST_PAUSE; ; wait = Math.min(wait * GROWTH, LONGEST_PAUSE)) {
			const state = await getContractState(client, contractId, operatorAccount).catch(
				(thrown: unknown) => {
					// An outage in the middle is no answer: the wait goes on, and only its end tells.
					if (settings.signal?.aborted || !isPassing(thrown) || Date.now() >= end) throw thrown;
					return undefined;
				},
			);
			const left = end - Date.now();
			const reached = state !== undefined && wanted.has(state.status);
			if (state && (reached || state.isFinal || left <= 0)) {
				const timedOut = !reached && !state.isFinal;
				return toItems({ reached, timedOut, ...simplifiedState(state) });
			}
			await pause(Math.max(0, Math.min(wait, left)), settings.signal);
		}
	},
};
