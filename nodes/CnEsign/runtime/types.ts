import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { Parameters } from './parameters';
import type { RunSettings } from './settings';

/** What an operation gets for one input item. */
export interface ItemCall<Client> {
	exec: IExecuteFunctions;
	/** Index of the input item; of the first one where several are worked on together. */
	index: number;
	/** The input items that this call works on: one, unless the operation takes them together. */
	indexes: number[];
	/** The operation's parameters, read for this item. */
	parameters: Parameters;
	/** The platform's client; its errors already name the item. */
	client: Client;
	settings: RunSettings;
}

/** One operation: its properties and what it does for one item. */
export interface Operation<Client> {
	value: string;
	name: string;
	/** Sentence case, verb and object. */
	action: string;
	description: string;
	properties: INodeProperties[];
	/** Items in parallel unless the user says otherwise; for operations that mostly wait. */
	parallel?: number;
	/** Whether this run gives all input items to one call. Parameters are then those of the first item. */
	takesAllItems?(exec: IExecuteFunctions): boolean;
	run(call: ItemCall<Client>): Promise<INodeExecutionData[]>;
}

export interface Resource<Client> {
	value: string;
	name: string;
	/** The operation that a new node has, unless it is the first by name. */
	preferred?: string;
	operations: Array<Operation<Client>>;
}

/** A platform as the action node sees it. */
export interface Platform<Client> {
	value: string;
	name: string;
	description: string;
	resources: Array<Resource<Client>>;
	/** Properties of the `options` collection that every operation of this platform has. */
	options: INodeProperties[];
	/** Checks the credential once and returns a client for each item. */
	connect(exec: IExecuteFunctions, settings: RunSettings): Promise<(itemIndex: number) => Client>;
}
