import type { FastifyInstance, FastifyReply } from 'fastify';
import { text, object, type Schema } from './schemas.mjs';
import type { Fault } from './faults.mjs';
import type { KaifangqianSandbox } from './index.mjs';
import type { Switches } from './switches.mjs';

// The same controls for another process, outside the platform's own prefix. Not part of the API.

type Body = Record<string, string | undefined>;
type Action = (sandbox: KaifangqianSandbox, body: Body) => unknown;

const ACTIONS: Record<string, Action> = {
	start: ({ control }, { contractId }) => control.start(contractId!),
	sign: ({ control }, { contractId, who }) => control.sign(contractId!, who),
	'refuse-sign': ({ control }, { contractId, who, reason }) =>
		control.refuseSign(contractId!, who, reason),
	write: ({ control }, { contractId, who }) => control.write(contractId!, who),
	'refuse-write': ({ control }, { contractId, who, reason }) =>
		control.refuseWrite(contractId!, who, reason),
	approve: ({ control }, { contractId, who }) => control.approve(contractId!, who),
	'refuse-approve': ({ control }, { contractId, who, reason }) =>
		control.refuseApprove(contractId!, who, reason),
	'sign-all': ({ control }, { contractId }) => control.signAll(contractId!),
	expire: ({ control }, { contractId }) => control.expire(contractId!),
	remove: ({ control }, { contractId }) => control.remove(contractId!),
	delay: ({ control }, { contractId, newDate }) => control.delay(contractId!, newDate ?? ''),
	'fail-sign': ({ control }, { contractId, who }) => control.failSign(contractId!, who),
	'add-sign-node': ({ control }, { contractId }) => control.addSignNode(contractId!),
};

const contractAction: Schema = object(
	{ contractId: text, who: text, reason: text, newDate: text },
	['contractId'],
);

export function addControlApi(app: FastifyInstance, sandbox: KaifangqianSandbox): void {
	app.register(
		async (api) => {
			api.setErrorHandler((error, _request, reply) =>
				reply.code(400).send({ error: error instanceof Error ? error.message : String(error) }),
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
			for (const [name, action] of Object.entries(ACTIONS)) {
				api.post(`/${name}`, { schema: { body: contractAction } }, (request, reply) => {
					const body = request.body as Body;
					action(sandbox, body);
					return reply.send(sandbox.control.contract(body.contractId!));
				});
			}
			addSettings(api, sandbox);
			addViews(api, sandbox);
		},
		{ prefix: '/__control' },
	);
}

const done = (reply: FastifyReply) => reply.send({ ok: true });

function addSettings(api: FastifyInstance, sandbox: KaifangqianSandbox): void {
	const grant = object({ contact: text, signReId: text }, ['contact', 'signReId']);
	api.post('/grant-proxy', { schema: { body: grant } }, (request, reply) => {
		const { contact, signReId } = request.body as { contact: string; signReId: string };
		sandbox.control.grantProxy(contact, signReId);
		return done(reply);
	});
	api.post('/callback-url', (request, reply) => {
		sandbox.control.setCallbackUrl(
			(request.body as { url?: string } | undefined)?.url || undefined,
		);
		return done(reply);
	});
	api.post('/switches', (request, reply) => {
		const wanted = (request.body ?? {}) as Partial<Switches>;
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
	api.post('/fail-next', { schema: { body: failNext } }, (request, reply) => {
		const { path, fault, times } = request.body as { path: string; fault: Fault; times?: number };
		sandbox.failNext(path, fault, times);
		return done(reply);
	});
	api.post(
		'/publish',
		{ schema: { body: object({ body: text }, ['body']) } },
		async (request, reply) => {
			sandbox.callbacks.publish((request.body as { body: string }).body);
			return done(reply);
		},
	);
	api.post('/scheduled-job', async (_request, reply) => {
		await sandbox.callbacks.runScheduledJob();
		return done(reply);
	});
	api.post('/reset', (_request, reply) => {
		sandbox.reset();
		return done(reply);
	});
}

function addViews(api: FastifyInstance, sandbox: KaifangqianSandbox): void {
	api.get('/info', (_request, reply) => {
		const {
			control: _c,
			callbacks: _b,
			requests: _r,
			failNext: _f,
			reset: _s,
			forgetRequests: _q,
			close: _x,
			...info
		} = sandbox;
		return reply.send(info);
	});
	api.get('/contracts', (_request, reply) => reply.send(sandbox.control.contracts()));
	api.get('/contracts/:contractId', (request, reply) =>
		reply.send(sandbox.control.contract((request.params as { contractId: string }).contractId)),
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
