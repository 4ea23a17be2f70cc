/** What the README promises for both ends of its range of versions, in the real n8n. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import axios from 'axios';
import { PDFDocument } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shippedFile, shippedNames } from '../../demo/workflow.mjs';
import { startQiandun } from '../../sandbox/qiandun/index.mjs';
import { workflowOf } from '../../workflows/index.mjs';
import { TABLE } from '../../workflows/register.mjs';
import { LANGUAGES, namesOf, wordsOf } from '../../workflows/workflow.mjs';
import { submitForm } from '../demo/form.mjs';
import { prepared, removeNodes } from '../demo/import.mjs';
import { itemsOf } from '../server/index.mjs';
import { unknownChoices, unknownNodes } from '../server/known.mjs';
import { startMailbox } from '../stand-ins/mailbox.mjs';
import { samplePdf } from '../suite/workflows.mjs';
import { openStage, type Stage } from './stage.mjs';
import { newest, oldest, oldestOnNode20 } from './versions.mjs';

const PACKAGE = 'n8n-nodes-cn-esign';

// Where the tests themselves run on a newer Node, there is no Node 20 to be tried.
const onNode20 = process.versions.node.startsWith('20.') ? [oldestOnNode20] : [];

describe.each([oldest, ...onNode20, newest])('n8n, $name', (version) => {
	let stage: Stage;
	beforeAll(async () => {
		stage = await openStage(version);
		console.log(`n8n ${stage.version}`);
	});
	afterAll(async () => await stage?.close());

	const answerOf = async (method: 'GET' | 'POST', body?: unknown) => {
		const { status, data } = await axios.request<string>({
			method,
			url: stage.examples.completed.productionUrl,
			data: body,
			headers: { 'content-type': 'application/json' },
			responseType: 'text',
			// The bytes as they are.
			transformResponse: (text: string) => text,
			proxy: false,
			validateStatus: () => true,
		});
		return { status, body: data };
	};
	const started = async () =>
		(await stage.server.rest.executions(stage.examples.completed.id)).length;

	it('loads both nodes, and shows their icon', async () => {
		const names = ['cnEsign', 'cnEsignTrigger'];
		const types = await stage.server.rest.request<Array<{ name: string; iconUrl: unknown }>>(
			'POST',
			'/node-types',
			{ nodeInfos: names.map((name) => ({ name: `${PACKAGE}.${name}`, version: 1 })) },
		);
		expect(types.map(({ name }) => name).sort()).toEqual(names);
		const icon = await axios.get(`${stage.server.url}/icons/${PACKAGE}/dist/icons/cnEsign.svg`);
		expect(icon.data).toContain('<svg');
		expect(stage.server.log()).not.toMatch(/Error loading package|could not be loaded/i);
	});

	describe.each(LANGUAGES)('the ready workflows, %s', (language) => {
		it.each(shippedNames())('%s is imported, and says what it needs', async (name) => {
			const { rest } = stage.server;
			const json = shippedFile(name, language);
			const { id } = await rest.createWorkflow({ ...json, name: `Imported ${name} ${language}` });
			expect((await rest.workflow(id)).nodes).toHaveLength(json.nodes.length);

			const approvals = json.nodes.filter(({ type }) => type.endsWith('HitlTool'));
			const tables = json.nodes.filter(({ type }) => /\.dataTable(?:Tool)?$/.test(type));
			const unknown = await unknownNodes(rest, json);
			const choices = await unknownChoices(rest, json);
			if (version === newest) {
				expect([...unknown, ...choices]).toEqual([]);
				return;
			}
			expect(unknown.map((text) => text.split(': ')[0])).toEqual(
				approvals.map((node) => node.name),
			);
			expect(new Set(choices.map((text) => text.split(': ')[0]))).toEqual(
				new Set(tables.map((node) => node.name)),
			);
			const note = String(json.nodes[0].parameters.content);
			const needsNewer = approvals.length + tables.length > 0;
			expect(/n8n 2\b/.test(note)).toBe(needsNewer);
		});

		it('a form sends a contract; without the register where there can be none', async () => {
			const { server, kaifangqian, credential: cnEsignApi } = stage;
			const { rest } = server;
			const mailbox = await startMailbox();
			try {
				const smtp = await rest.saveCredential('SMTP', mailbox.credentialData, 'smtp');
				const file = 'send-contract-from-form';
				const json = prepared(file, { cnEsignApi, smtp }, kaifangqian, { language });
				const names = namesOf(workflowOf(file), language);
				const word = wordsOf(workflowOf(file), language);
				// As the note says it for an n8n that has no register.
				if (version !== newest) removeNodes(json, [names.register, names.add]);
				const { id } = await rest.createWorkflow(json);
				await rest.activate(id);
				const pdf = new Blob([await samplePdf()], { type: 'application/pdf' });
				await submitForm(
					server.url,
					json,
					names.form,
					{
						[word('Title')]: '服务合同',
						PDF: pdf,
						[`${word('Signer')} 1 ${word('Name')}`]: '李四',
						[`${word('Signer')} 1 ${word('Phone or Email')}`]: 'lisi@example.com',
						[word('Your Email')]: 'office@example.com',
					},
					{ username: '', password: '' },
				);
				const { text, subject } = await mailbox.mailTo('lisi@example.com');
				expect(subject).toBe(language === 'en' ? 'Please sign: 服务合同' : '请签署：服务合同');
				expect(text).toContain(kaifangqian.origin);
				const [execution] = await rest.executions(id);
				expect(await rest.finished(execution.id)).toMatchObject({ status: 'success' });
				await rest.deactivate(id);
				if (version === newest)
					expect((await rest.tableRows(TABLE)).at(-1)).toMatchObject({ title: '服务合同' });
			} finally {
				await mailbox.close();
			}
		});
	});

	it('tests the credential', async () => {
		const { server, credential, credentialData } = stage;
		const test = async (data: Record<string, unknown>) =>
			await server.rest.testCredential(credential, { ...credentialData, ...data });
		expect(await test({})).toMatchObject({ status: 'OK' });
		expect(await test({ appAuthToken: 'wrong' })).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('does not know this token') as string,
		});
		expect(await test({ baseUrl: stage.kaifangqian.origin })).toMatchObject({ status: 'Error' });
	});

	it('says that a Qiandun credential is refused', async () => {
		const qiandun = await startQiandun({
			switches: { gateRefusal: 'json4xx', gateStatus: 403 },
		});
		try {
			const data = {
				platform: 'qiandun',
				baseUrl: qiandun.baseUrl,
				appKey: qiandun.appKey,
				secret: qiandun.appSecret,
			};
			const { rest } = stage.server;
			const saved = await rest.saveCredential('Qiandun', data);
			expect(await rest.testCredential(saved, data)).toMatchObject({ status: 'OK' });
			const { status, message } = await rest.testCredential(saved, { ...data, secret: 'wrong' });
			expect(status).toBe('Error');
			// n8n 1 shows its own words for an HTTP status, whatever the credential has for it.
			expect(message).toMatch(version === newest ? /clock/ : /^Forbidden/);
		} finally {
			await qiandun.close();
		}
	});

	it('offers the business lines of the account', async () => {
		const { server, kaifangqian, credential } = stage;
		const { results } = await server.rest.request<{ results: unknown[] }>(
			'POST',
			'/dynamic-node-parameters/resource-locator-results',
			{
				methodName: 'searchBusinessLines',
				path: 'parameters.signReId',
				nodeTypeAndVersion: { name: `${PACKAGE}.cnEsign`, version: 1 },
				currentNodeParameters: {
					platform: 'kaifangqian',
					resource: 'contract',
					operation: 'create',
					operatorContact: kaifangqian.operator.contact,
				},
				credentials: { cnEsignApi: { id: credential.id, name: credential.name } },
			},
		);
		expect(results).toContainEqual({ name: '服务合同', value: kaifangqian.lines.free });
	});

	it('signs the calls of its own HTTP Request node', async () => {
		const { server, kaifangqian, credential } = stage;
		const { id } = await server.rest.createWorkflow({
			name: 'HTTP Request',
			nodes: [
				{
					id: '1',
					name: 'Start',
					type: 'n8n-nodes-base.manualTrigger',
					typeVersion: 1,
					position: [0, 0],
					parameters: {},
				},
				{
					id: '2',
					name: 'Call',
					type: 'n8n-nodes-base.httpRequest',
					typeVersion: 4.2,
					position: [200, 0],
					parameters: {
						url: `${kaifangqian.baseUrl}/signRes?contact=${kaifangqian.operator.contact}`,
						authentication: 'predefinedCredentialType',
						nodeCredentialType: 'cnEsignApi',
					},
					credentials: { cnEsignApi: { id: credential.id, name: credential.name } },
				},
			],
			connections: { Start: { main: [[{ node: 'Call', type: 'main', index: 0 }]] } },
		});
		const execution = await server.rest.finished(await server.rest.start(id, 'Start'));
		expect(execution.status).toBe('success');
		expect(itemsOf(execution, 'Call')[0].json).toMatchObject({ code: 10000 });
	});

	describe.each([
		['in the file system', 'filesystem'],
		[`in the other place (${version.otherStorage}), after a restart`, version.otherStorage],
	])('with files %s', (_where, storage) => {
		beforeAll(async () => {
			if (storage !== 'filesystem') await stage.restartWith(storage);
		});

		it('brings a contract from draft to signed PDF, and is started by its completion', async () => {
			const { kaifangqian, server } = stage;
			kaifangqian.callbacks.deliveries.length = 0;
			const running = await stage.startContract();
			const { contract, completed } = await stage.finishContract(running);

			expect(contract.data.resultData.error).toBeUndefined();
			expect(contract.status).toBe('success');
			const { binary, json } = itemsOf(contract, 'Download')[0];
			expect(json.contractId).toBe(running.contractId);
			if (storage !== 'default') expect(binary!.data.id).toMatch(new RegExp(`^${storage}`));
			else expect(binary!.data.id).toBeUndefined();
			const bytes = await server.rest.binary(binary!.data);
			expect((await PDFDocument.load(bytes)).getPageCount()).toBe(2);
			expect(bytes).not.toEqual(readFileSync(join(server.files, 'contract.pdf')));

			// The other events were answered, too, and started nothing: the example wants only this one.
			const answers = kaifangqian.callbacks.deliveries.map(({ answer }) => answer);
			expect(answers.length).toBeGreaterThan(1);
			expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
				new Set([JSON.stringify({ status: 200, body: 'success' })]),
			);
			expect(completed.data.resultData.error).toBeUndefined();
			expect(completed.status).toBe('success');
			expect(itemsOf(completed, 'CN E-Sign Trigger')[0].json).toMatchObject({
				event: 'contract.completed',
				verified: 'platform',
				contractId: running.contractId,
			});
			expect(existsSync(join(server.files, `${running.contractId}.pdf`))).toBe(true);
		});

		it('answers the test of the console', async () => {
			expect(await answerOf('GET')).toEqual({ status: 200, body: 'success' });
		});

		it('refuses what is no callback of the platform, and starts nothing', async () => {
			const before = await started();
			const { executionId, contractId } = await stage.startContract();
			const forged = { contractId, contractStatus: 'COMPLETE', callbackType: 'COMPLETE' };
			expect((await answerOf('POST', forged)).status).toBe(401);
			expect((await answerOf('POST', { ...forged, filler: 'x'.repeat(70_000) })).status).toBe(413);
			expect((await answerOf('POST', '["no object"]')).status).toBe(400);
			expect(await started()).toBe(before);

			const { rest } = stage.server;
			await rest.request('POST', `/executions/${executionId}/stop`);
			expect((await rest.finished(executionId)).status).toBe('canceled');
		});
	});

	it('says in the editor why a call was refused, without the token', async () => {
		const { server, kaifangqian } = stage;
		kaifangqian.failNext('/contract/draft', 'form2');
		const executionId = await server.rest.start(
			stage.examples.contract.id,
			'When clicking ‘Execute workflow’',
		);
		const { status, data } = await server.rest.finished(executionId);
		expect(status).toBe('error');
		expect(data.resultData.lastNodeExecuted).toBe('Create');
		expect(data.resultData.error?.message).not.toBe('');
		expect(JSON.stringify(data)).not.toContain(kaifangqian.token);
	});
});
