// npm run sandbox: both stand-in platforms on this machine, until Ctrl-C.
import { startKaifangqian, type KaifangqianSandbox } from './kaifangqian/index.mjs';
import { onPort } from './ports.mjs';
import { startQiandun, type QiandunSandbox } from './qiandun/index.mjs';
import { endWith } from '../tools/project.mjs';

/** The credential's name in n8n's list. */
const CREDENTIAL = 'CN E-Sign (开放签, 签盾) API';

/** People to name as signers; they need no account. */
const SIGNERS = '李四, 13900139000; 王五, 13700137000; or anybody else';

/** Columns that a text takes in a terminal: a Chinese character takes two. */
const columnsOf = (text: string): number =>
	text.length + (text.match(/\p{Script=Han}/gu)?.length ?? 0);

const table = (rows: Array<[string, string]>): string => {
	const width = Math.max(...rows.map(([name]) => columnsOf(name)));
	return rows
		.map(([name, value]) => `    ${name}${' '.repeat(width - columnsOf(name))}  ${value}`)
		.join('\n');
};

const oneLine = (pem: string) =>
	pem
		.split('\n')
		.filter((line) => !line.startsWith('-----'))
		.join('');

const curl = (origin: string, path: string, body: object) =>
	`curl -X POST ${origin}/__control/${path} -H 'content-type: application/json' -d '${JSON.stringify(body)}'`;

const aboutKaifangqian = (sandbox: KaifangqianSandbox): string => {
	const { origin, baseUrl, token, operator, colleague, lines, sealId, companyName } = sandbox;
	const { templateId } = sandbox;
	return `Kaifangqian (开放签) stand-in, with a page to click: ${origin}/

  Credential '${CREDENTIAL}' in n8n
${table([
	['Platform', 'Kaifangqian'],
	['Base URL', baseUrl],
	['App Auth Token', token],
	['Sender Name', operator.name],
	['Sender Phone or Email', operator.contact],
	['RSA Private Key', '(empty: nothing is checked unless the switch strictSign is on)'],
	['Platform Public Key', oneLine(sandbox.platformPublicKey)],
])}

  What it knows (all made up)
${table([
	['Company (企业)', companyName],
	['Sender (经办人)', `${operator.name}, ${operator.contact}`],
	['Colleague, a member too', `${colleague.name}, ${colleague.contact}`],
	['Signers', SIGNERS],
	['Company seal (企业印章)', sealId],
	['Business line (业务线)', `${lines.free} (服务合同)`],
	['  with preset signers', lines.preset],
	['  the same with a template', lines.presetTemplate],
	['  with template ' + templateId, lines.template],
	['  receivers fill in', lines.writing],
	['  with approval, hangs', lines.approving],
])}

  Links to tasks open pages on which people sign or refuse. Without a browser:
    ${curl(origin, 'sign-all', { contractId: '…' })}
    ${curl(origin, 'refuse-sign', { contractId: '…', who: '13900139000', reason: '…' })}
    likewise sign, write, refuse-write, approve, refuse-approve, expire, recall, remove, restore, start
    ${curl(origin, 'callback-url', { url: 'http://127.0.0.1:5678/webhook/…' })}
    ${curl(origin, 'switches', { strictSign: true })}
    ${origin}/__control/info, /contracts, /deliveries and /requests/summary show what it holds`;
};

const aboutQiandun = (sandbox: QiandunSandbox): string => {
	const { origin, baseUrl, appKey, appSecret, seeds, paths } = sandbox;
	return `Qiandun (签盾) stand-in, with a page to click: ${origin}/

  Credential '${CREDENTIAL}' in n8n
${table([
	['Platform', 'Qiandun'],
	['Base URL', baseUrl],
	['App Key', appKey],
	['App Secret', appSecret],
])}

  What it knows (all made up)
${table([
	['Person', `account ${seeds.person.accountId}`],
	['Company', `account ${seeds.company.accountId}`],
	['Contract', seeds.contract.contractId],
	['File', seeds.files.onePage],
	['Path to start a contract', `${paths.start} (the real one is not public)`],
])}

  Its people act on the page and on those that links lead to. Without a browser:
    ${origin}/__control/info shows its data, /requests and /deliveries what has happened
    ${curl(origin, 'reset', {})}`;
};

const main = async () => {
	const kaifangqian = await onPort(
		'KAIFANGQIAN_PORT',
		'npm run sandbox',
		// The real platform sends callbacks that did not get through again by a job.
		async (port) => await startKaifangqian({ port, scheduledJobEveryMs: 30_000 }),
	);
	const qiandun = await onPort(
		'QIANDUN_PORT',
		'npm run sandbox',
		async (port) => await startQiandun({ port }),
	).catch(async (error: unknown) => {
		await kaifangqian.close();
		throw error;
	});
	console.log(`\n${aboutKaifangqian(kaifangqian)}\n\n${aboutQiandun(qiandun)}\n`);
	console.log('Everything is kept in memory and forgotten at the end. Ctrl-C ends.');

	let ending = false;
	const end = async () => {
		if (ending) return;
		ending = true;
		await Promise.all([kaifangqian.close(), qiandun.close()]);
		process.exit(0);
	};
	process.on('SIGINT', () => void end());
	process.on('SIGTERM', () => void end());
};

await main().catch(endWith);
