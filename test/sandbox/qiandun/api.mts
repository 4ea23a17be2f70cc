/**
 * Everything below `/api`: record, fault, gate, JSON, schema, answer — in this order, so that a
 * faulted answer still went to a caller who signed rightly.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { echo, ECHO_PATH } from './echo.mjs';
import type { Endpoint, Input, World } from './endpoints/endpoint.mjs';
import { editionA, editionB } from './endpoints/index.mjs';
import { envelope, refuse, type Answer } from './envelope.mjs';
import type { Fault, Faults } from './faults.mjs';
import {
	GATE_MESSAGES,
	gateMessage,
	rawPath,
	rawQuery,
	type Gate,
	type GateReason,
} from './gate.mjs';
import { parseQuery, queryObject } from './query.mjs';
import { sleep } from './time.mjs';
import type { ConfiguredPaths, Outcome, RecordedRequest } from './types.mjs';

export interface ApiOptions {
	world: World;
	gate: Gate;
	faults: Faults;
	paths: ConfiguredPaths;
	requests: RecordedRequest[];
	/** Called with +1 and -1. */
	inFlight(change: 1 | -1): void;
}

interface Call {
	record: RecordedRequest;
	fault: Fault | null;
	/** Below `/api`. */
	path: string;
}

const JSON_TYPE = 'application/json;charset=UTF-8';

