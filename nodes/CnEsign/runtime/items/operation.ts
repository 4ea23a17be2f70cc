import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { Client, ClientDefinition } from '../http/createClient';
import type { BaseCredential } from '../http/credential';
import type { Parameters } from './parameters';
import type { RunSettings } from './settings';

/** What an operation gets for one input item. */
export interface ItemContext {
	exec: IExecuteFunctions;
	/** Index of the input item; of the first one where several are worked on together. */
	index: number;
	/** The input items that are worked on: one, unless the operation takes them together. */
	indexes: number[];
	/** The operation's parameters, read for this item. */
	parameters: Parameters;
	/** Makes calls for this item; its errors name the item. */
	client: Client;
	settings: RunSettings;
	/** As it was read for this run; its platform knows what it holds. */
	credential: BaseCredential;
}

/** One operation: its properties and what it does for one item. */
export interface Operation {
	value: string;
	name: string;
	/** Sentence case, verb and object. */
	action: string;
	/** Cannot be taken back. A model that uses the node as a tool is told by the action alone. */
	isFinal?: boolean;
	description: string;
	properties: INodeProperties[];
	/** Items in parallel unless the user says otherwise; for operations that mostly wait. */
	parallel?: number;
	/** Whether this run gives all input items to one call. Parameters are then those of the first item. */
	takesAllItems?(exec: IExecuteFunctions): boolean;
	run(context: ItemContext): Promise<INodeExecutionData[]>;
}

export interface Resource {
	value: string;
	name: string;
	/** The operation that a new node has, unless it is the first by name. */
	preferred?: string;
	operations: Operation[];
}

/** What the runner has to know about a platform. */
export interface RunnablePlatform {
	value: string;
	name: string;
	actions: {
		resources: Resource[];
		client: ClientDefinition;
		/** Output fields that tell a person what exists on the platform when a run stops half-way. */
		idFields: string[];
	};
}
