import { UserError, type IWebhookFunctions } from 'n8n-workflow';
import { describe, expect, it, vi } from 'vitest';
import { lazily } from '../../../nodes/CnEsign/runtime/lazily.js';
import { postpone } from '../../../nodes/CnEsign/trigger/webhooks.js';

describe('a part that is loaded when it is needed', () => {
	it('is not loaded before, and only once', async () => {
		const load = vi.fn(async () => ({ answer: 42 }));
		const part = lazily(load);
		expect(load).not.toHaveBeenCalled();
		expect(await part()).toBe(await part());
		expect(load).toHaveBeenCalledTimes(1);
	});

	it('stays what it was when the package is replaced meanwhile', async () => {
		let version = 1;
		const part = lazily(async () => ({ version: version++ }));
		await part();
		expect(await part()).toEqual({ version: 1 });
	});

	it('says in words of its own that it could not be loaded, and is tried again', async () => {
		let there = false;
		const cause = Object.assign(new Error("Cannot find module './x.js'"), {
			code: 'MODULE_NOT_FOUND',
		});
		const part = lazily(async () => {
			if (!there) throw cause;
			return { answer: 42 };
		});
		const thrown = await part().catch((error: unknown) => error);
		expect(thrown).toBeInstanceOf(UserError);
		expect(thrown).toMatchObject({
			message: 'A part of the package n8n-nodes-cn-esign could not be loaded',
			description: expect.stringContaining('Nothing was sent.'),
			cause,
		});
		there = true;
		expect(await part()).toEqual({ answer: 42 });
	});
});

it('a callback that cannot be worked on is left to be delivered again', () => {
	const json = vi.fn();
	const status = vi.fn(() => ({ json }));
	const error = vi.fn();
	const context = {
		getNode: () => ({ name: 'E-Sign Trigger' }),
		getResponseObject: () => ({ status }),
		logger: { error },
	} as unknown as IWebhookFunctions;
	expect(postpone(context, new Error('could not be loaded'))).toEqual({ noWebhookResponse: true });
	expect(status).toHaveBeenCalledWith(503);
	// Anything but the word that means "delivered".
	expect(json).toHaveBeenCalledWith({ message: 'Try again later' });
	expect(error).toHaveBeenCalledWith('CN E-Sign Trigger: could not be loaded', {
		node: 'E-Sign Trigger',
	});
});
