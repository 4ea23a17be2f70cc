import type { INodeProperties } from 'n8n-workflow';
import type { ItemContext } from '../../../runtime/items/operation';
import { hiddenFromTools, OPTIONS } from '../../../runtime/properties/properties';

/** For the operations that move a contract along. */
export const checkMovedOption: INodeProperties = {
	displayName: 'Check Started Contracts',
	name: 'checkStarted',
	type: 'boolean',
	default: true,
	displayOptions: hiddenFromTools,
	description:
		'Whether to look at the contract afterwards: the platform can mix them up. What is wrong is reported.',
};

/** For those that start one. */
export const checkStartedOption: INodeProperties = {
	...checkMovedOption,
	description:
		'Whether to look at the contract afterwards: the platform can mix them up. One that asks nobody is recalled and sent again.',
};

/** Whether the contract is to be looked at after the call; unless turned off. */
export function wantsLook({ parameters }: ItemContext): boolean {
	return parameters.group(OPTIONS).flag('checkStarted') ?? true;
}
