import type { IDataObject } from 'n8n-workflow';
import { expect, it } from 'vitest';
import { buildWorkflow, loader } from './engine.mjs';
import { chain, esignNode } from './node.mjs';

/** The words below a node on the canvas, read the way the editor does. */
const subtitleOf = (type: string, parameters: IDataObject): unknown => {
	const node = esignNode(parameters, { type: `n8n-nodes-cn-esign.${type}` });
	const { description } = loader.getNode(type).type as { description: { subtitle: string } };
	return buildWorkflow(chain(node)).expression.getSimpleParameterValue(
		node,
		description.subtitle,
		'internal',
		{},
	);
};

it.each([
	['contract', 'create', 'create: contract'],
	['contract', 'getTaskLink', 'get task link: contract'],
	['businessLine', 'getAll', 'get all: business line'],
])('the action node says what it does: %s %s', (resource, operation, words) => {
	const parameters = { platform: 'kaifangqian', resource, operation };
	expect(subtitleOf('cnEsign', parameters)).toBe(words);
});

it.each([
	[['*'], 'any event'],
	[['contract.completed', '*'], 'any event'],
	[['contract.completed', 'contract.signRefused'], 'contract completed, contract sign refused'],
])('the trigger says what it waits for: %j', (events, words) => {
	expect(subtitleOf('cnEsignTrigger', { platform: 'kaifangqian', events })).toBe(words);
});
