/** `/__control/…`: the library's controls for tests in another process. JSON in, JSON out, no gate. */
import type { FastifyInstance } from 'fastify';
import { NAMED_FAULTS, type Fault } from './faults.mjs';
import { switchesSchema, type Switches } from './switches.mjs';
import type { QiandunSandbox } from './types.mjs';

const faultSchema = {
	anyOf: [
		{ enum: NAMED_FAULTS },
		{
			type: 'object',
			required: ['status'],
			additionalProperties: false,
			properties: {
				status: { type: 'integer', minimum: 200, maximum: 599 },
				body: { type: ['string', 'object'] },
				headers: { type: 'object', additionalProperties: { type: 'string' } },
			},
		},
		{
			type: 'object',
			required: ['delayMs'],
			additionalProperties: false,
			properties: { delayMs: { type: 'number', minimum: 0 } },
		},
	],
};

const failNextSchema = {
	type: 'object',
	required: ['path', 'fault'],
	additionalProperties: false,
	properties: {
		path: { type: 'string' },
		fault: faultSchema,
		times: { type: 'integer', minimum: 1 },
	},
};

const callSchema = {
	type: 'object',
	additionalProperties: false,
	properties: { args: { type: 'array' } },
};

export function addControlRoutes(app: FastifyInstance, sandbox: QiandunSandbox): void {
	const { callbacks, control } = sandbox;

	app.setNotFoundHandler(({ method, url }, reply) =>
		reply.code(404).send({ message: `No control ${method} ${url}` }),
	);

	app.get('/info', () => {
		const { origin, baseUrl, appKey, appSecret, paths, seeds, maxInFlight } = sandbox;
		return { origin, baseUrl, appKey, appSecret, paths, seeds, maxInFlight };
	});

	app.get('/switches', () => sandbox.switches);
	app.patch<{ Body: Partial<Switches> }>(
		'/switches',
		{ schema: { body: switchesSchema } },
		(request) => Object.assign(sandbox.switches, request.body),
	);

	app.post<{ Body: { path: string; fault: Fault; times?: number } }>(
		'/fail-next',
		{ schema: { body: failNextSchema } },
		({ body: { path, fault, times } }) => {
			sandbox.failNext(path, fault, times);
			return { done: true };
		},
	);

	app.post('/reset', () => {
		sandbox.reset();
		return { done: true };
	});

	app.get('/requests', () =>
		sandbox.requests.map(({ rawBody, ...rest }) => ({
			...rest,
			rawBodyBase64: rawBody.toString('base64'),
		})),
	);

	app.get('/deliveries', () => ({
		deliveries: callbacks.deliveries,
		log: callbacks.log,
		connectivityTests: callbacks.connectivityTests,
		pending: callbacks.pending(),
	}));
	app.post('/idle', async () => {
		await callbacks.idle();
		return { done: true };
	});
	app.post('/redeliver', async () => {
		await callbacks.redeliver();
		return { done: true };
	});

	/** Every action of `control` by its name, e.g. `POST /__control/call/authorise {"args":[100000015]}`. */
	app.post<{ Params: { name: string }; Body: { args?: unknown[] } | null }>(
		'/call/:name',
		{ schema: { body: callSchema } },
		async ({ params: { name }, body }, reply) => {
			const action = Object.hasOwn(control, name)
				? (control[name as keyof typeof control] as (...args: unknown[]) => unknown)
				: undefined;
			if (!action) return await reply.code(404).send({ message: `No action '${name}'` });
			try {
				return { result: (await action(...(body?.args ?? []))) ?? null };
			} catch (error) {
				return await reply
					.code(400)
					.send({ message: error instanceof Error ? error.message : String(error) });
			}
		},
	);
}
