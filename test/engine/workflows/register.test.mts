/** *Contract events* and *Catch up missed events*, as they are shipped, over one register. */
import type { IDataObject } from 'n8n-workflow';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeNamed, shippedWorkflow } from '../../demo/workflow.mjs';
import { clientOf, approvedBy, lisi, pdfOf, person } from '../../sandbox/kaifangqian/testing.mjs';
import { catchUpMissedEvents } from '../../workflows/ready/catchUpMissedEvents.mjs';
import { contractEvents } from '../../workflows/ready/contractEvents.mjs';
import { COLUMNS, TABLE } from '../../workflows/register.mjs';
import { LANGUAGES, namesOf } from '../../workflows/workflow.mjs';
import { addBaseNodes } from '../baseNodes/index.mjs';
import { runFrom, type WorkflowJson } from '../engine.mjs';
import { startHost, type Host } from '../host.mjs';
import { credentialFor, startKaifangqian } from '../kaifangqian.mjs';

const sandbox = await startKaifangqian({ switches: { throttle: false, startMs: 0 } });
const client = clientOf(sandbox);
const base = addBaseNodes();
const pdf = await pdfOf('Contract');

afterAll(async () => await sandbox.close());

/** The row that a workflow writes when it has sent a contract. */
const addRow = (contractId: string, more: IDataObject = {}): void => {
	const row = Object.fromEntries(Object.keys(COLUMNS).map((column) => [column, null]));
	base.tables.insert(TABLE, Object.keys(COLUMNS), {
		...row,
		contractId,
		isOpen: true,
		life: 1,
		status: 'SIGNING',
		...more,
	});
};

const rowOf = (contractId: string) =>
	base.tables.rows(TABLE).find((row) => row.contractId === contractId);

