import axios from 'axios';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf, reachable } from '../demo/examples.mjs';
import { sendContract } from './contract.mjs';
import { n8n, nextExecution, openStage, rest, type Stage } from './stage.mjs';
import { trigger } from './workflows.mjs';

const WEBHOOK = '11111111-0000-4000-8000-000000000050';
const url = addressOf(n8n, WEBHOOK);

const send = async (body: string, method = 'POST', contentType = 'application/json') =>
	await axios.request({
		method,
		url,
		data: method === 'POST' ? body : undefined,
		headers: { 'Content-Type': contentType },
		proxy: false,
		responseType: 'arraybuffer',
		transformRequest: (data: unknown) => data,
		validateStatus: () => true,
	});

const textOf = ({ data }: { data: ArrayBuffer }) => Buffer.from(data).toString();

describe('the answers to callbacks, over HTTP', () => {
	let stage: Stage;
	let workflowId: string;

	beforeAll(async () => {
		stage = await openStage('Callback');
		const parameters = { events: ['contract.completed'] };
		const saved = await rest.createWorkflow({
			name: 'Callback answers',
			nodes: [trigger(stage.credential, WEBHOOK, parameters)],
			connections: {},
		});
		workflowId = saved.id;
		await rest.activate(workflowId);
		await reachable(url);
	});

	afterAll(async () => {
		await rest.deactivate(workflowId);
		await stage.close();
	});

	const contract = async () => await sendContract(stage.kaifangqian);

	it('GET, as the console tries the address: success', async () => {
		const answer = await send('', 'GET');
		expect([answer.status, textOf(answer)]).toEqual([200, 'success']);
		expect(await rest.executions(workflowId)).toEqual([]);
	});

	it('a true event that is wanted: success, and an execution with it', async () => {
		const { kaifangqian } = stage;
		const contractId = await contract();
		kaifangqian.control.signAll(contractId);
		const body = { contractId, contractStatus: 'COMPLETE', callbackType: 'COMPLETE' };
		const answer = await send(JSON.stringify(body));
		expect([answer.status, textOf(answer)]).toEqual([200, 'success']);
		const execution = await nextExecution(workflowId);
		expect(execution).toMatchObject({ status: 'success', mode: 'webhook' });
	});

	it('a true event that nobody wants: success, and no execution', async () => {
		const before = await rest.executions(workflowId);
		const contractId = await contract();
		const body = { contractId, contractStatus: 'SIGNING', callbackType: 'SEND_SIGNING' };
		const answer = await send(JSON.stringify(body));
		expect([answer.status, textOf(answer)]).toEqual([200, 'success']);
		expect(await rest.executions(workflowId)).toHaveLength(before.length);
	});

	it.each([
		[401, 'forged', JSON.stringify({ contractId: '1', callbackType: 'COMPLETE' })],
		[422, 'malformed', '{"contractId":'],
		[413, 'too large', JSON.stringify({ contractId: 'x'.repeat(70_000) })],
		[400, 'no object', '[1]'],
	])('%i for one that is %s, and no execution', async (status, _what, body) => {
		const before = await rest.executions(workflowId);
		const answer = await send(body);
		expect(answer.status).toBe(status);
		expect(textOf(answer).toLowerCase()).not.toContain('success');
		expect(await rest.executions(workflowId)).toHaveLength(before.length);
	});
});
