import { PlainError } from '../tools/project.mjs';

/** Where the stand-ins listen unless told: `KAIFANGQIAN_PORT=4711 npm run sandbox`. */
const PORTS = { KAIFANGQIAN_PORT: 4610, QIANDUN_PORT: 4620 };

const portOf = (variable: keyof typeof PORTS): number => {
	const text = process.env[variable] ?? '';
	if (text === '') return PORTS[variable];
	const port = Number(text);
	if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
	throw new PlainError(`${variable} is '${text}', which is no port: give a number up to 65535.`);
};

/** Starts one stand-in for `command`; a busy port is told in words. */
export const onPort = async <T,>(
	variable: keyof typeof PORTS,
	command: string,
	start: (port: number) => Promise<T>,
): Promise<T> => {
	const port = portOf(variable);
	try {
		return await start(port);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === 'EADDRINUSE')
			throw new PlainError(
				`Port ${port} is in use. Another sandbox may be running; otherwise choose a port:\n` +
					`  ${variable}=${port + 1} ${command}`,
			);
		if (code === 'EACCES')
			throw new PlainError(`Port ${port} may not be used here. Set ${variable} to one above 1023.`);
		throw error;
	}
};
