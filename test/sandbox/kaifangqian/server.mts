import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { recordableBody, type RecordedRequest } from '../shared/recording.mjs';
import { form1, form2, isRefusal, SUCCESS, throttled, type Answer } from './answers.mjs';
import { isDownload, type Endpoint } from './endpoint.mjs';
import { endpoints } from './endpoints/index.mjs';
import { answerOf, takeFault, type Fault, type PlannedFault } from './faults.mjs';
import { admit, type Admitted } from './gate.mjs';
import { sendDownload, type Cut } from './send-download.mjs';
import type { createThrottle } from './throttle.mjs';
import { refuseFinding, unknownFields, type SchemaFinding } from './validation.mjs';
import type { World } from './world.mjs';

/** What the API server keeps about the calls it gets. */
export interface Traffic {
	requests: RecordedRequest[];
	faults: PlannedFault[];
	throttle: ReturnType<typeof createThrottle>;
	inFlight: number;
	maxInFlight: number;
}

interface CallState {
	record: RecordedRequest;
	rawBody: Buffer;
	fault?: Fault;
	admitted?: Admitted;
}

const states = new WeakMap<FastifyRequest, CallState>();
const stateOf = (request: FastifyRequest): CallState => states.get(request)!;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export function buildServer(
	world: World,
	traffic: Traffic,
	options: { prefix: string; bodyLimit: number },
): FastifyInstance {
	const app = Fastify({
		logger: false,
		bodyLimit: options.bodyLimit,
		// HEAD is a wrong method like any other.
		exposeHeadRoutes: false,
		forceCloseConnections: true,
		// An address that cannot even be read (`%zz`): before any route and hook.
		frameworkErrors: (_error, _request, reply: FastifyReply) => {
			const { status, type, body } = form2(world.switches, world.now(), '请求路径或方法不存在');
			void reply.code(status).type(type).send(body);
		},
		// A stand-in must not repair what it is sent.
		ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false } },
	});
	app.register(
		async (api) => {
			api.addHook('onRequest', async (request, reply) =>
				begin(world, traffic, options.prefix, request, reply),
			);
			api.removeAllContentTypeParsers();
			api.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
				const state = stateOf(request);
				state.rawBody = body;
				state.record.rawBody = recordableBody(body);
				done(null, body);
			});
			api.setErrorHandler((error, request, reply) => answerError(world, error, request, reply));
			const applyFaults = (request: FastifyRequest, reply: FastifyReply) =>
				applyFault(world, traffic, request, reply);
			api.setNotFoundHandler({ preValidation: applyFaults }, (request, reply) =>
				send(request, reply, form2(world.switches, world.now(), '请求路径或方法不存在')),
			);
			for (const endpoint of endpoints) addRoute(api, world, traffic, endpoint);
		},
		{ prefix: options.prefix },
	);
	return app;
}

/** Recorded on arrival, so that a call whose connection is cut later is on record too. */
function begin(
	world: World,
	traffic: Traffic,
	prefix: string,
	request: FastifyRequest,
	reply: FastifyReply,
): void {
	const [path] = request.raw.url!.split('?');
	const record: RecordedRequest = {
		at: performance.now(),
		method: request.method,
		path: path.slice(prefix.length),
		query: { ...(request.query as Record<string, string | string[]>) },
		headers: { ...request.headers },
		rawBody: Buffer.alloc(0),
		statusCode: 0,
		unknownFields: [],
	};
	traffic.requests.push(record);
	states.set(request, { record, rawBody: Buffer.alloc(0) });
	traffic.inFlight += 1;
	traffic.maxInFlight = Math.max(traffic.maxInFlight, traffic.inFlight);
	reply.raw.once('close', () => {
		traffic.inFlight -= 1;
	});
}

