import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import type { ApiRequest, ApiResponse } from '../../../../nodes/CnEsign/runtime/http/apiTypes.js';
import {
	openJournal,
	type ItemJournal,
} from '../../../../nodes/CnEsign/runtime/http/retryJournal.js';

const draft: ApiRequest = {
	method: 'POST',
	url: 'https://sign.example/contract/draft',
	name: '/contract/draft',
	body: { subject: '服务合同', receiver: '张三' },
	readsOnly: false,
	isRateLimited: false,
	isOneAtATime: true,
};
const other = { ...draft, body: { subject: 'other' } };

const answer = (id: string): ApiResponse => ({
	status: 200,
	headers: {},
	text: JSON.stringify({ code: 10000, result: { contractId: id } }),
});

/** An execution of n8n: its attempts share what the node has kept. */
const execution = ({ type = 'n8n-nodes-cn-esign.cnEsign', run = 0 } = {}) => {
	const kept: IDataObject = {};
	const exec = (runIndex = run) =>
		({
			// n8n stores it between two attempts.
			getContext: () => kept,
			getNode: () => ({ type }),
			getWorkflowDataProxy: () => ({ $runIndex: runIndex }),
		}) as unknown as IExecuteFunctions;
	const attempt = (index = 0, runIndex = run): ItemJournal =>
		openJournal(exec(runIndex)).forItem(index);
	return { kept, attempt, exec };
};

const send = async (journal: ItemJournal, request: ApiRequest, response: ApiResponse) => {
	const write = await journal.next(request);
	expect(write.entry).toBeUndefined();
	write.begin();
	await write.done(response);
};

/** What a later attempt finds of its next call. */
const found = async (journal: ItemJournal, request: ApiRequest) => {
	const write = await journal.next(request);
	return { entry: write.entry, isSame: await write.isSame(), use: write.use };
};

describe('the journal of an item', () => {
	it('gives a later attempt the answer of a call that was carried out', async () => {
		const { attempt } = execution();
		await send(attempt(), draft, answer('c-1'));
		const { entry, isSame } = await found(attempt(), draft);
		expect(entry).toMatchObject({ state: 'done', status: 200, text: answer('c-1').text });
		expect(isSame).toBe(true);
	});

	it('counts another content as the same call, and says that it differs', async () => {
		const { attempt } = execution();
		await send(attempt(), draft, answer('c-1'));
		const { entry, isSame } = await found(attempt(), other);
		expect([entry?.state, isSame]).toEqual(['done', false]);
	});

	it('knows of a call that was sent and got no clear answer', async () => {
		const { attempt } = execution();
		(await attempt().next(draft)).begin();
		expect((await found(attempt(), draft)).entry?.state).toBe('sent');
	});

	it('forgets a call that was certainly not carried out', async () => {
		const { attempt } = execution();
		const write = await attempt().next(draft);
		write.begin();
		write.clear();
		expect((await found(attempt(), draft)).entry).toBeUndefined();
	});

	it('tells the calls of one kind apart by their number', async () => {
		const { attempt } = execution();
		const first = attempt();
		await send(first, draft, answer('c-1'));
		await send(first, draft, answer('c-2'));
		const again = attempt();
		for (const id of ['c-1', 'c-2']) {
			const { entry, use } = await found(again, draft);
			expect(entry?.text).toBe(answer(id).text);
			use();
		}
		expect((await found(again, draft)).entry).toBeUndefined();
	});

	it('does not count a refused call: the next one takes its place', async () => {
		const { attempt } = execution();
		const journal = attempt();
		const refused = await journal.next(draft);
		refused.begin();
		refused.clear();
		await send(journal, draft, answer('c-1'));
		expect((await found(attempt(), draft)).entry?.text).toBe(answer('c-1').text);
	});

	it('tells items, runs, paths and contracts apart', async () => {
		const { attempt } = execution();
		await send(attempt(0), { ...draft, journalSubject: 'c-1' }, answer('c-1'));
		expect((await found(attempt(0), { ...draft, journalSubject: 'c-1' })).entry).toBeDefined();
		for (const [journal, request] of [
			[attempt(1), { ...draft, journalSubject: 'c-1' }],
			[attempt(0, 1), { ...draft, journalSubject: 'c-1' }],
			[attempt(0), { ...draft, journalSubject: 'c-2' }],
			[attempt(0), { ...draft, journalSubject: 'c-1', name: '/contract/recall' }],
		] as const)
			expect((await found(journal, request)).entry).toBeUndefined();
	});

	it('passes over what was taken back', async () => {
		const { attempt } = execution();
		const journal = attempt();
		await send(journal, draft, answer('c-1'));
		journal.abandon(draft);
		await send(journal, draft, answer('c-2'));
		const again = attempt();
		const { entry, use } = await found(again, draft);
		expect(entry?.text).toBe(answer('c-2').text);
		use();
		expect((await found(again, draft)).entry).toBeUndefined();
	});

	it('keeps what the operation says about a call', async () => {
		const { attempt } = execution();
		await send(attempt(), { ...draft, about: { subject: '服务合同' } }, answer('c-1'));
		expect((await found(attempt(), draft)).entry?.about).toEqual({ subject: '服务合同' });
	});

	it('goes by what is meant where that is not the body itself', async () => {
		const { attempt } = execution();
		const meant = (name: string) => ({ ...draft, meaning: async () => [name] });
		await send(attempt(), { ...meant('a.pdf'), body: { docId: 'd-1' } }, answer('c-1'));
		const same = await found(attempt(), { ...meant('a.pdf'), body: { docId: 'd-2' } });
		expect(same.isSame).toBe(true);
		expect((await found(attempt(), meant('b.pdf'))).isSame).toBe(false);
	});

	it('keeps no answer that is a file or very long, but that the call was made', async () => {
		for (const response of [
			{ ...answer('x'), text: 'x'.repeat(20_001) },
			{ ...answer('x'), stream: {} as NodeJS.ReadableStream },
		]) {
			const { attempt } = execution();
			await send(attempt(), draft, response);
			const { entry } = await found(attempt(), draft);
			expect([entry?.state, entry?.text]).toEqual(['done', undefined]);
		}
	});

	it('holds nothing of what was sent but a hash', async () => {
		const { kept, attempt } = execution();
		await send(attempt(), draft, answer('c-1'));
		expect(JSON.stringify(kept)).not.toMatch(/服务合同|张三/);
	});

	it('holds nothing that n8n could not store', async () => {
		const { kept, attempt } = execution();
		await send(attempt(), draft, answer('c-1'));
		attempt().retryState('start', draft.body).repeats = 1;
		expect(JSON.parse(JSON.stringify(kept))).toEqual(kept);
	});
});

