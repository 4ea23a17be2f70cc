import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TABLE } from '../../workflows/register.mjs';
import { LANGUAGES } from '../../workflows/workflow.mjs';
import { until } from '../server/index.mjs';
import { openReadyStage, type Put, type ReadyStage } from './ready.mjs';
import { n8n, rest } from './stage.mjs';
import { samplePdf } from './workflows.mjs';

let stage: ReadyStage;

beforeAll(async () => {
	stage = await openReadyStage('Events');
});

afterAll(async () => await stage.close());

const rowOf = async (contractId: string) =>
	(await rest.tableRows(TABLE)).find((row) => row.contractId === contractId);

// The workflows as a user has them together: a form that sends, one address for the events, the catching
// up, and what is to be done with a completed contract.
describe.each(LANGUAGES)('one address, many workflows (%s)', (language) => {
	const SENDER = `sender-${language.toLowerCase()}@example.com`;
	const SIGNED = language === 'en' ? /^Signed: / : /^已签署：/;
	let form: Put;
	let folder: Put;
	let copies: Put;
	let events: Put;
	let catching: Put;

	beforeAll(async () => {
		form = await stage.put('send-contract-from-form', { language });
		folder = await stage.put('completed-contract-to-folder', {
			language,
			settings: { settings: { folder: n8n.files } },
		});
		copies = await stage.put('email-signed-contract', { language });
		events = await stage.put('contract-events', {
			language,
			calls: {
				callLine: folder.id,
				callSubject: copies.id,
				callContract: folder.id,
				callOthers: folder.id,
			},
		});
		catching = await stage.put('catch-up-missed-events', {
			language,
			calls: { call: events.id },
		});
		for (const workflow of [form, folder, copies, events, catching]) await workflow.activate();
		await connect();
	});

	const connect = async () =>
		stage.kaifangqian.control.setCallbackUrl(await events.callbackUrl('trigger'));

	const countOf = async ({ id }: Put) => (await rest.executions(id)).length;

	/** Fills in the form, and gives the contract that was sent. */
	const send = async (title: string): Promise<string> => {
		const { word } = form;
		const known = (await rest.tableRows(TABLE)).length;
		await form.submit('form', {
			[word('Title')]: title,
			PDF: new Blob([await samplePdf()], { type: 'application/pdf' }),
			[`${word('Signer')} 1 ${word('Name')}`]: '李四',
			[`${word('Signer')} 1 ${word('Phone or Email')}`]: '13900139000',
			[word('Your Email')]: SENDER,
		});
		const row = await until('the contract is in the register', async () => {
			const rows = await rest.tableRows(TABLE);
			return rows.length > known && rows.at(-1);
		});
		return String(row.contractId);
	};

	const savedAs = (contractId: string, title: string) =>
		join(n8n.files, `${title} ${contractId}.pdf`);

	const ended = async (contractId: string, event: string) =>
		await until(`the register has ${event}`, async () => {
			const row = await rowOf(contractId);
			return row?.event === event && row;
		});

	it('a completed contract goes to the workflow for it, and its file has the title', async () => {
		const contractId = await send('服务合同');
		stage.kaifangqian.control.sign(contractId);
		expect(await ended(contractId, 'contract.completed')).toMatchObject({
			status: 'COMPLETE',
			isOpen: false,
			life: 1,
			line: '服务合同',
		});
		const file = savedAs(contractId, '服务合同');
		await until(`${file} is there`, () => existsSync(file));
		expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-');
	});

	it('another subject goes to another workflow: the signed file is mailed to who sent it', async () => {
		const contractId = await send('采购合同');
		stage.mailbox.mails.length = 0;
		stage.kaifangqian.control.sign(contractId);
		await ended(contractId, 'contract.completed');
		const mail = await stage.mailbox.mailTo(
			SENDER,
			language === 'en' ? 'Signed: 采购合同' : '已签署：采购合同',
		);
		expect(mail.attachments).toHaveLength(1);
		expect(mail.attachments[0].bytes.subarray(0, 5).toString()).toBe('%PDF-');
		expect(existsSync(savedAs(contractId, '采购合同'))).toBe(false);
	});

	it('what is not completed starts neither', async () => {
		const before = stage.mailbox.mails.length;
		const contractId = await send('服务合同');
		stage.kaifangqian.control.recall(contractId);
		expect(await ended(contractId, 'contract.recalled')).toMatchObject({ status: 'RECALLED' });
		expect(existsSync(savedAs(contractId, '服务合同'))).toBe(false);
		// Those about the sending may still be on their way.
		const subjects = stage.mailbox.mails.slice(before).map(({ subject }) => subject);
		expect(subjects.filter((subject) => SIGNED.test(subject))).toEqual([]);
	});

	it('what the platform did not tell is caught up, once', async () => {
		const contractId = await send('丢失的合同');
		stage.kaifangqian.control.setCallbackUrl(undefined);
		stage.kaifangqian.control.sign(contractId);
		expect((await rowOf(contractId))!.event).toBeNull();

		const first = await rest.finished(await catching.execute('hourly'));
		expect(first.status).toBe('success');
		const found = catching.items(first, 'event').map(({ json }) => json);
		const [reported] = found.filter((json) => json.contractId === contractId);
		expect(reported).toMatchObject({ event: 'contract.completed', life: 1 });
		const row = await ended(contractId, 'contract.completed');
		expect(row.eventId).toBe(reported.eventId);
		await until('the file is saved', () => existsSync(savedAs(contractId, '丢失的合同')));

		// The callback comes after all: the platform has it queued.
		await connect();
		const called = await countOf(folder);
		const received = await countOf(events);
		const { body } = stage.kaifangqian.callbacks.dropped.at(-1)!;
		stage.kaifangqian.callbacks.publish(body);
		const late = await until('the late callback has run', async () => {
			const all = await rest.executions(events.id);
			return all.length > received && all[0].status === 'success' && all[0];
		});
		const execution = await rest.execution(late.id);
		const [{ json }] = events.items(execution, 'trigger');
		expect(json).toMatchObject({ event: 'contract.completed', eventId: reported.eventId });
		expect(events.ran(execution)).not.toContain('route');
		expect(await countOf(folder)).toBe(called);

		const second = await rest.finished(await catching.execute('hourly'));
		const again = catching.items(second, 'event').map(({ json: item }) => item.contractId);
		expect(again).not.toContain(contractId);
	});

	it('a contract that nobody has in the register starts nothing', async () => {
		const received = await countOf(events);
		const { sendContract } = await import('./contract.mjs');
		const contractId = await sendContract(stage.kaifangqian);
		stage.kaifangqian.control.sign(contractId);
		const last = await until('the events have arrived', async () => {
			const all = await rest.executions(events.id);
			return (
				all.length >= received + 3 && all.every(({ status }) => status === 'success') && all[0]
			);
		});
		expect(events.ran(await rest.execution(last.id))).not.toContain('event');
		expect(await rowOf(contractId)).toBeUndefined();
	});

	it('deletes rows of contracts that have been over for long, and no others', async () => {
		const contractId = await send('服务合同');
		stage.kaifangqian.control.recall(contractId);
		await ended(contractId, 'contract.recalled');
		await rest.finished(await catching.execute('hourly'));
		expect(await rowOf(contractId)).toBeDefined();
		const { names, json } = catching;
		const node = json.nodes.find(({ name }) => name === names.old)!;
		const text = JSON.stringify(node.parameters);
		expect(text).toContain('days: 90');
		const soon = {
			...json,
			nodes: json.nodes.map((one) =>
				one === node
					? { ...one, parameters: JSON.parse(text.replace('days: 90', 'days: -1')) as object }
					: one,
			),
		};
		const open = await send('服务合同');
		const { id } = await rest.createWorkflow({ ...soon, name: `${soon.name} soon` });
		await rest.finished(await rest.start(id, names.hourly));
		expect(await rowOf(contractId)).toBeUndefined();
		expect(await rowOf(open)).toBeDefined();
	});
});
