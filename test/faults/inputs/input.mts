/** What an operation needs to be run for three items that can be told apart on the wire. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

/** `changes`: calling twice does or costs something twice; `downloads`: reads, and the answer is a file. */
export type Kind = 'changes' | 'reads' | 'downloads';

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
	/** How the path of the call ends that starts a contract, if one does. */
	contracts?: string;
	/**
	 * How the paths of calls end that only add to a result which is there already: whatever becomes of
	 * them, the item is done.
	 */
	follows?: string[];
	/** Brings the stand-in, which is empty, into the state that the operation needs. */
	prepare(sandbox: Sandbox): Prepared | Promise<Prepared>;
}

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