export function registerApi(api: FastifyInstance, options: ApiOptions): void {
	const { world, gate, faults, requests } = options;
	const { switches } = world;
	const calls = new WeakMap<FastifyRequest, Call>();

	const callOf = (request: FastifyRequest): Call => {
		const call = calls.get(request);
		if (!call) throw new Error('This request was not recorded');
		return call;
	};

	function send(
		request: FastifyRequest,
		reply: FastifyReply,
		answer: Answer,
		given: { status?: number; outcome?: Outcome; headers?: Record<string, string> } = {},
	) {
		const { record, fault, path } = callOf(request);
		const text = envelope(answer, {
			now: world.now(),
			omitSuccess: switches.omitSuccess.includes('*') || switches.omitSuccess.includes(path),
			numericCode: switches.numericCode,
			bigIntegers: switches.bigIntegers || fault === 'bigIntegers',
		});
		const outcome =
			given.outcome ?? (answer.code === '200' ? 'ok' : (`refused:${answer.code}` as const));
		const status = given.status ?? (answer.code === '200' ? 200 : switches.refusalStatus);
		if (fault === 'dropAfter') {
			record.detail = outcome;
			return drop(request, reply, 'dropAfter');
		}
		record.outcome = fault === 'truncatedJson' ? 'fault:truncatedJson' : outcome;
		return reply
			.code(status)
			.headers(given.headers ?? {})
			.type(JSON_TYPE)
			.send(fault === 'truncatedJson' ? text.slice(0, Math.floor(text.length / 2)) : text);
	}

	function drop(request: FastifyRequest, reply: FastifyReply, fault: string) {
		callOf(request).record.outcome = `fault:${fault}`;
		reply.hijack();
		request.raw.socket.destroy();
		return reply;
	}

	/** The three forms of §9.6; none is known to be the real one. */
	function sendGateRefusal(request: FastifyRequest, reply: FastifyReply, reason: GateReason) {
		const { record } = callOf(request);
		const outcome = `gate:${reason}` as const;
		record.detail = GATE_MESSAGES[reason];
		if (switches.gateRefusal === 'envelope200') {
			return send(request, reply, refuse('400'), { status: 200, outcome });
		}
		const headers = {
			'X-Ca-Error-Code': reason,
			'X-Ca-Error-Message': gateMessage(reason, record.stringToSign),
		};
		const status = switches.gateStatus;
		if (switches.gateRefusal === 'json4xx') {
			return send(request, reply, refuse('400'), { status, outcome, headers });
		}
		record.outcome = outcome;
		return reply.code(status).headers(headers).send();
	}

	function sendUnknownPath(request: FastifyRequest, reply: FastifyReply) {
		if (switches.unknownPathAnswer === 'code400') {
			return send(request, reply, refuse('400'), { outcome: 'unknownPath' });
		}
		callOf(request).record.outcome = 'unknownPath';
		return reply.code(404).send();
	}

	/** Faults whose answer does not depend on the endpoint. `null` = go on. */
	function sendFault(request: FastifyRequest, reply: FastifyReply, fault: Fault | null) {
		const { record } = callOf(request);
		if (fault === 'code500')
			return send(request, reply, refuse('500'), { outcome: 'fault:code500' });
		if (fault === 'nonJson') {
			record.outcome = 'fault:nonJson';
			return reply.code(200).type('text/plain;charset=UTF-8').send('服务升级中');
		}
		if (fault === 'html200') {
			record.outcome = 'fault:html200';
			return reply
				.code(200)
				.type('text/html;charset=UTF-8')
				.send('<html><body>502 Bad Gateway</body></html>');
		}
		if (fault !== null && typeof fault === 'object' && 'status' in fault) {
			record.outcome = `fault:status${fault.status}`;
			const { body = '', headers = {} } = fault;
			const text = typeof body === 'string' ? body : JSON.stringify(body);
			const type = typeof body === 'string' ? 'text/plain;charset=UTF-8' : JSON_TYPE;
			return reply.code(fault.status).type(type).headers(headers).send(text);
		}
		return null;
	}

	// The gate hashes the bytes as received, so nothing may parse them before it.
	api.removeAllContentTypeParsers();
	api.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

	api.addHook('onRequest', async (request, reply) => {
		const { method = '', url = '', headers } = request.raw;
		const one = Object.fromEntries(
			Object.entries(headers).map(([name, value]) => [
				name,
				Array.isArray(value) ? value.join(', ') : value,
			]),
		);
		const record: RecordedRequest = {
			at: Date.now(),
			method,
			path: rawPath(url),
			query: queryObject(parseQuery(rawQuery(url), switches.plusInQuery) ?? []),
			rawQuery: rawQuery(url),
			headers: one,
			rawBody: Buffer.alloc(0),
			nonce: one['x-ca-nonce'],
			timestamp: one['x-ca-timestamp'],
			stringToSign: '',
			outcome: 'open',
			detail: '',
			status: null,
			answeredAt: null,
		};
		const path = record.path.replace(/^\/api(?=\/|$)/, '');
		calls.set(request, { record, path, fault: faults.take(path) });
		requests.push(record);
		options.inFlight(1);
		reply.raw.once('close', () => {
			options.inFlight(-1);
			record.answeredAt = Date.now();
			if (!record.outcome.startsWith('fault:drop')) record.status = reply.raw.statusCode;
		});
	});

	api.addHook('preValidation', async (request, reply) => {
		const { record, fault } = callOf(request);
		if (Buffer.isBuffer(request.body)) record.rawBody = request.body;

		const delay =
			switches.latencyMs +
			(fault && typeof fault === 'object' && 'delayMs' in fault ? fault.delayMs : 0);
		if (delay > 0) await sleep(delay);
		if (fault === 'dropBefore') return drop(request, reply, 'dropBefore');

		const { method, headers, rawBody } = record;
		const verdict = gate.check({ method, url: request.raw.url ?? '', headers, body: rawBody });
		record.stringToSign = verdict.stringToSign;
		if (verdict.refused) return sendGateRefusal(request, reply, verdict.refused);

		const faulted = sendFault(request, reply, fault);
		if (faulted) return faulted;

		const edition = (request.routeOptions.config as { edition?: 'A' | 'B' }).edition;
		if (edition === 'B' && !switches.editionB) return sendUnknownPath(request, reply);
		// The business JSON is the whole body (§2); anything else does not fit the schema.
		if (edition) {
			request.query = record.query;
			request.body = jsonOf(record);
		}
		return undefined;
	});

	api.setErrorHandler(
		(error: Error & { validation?: unknown; statusCode?: number }, request, reply) => {
			const { record } = callOf(request);
			record.detail = error.message;
			if (error.validation || (error.statusCode ?? 500) < 500)
				return send(request, reply, refuse('400'));
			return send(request, reply, refuse('500'), { status: 500, outcome: 'crashed' });
		},
	);

	api.setNotFoundHandler((request, reply) => sendUnknownPath(request, reply));

	const serve = (edition: 'A' | 'B') => (endpoint: Endpoint) =>
		api.route({
			method: endpoint.method,
			url: endpoint.path,
			config: { edition },
			schema: {
				...(endpoint.querystring ? { querystring: endpoint.querystring } : {}),
				...(endpoint.body ? { body: endpoint.body } : {}),
			},
			handler: (request, reply) =>
				send(
					request,
					reply,
					endpoint.answer(world, { query: request.query as Input['query'], body: request.body }),
				),
		});
	editionA(options.paths).forEach(serve('A'));
	editionB.forEach(serve('B'));

	api.route({
		method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
		url: ECHO_PATH,
		handler: async (request, reply) => {
			const { record } = callOf(request);
			const answer = await echo({
				method: record.method,
				path: record.path,
				pairs: parseQuery(record.rawQuery, switches.plusInQuery) ?? [],
				contentType: record.headers['content-type'],
				body: record.rawBody,
			});
			return await send(request, reply, answer);
		},
	});
}

/** `null` for no JSON: no schema of an endpoint with a body accepts it. */
function jsonOf({ headers, rawBody }: RecordedRequest): unknown {
	if (rawBody.length === 0 || !/json/i.test(headers['content-type'] ?? '')) return null;
	try {
		return JSON.parse(rawBody.toString('utf8')) as unknown;
	} catch {
		return null;
	}
}
