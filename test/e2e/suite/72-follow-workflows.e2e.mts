import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseCredentials } from '../demo/import.mjs';
import { itemsOf, until } from '../server/index.mjs';
import { startModel, type ChatRequest, type Model, type Turn } from '../stand-ins/model.mjs';
import { sendContract, SIGNER } from './contract.mjs';
import { openReadyStage, ran, type Put, type ReadyStage } from './ready.mjs';
import { nextExecution, rest } from './stage.mjs';

const OFFICE = 'office@example.com';

let stage: ReadyStage;
/** Keeps the list of contracts, which the agent reads too. */
let reminding: Put;

beforeAll(async () => {
	stage = await openReadyStage('Following');
	reminding = await stage.put('remind-of-open-contracts', {
		Settings: { officeEmail: OFFICE, fromEmail: 'esign@example.com' },
	});
	await reminding.activate();
});

afterAll(async () => await stage.close());

const watchedIds = async () =>
	(await rest.tableRows('esign_contracts')).map(({ contractId }) => contractId);

/** A contract that waits for somebody with an e-mail address. */
const sendByMail = async (): Promise<string> =>
	await sendContract(stage.kaifangqian, {
		name: '赵六',
		contact: 'zhaoliu@example.com',
		contactType: 'EMAIL',
	});

describe('Remind of open contracts every morning', () => {
	const watch = async (contractId: string, title: string) => {
		const known = (await rest.executions(reminding.id)).map(({ id }) => id);
		await reminding.submit('Watch a Contract', { 'Contract ID': ` ${contractId}`, Title: title });
		const { status } = await nextExecution(reminding.id, known);
		expect(status).toBe('success');
	};

	const morning = async () => {
		stage.mailbox.mails.length = 0;
		const execution = await rest.finished(await reminding.execute('Every Morning at 9'));
		expect(execution.status).toBe('success');
		return execution;
	};

	it('writes nothing to anybody while the list is empty', async () => {
		await morning();
		expect(stage.mailbox.mails).toEqual([]);
	});

	it('reminds signers, lists the rest for the office, and forgets what is over', async () => {
		const byPhone = await sendContract(stage.kaifangqian);
		const byMail = await sendByMail();
		const signed = await sendContract(stage.kaifangqian);
		stage.kaifangqian.control.signAll(signed);
		await watch(byPhone, '租赁合同');
		await watch(byMail, '');
		await watch(byMail, '采购合同');
		await watch(signed, '服务合同');
		await watch('no-such-contract', '旧合同');
		expect(await watchedIds()).toEqual([byPhone, byMail, signed, 'no-such-contract']);

		await morning();
		const { mails } = stage.mailbox;
		expect(mails.map(({ to }) => to)).toEqual(
			expect.arrayContaining([['zhaoliu@example.com'], [OFFICE]]),
		);
		expect(mails).toHaveLength(2);
		const reminder = await stage.mailbox.mailTo('zhaoliu@example.com', '采购合同');
		expect(reminder.from).toBe('esign@example.com');
		const link = /http:\/\/\S+/.exec(reminder.text)?.[0];
		expect(link).toContain(stage.kaifangqian.origin);
		const { subject, text } = await stage.mailbox.mailTo(OFFICE);
		expect(subject).toBe('Contracts still open: 3');
		expect(text).toContain(`采购合同: 赵六 ${link}`);
		expect(text).toMatch(/租赁合同: 李四 http/);
		expect(text).toMatch(/旧合同: could not be looked up \(.+\)/);
		expect(text).not.toContain('服务合同');
		expect(await watchedIds()).toEqual([byPhone, byMail, 'no-such-contract']);

		stage.kaifangqian.control.signAll(byPhone);
		stage.kaifangqian.control.signAll(byMail);
		await morning();
		expect(stage.mailbox.mails.map(({ subject }) => subject)).toEqual(['Contracts still open: 1']);
		expect(await watchedIds()).toEqual(['no-such-contract']);
	});
});

