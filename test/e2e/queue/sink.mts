import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** One call of a workflow: something that reached this place in it. */
export interface Arrival {
	place: string;
	contractId: string;
	eventId?: string;
	executionId: string;
}

export interface Sink {
	origin: string;
	arrivals: Arrival[];
	at(place: string): Arrival[];
	/** What GET /open answers: the contracts that the company's own system still has as not signed. */
	open: () => string[];
	close(): Promise<void>;
}

/** Stands for the company's own system: workflows tell it what happened, and it counts. */
export const startSink = async (answerAfterMs: number): Promise<Sink> => {
	const arrivals: Arrival[] = [];
	const server = createServer((request, response) => {
		const place = (request.url ?? '/').slice(1);
		const answer = (value: unknown) => {
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify(value));
		};
		if (request.method === 'GET') {
			answer({ contracts: sink.open().map((contractId) => ({ contractId })) });
			return;
		}
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Omit<Arrival, 'place'>;
			arrivals.push({ place, ...body });
			void sleep(answerAfterMs).then(() => answer({ ...body, stored: true }));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const sink: Sink = {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		arrivals,
		at: (place) => arrivals.filter((arrival) => arrival.place === place),
		open: () => [],
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
	return sink;
};
