/**
 * A proxy on 127.0.0.1 that breaks what passes through it, at the level where real networks break:
 * the port, the connection, the request, the answer. It also notes what the stand-in really did, which
 * is the truth that the node's words are measured against.
 */
import http from 'node:http';
import net, { type AddressInfo, type Socket } from 'node:net';
import tls from 'node:tls';

/** One request that arrived whole. */
export interface Heard {
	method: string;
	/** Without the query. */
	path: string;
	/** As it came, without the question mark. */
	query: string;
	/** Path, decoded query and body: everything that an item may be known by. */
	text: string;
	headers: http.IncomingHttpHeaders;
	/** When it was there, as `performance.now()`. */
	at: number;
	/** How many calls of the same item had been let through undisturbed before; whoever aims fills it in. */
	step?: number;
	/** Whether the stand-in carried it out; `undefined`: it never got it. */
	carriedOut?: boolean;
}

export interface Upstream {
	status: number;
	headers: http.IncomingHttpHeaders;
	body: Buffer;
}

/** What a fault may do with a request that arrived whole. */
export interface Exchange {
	heard: Heard;
	/** Lets the stand-in do its work and gives its answer, which nobody has seen yet. */
	forward(): Promise<Upstream>;
	answer(status: number, headers: http.OutgoingHttpHeaders, body?: string | Buffer): void;
	/** Announces the whole body and sends half of it. */
	half(upstream: Upstream): Promise<void>;
	/** Begins an answer that has no end; each call sends one more byte of it. */
	drip(): () => void;
	/** The connection ends: with a reset, or quietly. */
	reset(): void;
	end(): void;
}

export type RequestFault = (exchange: Exchange) => void | Promise<void>;
export type ConnectionFault = (socket: Socket) => void;

export interface FaultProxy {
	readonly origin: string;
	readonly host: string;
	heard: Heard[];
	/** Connections that came about, faulted ones included. */
	readonly connections: number;
	/** Those of them that are still open. */
	readonly stillOpen: number;
	/** Asked for each connection, counted from 0, before anything is read from it. */
	onConnection: (index: number) => ConnectionFault | undefined;
	/** Asked for each request once it is there. */
	onRequest: (heard: Heard) => RequestFault | undefined;
	/** Called with the stand-in's own answer, before anybody else sees it. */
	onForwarded: (heard: Heard, answer: Upstream) => void;
	/** Called once a request has been answered undisturbed, before the last byte leaves. */
	onAnswered: () => void;
	/** Nobody listens any more: connections are refused. */
	shut(): void;
	open(): Promise<void>;
	reset(): void;
	close(): Promise<void>;
}

export interface ProxyOptions {
	/** Whether an answer says that the call was carried out. */
	isDone(answer: Upstream): boolean;
	/** With them the proxy speaks TLS. */
	certificate?: { key: string; cert: string };
}

const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length']);

/** Headers for passing an answer on with a body of known length. */
export const endToEnd = (headers: http.IncomingHttpHeaders): http.OutgoingHttpHeaders =>
	Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)));

const collect = async (stream: AsyncIterable<Buffer>): Promise<Buffer> => {
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(chunk);
	return Buffer.concat(chunks);
};

const decoded = (text: string): string => {
	try {
		return decodeURIComponent(text.replaceAll('+', ' '));
	} catch {
		return text;
	}
};

const passOn = async (target: string, request: http.IncomingMessage, body: Buffer) =>
	await new Promise<Upstream>((resolve, reject) => {
		const { host: _host, connection: _connection, ...headers } = request.headers;
		const forwarded = http.request(`${target}${request.url}`, {
			method: request.method,
			headers: { ...headers, host: new URL(target).host },
			agent: false,
		});
		forwarded.on('error', reject);
		forwarded.on('response', (answer) => {
			collect(answer).then(
				(bytes) => resolve({ status: answer.statusCode!, headers: answer.headers, body: bytes }),
				reject,
			);
		});
		forwarded.end(body);
	});