describe('Silent signing with a seal (Qiandun)', () => {
	let workflow: Put;

	beforeAll(async () => {
		const { sealIds, company } = stage.qiandun.seeds;
		const sealId = String(sealIds.company);
		workflow = await stage.put(
			'qiandun-silent-signing',
			{
				Settings: { accountId: company.accountId, sealId, ownerEmail: 'owner@example.com' },
				'Settings for the Answer': { sealId, officeEmail: OFFICE },
			},
			undefined,
			'qiandun',
		);
		await workflow.activate();
		await stage.qiandun.control.setCallbackUrl(
			await workflow.callbackUrl('Permission Took Effect'),
		);
	});

	it('sends the owner the page, and tells the office when the permission takes effect', async () => {
		const id = await workflow.execute();
		expect((await rest.finished(id)).status).toBe('success');
		const { authUrl } = itemsOf(await rest.execution(id), 'Get Silent Sign Link')[0].json;
		expect((await stage.mailbox.mailTo('owner@example.com')).text).toContain(String(authUrl));

		stage.qiandun.control.authorise(stage.qiandun.seeds.sealIds.company);
		const execution = await nextExecution(workflow.id, [id]);
		expect(execution).toMatchObject({ status: 'success', mode: 'webhook' });
		const [{ json }] = itemsOf(execution, 'Permission');
		const [granted] = stage.qiandun.state.seals.find(
			({ sealId }) => sealId === stage.qiandun.seeds.sealIds.company,
		)!.autosignAuthorizeList;
		expect(json).toMatchObject({ sealName: '公章', authorizeCode: granted.authorizeCode });
		const { text } = await stage.mailbox.mailTo(OFFICE, 'Silent signing is allowed: 公章');
		expect(text).toContain(granted.endTime);
		expect(text).not.toContain(granted.authorizeCode);
	});

	it('believes the seal, not the message', async () => {
		stage.qiandun.reset();
		await stage.qiandun.control.setCallbackUrl(
			await workflow.callbackUrl('Permission Took Effect'),
		);
		const known = (await rest.executions(workflow.id)).map(({ id }) => id);
		stage.qiandun.control.unknownType('OPEN_CONTRACT_AUTO_SIGN_SEAL_AUTH');
		const execution = await nextExecution(workflow.id, known);
		expect(execution.status).toBe('success');
		expect(ran(execution)).not.toContain('Permission');
		await stage.mailbox.mailTo(OFFICE, 'Silent signing is not allowed');
	});
});

describe('Ask who has not signed yet', () => {
	const LIST = 'List_of_Contracts';
	const STATUS = 'Get_Contract_Status';
	let model: Model;

	const answersOf = ({ messages }: ChatRequest): string[] =>
		messages.filter(({ role }) => role === 'tool').map(({ content }) => JSON.stringify(content));

	/** A model that reads the list, looks every contract up, and names whom it found. */
	const decide = (request: ChatRequest): Turn => {
		const answers = answersOf(request);
		if (answers.length === 0) return { call: [{ tool: LIST, input: {} }] };
		if (answers.length === 1) {
			const ids = [...answers[0].matchAll(/contractId\W+(\d{10,})/g)].map(([, id]) => id);
			return { call: ids.map((id) => ({ tool: STATUS, input: { Contract_ID: id } })) };
		}
		const people = ['李四', '赵六', '王五'].filter((name) => answers.join().includes(name));
		return { say: `Not signed yet: ${people.join(', ')}` };
	};

	beforeAll(async () => {
		model = await startModel(decide);
	});

	afterAll(async () => await model.close());

	it('the agent reads the list, asks the node about each contract, and answers', async () => {
		const contracts = [await sendContract(stage.kaifangqian), await sendByMail()];
		for (const id of contracts)
			await reminding.submit('Watch a Contract', { 'Contract ID': id, Title: '服务合同' });
		await until('both are on the list', async () => {
			const ids = await watchedIds();
			return contracts.every((id) => ids.includes(id));
		});

		const openAiApi = await rest.saveCredential('Model', model.credentialData, 'openAiApi');
		const workflow = await stage.put('ask-who-has-not-signed', {}, (json) =>
			chooseCredentials(json, { openAiApi }),
		);
		const id = await rest.startChat(
			workflow.id,
			'When a Question Comes',
			'Contract Assistant',
			'Who has not signed yet?',
		);
		const execution = await rest.finished(id);
		expect(execution.data.resultData.error).toBeUndefined();
		expect(execution.status).toBe('success');
		const [{ json }] = itemsOf(execution, 'Contract Assistant');
		expect(json.output).toBe(`Not signed yet: ${SIGNER.name}, 赵六`);

		const [first] = model.requests;
		expect(first.tools?.map((tool) => tool.function.name).sort()).toEqual([STATUS, LIST]);
		const status = first.tools!.find((tool) => tool.function.name === STATUS)!;
		expect(status.function.description).toMatch(/status of one contract/);
		expect(status.function.parameters).toMatchObject({
			type: 'object',
			properties: { Contract_ID: { type: 'string' } },
			required: ['Contract_ID'],
		});
		expect(JSON.stringify(first.messages)).toContain('Who has not signed yet?');
		expect(ran(execution)).toEqual(expect.arrayContaining(['Get Contract Status', 'Chat Model']));
	});
});
