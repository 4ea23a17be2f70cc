/** Contracts that the platform has mixed up, when n8n tries again or a run is canceled meanwhile. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Spoiling } from '../../sandbox/kaifangqian/switches.mjs';
import { shortenPauses } from '../pauses.mjs';
import { forgetTurns } from '../turns.mjs';
import { itemWith, sending } from './sendFiles.support.mjs';
import { pdf, stage } from './support.mjs';

const setting = await stage();
const { sandbox, sent } = setting;
const sendFiles = sending(setting);

const file = async () => await itemWith({ data: [pdf, '合同.pdf'] });
const send = async (more: Parameters<typeof sendFiles>[2]) =>
	await sendFiles([await file()], {}, more);
const spoil = (...outcomes: Spoiling[]) => {
	sandbox.switches.spoilNext = outcomes;
};
const starts = () => sent('/contract/draft').length;

describe("n8n's setting Retry On Fail", () => {
	let asUsual = () => {};
	beforeEach(() => {
		asUsual = shortenPauses(20);
	});
	afterEach(() => asUsual());

	const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

	it('never gives back a recalled contract, and sends nothing after the node has stopped', async () => {
		spoil('signingWithoutTask', 'signingWithoutTask');
		const { error } = await send({ node: retry });
		expect(starts()).toBe(2);
		expect(sent('/document/file')).toHaveLength(1);
		expect(error?.message).toContain('twice in a row');
	});

	it('sends no second contract beside one that is mixed up', async () => {
		spoil('completeUnsigned');
		const { error } = await send({ node: retry });
		expect(starts()).toBe(1);
		expect(error?.message).toContain('counts as completed');
		expect(error?.context.outcomeUnknown).toBe(true);
	});

	it('gives back the contract that came after a recalled one', async () => {
		spoil('signingWithoutTask');
		const input = [await file(), { json: {} }];
		const { error } = await sendFiles(input, {}, { node: retry });
		// The second item has no file, so n8n tries all anew.
		expect(error?.message).toContain('the item has 0 files');
		expect(starts()).toBe(2);
		const running = sandbox.control.contracts().filter(({ status }) => status === 'SIGNING');
		expect(running).toHaveLength(1);
		expect(error?.description).toContain(running[0].contractId);
	});

	it('repeats no start that was sent again twice already', async () => {
		spoil('stuckInStart', 'signingWithoutTask', 'stuckInStart');
		await send({ node: retry });
		expect(starts()).toBe(3);
	});
});

describe('a run that is canceled', () => {
	it('in the middle of putting right says what was recalled and not sent again', async () => {
		spoil('signingWithoutTask');
		let cancel = () => {};
		const running = send({ onStart: (stop) => (cancel = stop) });
		while (sent('/contract/recall').length < 1) await new Promise((go) => setTimeout(go, 5));
		await new Promise((go) => setTimeout(go, 200));
		cancel();
		const { error } = await running;
		expect(error?.message).toContain('canceled');
		const [{ contractId }] = sandbox.control.contracts();
		expect(error?.description).toContain(`Contract ${contractId} was recalled`);
		expect(error?.description).toContain('was not sent again');
		expect(starts()).toBe(1);
	});

	it('while a start is under way leaves its outcome open', async () => {
		sandbox.switches.startMs = 500;
		let cancel = () => {};
		const running = send({ onStart: (stop) => (cancel = stop) });
		while (starts() < 1) await new Promise((go) => setTimeout(go, 5));
		await new Promise((go) => setTimeout(go, 100));
		cancel();
		const { error } = await running;
		expect(error?.context.outcomeUnknown).toBe(true);
		expect(error?.description).toContain('Whether a contract was started is not certain');
		forgetTurns();
	});
});
