import {
	NodeHelpers,
	type IDataObject,
	type INode,
	type INodeProperties,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { callAsTool, toolDescription } from '../asTool.mjs';
import { credentialFor } from '../kaifangqian.mjs';
import { row, rows } from './sendFiles.support.mjs';
import { bodyOf, fromList, operatorOf, pdfItem, stage } from './support.mjs';

const { sandbox, contract, sent, upload } = await stage();

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

describe('contracts that an agent starts', () => {
	const create = async (options: IDataObject) =>
		await callAsTool(
			{
				platform: 'kaifangqian',
				resource: 'contract',
				operation: 'create',
				...operatorOf(sandbox),
				signReId: fromList(sandbox.lines.free),
				signDocumentList: await upload(),
				signers: rows(row()),
				subject: "={{ $fromAI('subject', 'Title', 'string') }}",
				options: { callsPerSecond: 0, ...options },
			},
			{ subject: '服务合同' },
			{ secrets: credentialFor(sandbox) },
		);
	const sendFiles = async (options: IDataObject) =>
		await callAsTool(
			{
				platform: 'kaifangqian',
				resource: 'contract',
				operation: 'sendFiles',
				...operatorOf(sandbox),
				signReId: fromList(sandbox.lines.free),
				// A model hands over no file.
				binaryPropertyNames: "={{ $('Start').first().binary.data }}",
				signers: rows(row()),
				subject: "={{ $fromAI('subject', 'Title', 'string') }}",
				options: { callsPerSecond: 0, ...options },
			},
			{ subject: '服务合同' },
			{ secrets: credentialFor(sandbox), input: [await pdfItem()] },
		);

	it.each([
		['create', create],
		['sendFiles', sendFiles],
	])('are drafts with %s, unless somebody has set Mode in the node', async (_name, start) => {
		const contracts = () => sandbox.control.contracts().map(({ status }) => status);
		expect((await start({})).refusal).toBeUndefined();
		expect(sent('/contract/draft').map((request) => bodyOf(request).send)).toEqual(['0']);
		expect(contracts()).toEqual(['DRAFT']);
		expect((await start({ send: '1' })).refusal).toBeUndefined();
		expect(sent('/contract/draft').map((request) => bodyOf(request).send)).toEqual(['0', '1']);
		expect(contracts()).toEqual(['DRAFT', 'SIGNING']);
	});
});

describe('what a model fills in', () => {
	const chosen = (operation: string) =>
		({ platform: 'kaifangqian', resource: 'contract', operation }) as INode['parameters'];
	const asNode = { ...toolDescription, name: 'cnEsign' };
	const shownOf = (
		properties: INodeProperties[],
		operation: string,
		description: INodeTypeDescription,
	) =>
		properties.filter((property) =>
			NodeHelpers.displayParameter(chosen(operation), property, null, description),
		);
	const shown = (operation: string, description = toolDescription) =>
		shownOf(description.properties, operation, description);
	const namesOf = (properties: INodeProperties[]) => properties.map(({ name }) => name);
	const optionsOf = (operation: string, description = toolDescription) => {
		const [collection] = shown(operation, description).filter(({ name }) => name === 'options');
		return namesOf(shownOf(collection.options as INodeProperties[], operation, description));
	};

	it('leaves out the settings that belong to a person', () => {
		expect(namesOf(shown('waitForStatus', asNode))).toContain('maxWait');
		expect(namesOf(shown('waitForStatus'))).not.toContain('maxWait');
		expect(namesOf(shown('waitForStatus'))).toContain('contractId');
	});

	it.each(['waitForStatus', 'sendFiles', 'recall'])(
		'leaves out how the node goes about %s, and keeps what the call says',
		(operation) => {
			const ofNode = ['itemsInParallel', 'retries', 'timeout'];
			expect(optionsOf(operation, asNode)).toEqual(expect.arrayContaining(ofNode));
			for (const name of [...ofNode, 'checkStarted', 'callsPerSecond'])
				expect(optionsOf(operation)).not.toContain(name);
			expect(optionsOf(operation)).toContain('operatorAccount');
		},
	);
});
