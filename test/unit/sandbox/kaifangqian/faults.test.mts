import { describe, expect, it } from 'vitest';
import { useStage } from './support.mjs';

const stage = useStage();
const signRes = async () =>
	await stage.api.get('/signRes', { contact: stage.sandbox.operator.contact });

describe('faults', () => {
	it('are answered as planned, as often as planned, on the path planned', async () => {
		const { sandbox } = stage;
		sandbox.failNext('/signRes', 'form2', 2);
		sandbox.failNext('*', 'form3');
		sandbox.failNext('/contract/tasks', {
			status: 418,
			body: 'tea',
			headers: { 'x-tea': '1', 'Content-Type': 'text/plain' },
		});
		for (let time = 0; time < 2; time += 1)
			expect((await signRes()).json).toMatchObject({ success: false, code: 500 });
		const filtered = await signRes();
		expect([filtered.status, filtered.json]).toMatchObject([401, { success: true, code: 401 }]);
		expect((await signRes()).json.code).toBe(10000);
		const tea = await stage.api.get('/contract/tasks');
		expect([tea.status, tea.headers.get('x-tea'), tea.bytes.toString()]).toEqual([418, '1', 'tea']);
	});

	it('are pages, throttles, half of an answer and late answers', async () => {
		const { sandbox } = stage;
		sandbox.failNext('*', 'html500');
		const page = await signRes();
		expect([page.status, page.headers.get('content-type')]).toEqual([
			500,
			'text/html;charset=utf-8',
		]);
		sandbox.failNext('*', 'html200');
		expect((await signRes()).headers.get('content-type')).toContain('text/html');
		sandbox.failNext('*', 'hugeHtml');
		expect((await signRes()).bytes.length).toBeGreaterThan(10 * 1024 * 1024);
		sandbox.failNext('*', 'throttled1');
		expect((await signRes()).json).toMatchObject({ code: 999999, message: '请勿频繁操作' });
		sandbox.failNext('*', 'throttled3');
		expect((await signRes()).status).toBe(401);
		sandbox.failNext('*', 'truncatedJson');
		await expect(signRes()).rejects.toThrow(/JSON/);
		sandbox.failNext('*', { delayMs: 60 });
		const before = performance.now();
		expect((await signRes()).json.code).toBe(10000);
		expect(performance.now() - before).toBeGreaterThan(50);
	});

	it('drop the connection before or after the work', async () => {
		const { sandbox } = stage;
		sandbox.failNext('/contract/draft', 'dropBefore');
		await expect(stage.contract()).rejects.toThrow();
		expect(sandbox.control.contracts()).toHaveLength(0);
		sandbox.failNext('/contract/draft', 'dropAfter');
		await expect(stage.contract()).rejects.toThrow();
		expect(sandbox.control.contracts()).toHaveLength(1);
		expect(sandbox.requests.slice(-1)[0].statusCode).toBe(0);
	});

	it('reach what is refused too', async () => {
		stage.sandbox.failNext('*', 'truncatedJson');
		await expect(stage.api.get('/signRes', { contact: 'nobody' })).rejects.toThrow(/JSON/);
	});
});
