import dns from 'node:dns';
import net from 'node:net';

const LOCAL = /^(?:127\.|localhost$|::1$)/;

/** The bench talks to this machine only: whatever a node under measurement tries beyond it is refused. */
export const stayLocal = (): void => {
	const connect = net.Socket.prototype.connect;
	net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
		// Node hands its own normalised arguments on as one array.
		const [first] = (Array.isArray(args[0]) ? args[0] : args) as Array<{ host?: string }>;
		const host = typeof first === 'object' ? first.host : undefined;
		if (host && !LOCAL.test(host)) throw new Error(`The bench does not connect to ${host}`);
		return connect.apply(this, args as never);
	} as typeof connect;
	const lookup = dns.lookup as (...args: unknown[]) => void;
	Object.assign(dns, {
		lookup: (host: string, ...rest: unknown[]) => {
			if (!LOCAL.test(host)) throw new Error(`The bench does not ask for ${host}`);
			lookup(host, ...rest);
		},
	});
};
