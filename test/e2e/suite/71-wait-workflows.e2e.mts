import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import axios from 'axios';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { itemsOf, until } from '../server/index.mjs';
import { asleep, hurried, openReadyStage, ran, type Put, type ReadyStage } from './ready.mjs';
import { n8n, nextExecution, rest } from './stage.mjs';
import { samplePdf } from './workflows.mjs';

const OFFICE = 'office@example.com';
const SIGNER = '13900139000';

let stage: ReadyStage;
/** Executions that nobody wakes: n8n looks for those once a minute, so they are started first. */
const forgotten: { contract?: Put; company?: Put; contractRun?: string } = {};

const waitSettings = () => ({
	Settings: { file: join(n8n.files, 'wait.pdf'), signerName: '李四', signerContact: SIGNER },
});

const COMPANY = {
	'Company Name': '远山贸易有限公司',
	'Unified Social Credit Code': '91310000MA76543210',
	'Legal Representative': '李四',
	'Contact Name': '王五',
	'Contact Mobile': '13700137000',
	'Contact Email': 'wangwu@example.com',
};

/** Its forms listen at an address of their own, so that two copies can be active. */
const elsewhere =
	(suffix: string, change: (json: Put['json']) => void = () => {}) =>
	(json: Put['json']): void => {
		for (const node of json.nodes)
			if (node.webhookId) node.webhookId = node.webhookId.replace(/.{3}$/, suffix);
		change(json);
	};

beforeAll(async () => {
	stage = await openReadyStage('Waiting');
	writeFileSync(join(n8n.files, 'wait.pdf'), await samplePdf());
	forgotten.contract = await stage.put(
		'send-and-wait-until-signed',
		waitSettings(),
		elsewhere('a01', hurried('Wait Until Signed')),
	);
	forgotten.contractRun = await forgotten.contract.execute();
	forgotten.company = await stage.put(
		'verify-a-company',
		{ Settings: { officeEmail: 'late-office@example.com' } },
		elsewhere('a02', hurried('Wait for the Platform')),
	);
	await forgotten.company.activate();
	await forgotten.company.submit('Company Form', COMPANY);
});

afterAll(async () => await stage.close());

const waitingRows = async () => await rest.tableRows('esign_waiting');

describe('Send a contract and wait until it is signed', () => {
	let workflow: Put;
	const woken: string[] = [];

	beforeAll(async () => {
		workflow = await stage.put('send-and-wait-until-signed', waitSettings());
		await workflow.activate();
		stage.kaifangqian.control.setCallbackUrl(await workflow.callbackUrl('CN E-Sign Trigger'));
	});

	/** Starts one, and gives the contract that it waits for. */
	const waiting = async () => {
		const id = await workflow.execute();
		woken.push(id);
		await asleep(id);
		const execution = await rest.execution(id);
		return {
			id,
			contractId: String(itemsOf(execution, 'Send Files for Signing')[0].json.contractId),
		};
	};

	it('wakes the run whose contract is signed, and only that one', async () => {
		const one = await waiting();
		const other = await waiting();
		expect((await waitingRows()).map(({ contractId }) => contractId)).toEqual(
			expect.arrayContaining([one.contractId, other.contractId]),
		);
		stage.kaifangqian.control.sign(one.contractId);
		const execution = await rest.finished(one.id);
		expect(execution.status).toBe('success');
		expect(ran(execution)).toContain('Download Signed File');
		expect(ran(execution)).not.toContain('Time Ran Out');
		const [{ json, binary }] = itemsOf(execution, 'Download Signed File');
		expect(json.contractId).toBe(one.contractId);
		const bytes = await rest.binary(binary!.data);
		expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
		expect((await rest.execution(other.id)).status).toBe('waiting');

		stage.kaifangqian.control.refuseSign(other.contractId, SIGNER, '金额不对');
		const refused = await rest.finished(other.id);
		expect(refused.status).toBe('success');
		expect(itemsOf(refused, 'Not Signed')[0].json.outcome).toMatch(/REFUSAL_SIGN|Refused/);
		const left = (await waitingRows()).map(({ contractId }) => contractId);
		expect(left).not.toContain(one.contractId);
		expect(left).not.toContain(other.contractId);
	});

	it('leaves events of contracts alone that nobody waits for', async () => {
		const before = (await rest.executions(workflow.id)).map(({ id }) => id);
		const { id, contractId } = await waiting();
		await axios.post(
			await workflow.callbackUrl('CN E-Sign Trigger'),
			{
				contractId: 'unknown',
				contractStatus: 'COMPLETE',
				callbackType: 'COMPLETE',
			},
			{ proxy: false, validateStatus: () => true },
		);
		expect((await rest.execution(id)).status).toBe('waiting');
		stage.kaifangqian.control.sign(contractId);
		expect((await rest.finished(id)).status).toBe('success');
		const byEvent = await nextExecution(workflow.id, [...before, id]);
		expect(byEvent).toMatchObject({ mode: 'webhook', status: 'success' });
	});
});

