// npm start: a full n8n with the package in it, both stand-ins, everything filled in, until Ctrl-C.
import { inTemporaryFolder, pack } from '../../tools/pack.mjs';
import { endWith, inRoot, PlainError } from '../../tools/project.mjs';
import { ensureN8n } from '../install.mjs';
import { isFree, startN8n } from '../server/index.mjs';
import { startMailbox } from '../stand-ins/mailbox.mjs';
import { setUpExamples } from './examples.mjs';
import { setUpReadyWorkflows, VISITOR } from './ready.mjs';
import { credentialData, startStandIns, withSender } from './stand-ins.mjs';
import { mailArrived, welcome } from './words.mjs';

const COMMAND = 'npm start';
const FOLDER = inRoot('.n8n-demo');
const USUAL_PORT = 5678;

/** The platforms are Chinese: deadlines, clocks of workflows and logs are in their time. */
const TIME_ZONE = 'Asia/Shanghai';

const portOf = (): number => {
	const text = process.env.N8N_PORT ?? '';
	const port = text === '' ? USUAL_PORT : Number(text);
	if (Number.isInteger(port) && port > 0 && port <= 65535) return port;
	throw new PlainError(`N8N_PORT is '${text}', which is no port: give a number up to 65535.`);
};

const checkPort = async (port: number): Promise<void> => {
	if (await isFree(port)) return;
	throw new PlainError(
		`Port ${port} is in use. Another n8n may be running: end it, or choose a port:\n` +
			`  N8N_PORT=${port + 2} ${COMMAND}`,
	);
};

/** What has to be ended, newest first. */
const running: Array<() => Promise<void>> = [];
let ending = false;

const end = async (code: number): Promise<void> => {
	if (ending) return;
	ending = true;
	for (const stop of running.reverse()) await stop().catch(() => {});
	process.exit(code);
};

const endBySignal = (): void => {
	if (ending) return;
	console.log('\nEnding n8n and the stand-ins …');
	void end(0);
};

const main = async (): Promise<void> => {
	const port = portOf();
	await checkPort(port);
	const n8n = await ensureN8n();
	const standIns = await startStandIns(COMMAND);
	running.push(standIns.close);
	console.log(`Starting n8n ${n8n.version} …`);
	const server = await inTemporaryFolder(
		async (temporary) =>
			await startN8n({
				folder: FOLDER,
				tarball: pack(temporary),
				port,
				n8n,
				env: { GENERIC_TIMEZONE: TIME_ZONE, TZ: TIME_ZONE },
			}),
	);
	running.push(server.stop);
	const data = credentialData(standIns);
	const { rest } = server;
	const qiandun = await rest.saveCredential('Qiandun (stand-in)', data.qiandun);
	// Last: n8n puts the newest credential into a new node, and most people begin with this platform.
	const kaifangqian = await rest.saveCredential(
		'Kaifangqian (stand-in)',
		withSender(data.kaifangqian, standIns.kaifangqian),
	);
	const mailbox = await startMailbox((mail) => console.log(mailArrived(mail)));
	running.push(mailbox.close);
	const smtp = await rest.saveCredential('Mail (printed here)', mailbox.credentialData, 'smtp');
	const httpBasicAuth = await rest.saveCredential('Visitor (demo)', VISITOR, 'httpBasicAuth');
	const examples = await setUpExamples(server, standIns.kaifangqian, kaifangqian);
	const ready = await setUpReadyWorkflows(server, standIns, {
		kaifangqian,
		qiandun,
		smtp,
		httpBasicAuth,
	});
	console.log(welcome(server, n8n.version, examples, ready, standIns));
	await server.ended;
	if (!ending) {
		throw new PlainError(`n8n has ended by itself. Its messages: ${server.logFile}`);
	}
};

process.on('SIGINT', endBySignal);
process.on('SIGTERM', endBySignal);

await main().catch(async (error: unknown) => {
	if (ending) return;
	for (const stop of running.reverse()) await stop().catch(() => {});
	endWith(error);
});
