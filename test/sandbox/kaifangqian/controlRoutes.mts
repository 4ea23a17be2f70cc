import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Fault } from './faults.mjs';
import type { KaifangqianSandbox } from './index.mjs';
import type { LineName, LineState } from './seeds.mjs';
import type { Switches } from './switches.mjs';

// The same controls for another process, outside the platform's own prefix. Not part of the API.

interface Body {
	contractId: string;
	who?: string;
	reason?: string;
	newDate?: string;
	values?: Record<string, string>;
}
type Action = (sandbox: KaifangqianSandbox, body: Body) => unknown;

/** What people do with one contract. The buttons of the console do the same. */
export const CONTRACT_ACTIONS: Record<string, Action> = {
	start: ({ control }, { contractId }) => control.start(contractId),
	recall: ({ control }, { contractId, reason }) => control.recall(contractId, reason),
	remove: ({ control }, { contractId }) => control.remove(contractId),
	restore: ({ control }, { contractId }) => control.restore(contractId),
	delay: ({ control }, { contractId, newDate }) => control.delay(contractId, newDate ?? ''),
	sign: ({ control }, { contractId, who }) => control.sign(contractId, who),
	'refuse-sign': ({ control }, { contractId, who, reason }) =>
		control.refuseSign(contractId, who, reason),
	write: ({ control }, { contractId, who, values }) => control.write(contractId, who, values),
	'refuse-write': ({ control }, { contractId, who, reason }) =>
		control.refuseWrite(contractId, who, reason),
	approve: ({ control }, { contractId, who }) => control.approve(contractId, who),
	'refuse-approve': ({ control }, { contractId, who, reason }) =>
		control.refuseApprove(contractId, who, reason),
	'sign-all': ({ control }, { contractId }) => control.signAll(contractId),
	expire: ({ control }, { contractId }) => control.expire(contractId),
	'fail-sign': ({ control }, { contractId, who }) => control.failSign(contractId, who),
	'add-sign-node': ({ control }, { contractId }) => control.addSignNode(contractId),
};

const text = { type: 'string' };
const object = (properties: Record<string, object>, required: string[]) => ({
	type: 'object',
	properties,
	required,
});

const contractAction = object(
	{ contractId: text, who: text, reason: text, newDate: text, values: { type: 'object' } },
	['contractId'],
);

export function addControlRoutes(app: FastifyInstance, sandbox: KaifangqianSandbox): void {
	app.register(
		async (api) => {
			api.setErrorHandler((error, _request, reply) =>
				reply.code(400).send({ error: error instanceof Error ? error.message : String(error) }),
			);
			api.setNotFoundHandler(({ method, url }, reply) =>
				reply.code(404).send({ error: `There is no control ${method} ${url}` }),
			);
			// `POST /reset` with a JSON content type and nothing in it is no mistake.
			api.removeContentTypeParser('application/json');
			api.addContentTypeParser(
				'application/json',
				{ parseAs: 'string' },
				(_request, body, done) => {
					try {
						done(null, JSON.parse(String(body) || '{}'));
					} catch (error) {
						done(error as Error);
					}
				},
			);
			for (const [name, action] of Object.entries(CONTRACT_ACTIONS)) {
				api.post<{ Body: Body }>(
					`/${name}`,
					{ schema: { body: contractAction } },
					(request, reply) => {
						action(sandbox, request.body);
						return reply.send(sandbox.control.contract(request.body.contractId));
					},
				);
			}
			addSettings(api, sandbox);
			addViews(api, sandbox);
		},
		{ prefix: '/__control' },
	);
}

const done = (reply: FastifyReply) => reply.send({ ok: true });

