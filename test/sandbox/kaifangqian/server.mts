import Fastify, {
	type FastifyInstance,
	type FastifyReply,
	type FastifyRequest,
	type HTTPMethods,
} from 'fastify';
import { Readable } from 'node:stream';
import { recordableBody, type RecordedRequest } from '../shared/recording.mjs';
import {
	form1,
	form2,
	form3,
	isGenericFailure,
	isRefusal,
	SUCCESS,
	throttled,
	wrongMethod,
	type Answer,
} from './answers.mjs';
import { isDownload, type Endpoint } from './endpoint.mjs';
import { endpoints } from './endpoints/index.mjs';
import { answerOf, takeFault, type Fault, type PlannedFault } from './faults.mjs';
import { admit, type Admitted } from './gate.mjs';
import { sendDownload, type Cut } from './sendDownload.mjs';
import { unknownFields } from './shapes.mjs';
import type { createThrottle } from './throttle.mjs';
import type { World } from './world.mjs';

/** What the API server keeps about the calls it gets. */
export interface Traffic {
	requests: RecordedRequest[];
	faults: PlannedFault[];
	throttle: ReturnType<typeof createThrottle>;
	/** The throttle's own clock: it must not stand still where the platform's does. */
	clock(): number;
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
const stateOf = (request: FastifyRequest): CallState => {
	const state = states.get(request);
	if (!state) throw new Error('The call was not recorded');
	return state;
};
const sleep = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

const METHODS: HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

export function buildServer(
	world: World,
	traffic: Traffic,
	options: { prefix: string; bodyLimit: number },
): FastifyInstance {
	const app = Fastify({
		logger: false,
		bodyLimit: options.bodyLimit,
		exposeHeadRoutes: false,
		forceCloseConnections: true,
		// An address that cannot even be read (`%zz`): before any route and hook.
		frameworkErrors: (_error, _request, reply: FastifyReply) => {
			const { status, type, body } = form3(world.now());
			void reply.code(status).type(type).send(body);
		},
	});
	app.register(
		async (api) => {
			api.addHook('onRequest', async (request, reply) =>
				begin(traffic, options.prefix, request, reply),
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
			// Unknown paths end at the login filter.
			api.setNotFoundHandler({ preValidation: applyFaults }, (request, reply) =>
				send(request, reply, form3(world.now())),
			);
			for (const endpoint of endpoints) addRoutes(api, world, traffic, endpoint);
		},
		{ prefix: options.prefix },
	);
	return app;
}

/** Recorded on arrival, so that a call whose connection is cut later is on record too. */
function begin(
	traffic: Traffic,
	prefix: string,
	request: FastifyRequest,
	reply: FastifyReply,
): void {
	const [path] = (request.raw.url ?? '').split('?');
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

function addRoutes(api: FastifyInstance, world: World, traffic: Traffic, endpoint: Endpoint): void {
	const preValidation = (request: FastifyRequest, reply: FastifyReply) =>
		applyFault(world, traffic, request, reply);
	const isServed = () => !endpoint.hostedOnly || world.switches.hostedSite;
	api.route({
		method: endpoint.method,
		url: endpoint.path,
		preValidation,
		handler: async (request, reply) =>
			isServed()
				? await serve(world, traffic, endpoint, request, reply)
				: send(request, reply, form3(world.now())),
	});
	api.route({
		method: METHODS.filter((method) => method !== endpoint.method),
		url: endpoint.path,
		preValidation,
		handler: (request, reply) =>
			send(
				request,
				reply,
				isServed() ? wrongMethod(request.method, endpoint.method, world.now()) : form3(world.now()),
			),
	});
}

async function serve(
	world: World,
	traffic: Traffic,
	endpoint: Endpoint,
	request: FastifyRequest,
	reply: FastifyReply,
) {
	const state = stateOf(request);
	const { switches } = world;
	const { query } = state.record;
	const { method, headers } = request;
	const admitted = admit(world, endpoint, { method, headers, query, rawBody: state.rawBody });
	state.admitted = admitted;
	const { params, credential } = admitted;
	state.record.unknownFields = unknownFields(params, endpoint.fields);
	// The token is looked at first: calls that have none are not counted.
	if (endpoint.throttled && !traffic.throttle.admit(request.ip, endpoint.path, traffic.clock()))
		return send(request, reply, throttled(admitted.hasOperatorAccount, switches, world.now()));
	const result = await endpoint.run({ world, params, credential });
	const lost = lostAnswer(admitted, world.now());
	if (!isDownload(result))
		return send(request, reply, lost ?? form1(SUCCESS, '成功', result, switches, world.now()));
	if (lost) {
		if (result.content instanceof Readable) result.content.destroy();
		return send(request, reply, lost);
	}
	state.record.statusCode = state.fault === 'dropAfter' ? 0 : 200;
	return await sendDownload(reply, result, cutOf(state.fault));
}

/** The work is done and the answer breaks (trap 2). */
function lostAnswer({ hasUniqueCode, isTooLongToLog }: Admitted, now: number): Answer | undefined {
	if (!hasUniqueCode)
		return form2(
			'操作失败，Cannot invoke "Object.toString()" because the return value of "javax.servlet.http.HttpServletRequest.getAttribute(String)" is null',
			now,
		);
	return isTooLongToLog ? form2('字段太长,超出数据库字段的长度', now) : undefined;
}

const cutOf = (fault: Fault | undefined): Cut =>
	fault === 'cutBody' ? 'early' : fault === 'dropAfter' ? 'before' : 'none';

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
	const now = world.now();
	if (isRefusal(error)) {
		const { code } = error.refusal;
		// The log of an internal refusal cannot be written without `operatorAccount` (trap 2a).
		const isLost = code === null && stateOf(request).admitted?.hasOperatorAccount !== true;
		return send(
			request,
			reply,
			isLost ? form3(now) : form1(code, error.message, null, world.switches, now),
		);
	}
	if (isGenericFailure(error)) return send(request, reply, form2(error.message, now));
	return send(request, reply, form2(`操作失败，${textOf(error)}`, now));
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : '系统异常');

function send(request: FastifyRequest, reply: FastifyReply, { status, type, body }: Answer) {
	const state = stateOf(request);
	if (state.fault === 'dropAfter') return drop(request, reply);
	state.record.statusCode = status;
	const text = state.fault === 'truncatedJson' ? body.slice(0, Math.floor(body.length / 2)) : body;
	return reply.code(status).header('content-type', type).send(text);
}

function drop(request: FastifyRequest, reply: FastifyReply): FastifyReply {
	reply.hijack();
	request.raw.socket.destroy();
	return reply;
}
