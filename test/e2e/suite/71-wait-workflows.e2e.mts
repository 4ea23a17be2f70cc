import axios from 'axios';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeNamed } from '../../demo/workflow.mjs';
import { TABLE } from '../../workflows/register.mjs';
import { LANGUAGES } from '../../workflows/workflow.mjs';
import { until } from '../server/index.mjs';
import {
	asleep,
	elsewhere,
	hurried,
	openReadyStage,
	type Put,
	type PutChoices,
	type ReadyStage,
} from './ready.mjs';
import { guidePicture, openWindow } from './browser.mjs';
import { byId } from './editor.mjs';
import { n8n, nextExecution, rest, restartN8n } from './stage.mjs';
import { samplePdf } from './workflows.mjs';

const SIGNER = '13900139000';
// n8n looks once a minute for runs whose time has come.
const LONG = 130_000;

let stage: ReadyStage;

beforeAll(async () => {
	stage = await openReadyStage('Waiting');
	// Companies are verified on the hosted platform only.
	stage.kaifangqian.switches.hostedSite = true;
});

afterAll(async () => await stage.close());

const rowOf = async (contractId: string) =>
	(await rest.tableRows(TABLE)).find((row) => row.contractId === contractId);

const both =
	(...changes: Array<NonNullable<PutChoices['change']>>): NonNullable<PutChoices['change']> =>
	(json, names) =>
		changes.forEach((change) => change(json, names));

