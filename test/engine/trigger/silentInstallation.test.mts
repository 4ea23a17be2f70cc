/** Asking back is limited for each installation by itself. */
import { expect, it } from 'vitest';
import { startServer } from '../localServer.mjs';
import { kaifangqianStage, post } from './support.mjs';

const stage = await kaifangqianStage();
const { sandbox } = stage;

it('an installation that is silent does not hold up the triggers of another', async () => {
	const contractId = await stage.contract();
	sandbox.control.refuseSign(contractId);
	const happened = { callbackType: 'REFUSAL_SIGN', contractStatus: 'REFUSAL_SIGN' };
	const body = JSON.stringify({ contractId, ...happened });
	let heard = 0;
	const origin = await startServer(() => void heard++);
	const silent = await stage.host({ credential: { baseUrl: `${origin}/openAPI/V2` } });
	const other = await stage.host();
	sandbox.control.setCallbackUrl(undefined);

	// More than are asked of one installation at the same time.
	const held = Array.from({ length: 60 }, async () => await post(silent.productionUrl, body));
	await expect.poll(() => heard).toBeGreaterThan(10);
	const reply = await post(other.productionUrl, body);
	expect([reply.status, reply.text]).toEqual([200, 'success']);
	expect(reply.ms).toBeLessThan(2000);
	for (const { status } of await Promise.all(held)) expect(status).toBe(503);
	expect(heard).toBeLessThan(60);
});
