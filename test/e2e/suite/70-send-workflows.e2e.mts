import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeNamed } from '../../demo/workflow.mjs';
import { TABLE } from '../../workflows/register.mjs';
import { LANGUAGES } from '../../workflows/workflow.mjs';
import { openReadyStage, type Put, type ReadyStage } from './ready.mjs';
import { n8n, nextExecution, rest } from './stage.mjs';
import { chain, manualTrigger, samplePdf, START } from './workflows.mjs';

let stage: ReadyStage;

beforeAll(async () => {
	stage = await openReadyStage('Sending');
});

afterAll(async () => await stage.close());

const pdf = async () => new Blob([await samplePdf()], { type: 'application/pdf' });

const rowOf = async (contractId: unknown) =>
	(await rest.tableRows(TABLE)).find((row) => row.contractId === contractId);

describe.each(LANGUAGES)('Send a contract from a form (%s)', (language) => {
	const OFFICE = `office-${language.toLowerCase()}@example.com`;
	const says = (en: string, zh: string) => (language === 'en' ? en : zh);
	let workflow: Put;
	const executions: string[] = [];

	const filledIn = async (title: string, signers: Array<[name: string, contact: string]>) => {
		const { word } = workflow;
		const labels = (index: number) =>
			['Name', 'Phone or Email'].map((label) => `${word('Signer')} ${index + 1} ${word(label)}`);
		await workflow.submit('form', {
			[word('Title')]: title,
			PDF: await pdf(),
			[word('Your Email')]: OFFICE,
			...Object.fromEntries(
				signers.flatMap((signer, index) => signer.map((text, at) => [labels(index)[at], text])),
			),
		});
		const execution = await nextExecution(workflow.id, executions);
		executions.push(execution.id);
		return execution;
	};

	beforeAll(async () => {
		workflow = await stage.put('send-contract-from-form', { language });
		await workflow.activate();
	});

	it('sends the file, every signer gets a link, and the contract is in the register', async () => {
		stage.mailbox.mails.length = 0;
		const execution = await filledIn('服务合同', [
			['李四', 'lisi@example.com'],
			['王五', ' 13700137000 '],
		]);
		expect(execution).toMatchObject({ status: 'success', mode: 'webhook' });
		const [{ json }] = workflow.items(execution, 'send');
		const contract = stage.kaifangqian.control.contract(String(json.contractId));
		expect(contract).toMatchObject({ status: 'SIGNING', subject: '服务合同' });

		const byMail = await stage.mailbox.mailTo('lisi@example.com', '服务合同');
		const byPhone = await stage.mailbox.mailTo(OFFICE, says('Please sign', '请签署'));
		expect(byPhone.text).toContain('13700137000');
		expect(byMail.text).toMatch(says('please open this link', '请打开下面的链接'));
		const links = [byMail, byPhone].map(({ text }) => /http:\/\/\S+/.exec(text)?.[0]);
		expect(new Set(links).size).toBe(2);
		for (const link of links) expect(link).toContain(stage.kaifangqian.origin);
		const told = await stage.mailbox.mailTo(OFFICE, says('Sent for signing', '合同已发起'));
		expect(told.text).toContain(String(json.contractId));
		for (const link of links) expect(told.text).toContain(link);
		expect(stage.mailbox.mails).toHaveLength(3);
		for (const { subject, text } of stage.mailbox.mails)
			expect(/\p{Script=Han}{3}/u.test(subject + text)).toBe(true);

		const rows = await rest.tableRows(TABLE);
		expect(rows.filter(({ contractId }) => contractId === json.contractId)).toHaveLength(1);
		expect(await rowOf(json.contractId)).toMatchObject({
			title: '服务合同',
			line: '服务合同',
			status: 'SIGNING',
			isOpen: true,
			life: 1,
			cc: OFFICE,
			event: null,
		});
	});

	it('tells whoever filled in the form why nothing was sent', async () => {
		const before = stage.kaifangqian.control.contracts().length;
		const execution = await filledIn('采购合同', [['李四', '12']]);
		expect(execution.status).toBe('success');
		expect(workflow.ran(execution)).not.toContain('link');
		expect(workflow.ran(execution)).not.toContain('add');
		const { text } = await stage.mailbox.mailTo(
			OFFICE,
			says('Not sent: 采购合同', '合同没有发出：采购合同'),
		);
		expect(text).toMatch(/contact' is neither/);
		expect(stage.kaifangqian.control.contracts()).toHaveLength(before);
	});
});

describe.each([
	['en', 200],
	['zh-CN', 30],
] as const)('Contracts from a spreadsheet (%s)', (language, COUNT) => {
	const BAD_CONTACT = 5;
	const NO_FILE = 9;
	const OTHER_FILE = 12;
	const COMPANY = 15;
	const REFUSED = { status: 200, body: '{"code":31000,"message":"业务线已停用"}' };

	let word: Put['word'];

	/** Rows as a person would have typed them, some of them wrong. */
	const rows = () =>
		Array.from({ length: COUNT }, (_, index) => {
			const row = index + 2;
			return {
				[word('Title')]: `服务合同 ${row}`,
				[word('File')]: row === NO_FILE ? 'missing.pdf' : row === OTHER_FILE ? '合同(2).pdf' : '',
				[word('Name')]: `李四${row}`,
				[word('Contact')]: row === BAD_CONTACT ? '12' : String(13_900_000_000 + row),
				[word('Company')]: row === COMPANY ? '远山贸易有限公司' : '',
			};
		});

	/** A spreadsheet in the folder, made by n8n itself. */
	const makeSpreadsheet = async (fileName: string): Promise<void> => {
		const node = (name: string, type: string, typeVersion: number, parameters: object) => ({
			...manualTrigger(),
			id: crypto.randomUUID(),
			name,
			type: `n8n-nodes-base.${type}`,
			typeVersion,
			parameters: parameters as Record<string, unknown>,
		});
		const { id } = await rest.createWorkflow(
			chain('Make a spreadsheet', [
				manualTrigger(),
				node('Rows', 'set', 3.4, {
					mode: 'raw',
					jsonOutput: JSON.stringify({ rows: rows() }),
					options: {},
				}),
				node('Each', 'splitOut', 1, { fieldToSplitOut: 'rows', options: {} }),
				node('File', 'convertToFile', 1.1, { operation: 'xlsx', options: {} }),
				node('Save', 'readWriteFile', 1, {
					operation: 'write',
					fileName: join(n8n.files, fileName),
					options: {},
				}),
			]),
		);
		const { status } = await rest.finished(await rest.start(id, START));
		expect(status).toBe('success');
	};

	const file = (name: string) => `${language}-${name}.xlsx`;

	const put = async (spreadsheet: string, results: string) =>
		await stage.put('contracts-from-spreadsheet', {
			language,
			settings: { settings: { folder: n8n.files, spreadsheet, results, usualFile: 'usual.pdf' } },
			// The stand-in does not throttle here; the pace has tests of its own.
			change(json, { send }) {
				Object.assign(nodeNamed(json, send).parameters.options as object, { callsPerSecond: 0 });
			},
		});

	const run = async (spreadsheet: string, results: string) => {
		const workflow = await put(spreadsheet, results);
		const execution = await rest.finished(await workflow.execute(), 120_000);
		expect(execution.status).toBe('success');
		expect(existsSync(join(n8n.files, results))).toBe(true);
		return workflow.items(execution, 'resultRow').map(({ json }) => json as Record<string, string>);
	};

	const sentIds = () => stage.kaifangqian.control.contracts().map(({ contractId }) => contractId);

	it(`gives a result for each of ${COUNT} rows, and the second run sends only the rest`, async () => {
		({ word } = await put('', ''));
		stage.kaifangqian.reset();
		stage.kaifangqian.switches.throttle = false;
		for (const name of ['usual.pdf', '合同(2).pdf'])
			writeFileSync(join(n8n.files, name), await samplePdf());
		await makeSpreadsheet(file('list'));
		stage.kaifangqian.failNext('/contract/draft', REFUSED);
		stage.kaifangqian.failNext('/contract/draft', 'dropAfter');
		const result = word('Result');
		const contractId = word('Contract ID');
		const message = word('Message');

		const first = await run(file('list'), file('results'));
		expect(first.map((row) => row[word('Title')])).toEqual(rows().map((row) => row[word('Title')]));
		const sent = first.filter((row) => row[result] === word('sent'));
		expect(sent).toHaveLength(COUNT - 4);
		expect(sentIds()).toEqual(expect.arrayContaining(sent.map((row) => row[contractId])));
		// The platform has one more: its answer was lost.
		expect(sentIds()).toHaveLength(COUNT - 3);
		const uncertain = first.filter((row) => row[result] === word('look in the console'));
		expect(uncertain).toHaveLength(1);
		expect(uncertain[0][message]).toMatch(/unknown|not certain/);
		for (const row of sent) expect(row[word('Signing Link')]).toContain(stage.kaifangqian.origin);
		const notSent = first.filter((row) => row[result] === word('not sent'));
		expect(notSent).toHaveLength(3);
		expect(notSent.filter((row) => row[message].includes('业务线已停用'))).toHaveLength(1);
		const rowIn = (list: typeof first, row: number) => list[row - 2];
		expect(rowIn(first, BAD_CONTACT)[message]).toMatch(/contact' is neither/);
		expect(rowIn(first, NO_FILE)[message]).toContain('missing.pdf');
		const withCompany = stage.kaifangqian.control.contract(rowIn(first, COMPANY)[contractId]);
		expect(JSON.stringify(withCompany)).toContain('远山贸易有限公司');
		const registered = await rest.tableRows(TABLE);
		expect(registered.map((row) => row.contractId)).toEqual(
			expect.arrayContaining(sent.map((row) => row[contractId])),
		);

		const again = await run(file('results'), file('results-2'));
		const wasSent = again.filter((row) => row[result] === word('was sent before'));
		expect(wasSent.map((row) => row[contractId])).toEqual(sent.map((row) => row[contractId]));
		const caughtUp = again.filter((row) => row[result] === word('sent'));
		expect(caughtUp).toHaveLength(1);
		expect(sentIds()).toHaveLength(COUNT - 2);
		expect(again.filter((row) => row[result] === word('look in the console'))).toEqual(uncertain);
		expect(rowIn(again, BAD_CONTACT)[result]).toBe(word('not sent'));
		expect(rowIn(again, NO_FILE)[message]).toContain('missing.pdf');
		// One row for each contract, also after the second run.
		const ids = (await rest.tableRows(TABLE)).map((row) => row.contractId);
		expect(new Set(ids).size).toBe(ids.length);
	}, 180_000);
});
