import type { NodeApiError } from 'n8n-workflow';
import { isErrorNamed } from '../../../../runtime/errorNames';
import { notForTools } from '../../../../runtime/properties';
import { toItems } from '../../../../runtime/results';
import { pause } from '../../../../runtime/waiting';
import { additionalFields, contractIdField, given, operatorAccountOf } from '../../fields';
import { normalStatus, statuses } from '../../status';
import type { KaifangqianOperation } from '../operation';
import { contractState } from './tasks';

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30_000;
const GROWTH = 1.5;

/** Whether the platform itself has said no: its codes have five digits (api/kaifangqian.md §3.2). */
const isVerdict = (thrown: unknown): boolean =>
	!isErrorNamed(thrown, ['NodeApiError']) ||
	/^[2-5]\d{4}$/.test((thrown as NodeApiError).httpCode ?? '');

/** Asks GET /contract/tasks (api/kaifangqian.md §6.10) again and again, ever more slowly. */
export const waitForStatus: KaifangqianOperation = {
	value: 'waitForStatus',
	name: 'Wait for Status',
	action: 'Wait for status of contract',
	description:
		'Wait until a contract has one of the chosen statuses, for an hour at most. To wait longer, use the CN E-Sign Trigger.',
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
			displayOptions: notForTools,
			default: 120,
			description:
				'How many seconds to wait at most, up to 3600. The execution stays active meanwhile.',
		},
		additionalFields(),
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
		const more = given(operatorAccountOf(parameters)) as Record<string, string>;
		const end = Date.now() + seconds * 1000;

		for (let wait = FIRST_PAUSE; ; wait = Math.min(wait * GROWTH, LONGEST_PAUSE)) {
			const state = await contractState(client, contractId, more).catch((thrown: unknown) => {
				// An outage in the middle is no answer: the wait goes on, and only its end tells.
				if (settings.signal?.aborted || isVerdict(thrown) || Date.now() >= end) throw thrown;
				return undefined;
			});
			const left = end - Date.now();
			const reached = state !== undefined && wanted.has(state.status);
			if (state && (reached || state.isFinal || left <= 0)) {
				const { status, statusName, todoTaskList } = state;
				const timedOut = !reached && !state.isFinal;
				return toItems({ reached, timedOut, contractId, status, statusName, todoTaskList });
			}
			await pause(Math.max(0, Math.min(wait, left)), settings.signal);
		}
	},
};