describe.each(LANGUAGES)('the register (%s)', (language) => {
	const events = namesOf(contractEvents, language);
	const catching = namesOf(catchUpMissedEvents, language);
	let host: Host;

	/** With repeats let through: what stops them here is the register. */
	const router = (): WorkflowJson => {
		const json = shippedWorkflow('contract-events', language);
		Object.assign(nodeNamed(json, events.trigger).parameters, {
			options: { ignoreRepeats: false },
		});
		return json;
	};

	beforeEach(async () => {
		sandbox.reset();
		base.clear();
		host = await startHost(router(), { secrets: credentialFor(sandbox) });
		sandbox.control.setCallbackUrl(host.productionUrl);
	});

	afterEach(async () => await host.close());

	const settled = async () => {
		await sandbox.callbacks.idle();
		await host.idle();
		expect(host.executions.filter(({ status }) => status !== 'success')).toEqual([]);
	};

	const deliver = async (body: string) =>
		await fetch(host.productionUrl, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body,
		});

	/** The platform's latest callback comes after all; gives what the trigger makes of it. */
	const deliverLate = async () => {
		await deliver(sandbox.callbacks.dropped.at(-1)!.body);
		await settled();
		return host.executions.flatMap(({ items }) => items).at(-1);
	};

	/** A contract that waits for 李四, with its row. */
	const contract = async (row: IDataObject = {}): Promise<string> => {
		const docId = await client.upload(pdf);
		const contractId = await client.draft({
			signDocumentList: [{ docId }],
			signerList: [person(lisi, '1')],
		});
		await settled();
		addRow(contractId, row);
		return contractId;
	};

	/** What was passed on to other workflows, one line each. */
	const passedOn = () =>
		base.called.flatMap(({ node, items }) =>
			items.map(({ event, eventId, contractId }) => ({ node, event, eventId, contractId })),
		);

	/** The whole way: what *Catch up* calls is *Contract events*. */
	const catchUp = async (): Promise<IDataObject[]> => {
		const before = base.called.length;
		const run = await runFrom(
			shippedWorkflow('catch-up-missed-events', language),
			catching.hourly,
			[{ json: {} }],
			{ secrets: credentialFor(sandbox) },
		);
		expect(run.data.resultData.error).toBeUndefined();
		const calls = base.called.splice(before).flatMap(({ items }) => items);
		for (const json of calls) {
			const called = await runFrom(router(), events.called, [{ json }], {
				secrets: credentialFor(sandbox),
			});
			expect(called.data.resultData.error).toBeUndefined();
		}
		return calls;
	};

	it('passes the end of a contract on, with its row, and notes it', async () => {
		const contractId = await contract({ title: '服务合同' });
		sandbox.control.signAll(contractId);
		await settled();
		const [signed, completed] = base.called.map(({ items: [item] }) => item);
		expect(signed).toMatchObject({ event: 'contract.signed', contractId, title: '服务合同' });
		expect(completed).toMatchObject({
			event: 'contract.completed',
			contractStatus: 'COMPLETE',
			contractId,
			title: '服务合同',
			life: 1,
		});
		expect(rowOf(contractId)).toMatchObject({
			status: 'COMPLETE',
			isOpen: false,
			event: 'contract.completed',
			eventId: completed.eventId,
		});
	});

	it('passes an end on once, however often the platform tells of it', async () => {
		const contractId = await contract();
		sandbox.control.signAll(contractId);
		await settled();
		const [completion] = sandbox.callbacks.deliveries.filter(({ body }) =>
			body.includes('"callbackType":"COMPLETE"'),
		);
		for (let again = 0; again < 3; again += 1) await deliver(completion.body);
		await settled();
		expect(host.executions.length).toBeGreaterThanOrEqual(5);
		expect(passedOn().filter(({ event }) => event === 'contract.completed')).toHaveLength(1);
	});

	it('leaves contracts alone that are not in the register', async () => {
		const docId = await client.upload(pdf);
		const contractId = await client.draft({
			signDocumentList: [{ docId }],
			signerList: [person(lisi, '1')],
		});
		addRow('another');
		sandbox.control.signAll(contractId);
		await settled();
		expect(base.called).toEqual([]);
		expect(base.tables.rows(TABLE)).toHaveLength(1);
	});

	it('passes the start of a contract on only where it lives again', async () => {
		const docId = await client.upload(pdf);
		addRow('placeholder');
		const contractId = await client.draft({
			signDocumentList: [{ docId }],
			signerList: [person(lisi, '1')],
		});
		addRow(contractId);
		await settled();
		expect(host.executions.flatMap(({ items }) => items)).toMatchObject([
			{ event: 'contract.sent' },
		]);
		expect(base.called).toEqual([]);
	});

	it('wakes the run that waits for the contract, at its end only', async () => {
		const waiting = await contract({ resumeUrl: 'http://n8n.test/webhook-waiting/1' });
		const other = await contract({ resumeUrl: 'http://n8n.test/webhook-waiting/2' });
		sandbox.control.refuseSign(waiting, lisi.contact, '金额不对');
		await settled();
		expect(base.posted).toEqual(['http://n8n.test/webhook-waiting/1']);
		expect(rowOf(other)).toMatchObject({ isOpen: true });
	});

	it('chooses the workflow by business line, subject and contract', async () => {
		const byLine = await contract({ line: '租赁合同' });
		const bySubject = await contract({ title: '2030 采购合同' });
		const other = await contract({ title: '服务合同' });
		for (const contractId of [byLine, bySubject, other]) {
			base.called.length = 0;
			sandbox.control.recall(contractId);
			await settled();
			expect(passedOn().map(({ node }) => node)).toEqual([
				{
					[byLine]: events.callLine,
					[bySubject]: events.callSubject,
					[other]: events.callOthers,
				}[contractId],
			]);
		}
	});

	describe('catching up', () => {
		it('gives a lost end the eventId of its callback, so that it runs once', async () => {
			const contractId = await contract();
			sandbox.control.setCallbackUrl(undefined);
			sandbox.control.signAll(contractId);
			await settled();
			expect(base.called).toEqual([]);
			const [found] = await catchUp();
			expect(found).toMatchObject({ event: 'contract.completed', contractId, life: 1 });
			expect(passedOn()).toMatchObject([{ event: 'contract.completed', contractId }]);

			// The callback comes after all.
			const late = await deliverLate();
			expect(late).toMatchObject({ event: 'contract.completed', eventId: found.eventId });
			expect(passedOn()).toHaveLength(1);
			expect(await catchUp()).toEqual([]);
		});

		it('asks about contracts without an end only, and about none twice', async () => {
			const done = await contract();
			const open = await contract();
			sandbox.control.signAll(done);
			await settled();
			sandbox.requests.length = 0;
			expect(await catchUp()).toEqual([]);
			const asked = sandbox.requests.map(({ query }) => String(query.contractId));
			expect(asked).toEqual([open]);
		});

		it('is not kept from an end by whoever has seen it before', async () => {
			const contractId = await contract();
			sandbox.control.setCallbackUrl(undefined);
			sandbox.control.recall(contractId);
			await settled();
			// As *Remind of open contracts* does.
			Object.assign(rowOf(contractId)!, { status: 'RECALLED', isOpen: false });
			expect(await catchUp()).toMatchObject([{ event: 'contract.recalled', contractId }]);
			expect(passedOn()).toHaveLength(1);
		});

		it('goes on with the others where one cannot be looked up', async () => {
			addRow('1900000000000000000');
			const contractId = await contract();
			sandbox.control.setCallbackUrl(undefined);
			sandbox.control.recall(contractId);
			await settled();
			expect(await catchUp()).toMatchObject([{ contractId }]);
		});

		it('counts the lives of a contract that was deleted, restored and sent again', async () => {
			const contractId = await contract();
			sandbox.control.recall(contractId);
			await settled();
			sandbox.control.remove(contractId);
			await settled();
			sandbox.control.restore(contractId);
			sandbox.control.start(contractId);
			await settled();
			expect(passedOn().map(({ event }) => event)).toEqual([
				'contract.recalled',
				'contract.deleted',
				'contract.sent',
			]);
			expect(rowOf(contractId)).toMatchObject({ isOpen: true, life: 2 });

			sandbox.control.setCallbackUrl(undefined);
			sandbox.control.recall(contractId);
			await settled();
			const [found] = await catchUp();
			expect(found).toMatchObject({ event: 'contract.recalled', life: 2 });
			expect(found.eventId).toMatch(/-2$/);
			expect(passedOn().at(-1)).toMatchObject({ event: 'contract.recalled' });
			expect(await catchUp()).toEqual([]);
		});

		it.each(['CLEAN_UP', 'APPROVE_FAILED'])(
			'passes an end without a callback on once: %s',
			async (status) => {
				await contract();
				const result = { status, todoTaskList: [] };
				const body = JSON.stringify({ code: 10000, message: '成功', result });
				sandbox.failNext('/contract/tasks', { status: 200, body }, 2);
				expect(await catchUp()).toMatchObject([{ event: 'contract.statusChanged' }]);
				expect(await catchUp()).toEqual([]);
				expect(passedOn()).toHaveLength(1);
				expect(base.tables.rows(TABLE)).toMatchObject([{ status, isOpen: false }]);
			},
		);

		it('passes a rejected approval on once, in a second life too', async () => {
			const docId = await client.upload(pdf);
			const contractId = await client.draft({
				signDocumentList: [{ docId }],
				signerList: [approvedBy(sandbox.colleague), person(lisi, '2')],
			});
			await settled();
			addRow(contractId);
			sandbox.control.recall(contractId);
			await settled();
			sandbox.control.remove(contractId);
			await settled();
			sandbox.control.restore(contractId);
			sandbox.control.start(contractId);
			await settled();
			expect(rowOf(contractId)).toMatchObject({ isOpen: true, life: 2 });
			sandbox.control.setCallbackUrl(undefined);
			sandbox.control.refuseApprove(contractId);
			await settled();
			const [found] = await catchUp();
			const before = passedOn().length;
			sandbox.control.setCallbackUrl(host.productionUrl);
			const late = await deliverLate();
			expect(late).toMatchObject({
				event: 'contract.approvalRefused',
				life: 2,
				eventId: found.eventId,
			});
			expect(passedOn()).toHaveLength(before);
			expect(rowOf(contractId)).toMatchObject({ isOpen: false, life: 2 });
		});

		it('a start that is told late does not open what is over', async () => {
			const contractId = await contract();
			sandbox.control.recall(contractId);
			await settled();
			const before = passedOn().length;
			const json = { event: 'contract.sent', eventId: 'late', contractId, life: 1 };
			await runFrom(router(), events.called, [{ json }], { secrets: credentialFor(sandbox) });
			expect(passedOn()).toHaveLength(before);
			expect(rowOf(contractId)).toMatchObject({ isOpen: false, event: 'contract.recalled' });
		});

		it('deletes rows of contracts that have been over for 90 days', async () => {
			const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
			addRow('old', { isOpen: false, event: 'contract.completed', updatedAt: daysAgo(91) });
			addRow('recent', { isOpen: false, event: 'contract.completed', updatedAt: daysAgo(89) });
			addRow('open', { event: 'contract.completed', updatedAt: daysAgo(400) });
			await catchUp();
			expect(base.tables.rows(TABLE).map(({ contractId }) => contractId)).toEqual([
				'recent',
				'open',
			]);
		});
	});
});
