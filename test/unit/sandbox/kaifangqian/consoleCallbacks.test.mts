import { afterEach, describe, expect, it } from 'vitest';
import { startReceiver } from '../../../sandbox/shared/receiver.mjs';
import { startKaifangqian } from '../../../sandbox/kaifangqian/index.mjs';
import { buttonsOf, noticeOf, open, press } from '../pageReader.mjs';
import { useStage } from './support.mjs';

const stage = useStage();
const console = async () => await open(stage.sandbox.origin);
const save = async (url: string) => await press(await console(), 'Save (保存)', { url });
const test = async (url: string) => await press(await console(), 'Test (测试)', { url });
const addressIn = ({ forms }: Awaited<ReturnType<typeof open>>) =>
	forms.find(({ action }) => action === '/console/callback-address')?.values.url;

const opened: Array<() => Promise<unknown>> = [];
afterEach(async () => {
	for (const close of opened.splice(0)) await close();
});
const receiver = async (answer?: Parameters<typeof startReceiver>[0]) => {
	const started = await startReceiver(answer);
	opened.push(started.close);
	return started;
};

describe('Save', () => {
	it('is what callbacks go to from then on, without a call of its own', async () => {
		const { url, heard, types } = await receiver();
		const page = await save(`  ${url} `);
		expect(noticeOf(page)).toEqual({ tone: 'good', text: `Saved: ${url}` });
		expect(addressIn(page)).toBe(url);
		expect(heard).toEqual([]);
		await stage.contract();
		await stage.sandbox.callbacks.idle();
		expect(types()).toEqual(['SEND_SIGNING']);
	});

	it('of nothing switches callbacks off', async () => {
		await save('http://127.0.0.1:1/hook');
		const page = await save('');
		expect(noticeOf(page).text).toContain('no callback address');
		expect(stage.sandbox.control.callbackUrl()).toBeUndefined();
		expect(addressIn(page)).toBe('');
	});

	it.each(['nonsense', 'javascript:alert(1)', 'ftp://example.com/', '/webhook'])(
		'refuses %s, and leaves it in the field',
		async (url) => {
			await save('http://127.0.0.1:1/hook');
			const page = await save(url);
			expect(noticeOf(page)).toEqual({
				tone: 'bad',
				text: `'${url}' is no web address (http:// or https://).`,
			});
			expect(addressIn(page)).toBe(url);
			expect(page.text).toContain('Not saved. In use: http://127.0.0.1:1/hook');
			expect(stage.sandbox.control.callbackUrl()).toBe('http://127.0.0.1:1/hook');
		},
	);

	it.each([
		[128, 'good', false],
		[129, 'warn', true],
	] as const)('of %d characters: %s', async (length, tone, warns) => {
		const url = 'http://127.0.0.1:1/'.padEnd(length, 'x');
		const page = await save(url);
		expect(noticeOf(page)).toEqual({ tone, text: `Saved: ${url}` });
		expect(stage.sandbox.control.callbackUrl()).toBe(url);
		// Not only once.
		for (const { text } of [page, await console()])
			expect(text.includes(`This address has ${length} characters. Above 128`)).toBe(warns);
	});
});

describe('Test', () => {
	it('sends one GET and shows the answer, and saves nothing', async () => {
		const { url, heard } = await receiver(() => ({ body: '<b>ready</b>' }));
		const page = await test(url);
		expect(noticeOf(page).tone).toBe('good');
		expect(noticeOf(page).text).toMatch(
			/answered GET with HTTP 200 after \d+ ms: <b>ready<\/b>\.$/,
		);
		expect(page.html).not.toContain('<b>ready');
		expect(heard.map(({ method, body }) => [method, body.length])).toEqual([['GET', 0]]);
		expect(stage.sandbox.control.callbackUrl()).toBeUndefined();
		expect(addressIn(page)).toBe(url);
		expect(page.text).toContain('Not saved. In use: none');
	});

	it.each([
		[404, 'warn', 'until its workflow is published'],
		[500, 'warn', 'HTTP 500'],
		[204, 'good', 'nothing more'],
		[200, 'good', 'a web page.', '<!DOCTYPE html><p>n8n</p>'],
	])('HTTP %d: %s, %s', async (status, tone, words, body = '') => {
		const { url } = await receiver(() => ({ status, body }));
		const said = noticeOf(await test(url));
		expect([said.tone, said.text]).toEqual([tone, expect.stringContaining(words)]);
	});

	it('says that nobody answers', async () => {
		const { url, close } = await receiver();
		opened.length = 0;
		await close();
		const said = noticeOf(await test(url));
		expect([said.tone, said.text]).toEqual([
			'bad',
			expect.stringMatching(/No answer.*ECONNREFUSED/),
		]);
	});

	it('waits three seconds', async () => {
		const { url } = await receiver(() => ({ delayMs: 10_000 }));
		const said = noticeOf(await test(url));
		expect([said.tone, said.text]).toEqual(['bad', expect.stringContaining('within 3000 ms')]);
	});

	it('warns of the length, too', async () => {
		const { url } = await receiver();
		const page = await test(`${url}?${'x'.repeat(128)}`);
		expect(noticeOf(page).tone).toBe('good');
		expect(page.text).toContain('Above 128 the platform breaks calls');
	});

	it('is there for other processes', async () => {
		const { url } = await receiver();
		const response = await fetch(`${stage.sandbox.origin}/__control/test-callback-url`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ url }),
		});
		expect(await response.json()).toMatchObject({ url, status: 200, body: 'success', error: '' });
	});
});