function addRoute(api: FastifyInstance, world: World, traffic: Traffic, endpoint: Endpoint): void {
	const schema =
		endpoint.method === 'POST' ? { body: endpoint.schema } : { querystring: endpoint.schema };
	api.route({
		method: endpoint.method,
		url: endpoint.path,
		schema,
		preValidation: async (request, reply) => {
			await applyFault(world, traffic, request, reply);
			if (reply.sent) return reply;
			const { switches } = world;
			if (
				endpoint.throttled &&
				!traffic.throttle.admit(request.ip, endpoint.path, performance.now())
			) {
				return send(request, reply, throttled(switches.throttleForm, switches, world.now()));
			}
			const state = stateOf(request);
			const { method, headers } = request;
			const { query } = state.record;
			state.admitted = admit(world, endpoint, { method, headers, query, rawBody: state.rawBody });
			const { params } = state.admitted;
			state.record.unknownFields = unknownFields(params, endpoint.schema);
			if (endpoint.method === 'POST') request.body = params;
			else request.query = params;
		},
		handler: async (request, reply) => {
			const { credential, params } = stateOf(request).admitted!;
			const result = await endpoint.run({ world, params, credential });
			if (!isDownload(result)) {
				return answer(
					world,
					request,
					reply,
					form1(SUCCESS, '成功', result, world.switches, world.now()),
				);
			}
			if (!stateOf(request).admitted!.hasUniqueCode) {
				if (result.content instanceof Readable) result.content.destroy();
				return answer(world, request, reply);
			}
			const { fault } = stateOf(request);
			stateOf(request).record.statusCode = fault === 'dropAfter' ? 0 : 200;
			return await sendDownload(world, reply, result, cutOf(fault));
		},
	});
}

const cutOf = (fault: Fault | undefined): Cut =>
	fault === 'cutBody' ? 'half' : fault === 'dropAfter' ? 'before' : 'none';

/** Faults that need no work; the others wait for the answer in `send`. */
async function applyFault(
	world: World,
	traffic: Traffic,
	request: FastifyRequest,
	reply: FastifyReply,
) {
	const state = stateOf(request);
	if (world.switches.latencyMs > 0) await sleep(world.switches.latencyMs);
	const fault = takeFault(traffic.faults, state.record.path);
	state.fault = fault;
	if (!fault) return;
	if (typeof fault === 'object' && 'delayMs' in fault) await sleep(fault.delayMs);
	if (fault === 'dropBefore') drop(request, reply);
	const instead = answerOf(fault, world.switches, world.now());
	if (instead) {
		reply.headers(instead.headers ?? {});
		send(request, reply, instead);
	}
	return reply.sent ? reply : undefined;
}

function answerError(world: World, error: unknown, request: FastifyRequest, reply: FastifyReply) {
	if (isRefusal(error)) {
		const { code } = error.refusal;
		return answer(
			world,
			request,
			reply,
			form1(code, error.message, undefined, world.switches, world.now()),
		);
	}
	const finding = (error as { validation?: SchemaFinding[] }).validation?.[0];
	if (!finding)
		return answer(world, request, reply, form2(world.switches, world.now(), textOf(error)));
	try {
		return refuseFinding(finding);
	} catch (refusal) {
		return answerError(world, refusal, request, reply);
	}
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : '系统异常');

/** Trap 2: what was answered is lost when the serial number is missing, whatever it was. */
function answer(world: World, request: FastifyRequest, reply: FastifyReply, body?: Answer) {
	const lost = stateOf(request).admitted?.hasUniqueCode === false;
	const generic = form2(world.switches, world.now(), 'uniqueCode');
	return send(request, reply, lost ? generic : (body ?? generic));
}

function send(request: FastifyRequest, reply: FastifyReply, { status, type, body }: Answer) {
	const state = stateOf(request);
	if (state.fault === 'dropAfter') return drop(request, reply);
	state.record.statusCode = status;
	const text = state.fault === 'truncatedJson' ? body.slice(0, Math.floor(body.length / 2)) : body;
	return reply.code(status).type(type).send(text);
}

function drop(request: FastifyRequest, reply: FastifyReply): FastifyReply {
	reply.hijack();
	request.raw.socket.destroy();
	return reply;
}
