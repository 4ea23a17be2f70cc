/**
 * n8n's Data Table over a list in memory: the operations and conditions that the ready workflows use, with
 * the meaning that n8n's SQL gives them (packages/cli data-table-rows.repository of n8n 2.41): a comparison
 * with NULL is not true, except `neq`, which takes NULL as different; `update` gives the changed rows.
 */
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { nodeType } from './nodeType.mjs';

export type Row = IDataObject & { id: number };

interface Condition {
	keyName: string;
	condition: string;
	keyValue?: unknown;
}

const isNull = (value: unknown) => value === null || value === undefined;

// Dates are compared as moments, whatever they are written as.
const comparable = (column: string, value: unknown): number | string =>
	/^(?:created|updated)At$/.test(column)
		? new Date(value as string).getTime()
		: (value as number | string);

const like = (value: string, pattern: string): boolean => {
	const parts = pattern.split('%').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	return new RegExp(`^${parts.join('.*')}$`, 'is').test(value);
};

const holds = (row: Row, { keyName, condition, keyValue }: Condition): boolean => {
	const value = row[keyName];
	if (condition === 'isEmpty') return isNull(value) || value === '';
	if (condition === 'isNotEmpty') return !isNull(value) && value !== '';
	if (condition === 'isTrue') return value === true;
	if (condition === 'isFalse') return value === false;
	if (condition === 'neq') return isNull(keyValue) ? !isNull(value) : value !== keyValue;
	if (isNull(value)) return condition === 'eq' && isNull(keyValue);
	const [a, b] = [comparable(keyName, value), comparable(keyName, keyValue)];
	if (condition === 'eq') return a === b;
	if (condition === 'lt') return a < b;
	if (condition === 'lte') return a <= b;
	if (condition === 'ilike') return like(String(value), String(keyValue));
	throw new Error(`The stand-in for Data Table does not know '${condition}'`);
};

/** The tables of one test. */
export class Tables {
	private readonly tables = new Map<string, { columns: string[]; rows: Row[] }>();

	private next = 1;

	clear(): void {
		this.tables.clear();
	}

	rows(name: string): Row[] {
		return this.tables.get(name)?.rows ?? [];
	}

	/** A row as another workflow has written it. */
	insert(name: string, columns: string[], values: IDataObject): void {
		const now = new Date().toISOString();
		if (!this.tables.has(name)) this.tables.set(name, { columns, rows: [] });
		this.rows(name).push({ id: this.next++, createdAt: now, updatedAt: now, ...values });
	}

	execute = (exec: IExecuteFunctions, index: number): IDataObject[] => {
		const operation = exec.getNodeParameter('operation', index) as string;
		if (exec.getNodeParameter('resource', index) === 'table') {
			const name = exec.getNodeParameter('tableName', index) as string;
			const { column } = exec.getNodeParameter('columns', index) as {
				column: Array<{ name: string }>;
			};
			if (!this.tables.has(name))
				this.tables.set(name, { columns: column.map((one) => one.name), rows: [] });
			return [{ name }];
		}
		const { value: name } = exec.getNodeParameter('dataTableId', index) as { value: string };
		const table = this.tables.get(name);
		if (!table) throw new Error(`Data table with name "${name}" not found`);
		const { conditions = [] } = exec.getNodeParameter('filters', index) as {
			conditions?: Condition[];
		};
		const matches = (row: Row) =>
			exec.getNodeParameter('matchType', index) === 'anyCondition'
				? conditions.some((condition) => holds(row, condition))
				: conditions.every((condition) => holds(row, condition));
		const found = table.rows.filter(matches);
		const { value: values = {} } = exec.getNodeParameter('columns', index) as {
			value?: IDataObject;
		};
		const unknown = Object.keys(values).find((column) => !table.columns.includes(column));
		if (unknown) throw new Error(`The data table has no column '${unknown}'`);
		const now = new Date().toISOString();
		const insert = (): Row => {
			const row: Row = { id: this.next++, createdAt: now, updatedAt: now };
			for (const column of table.columns) row[column] = values[column] ?? null;
			table.rows.push(row);
			return row;
		};
		const update = () => found.map((row) => Object.assign(row, values, { updatedAt: now }));

		if (operation === 'get') return found.map((row) => ({ ...row }));
		if (operation === 'update') return update().map((row) => ({ ...row }));
		if (operation === 'insert') return [{ ...insert() }];
		if (operation === 'upsert')
			return (found.length > 0 ? update() : [insert()]).map((row) => ({ ...row }));
		if (operation === 'rowNotExists')
			return found.length === 0 ? [exec.getInputData()[index].json] : [];
		if (operation === 'deleteRows') {
			table.rows = table.rows.filter((row) => !found.includes(row));
			return found;
		}
		throw new Error(`The stand-in for Data Table does not know '${operation}'`);
	};
}

export const dataTable = (tables: Tables) =>
	nodeType(
		'dataTable',
		{
			resource: 'string',
			operation: 'string',
			tableName: 'string',
			dataTableId: 'json',
			matchType: 'string',
			filters: 'json',
			columns: 'json',
			options: 'json',
		},
		async function (this: IExecuteFunctions) {
			const items = this.getInputData().flatMap((_, item) =>
				tables
					.execute(this, item)
					.map((json): INodeExecutionData => ({ json, pairedItem: { item } })),
			);
			return [items];
		},
	);