export const startFaultProxy = async (
	target: string,
	{ isDone, certificate }: ProxyOptions,
): Promise<FaultProxy> => {
	const sockets = new Set<Socket>();
	let connections = 0;
	let port = 0;

	const serve = async (request: http.IncomingMessage, response: http.ServerResponse) => {
		const body = await collect(request);
		const [path, query = ''] = request.url!.split('?');
		const heard: Heard = {
			method: request.method!,
			path,
			query,
			text: `${path}?${decoded(query)}\n${body.toString('utf8')}`,
			headers: request.headers,
			at: performance.now(),
		};
		proxy.heard.push(heard);
		const exchange: Exchange = {
			heard,
			async forward() {
				heard.carriedOut = false;
				const answer = await passOn(target, request, body);
				heard.carriedOut = isDone(answer);
				proxy.onForwarded(heard, answer);
				return answer;
			},
			answer(status, headers, content = '') {
				const length = Buffer.byteLength(content);
				response.writeHead(status, { ...headers, 'content-length': length }).end(content);
			},
			async half({ status, headers, body: whole }) {
				response.writeHead(status, { ...endToEnd(headers), 'content-length': whole.length });
				const part = whole.subarray(0, Math.ceil(whole.length / 2));
				await new Promise<void>((resolve) => response.write(part, () => resolve()));
				// Long enough to be read for what it is: half an answer, not a lost connection.
				await new Promise((resolve) => setTimeout(resolve, 30));
			},
			drip() {
				response.writeHead(200, { 'content-type': 'application/json' });
				return () => void response.write(' ');
			},
			reset: () => void (request.socket as Socket).destroy(),
			end: () => void request.socket.end(),
		};
		if (!certificate) exchange.reset = () => void request.socket.resetAndDestroy();
		const fault = proxy.onRequest(heard);
		if (fault) return await fault(exchange);
		const { status, headers, body: content } = await exchange.forward();
		proxy.onAnswered();
		exchange.answer(status, endToEnd(headers), content);
	};

	// One request for each connection, so that connections can be told apart by the calls they carry.
	const inner = http.createServer({ keepAliveTimeout: 1 }, (request, response) => {
		response.shouldKeepAlive = false;
		serve(request, response).catch(() => request.socket.destroy());
	});

	const take = (socket: Socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
		// A connection that is cut on purpose ends with an error on either side.
		socket.on('error', () => {});
		const fault = proxy.onConnection(connections++);
		if (fault) return fault(socket);
		inner.emit('connection', socket);
	};

	const newFront = () => {
		const front = certificate ? tls.createServer(certificate, take) : net.createServer(take);
		return front.on('tlsClientError', () => {});
	};
	let front = newFront();
	const listen = async () => {
		await new Promise<void>((resolve) => front.listen(port, '127.0.0.1', resolve));
		port = (front.address() as AddressInfo).port;
	};

	const proxy: FaultProxy = {
		get origin() {
			return `${certificate ? 'https' : 'http'}://127.0.0.1:${port}`;
		},
		get host() {
			return `127.0.0.1:${port}`;
		},
		get connections() {
			return connections;
		},
		get stillOpen() {
			return sockets.size;
		},
		heard: [],
		onConnection: () => undefined,
		onRequest: () => undefined,
		onForwarded: () => {},
		onAnswered: () => {},
		shut: () => void front.close(),
		async open() {
			if (front.listening) return;
			front = newFront();
			await listen();
		},
		reset() {
			for (const socket of sockets) socket.destroy();
			proxy.heard = [];
			connections = 0;
			proxy.onConnection = () => undefined;
			proxy.onRequest = () => undefined;
			proxy.onForwarded = () => {};
			proxy.onAnswered = () => {};
		},
		async close() {
			for (const socket of sockets) socket.destroy();
			if (front.listening) await new Promise((resolve) => front.close(resolve));
		},
	};
	await listen();
	return proxy;
};

/** Another host: writes down whatever reaches it, and takes every request for granted. */
export const startBystander = async () => {
	const heard: string[] = [];
	const server = http.createServer((request, response) => {
		const head = `${request.method} ${request.url} ${JSON.stringify(request.headers)}`;
		collect(request).then(
			(body) => {
				heard.push(`${head}\n${body.toString()}`);
				response.writeHead(200, { 'content-type': 'application/json' });
				response.end('{"code":10000,"message":"成功","success":true,"result":{"id":"elsewhere"}}');
			},
			() => response.destroy(),
		);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		heard,
		// Another name for this machine, so that it is another host by every rule.
		origin: `http://localhost:${port}`,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
};