describe('Verify a company', () => {
	/** Fills in the form, and gives the run and what it waits for. */
	const asked = async (workflow: Put) => {
		const before = (await rest.executions(workflow.id)).map(({ id }) => id);
		await workflow.submit('Company Form', COMPANY);
		const id = await until(
			'the form starts a run',
			async () =>
				(await rest.executions(workflow.id)).find((found) => !before.includes(found.id))?.id,
		);
		await asleep(id);
		const [{ json }] = itemsOf(await rest.execution(id), 'Get Company Link');
		const links = stage.kaifangqian.requests.filter(({ path }) =>
			path.endsWith('/auth/corp/ident/link'),
		);
		const { authCallbackUrl } = JSON.parse(String(links.at(-1)!.rawBody)) as {
			authCallbackUrl: string;
		};
		return { id, authUrl: String(json.authUrl), authCallbackUrl };
	};

	it('passes the first answer of the platform on to be looked at', async () => {
		const workflow = await stage.put(
			'verify-a-company',
			{ Settings: { officeEmail: OFFICE } },
			elsewhere('a03'),
		);
		await workflow.activate();
		const { id, authUrl } = await asked(workflow);
		const told = stage.mailbox.mails.filter(({ to }) => to.includes('wangwu@example.com'));
		expect(told.filter(({ text }) => text.includes(authUrl))).toHaveLength(1);
		await axios.post(authUrl, 'action=pass', { proxy: false });
		const execution = await rest.finished(id);
		expect(execution.status).toBe('success');
		expect(ran(execution)).toContain('Answer to Look At');
		const mail = await stage.mailbox.mailTo(OFFICE, 'Please look at the answer');
		expect(mail.text).toContain('orderNo');
	});

	it('branches by itself once it is told what means verified', async () => {
		const workflow = await stage.put(
			'verify-a-company',
			{ Settings: { officeEmail: OFFICE, resultField: 'orderStatus', passedValue: '2' } },
			elsewhere('a04'),
		);
		await workflow.activate();
		const passed = await asked(workflow);
		expect(
			(await axios.post(passed.authCallbackUrl, { orderStatus: 2 }, { proxy: false })).data,
		).toBe('success');
		expect(ran(await rest.finished(passed.id))).toContain('Company Is Verified');
		const failed = await asked(workflow);
		await axios.post(failed.authCallbackUrl, { orderStatus: 3 }, { proxy: false });
		expect(ran(await rest.finished(failed.id))).toContain('Answer to Look At');
		await stage.mailbox.mailTo(OFFICE, '远山贸易有限公司 is verified.');
	});

	it('tells the office when there is no link', async () => {
		const workflow = await stage.put(
			'verify-a-company',
			{ Settings: { officeEmail: OFFICE } },
			elsewhere('a05'),
		);
		await workflow.activate();
		await workflow.submit('Company Form', { ...COMPANY, 'Contact Mobile': '12' });
		const execution = await nextExecution(workflow.id);
		expect(execution.status).toBe('success');
		const { text } = await stage.mailbox.mailTo(OFFICE, 'There is no link');
		expect(text).toMatch(/Account/);
	});
});

describe('when nobody answers in time', () => {
	// n8n looks once a minute for runs whose time has come.
	const LONG = 100_000;

	it(
		'the contract run asks the platform and says who is waited for',
		async () => {
			const execution = await rest.finished(forgotten.contractRun!, LONG);
			expect(execution.status).toBe('success');
			expect(itemsOf(execution, 'Time Ran Out')[0].json.outcome).toMatch(/Still open.*李四/s);
			const [{ json }] = itemsOf(execution, 'Send Files for Signing');
			expect((await waitingRows()).map((row) => row.contractId)).not.toContain(json.contractId);
		},
		LONG,
	);

	it(
		'the company run tells the office',
		async () => {
			const [{ id }] = await rest.executions(forgotten.company!.id);
			expect(ran(await rest.finished(id, LONG))).toContain('Nobody Answered');
			await stage.mailbox.mailTo('late-office@example.com', 'Time ran out');
		},
		LONG,
	);
});