describe.each(LANGUAGES)('Send a contract and wait until it is signed (%s)', (language) => {
	let workflow: Put;
	let events: Put;

	const put = async (change: NonNullable<PutChoices['change']>) => {
		const made = await stage.put('send-and-wait-until-signed', {
			language,
			change: both(elsewhere, change),
		});
		await made.activate();
		return made;
	};

	/** Starts one, and gives the contract that it waits for. */
	const waiting = async (made = workflow) => {
		const known = (await rest.executions(made.id)).map(({ id }) => id);
		await made.submit('form', {
			[made.word('Title')]: '服务合同',
			PDF: new Blob([await samplePdf()], { type: 'application/pdf' }),
			[made.word('Signer Name')]: '李四',
			[made.word('Signer Phone or Email')]: SIGNER,
		});
		const id = await until(
			'the form starts a run',
			async () => (await rest.executions(made.id)).find((found) => !known.includes(found.id))?.id,
		);
		await asleep(id);
		const [{ json }] = made.items(await rest.execution(id), 'send');
		return { id, contractId: String(json.contractId) };
	};

	const outcomeOf = async (id: string, made = workflow, timeout?: number) => {
		const execution = await rest.finished(id, timeout);
		expect(execution.status).toBe('success');
		return { execution, outcome: made.items(execution, 'outcome')[0].json.outcome };
	};

	beforeAll(async () => {
		const { id: nothing } = await rest.createWorkflow({
			name: 'Nothing to do',
			nodes: [
				{
					id: 'called',
					name: 'Called',
					type: 'n8n-nodes-base.executeWorkflowTrigger',
					typeVersion: 1.1,
					position: [0, 0],
					parameters: { inputSource: 'passthrough' },
				},
			],
			connections: {},
		});
		await rest.activate(nothing);
		const calls = Object.fromEntries(
			['callLine', 'callSubject', 'callContract', 'callOthers'].map((key) => [key, nothing]),
		);
		events = await stage.put('contract-events', { language, calls, change: elsewhere });
		await events.activate();
		stage.kaifangqian.control.setCallbackUrl(await events.callbackUrl('trigger'));
		workflow = await put(() => {});
	});

	it('wakes the run whose contract is signed, and only that one, with the signed file', async () => {
		const one = await waiting();
		const other = await waiting();
		expect(await rowOf(one.contractId)).toMatchObject({
			title: '服务合同',
			resumeUrl: expect.stringContaining(`/webhook-waiting/${one.id}`) as string,
		});
		stage.kaifangqian.control.sign(one.contractId);
		const { execution, outcome } = await outcomeOf(one.id);
		expect(outcome).toBe('completed');
		const [{ json, binary }] = workflow.items(execution, 'download');
		expect(json.contractId).toBe(one.contractId);
		const bytes = await rest.binary(binary!.data);
		expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
		expect((await rest.execution(other.id)).status).toBe('waiting');
		expect(await rowOf(other.contractId)).toMatchObject({ isOpen: true });

		stage.kaifangqian.control.refuseSign(other.contractId, SIGNER, '金额不对');
		const refused = await outcomeOf(other.id);
		expect(refused.outcome).toBe('refused');
		expect(workflow.ran(refused.execution)).not.toContain('download');
		expect(await rowOf(other.contractId)).toMatchObject({ isOpen: false });
	});

	it('is what the README shows: form, contract, signed file', async () => {
		const window = await openWindow();
		const { page } = window;
		try {
			const { id, contractId } = await waiting();
			stage.kaifangqian.control.sign(contractId);
			await outcomeOf(id);
			await page.goto(`${n8n.url}/workflow/${workflow.id}/executions/${id}`);
			await byId(page, 'canvas-node').nth(8).waitFor();
			await byId(page, 'zoom-to-fit').click();
			await guidePicture(page, `send-and-wait${language === 'en' ? '' : '-zh'}`);
		} finally {
			await window.close();
		}
	});

	it('tells recalled, expired and deleted contracts apart', async () => {
		const { control } = stage.kaifangqian;
		for (const [outcome, end] of [
			['recalled', (id: string) => control.recall(id)],
			['expired', (id: string) => control.expire(id)],
			['deleted', (id: string) => control.remove(id)],
		] as const) {
			const { id, contractId } = await waiting();
			end(contractId);
			expect((await outcomeOf(id)).outcome).toBe(outcome);
		}
	});

	// Both languages have the same graph and the same parameters: what takes minutes is tried once.
	const once = language === 'en' ? it : it.skip;

	once(
		'without any event it looks by itself, goes on sleeping, and sees the end',
		async () => {
			const looking = await put(hurried('wait'));
			stage.kaifangqian.control.setCallbackUrl(undefined);
			const { id, contractId } = await waiting(looking);
			await until(
				'it has looked once',
				async () => looking.ran(await rest.execution(id)).includes('outcome'),
				{ timeoutMs: 90_000, everyMs: 500 },
			);
			const [{ json }] = looking.items(await rest.execution(id), 'outcome');
			expect(json.outcome).toBe('open');
			stage.kaifangqian.control.sign(contractId);
			const { outcome, execution } = await outcomeOf(id, looking, LONG);
			expect(outcome).toBe('completed');
			expect(looking.ran(execution)).toContain('download');
			stage.kaifangqian.control.setCallbackUrl(await events.callbackUrl('trigger'));
		},
		2 * LONG,
	);

	once(
		'gives up after its time, and says so',
		async () => {
			const impatient = await put(
				both(hurried('wait'), (json, { outcome }) => {
					const text = JSON.stringify(nodeNamed(json, outcome).parameters);
					expect(text).toContain('days: 7');
					nodeNamed(json, outcome).parameters = JSON.parse(text.replace('days: 7', 'days: 0'));
				}),
			);
			const { id } = await waiting(impatient);
			const { outcome, execution } = await outcomeOf(id, impatient, LONG);
			expect(outcome).toBe('timedOut');
			expect(impatient.ran(execution)).not.toContain('download');
		},
		LONG,
	);

	once(
		'sleeps on while n8n is restarted',
		async () => {
			const { id, contractId } = await waiting();
			await restartN8n();
			expect((await rest.execution(id)).status).toBe('waiting');
			await events.callbackUrl('trigger');
			stage.kaifangqian.control.sign(contractId);
			const { outcome, execution } = await outcomeOf(id);
			expect(outcome).toBe('completed');
			expect(workflow.ran(execution)).toContain('download');
		},
		LONG,
	);
});

