import axios from 'axios';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeNamed } from '../../demo/workflow.mjs';
import { TABLE } from '../../workflows/register.mjs';
import { LANGUAGES } from '../../workflows/workflow.mjs';
import { reachable } from '../demo/examples.mjs';
import { chooseCredentials } from '../demo/import.mjs';
import { until } from '../server/index.mjs';
import { startModel, type ChatRequest, type Model, type Turn } from '../stand-ins/model.mjs';
import { sendContract } from './contract.mjs';
import { asleep, openReadyStage, type Put, type ReadyStage } from './ready.mjs';
import { n8n, rest } from './stage.mjs';
import { samplePdf } from './workflows.mjs';

let stage: ReadyStage;

beforeAll(async () => {
	stage = await openReadyStage('Assistant');
});

afterAll(async () => await stage.close());

// n8n takes a program that opens the link for somebody's preview, and answers it with nothing.
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

describe.each(LANGUAGES)('Contract assistant (%s)', (language) => {
	const says = (en: string, zh: string) => (language === 'en' ? en : zh);
	let model: Model;
	let workflow: Put;
	/** What the model wants to do first; then it tells what came of it. */
	let wanted: { latin: string; input: object };

	const answers = ({ messages }: ChatRequest) =>
		messages
			.slice(messages.map(({ role }) => role).lastIndexOf('user'))
			.filter(({ role }) => role === 'tool')
			.map(({ content }) => String(content));

	const decide = (request: ChatRequest): Turn => {
		const said = answers(request);
		if (said.length > 0) return { say: `It says: ${said.join(' ')}` };
		const tool = request.tools!.find(({ function: { name } }) => name.startsWith(wanted.latin))!;
		return {
			call: [
				{
					tool: tool.function.name,
					input: { toolParameters: wanted.input, hitlParameters: {} },
				},
			],
		};
	};

	const chatUrl = () =>
		`${n8n.url}/webhook/${nodeNamed(workflow.json, workflow.names.chat).webhookId}/chat`;

	beforeAll(async () => {
		model = await startModel(decide);
		const openAiApi = await rest.saveCredential(
			`Assistant model ${language}`,
			model.credentialData,
			'openAiApi',
		);
		workflow = await stage.put('contract-assistant', {
			language,
			change(json, { chat }) {
				chooseCredentials(json, { openAiApi });
				// So that a program can write to it; in the editor it is used as it is.
				nodeNamed(json, chat).parameters.public = true;
			},
		});
		await workflow.activate();
		await reachable(chatUrl());
	});

	afterAll(async () => await model.close());

	/** Writes to the assistant, and gives the run that waits for a person. */
	const ask = async (text: string, file?: Blob): Promise<string> => {
		const known = (await rest.executions(workflow.id)).map(({ id }) => id);
		stage.mailbox.mails.length = 0;
		const body = new FormData();
		body.append('action', 'sendMessage');
		body.append('sessionId', crypto.randomUUID());
		body.append('chatInput', text);
		if (file) body.append('files', file, '合同.pdf');
		await axios.post(chatUrl(), body, {
			proxy: false,
			validateStatus: () => true,
		});
		const id = await until(
			'the message starts a run',
			async () =>
				(await rest.executions(workflow.id)).find((found) => !known.includes(found.id))?.id,
		);
		await asleep(id);
		return id;
	};

	/** What the person who has to approve clicks in the email. */
	const decideByMail = async (approved: boolean): Promise<string> => {
		const mail = await stage.mailbox.mailTo('office@example.com', says('Please approve', '请审批'));
		const links = [...mail.html.matchAll(/href="([^"]+)"/g)].map(([, link]) =>
			link.replaceAll('&amp;', '&'),
		);
		const link = links.find((one) => one.includes(`approved=${approved}`))!;
		const { status } = await axios.get(link, {
			proxy: false,
			headers: { 'user-agent': BROWSER },
			validateStatus: () => true,
		});
		expect(status).toBe(200);
		return mail.html;
	};

	const contracts = () => stage.kaifangqian.control.contracts();

	it('sends the file of the message once a person has approved, and adds it to the register', async () => {
		wanted = {
			latin: 'Send_for_Signing',
			input: { Signers: '[{"name":"李四","contact":"13900139000"}]', Subject: '助手合同' },
		};
		const before = contracts().length;
		const pdf = new Blob([await samplePdf()], { type: 'application/pdf' });
		const id = await ask('Please send this to 李四, 13900139000.', pdf);
		expect(contracts()).toHaveLength(before);
		expect(workflow.ran(await rest.execution(id))).not.toContain('send');
		const mail = await decideByMail(true);
		for (const word of ['李四', '13900139000', '助手合同', '合同.pdf'])
			expect(mail).toContain(word);
		expect(mail).toContain(says('Approve', '同意'));

		const execution = await rest.finished(id);
		expect(execution.data.resultData.error).toBeUndefined();
		expect(execution.status).toBe('success');
		expect(contracts()).toHaveLength(before + 1);
		const sent = contracts().at(-1)!;
		expect(sent).toMatchObject({ status: 'SIGNING', subject: '助手合同' });
		expect(String(workflow.items(execution, 'reply')[0].json.output)).toContain(sent.contractId);
		const rows = await rest.tableRows(TABLE);
		expect(rows.filter(({ contractId }) => contractId === sent.contractId)).toMatchObject([
			{ title: '助手合同', status: 'SIGNING', isOpen: true, life: 1 },
		]);
	});

	it('sends nothing where the person declines', async () => {
		const before = contracts().length;
		const pdf = new Blob([await samplePdf()], { type: 'application/pdf' });
		const id = await ask('Please send this to 李四, 13900139000.', pdf);
		await decideByMail(false);
		const execution = await rest.finished(id);
		expect(execution.status).toBe('success');
		expect(contracts()).toHaveLength(before);
		expect(workflow.ran(execution)).not.toContain('add');
		expect(String(workflow.items(execution, 'reply')[0].json.output)).toMatch(/rejected/);
	});

	it('recalls a contract only once a person has approved', async () => {
		const contractId = await sendContract(stage.kaifangqian);
		wanted = { latin: 'Recall_Contract', input: { Contract_ID: contractId } };
		const declined = await ask('Please recall it.');
		await decideByMail(false);
		await rest.finished(declined);
		expect(stage.kaifangqian.control.contract(contractId).status).toBe('SIGNING');
		const approved = await ask('Please recall it.');
		await decideByMail(true);
		expect((await rest.finished(approved)).status).toBe('success');
		expect(stage.kaifangqian.control.contract(contractId).status).toBe('RECALLED');
	});

	it('tells the model that a person approves first', () => {
		const [{ tools = [] }] = model.requests;
		const described = tools
			.map((tool) => tool.function)
			.filter(({ name }) => /^(?:Send|Recall)/.test(name));
		expect(described).toHaveLength(2);
		for (const { description } of described)
			expect(description).toMatch(says('A person approves it first', '由人审批'));
	});
});
