/** The register: one data table of all contracts, which every ready workflow shares. */
import type { IDataObject } from 'n8n-workflow';
import type { Place } from './steps.mjs';
import type { Say, Step } from './workflow.mjs';

export const TABLE = 'esign_contracts';

/** The first n8n whose Data table node makes tables and finds them by their name (its changelog, 2.3.0). */
export const REGISTER_SINCE = '2.3';

/** Its columns; n8n allows Latin letters only, so they are the same in all languages. */
export const COLUMNS = {
	contractId: 'string',
	title: 'string',
	/** The business line: its name, or its ID where it was entered by ID. */
	line: 'string',
	/** As it was last seen, by whichever workflow. */
	status: 'string',
	isOpen: 'boolean',
	/** Which life of the contract this is: it can live again under its ID. */
	life: 'number',
	/** The start or end that was passed on last, by *Contract events* only. */
	event: 'string',
	eventId: 'string',
	/** Who gets the signed file. */
	cc: 'string',
	/** Where a run sleeps that waits for the contract. */
	resumeUrl: 'string',
} as const;

export type Column = keyof typeof COLUMNS;

type Condition = [
	column: Column | 'updatedAt',
	condition:
		'eq' | 'neq' | 'lt' | 'lte' | 'ilike' | 'isEmpty' | 'isNotEmpty' | 'isTrue' | 'isFalse',
	value?: string,
];

interface Common {
	key: string;
	name: string;
	at: Place;
	settings?: Step['settings'];
}

const THE_TABLE = { __rl: true, mode: 'name', value: TABLE };

const dataTable = (step: Common, parameters: IDataObject): Step => ({
	key: step.key,
	name: step.name,
	at: step.at,
	settings: step.settings,
	type: 'n8n-nodes-base.dataTable',
	typeVersion: 1,
	parameters,
});

const conditionsOf = (conditions: Condition[], matchType = 'allConditions'): IDataObject => ({
	matchType,
	filters: {
		conditions: conditions.map(([keyName, condition, keyValue]) => ({
			keyName,
			condition,
			...(keyValue === undefined ? {} : { keyValue }),
		})),
	},
});

const columnsOf = (values: Partial<Record<Column, string | number | boolean>>): IDataObject => ({
	columns: {
		mappingMode: 'defineBelow',
		value: values,
		matchingColumns: [],
		schema: Object.keys(values).map((id) => ({
			id,
			displayName: id,
			required: false,
			defaultMatch: false,
			display: true,
			type: COLUMNS[id as Column],
			readOnly: false,
			removed: false,
		})),
		attemptToConvertTypes: false,
		convertFieldsToString: false,
	},
});

/** Creates the table where it is missing. Beside the others: nothing follows it. */
export const createRegister = (say: Say, at: Place): Step =>
	dataTable(
		{
			key: 'register',
			name: say('Create Register', '建立台账'),
			at,
			settings: { executeOnce: true },
		},
		{
			resource: 'table',
			operation: 'create',
			tableName: TABLE,
			columns: {
				column: Object.entries(COLUMNS).map(([name, type]) => ({ name, type })),
			},
			options: { createIfNotExists: true },
		},
	);

export type Values = Partial<Record<Column, string | number | boolean>>;

/** A row for a contract that was just sent: a new one, or the same once more where n8n tries again. */
export const addToRegister = (
	say: Say,
	at: Place,
	values: Values & { contractId: string },
	settings?: Step['settings'],
): Step =>
	dataTable(
		{ key: 'add', name: say('Add to Register', '写入台账'), at, settings },
		{
			resource: 'row',
			operation: 'upsert',
			dataTableId: THE_TABLE,
			...conditionsOf([['contractId', 'eq', values.contractId]]),
			...columnsOf({ isOpen: '={{ true }}', life: '={{ 1 }}', ...values }),
			options: {},
		},
	);

export const insertRow = (step: Common, values: Values): Step =>
	dataTable(step, {
		resource: 'row',
		operation: 'insert',
		dataTableId: THE_TABLE,
		...columnsOf({ isOpen: '={{ true }}', life: '={{ 1 }}', ...values }),
		options: {},
	});

/** Goes on with the rows that were changed, and with nothing where none fits. */
export const updateRows = (step: Common, conditions: Condition[], values: Values): Step =>
	dataTable(step, {
		resource: 'row',
		operation: 'update',
		dataTableId: THE_TABLE,
		...conditionsOf(conditions),
		...columnsOf(values),
		options: {},
	});

export const getRows = (
	step: Common,
	conditions: Condition[],
	{ any = false, newestFirst = false } = {},
): Step =>
	dataTable(step, {
		resource: 'row',
		operation: 'get',
		dataTableId: THE_TABLE,
		...conditionsOf(conditions, any ? 'anyCondition' : 'allConditions'),
		returnAll: true,
		...(newestFirst ? { orderBy: true, orderByColumn: 'createdAt', orderByDirection: 'DESC' } : {}),
	});

/** Goes on with the item where the contract has no row. */
export const ifNoRow = (step: Common, contractId: string): Step =>
	dataTable(step, {
		resource: 'row',
		operation: 'rowNotExists',
		dataTableId: THE_TABLE,
		...conditionsOf([['contractId', 'eq', contractId]]),
	});

export const deleteRows = (step: Common, conditions: Condition[]): Step =>
	dataTable(step, {
		resource: 'row',
		operation: 'deleteRows',
		dataTableId: THE_TABLE,
		...conditionsOf(conditions),
		options: {},
	});