describe.each(LANGUAGES)('Verify a company (%s)', (language) => {
	const OFFICE = `company-${language.toLowerCase()}@example.com`;
	const says = (en: string, zh: string) => (language === 'en' ? en : zh);

	const company = ({ word }: Put, more: Record<string, string> = {}) => ({
		[word('Company Name')]: '远山贸易有限公司',
		[word('Unified Social Credit Code')]: '91310000MA76543210',
		[word('Legal Representative')]: '李四',
		[word('Contact Name')]: '王五',
		[word('Contact Mobile')]: '13700137000',
		[word('Contact Email')]: 'wangwu@example.com',
		...more,
	});

	const put = async (
		settings: Record<string, string> = {},
		change: NonNullable<PutChoices['change']> = () => {},
	) => {
		const workflow = await stage.put('verify-a-company', {
			language,
			settings: { settings: { officeEmail: OFFICE, ...settings } },
			change: both(elsewhere, change),
		});
		await workflow.activate();
		return workflow;
	};

	/** Fills in the form, and gives the run and what it waits for. */
	const asked = async (workflow: Put) => {
		const before = (await rest.executions(workflow.id)).map(({ id }) => id);
		await workflow.submit('form', company(workflow));
		const id = await until(
			'the form starts a run',
			async () =>
				(await rest.executions(workflow.id)).find((found) => !before.includes(found.id))?.id,
		);
		await asleep(id);
		const [{ json }] = workflow.items(await rest.execution(id), 'link');
		const links = stage.kaifangqian.requests.filter(({ path }) =>
			path.endsWith('/auth/corp/ident/link'),
		);
		const { authCallbackUrl } = JSON.parse(String(links.at(-1)!.rawBody)) as {
			authCallbackUrl: string;
		};
		return { id, authUrl: String(json.authUrl), authCallbackUrl };
	};

	it('passes the first answer of the platform on to be looked at', async () => {
		const workflow = await put();
		stage.mailbox.mails.length = 0;
		const { id, authUrl } = await asked(workflow);
		const told = stage.mailbox.mails.filter(({ to }) => to.includes('wangwu@example.com'));
		expect(told.filter(({ text }) => text.includes(authUrl))).toHaveLength(1);
		await axios.post(authUrl, 'action=pass', { proxy: false });
		const execution = await rest.finished(id);
		expect(execution.status).toBe('success');
		expect(workflow.ran(execution)).toContain('review');
		const mail = await stage.mailbox.mailTo(
			OFFICE,
			says('Please look at the answer', '请人工查看'),
		);
		expect(mail.text).toContain('orderNo');
	});

	it('branches by itself once it is told what means verified', async () => {
		const workflow = await put({ resultField: 'orderStatus', passedValue: '2' });
		const passed = await asked(workflow);
		expect(
			(await axios.post(passed.authCallbackUrl, { orderStatus: 2 }, { proxy: false })).data,
		).toBe('success');
		expect(workflow.ran(await rest.finished(passed.id))).toContain('verified');
		const failed = await asked(workflow);
		await axios.post(failed.authCallbackUrl, { orderStatus: 3 }, { proxy: false });
		expect(workflow.ran(await rest.finished(failed.id))).toContain('review');
		await stage.mailbox.mailTo(
			OFFICE,
			says('远山贸易有限公司 is verified.', '远山贸易有限公司 已完成认证。'),
		);
	});

	it('tells the office when there is no link', async () => {
		const workflow = await put();
		await workflow.submit('form', company(workflow, { [workflow.word('Contact Mobile')]: '12' }));
		const execution = await nextExecution(workflow.id);
		expect(execution.status).toBe('success');
		const { text } = await stage.mailbox.mailTo(
			OFFICE,
			says('There is no link', '没有取到认证链接'),
		);
		expect(text).toMatch(/neither a mobile number/);
	});

	(language === 'en' ? it : it.skip)(
		'tells the office when nobody answers in time',
		async () => {
			const workflow = await put({}, hurried('wait'));
			const { id } = await asked(workflow);
			expect(workflow.ran(await rest.finished(id, LONG))).toContain('late');
			await stage.mailbox.mailTo(OFFICE, says('Time ran out', '超时'));
		},
		LONG,
	);
});
