import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TABLE } from '../../workflows/register.mjs';
import { LANGUAGES } from '../../workflows/workflow.mjs';
import { chooseCredentials } from '../demo/import.mjs';
import { itemsOf } from '../server/index.mjs';
import { startModel, type ChatRequest, type Model, type Turn } from '../stand-ins/model.mjs';
import { sendContract, SIGNER } from './contract.mjs';
import { openReadyStage, type Put, type ReadyStage } from './ready.mjs';
import { nextExecution, rest } from './stage.mjs';

let stage: ReadyStage;

beforeAll(async () => {
	stage = await openReadyStage('Following');
});

afterAll(async () => await stage.close());

const rowOf = async (contractId: string) =>
	(await rest.tableRows(TABLE)).find((row) => row.contractId === contractId);

/** A contract that waits for somebody with an e-mail address. */
const sendByMail = async (): Promise<string> =>
	await sendContract(stage.kaifangqian, {
		name: '赵六',
		contact: 'zhaoliu@example.com',
		contactType: 'EMAIL',
	});

/** Closes what other tests have left open: the register is one for all. */
const closeAll = async (): Promise<void> => {
	for (const { contractId, isOpen } of await rest.tableRows(TABLE))
		if (isOpen === true) await rest.changeRows(TABLE, { contractId }, { isOpen: false });
};

/** A row that the workflow that has sent the contract would have written. */
const register = async (contractId: string, title: string): Promise<void> =>
	await rest.addRow(TABLE, { contractId, title, isOpen: true, life: 1, status: 'SIGNING' });

describe.each(LANGUAGES)('Remind of open contracts every morning (%s)', (language) => {
	const OFFICE = 'office@example.com';
	const says = (en: string, zh: string) => (language === 'en' ? en : zh);
	let reminding: Put;

	beforeAll(async () => {
		reminding = await stage.put('remind-of-open-contracts', { language });
		await reminding.activate();
		await closeAll();
	});

	const morning = async () => {
		stage.mailbox.mails.length = 0;
		const execution = await rest.finished(await reminding.execute('morning'));
		expect(execution.status).toBe('success');
		return execution;
	};

	it('writes nothing to anybody while no contract is open', async () => {
		await morning();
		expect(stage.mailbox.mails).toEqual([]);
	});

	it('reminds signers, lists the rest for the office, and notes what is over', async () => {
		const byPhone = await sendContract(stage.kaifangqian);
		const byMail = await sendByMail();
		const signed = await sendContract(stage.kaifangqian);
		const unknown = `no-such-contract-${language}`;
		stage.kaifangqian.control.signAll(signed);
		await register(byPhone, '租赁合同');
		await register(byMail, '采购合同');
		await register(signed, '服务合同');
		await register(unknown, '旧合同');

		await morning();
		const { mails } = stage.mailbox;
		expect(mails.map(({ to }) => to)).toEqual(
			expect.arrayContaining([['zhaoliu@example.com'], [OFFICE]]),
		);
		expect(mails).toHaveLength(2);
		const reminder = await stage.mailbox.mailTo('zhaoliu@example.com', '采购合同');
		expect(reminder.subject).toMatch(says('Reminder', '提醒：请签署'));
		const link = /http:\/\/\S+/.exec(reminder.text)?.[0];
		expect(link).toContain(stage.kaifangqian.origin);
		const { subject, text } = await stage.mailbox.mailTo(OFFICE);
		expect(subject).toBe(says('Contracts still open: 3', '待办合同任务：3 项'));
		expect(text).toContain(says(`采购合同: 赵六 ${link}`, `采购合同：赵六 ${link}`));
		expect(text).toMatch(/租赁合同(?:: |：)李四 http/);
		expect(text).toMatch(
			language === 'en' ? /旧合同: could not be looked up \(.+\)/ : /旧合同：没有查到（.+）/,
		);
		expect(text).not.toContain('服务合同');
		// Noted as over, but its event is still to be passed on.
		expect(await rowOf(signed)).toMatchObject({ isOpen: false, status: 'COMPLETE', event: null });
		expect(await rowOf(byPhone)).toMatchObject({ isOpen: true });

		stage.kaifangqian.control.signAll(byPhone);
		stage.kaifangqian.control.signAll(byMail);
		await morning();
		expect(stage.mailbox.mails.map((mail) => mail.subject)).toEqual([
			says('Contracts still open: 1', '待办合同任务：1 项'),
		]);
		await rest.changeRows(TABLE, { contractId: unknown }, { isOpen: false });
	});
});