function addSettings(api: FastifyInstance, sandbox: KaifangqianSandbox): void {
	const { control } = sandbox;
	api.post<{ Body: { contact: string; signReId: string } }>(
		'/grant-proxy',
		{ schema: { body: object({ contact: text, signReId: text }, ['contact', 'signReId']) } },
		({ body }, reply) => {
			control.grantProxy(body.contact, body.signReId);
			return done(reply);
		},
	);
	api.post<{ Body: { url?: string } | undefined }>('/callback-url', ({ body }, reply) => {
		control.setCallbackUrl(body?.url || undefined);
		return done(reply);
	});
	api.post<{ Body: { url: string } }>(
		'/test-callback-url',
		{ schema: { body: object({ url: text }, ['url']) } },
		async ({ body }, reply) => reply.send(await control.testCallbackUrl(body.url)),
	);
	api.post<{ Body: { enabled: boolean } }>(
		'/token',
		{ schema: { body: object({ enabled: { type: 'boolean' } }, ['enabled']) } },
		({ body }, reply) => {
			control.setTokenEnabled(body.enabled);
			return done(reply);
		},
	);
	api.post<{ Body: { name: LineName; state?: LineState; downloaders?: number | null } }>(
		'/line',
		{
			schema: {
				body: object(
					{
						name: text,
						state: { enum: ['usual', 'disabled', 'incomplete', 'no rights', 'deleted'] },
						downloaders: { enum: [1, 2, 3, null] },
					},
					['name'],
				),
			},
		},
		({ body: { name, state, downloaders } }, reply) => {
			if (state) control.setLine(name, state);
			if (downloaders !== undefined) control.setDownloaders(name, downloaders ?? undefined);
			return done(reply);
		},
	);
	addSwitches(api, sandbox);
	api.post<{ Body: { body: string } }>(
		'/publish',
		{ schema: { body: object({ body: text }, ['body']) } },
		({ body }, reply) => {
			sandbox.callbacks.publish(body.body);
			return done(reply);
		},
	);
	api.post('/scheduled-job', async (_request, reply) => {
		await sandbox.callbacks.runScheduledJob();
		return done(reply);
	});
	api.post('/expiry-job', (_request, reply) => {
		control.runExpiryJob();
		return done(reply);
	});
	api.post('/reset', (_request, reply) => {
		sandbox.reset();
		return done(reply);
	});
}

function addSwitches(api: FastifyInstance, sandbox: KaifangqianSandbox): void {
	api.post<{ Body: Partial<Switches> | undefined }>('/switches', ({ body }, reply) => {
		const wanted = body ?? {};
		const unknown = Object.keys(wanted).filter((name) => !(name in sandbox.switches));
		if (unknown.length > 0) throw new Error(`There is no switch ${unknown.join(', ')}`);
		// JSON knows no undefined; null switches an optional value off.
		for (const [name, value] of Object.entries(wanted)) {
			Object.assign(sandbox.switches, { [name]: value ?? undefined });
		}
		return reply.send(sandbox.switches);
	});
	const failNext = object({ path: text, fault: {}, times: { type: 'integer', minimum: 1 } }, [
		'path',
		'fault',
	]);
	api.post<{ Body: { path: string; fault: Fault; times?: number } }>(
		'/fail-next',
		{ schema: { body: failNext } },
		({ body: { path, fault, times } }, reply) => {
			sandbox.failNext(path, fault, times);
			return done(reply);
		},
	);
}

function addViews(api: FastifyInstance, sandbox: KaifangqianSandbox): void {
	api.get('/info', (_request, reply) => {
		const {
			control: _c,
			callbacks: _b,
			requests: _r,
			failNext: _f,
			passTime: _p,
			reset: _s,
			forgetRequests: _q,
			close: _x,
			...info
		} = sandbox;
		return reply.send(info);
	});
	api.get('/contracts', (_request, reply) => reply.send(sandbox.control.contracts()));
	api.get<{ Params: { contractId: string } }>('/contracts/:contractId', (request, reply) =>
		reply.send(sandbox.control.contract(request.params.contractId)),
	);
	api.get<{ Params: { contractId: string } }>('/placed/:contractId', (request, reply) =>
		reply.send(sandbox.control.placed(request.params.contractId)),
	);
	api.get('/deliveries', (_request, reply) => reply.send(sandbox.callbacks.deliveries));
	// Bodies and queries carry tokens and people's data: the summary leaves them out.
	api.get('/requests/summary', (_request, reply) =>
		reply.send(
			sandbox.requests.map(({ at, method, path, statusCode, rawBody, unknownFields }) => ({
				at,
				method,
				path,
				statusCode,
				bodyBytes: Buffer.isBuffer(rawBody) ? rawBody.length : rawBody.bytes,
				unknownFields,
			})),
		),
	);
}
