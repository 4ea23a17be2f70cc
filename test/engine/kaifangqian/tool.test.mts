import { NodeHelpers, type IDataObject, type INode, type INodeProperties } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { callAsTool, toolDescription } from '../asTool.mjs';
import { credentialFor } from '../kaifangqian.mjs';
import { stage } from './support.mjs';

const { sandbox, contract, sent } = await stage();

const fromModel = "={{ $fromAI('contract_id', 'ID of the contract', 'string') }}";

const call = async (operation: string, args: IDataObject) =>
	await callAsTool(
		{ platform: 'kaifangqian', resource: 'contract', operation, contractId: fromModel },
		args,
		{ secrets: credentialFor(sandbox) },
	);

describe('the node as a tool of an agent', () => {
	it('answers with the status of the contract that the model names', async () => {
		const contractId = await contract();
		sandbox.forgetRequests();
		const said = await call('getStatus', { contract_id: contractId });
		expect(said.description).toBe('Get status of contract (Kaifangqian) in CN E-Sign');
		expect(said.answer).toMatchObject([{ contractId, status: 'SIGNING', isFinal: false }]);
		expect(sent('/contract/tasks')).toHaveLength(1);
	});

	it('tells the model what is wrong with an ID that does not exist, and what to do', async () => {
		const said = await call('getStatus', { contract_id: 'no-such-contract' });
		expect(said.answer).toBeUndefined();
		expect(said.refusal).toContain('Details: ');
		expect(said.refusal).toContain('no-such-contract数据不存在');
	});

	it('names the parameter that the model left empty, and sends nothing', async () => {
		const said = await call('getStatus', { contract_id: ' ' });
		expect(said.refusal).toContain("'Contract ID' is empty");
		expect(sent('/contract/tasks')).toEqual([]);
	});

	it('takes nothing but text for the ID', async () => {
		const said = await call('recall', { contract_id: { id: 7 } });
		expect(said.answer).toBeUndefined();
		expect(said.refusal).toBeTruthy();
		expect(sent('/contract/recall')).toEqual([]);
	});

	it('does what cannot be undone once per call', async () => {
		const contractId = await contract();
		const said = await call('recall', { contract_id: contractId });
		expect(said.answer).toEqual([{ contractId }]);
		expect(sent('/contract/recall')).toHaveLength(1);
		expect(sandbox.control.contract(contractId).status).toBe('RECALLED');
	});
});

describe('what a model fills in', () => {
	const chosen = (operation: string) =>
		({ platform: 'kaifangqian', resource: 'contract', operation }) as INode['parameters'];
	const shown = (name: string, description = toolDescription) =>
		description.properties
			.filter((property) => NodeHelpers.displayParameter(chosen(name), property, null, description))
			.map((property: INodeProperties) => property.name);

	it('leaves out the settings that belong to a person', () => {
		const asNode = { ...toolDescription, name: 'cnEsign' };
		expect(shown('waitForStatus', asNode)).toEqual(expect.arrayContaining(['maxWait', 'options']));
		expect(shown('waitForStatus')).not.toContain('maxWait');
		expect(shown('waitForStatus')).not.toContain('options');
		expect(shown('waitForStatus')).toContain('contractId');
	});
});
