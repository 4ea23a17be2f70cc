import { createServer } from 'node:net';

const listening = async (port: number) =>
	await new Promise<{ port: number; close: () => Promise<void> }>((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(port, '127.0.0.1', () => {
			const address = server.address() as { port: number };
			resolve({
				port: address.port,
				close: async () => await new Promise<void>((done) => server.close(() => done())),
			});
		});
	});

/** So many ports that nobody listens on, all different. */
export const freePorts = async (count: number): Promise<number[]> => {
	const held = await Promise.all(Array.from({ length: count }, async () => await listening(0)));
	await Promise.all(held.map(async ({ close }) => await close()));
	return held.map(({ port }) => port);
};

export const isFree = async (port: number): Promise<boolean> => {
	try {
		await (await listening(port)).close();
		return true;
	} catch {
		return false;
	}
};