describe('the journal of a tool', () => {
	const type = 'n8n-nodes-cn-esign.cnEsignTool';

	it('tells calls apart by what they send, because n8n counts the run up on every retry', async () => {
		const { attempt } = execution({ type });
		await send(attempt(0, 0), draft, answer('c-1'));
		expect((await found(attempt(0, 1), draft)).entry?.text).toBe(answer('c-1').text);
		expect((await found(attempt(0, 1), other)).entry).toBeUndefined();
	});
});

describe('the notes of an operation', () => {
	it('are carried along by the retries of one item, and by nobody else', () => {
		const { attempt } = execution();
		attempt(0).retryState('start', 'x').repeats = 2;
		expect(attempt(0).retryState('start', 'y')).toEqual({ repeats: 2 });
		expect(attempt(1).retryState('start', 'x')).toEqual({});
		expect(attempt(0).retryState('other', 'x')).toEqual({});
		expect(attempt(0, 1).retryState('start', 'x')).toEqual({});
	});

	it('of a tool belong to what it sends', () => {
		const { attempt } = execution({ type: 'n8n-nodes-cn-esign.cnEsignTool' });
		attempt(0, 0).retryState('start', 'x').repeats = 2;
		expect(attempt(0, 5).retryState('start', 'x')).toEqual({ repeats: 2 });
		expect(attempt(0, 0).retryState('start', 'y')).toEqual({});
	});
});

describe('how an item has ended', () => {
	it('is kept for later attempts of the same run and item where something was written', async () => {
		const { attempt, exec } = execution();
		const journal = attempt(2);
		await send(journal, draft, answer('c-1'));
		journal.end({ done: 'contractId c-1' });
		expect(openJournal(exec()).endedBefore(2)).toEqual({ done: 'contractId c-1' });
		expect(openJournal(exec()).endedBefore(1)).toBeUndefined();
		expect(openJournal(exec(1)).endedBefore(2)).toBeUndefined();
	});

	it('is forgotten when the item is clearly refused later', async () => {
		const { attempt, exec } = execution();
		const first = attempt();
		(await first.next(draft)).begin();
		first.end({ failed: 'Also: nobody knows [Item 0].' });
		const second = attempt();
		await second.next(draft);
		second.end(undefined);
		expect(openJournal(exec()).endedBefore(0)).toBeUndefined();
	});

	it('is not kept of an item that only reads, nor for a tool, where another call is another matter', async () => {
		const reading = execution();
		reading.attempt().end({ done: '' });
		expect(openJournal(reading.exec()).endedBefore(0)).toBeUndefined();
		const tool = execution({ type: 'n8n-nodes-cn-esign.cnEsignTool' });
		const journal = tool.attempt();
		await send(journal, draft, answer('c-1'));
		journal.end({ done: 'contractId c-1' });
		expect(openJournal(tool.exec()).endedBefore(0)).toBeUndefined();
	});
});
