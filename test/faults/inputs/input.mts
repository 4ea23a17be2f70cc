/** What an operation needs to be run for three items that can be told apart on the wire. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

/** `changes`: calling twice does or costs something twice; `downloads`: reads, and the answer is a file. */
export type Kind = 'changes' | 'reads' | 'downloads';

/**
 * What one of an item's calls is for. `asks first`: without its answer nothing else is sent. `follows`: only
 * adds to a result which is there already, so the item is done whatever becomes of it.
 */
export type Role = Kind | 'asks first' | 'follows';

export interface Step {
	role: Role;
	/** How the path ends; left empty where nothing depends on it. */
	path: string;
	/** Never under way beside another one of its kind (docs/api/kaifangqian.md, 3.4). */
	alone?: boolean;
	/** Starts a contract, which is looked at afterwards and put right where nobody was asked. */
	starts?: 'looked at' | 'unseen';
}

export interface Prepared {
	parameters: IDataObject;
	/**
	 * Three items. Each text in an item's JSON that no other item has is a mark: the item's calls are
	 * known by it.
	 */
	items: INodeExecutionData[];
}

export interface Input<Sandbox> {
	kind: Kind;
	/** What it sends for one item where nothing disturbs it; one call of its kind unless told. */
	steps?: Step[];
	/** It makes contracts: one for each item that is done. */
	makesContracts?: boolean;
	/** Brings the stand-in, which is empty, into the state that the operation needs. */
	prepare(sandbox: Sandbox): Prepared | Promise<Prepared>;
}

export const stepsOf = ({ kind, steps }: Input<never>): Step[] =>
	steps ?? [{ role: kind, path: '' }];

/** By `resource.operation`, with what is special about a further way to call it in brackets. */
export type Inputs<Sandbox> = Record<string, Input<Sandbox>>;

export const operationOf = (name: string): [resource: string, operation: string] =>
	name.split(' ')[0].split('.') as [string, string];

export const ITEMS = [0, 1, 2];

export const itemsOf = (json: (index: number) => IDataObject): INodeExecutionData[] =>
	ITEMS.map((index) => ({ json: json(index) }));

/** For each item the texts that only it has. */
export const marksOf = (items: INodeExecutionData[]): string[][] => {
	const texts = items.map(({ json }) => Object.values(json).map(String));
	return texts.map((own, index) => {
		const others = texts.filter((_, other) => other !== index).flat();
		return own.filter((text) => !others.some((other) => other.includes(text)));
	});
};