describe('the last callbacks', () => {
	it('are shown with event, status, answer and next try', async () => {
		let status = 404;
		const { url } = await receiver(() => ({
			status,
			body: status === 200 ? 'success' : '<i>no</i>',
		}));
		await save(url);
		const contractId = await stage.contract();
		await stage.sandbox.callbacks.idle();
		const failed = await console();
		expect(failed.text).toContain(
			`SEND_SIGNING 发起签署 ${contractId} SIGNING HTTP 404 <i>no</i> by hand 3 of 6 tries`,
		);
		expect(failed.html).not.toContain('<i>no');
		status = 200;
		const page = await press(failed, 'Try Again Now (重推)');
		expect(noticeOf(page).text).toBe('Tried 1 again; 0 of them still wait.');
		expect(page.text).toContain('SIGNING HTTP 200 success none needed 4 of 6 tries');
		expect(buttonsOf(page)).not.toContain('Try Again Now (重推)');
	});

	it('are given up after six tries', async () => {
		const { url, heard } = await receiver(() => ({ body: 'no' }));
		await save(url);
		await stage.contract();
		await stage.sandbox.callbacks.idle();
		for (let time = 0; time < 3; time += 1) await press(await console(), 'Try Again Now');
		expect((await console()).text).toContain('none, given up 6 of 6 tries');
		expect(heard).toHaveLength(6);
	});

	it('say when nobody answered, and what was not sent at all', async () => {
		const contractId = await stage.contract();
		expect((await console()).text).toContain(
			`Not sent at all: 1. SEND_SIGNING 发起签署 ${contractId}: no callback address`,
		);
		await save('http://127.0.0.1:1/hook');
		stage.sandbox.control.sign(contractId);
		await stage.sandbox.callbacks.idle();
		expect((await console()).text).toMatch(
			/COMPLETE 完成签署 \d+ COMPLETE no answer .*ECONNREFUSED/,
		);
	});

	it('may be anything', async () => {
		const { url } = await receiver();
		await save(url);
		for (const body of ['<script>alert(1)</script>', '[]', 'null', '{"callbackType":7}'])
			stage.sandbox.callbacks.publish(body);
		stage.sandbox.callbacks.publish('{"callbackType":"NEW_ONE","contractId":"c"}');
		await stage.sandbox.callbacks.idle();
		const page = await console();
		expect(page.text).toContain('NEW_ONE c');
		expect(page.text).toContain('<script>alert(1)</script> HTTP 200');
		expect(page.html).not.toContain('<script>alert');
	});

	it('are tried again at the time that stands there', async () => {
		const { url } = await receiver(() => ({ body: 'no' }));
		const sandbox = await startKaifangqian({ callbackUrl: url, scheduledJobEveryMs: 3_600_000 });
		opened.push(sandbox.close);
		const before = Date.now();
		sandbox.callbacks.publish('{"callbackType":"COMPLETE"}');
		await sandbox.callbacks.idle();
		const { html } = await open(sandbox.origin);
		const times = [...html.matchAll(/<time[^>]*datetime="([^"]+)"/g)].map(([, at]) =>
			Date.parse(at),
		);
		const [sent, next] = times;
		expect(Math.abs(sent - before)).toBeLessThan(60_000);
		expect(Math.abs(next - before - 3_600_000)).toBeLessThan(60_000);
	});
});