describe.each(LANGUAGES)('Silent signing with a seal (Qiandun) (%s)', (language) => {
	const OFFICE = `seal-${language.toLowerCase()}@example.com`;
	const says = (en: string, zh: string) => (language === 'en' ? en : zh);
	let workflow: Put;

	beforeAll(async () => {
		stage.qiandun.reset();
		const { sealIds, company } = stage.qiandun.seeds;
		const sealId = String(sealIds.company);
		workflow = await stage.put('qiandun-silent-signing', {
			language,
			platform: 'qiandun',
			settings: {
				settings: { accountId: company.accountId, sealId, ownerEmail: 'owner@example.com' },
				eventSettings: { sealId, officeEmail: OFFICE },
			},
		});
		await workflow.activate();
		await stage.qiandun.control.setCallbackUrl(await workflow.callbackUrl('trigger'));
	});

	it('sends the owner the page, and tells the office when the permission takes effect', async () => {
		stage.mailbox.mails.length = 0;
		const id = await workflow.execute();
		expect((await rest.finished(id)).status).toBe('success');
		const { authUrl } = workflow.items(await rest.execution(id), 'link')[0].json;
		expect((await stage.mailbox.mailTo('owner@example.com')).text).toContain(String(authUrl));

		stage.qiandun.control.authorise(stage.qiandun.seeds.sealIds.company);
		const execution = await nextExecution(workflow.id, [id]);
		expect(execution).toMatchObject({ status: 'success', mode: 'webhook' });
		const [{ json }] = workflow.items(execution, 'permission');
		const [granted] = stage.qiandun.state.seals.find(
			({ sealId }) => sealId === stage.qiandun.seeds.sealIds.company,
		)!.autosignAuthorizeList;
		expect(json).toMatchObject({ sealName: '公章', authorizeCode: granted.authorizeCode });
		const { text } = await stage.mailbox.mailTo(
			OFFICE,
			says('Silent signing is allowed: 公章', '静默签授权已生效：公章'),
		);
		expect(text).toContain(granted.endTime);
		expect(text).not.toContain(granted.authorizeCode);
	});

	it('believes the seal, not the message', async () => {
		stage.qiandun.reset();
		await stage.qiandun.control.setCallbackUrl(await workflow.callbackUrl('trigger'));
		const known = (await rest.executions(workflow.id)).map(({ id }) => id);
		stage.qiandun.control.unknownType('OPEN_CONTRACT_AUTO_SIGN_SEAL_AUTH');
		const execution = await nextExecution(workflow.id, known);
		expect(execution.status).toBe('success');
		expect(workflow.ran(execution)).not.toContain('permission');
		await stage.mailbox.mailTo(OFFICE, says('Silent signing is not allowed', '静默签没有授权'));
	});
});

describe.each(LANGUAGES)('Ask who has not signed yet (%s)', (language) => {
	const toolOf = (request: ChatRequest, latin: string): string =>
		request.tools!.find((tool) => tool.function.name.startsWith(latin))!.function.name;
	let model: Model;

	const answersOf = ({ messages }: ChatRequest): string[] =>
		messages.filter(({ role }) => role === 'tool').map(({ content }) => JSON.stringify(content));

	/** A model that reads the list, looks every open contract up, and names whom it found. */
	const decide = (request: ChatRequest): Turn => {
		const answers = answersOf(request);
		if (answers.length === 0)
			return { call: [{ tool: toolOf(request, 'Register_of_Contracts'), input: {} }] };
		if (answers.length === 1) {
			const rows = [...answers[0].matchAll(/contractId\W+(\d{10,}).*?isOpen\W+(true|false)/g)];
			return {
				call: rows
					.filter(([, , isOpen]) => isOpen === 'true')
					.map(([, id]) => ({
						tool: toolOf(request, 'Get_Contract_Status'),
						input: { Contract_ID: id },
					})),
			};
		}
		const people = ['李四', '赵六', '王五'].filter((name) => answers.join().includes(name));
		return { say: `Not signed yet: ${people.join(', ')}` };
	};

	beforeAll(async () => {
		model = await startModel(decide);
		await closeAll();
	});

	afterAll(async () => await model.close());

	it('the agent reads the register, asks the node about each contract, and answers', async () => {
		for (const id of [await sendContract(stage.kaifangqian), await sendByMail()])
			await register(id, '服务合同');
		const openAiApi = await rest.saveCredential(
			`Model ${language}`,
			model.credentialData,
			'openAiApi',
		);
		const workflow = await stage.put('ask-who-has-not-signed', {
			language,
			change: (json) => chooseCredentials(json, { openAiApi }),
		});
		const { chat, agent } = workflow.names;
		const id = await rest.startChat(workflow.id, chat, agent, 'Who has not signed yet?');
		const execution = await rest.finished(id);
		expect(execution.data.resultData.error).toBeUndefined();
		expect(execution.status).toBe('success');
		const [{ json }] = itemsOf(execution, agent);
		expect(json.output).toBe(`Not signed yet: ${SIGNER.name}, 赵六`);

		const [first] = model.requests;
		const tools = first.tools!.map((tool) => tool.function);
		expect(tools.map(({ name }) => name.replace(/_$/, '')).sort()).toEqual([
			'Get_Contract_Status',
			'Register_of_Contracts',
		]);
		const status = tools.find(({ name }) => name.startsWith('Get_Contract_Status'))!;
		expect(status.description).toMatch(
			language === 'en' ? /status of one contract/ : /查询一份合同的状态/,
		);
		expect(status.parameters).toMatchObject({
			type: 'object',
			properties: { Contract_ID: { type: 'string' } },
			required: ['Contract_ID'],
		});
		expect(JSON.stringify(first.messages)).toContain('Who has not signed yet?');
		expect(workflow.ran(execution)).toEqual(expect.arrayContaining(['status', 'model']));
	});
});
