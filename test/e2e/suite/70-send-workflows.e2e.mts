import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeNamed } from '../../demo/workflow.mjs';
import { itemsOf } from '../server/index.mjs';
import { openReadyStage, ran, type ReadyStage } from './ready.mjs';
import { n8n, nextExecution, rest } from './stage.mjs';
import { chain, manualTrigger, samplePdf, START } from './workflows.mjs';

let stage: ReadyStage;

beforeAll(async () => {
	stage = await openReadyStage('Sending');
});

afterAll(async () => await stage.close());

const pdf = async () => new Blob([await samplePdf()], { type: 'application/pdf' });

describe('Send a contract from a form', () => {
	const OFFICE = 'office@example.com';
	let workflow: Awaited<ReturnType<ReadyStage['put']>>;
	const executions: string[] = [];

	const filledIn = async (values: Record<string, string>) => {
		await workflow.submit('Contract Form', {
			Contract: await pdf(),
			'Your Email': OFFICE,
			...values,
		});
		const execution = await nextExecution(workflow.id, executions);
		executions.push(execution.id);
		return execution;
	};

	beforeAll(async () => {
		workflow = await stage.put('send-contract-from-form');
		await workflow.activate();
	});

	it('sends the file, and every signer gets a link', async () => {
		const execution = await filledIn({
			Title: '服务合同',
			'Signer 1 Name': '李四',
			'Signer 1 Phone or Email': 'lisi@example.com',
			'Signer 2 Name': '王五',
			'Signer 2 Phone or Email': ' 13700137000 ',
		});
		expect(execution).toMatchObject({ status: 'success', mode: 'webhook' });
		const [{ json }] = itemsOf(execution, 'Send Files for Signing');
		const contract = stage.kaifangqian.control.contract(String(json.contractId));
		expect(contract).toMatchObject({ status: 'SIGNING', subject: '服务合同' });

		const byMail = await stage.mailbox.mailTo('lisi@example.com', '服务合同');
		const byPhone = await stage.mailbox.mailTo(OFFICE, 'Please sign');
		expect(byPhone.text).toContain('13700137000');
		const links = [byMail, byPhone].map(({ text }) => /http:\/\/\S+/.exec(text)?.[0]);
		expect(new Set(links).size).toBe(2);
		for (const link of links) expect(link).toContain(stage.kaifangqian.origin);
		const told = await stage.mailbox.mailTo(OFFICE, 'Sent for signing');
		expect(told.text).toContain(String(json.contractId));
		for (const link of links) expect(told.text).toContain(link);
		expect(stage.mailbox.mails).toHaveLength(3);
	});

	it('tells whoever filled in the form why nothing was sent', async () => {
		const before = stage.kaifangqian.control.contracts().length;
		const execution = await filledIn({
			Title: '采购合同',
			'Signer 1 Name': '李四',
			'Signer 1 Phone or Email': '12',
		});
		expect(execution.status).toBe('success');
		expect(ran(execution)).not.toContain('E-Mail the Signing Link');
		const { text } = await stage.mailbox.mailTo(OFFICE, 'Not sent: 采购合同');
		expect(text).toMatch(/Phone or Email' is neither/);
		expect(stage.kaifangqian.control.contracts()).toHaveLength(before);
	});
});

describe('Contracts from a spreadsheet', () => {
	const COUNT = 200;
	const BAD_CONTACT = 5;
	const NO_FILE = 9;
	const OTHER_FILE = 12;
	const COMPANY = 15;
	const REFUSED = { status: 200, body: '{"code":31000,"message":"业务线已停用"}' };

	/** Rows as a person would have typed them, some of them wrong. */
	const rows = Array.from({ length: COUNT }, (_, index) => {
		const row = index + 2;
		return {
			Title: `服务合同 ${row}`,
			File: row === NO_FILE ? 'missing.pdf' : row === OTHER_FILE ? '合同(2).pdf' : '',
			Name: `李四${row}`,
			Contact: row === BAD_CONTACT ? '12' : String(13_900_000_000 + row),
			Company: row === COMPANY ? '远山贸易有限公司' : '',
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
					jsonOutput: JSON.stringify({ rows }),
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

	const run = async (spreadsheet: string, results: string) => {
		const workflow = await stage.put(
			'contracts-from-spreadsheet',
			{ Settings: { folder: n8n.files, spreadsheet, results, usualFile: 'usual.pdf' } },
			// The stand-in does not throttle here; the pace has tests of its own.
			(json) => {
				nodeNamed(json, 'Send Files for Signing').parameters.options = { callsPerSecond: 0 };
			},
		);
		const execution = await rest.finished(await workflow.execute(), 120_000);
		expect(execution.status).toBe('success');
		expect(existsSync(join(n8n.files, results))).toBe(true);
		return itemsOf(execution, 'Result Row').map(({ json }) => json as Record<string, string>);
	};

	const sentIds = () => stage.kaifangqian.control.contracts().map(({ contractId }) => contractId);

	it('gives a result for each of 200 rows, and the second run sends only the rest', async () => {
		stage.kaifangqian.reset();
		stage.kaifangqian.switches.throttle = false;
		for (const name of ['usual.pdf', '合同(2).pdf'])
			writeFileSync(join(n8n.files, name), await samplePdf());
		await makeSpreadsheet('list.xlsx');
		stage.kaifangqian.failNext('/contract/draft', REFUSED);
		stage.kaifangqian.failNext('/contract/draft', 'dropAfter');

		const first = await run('list.xlsx', 'results.xlsx');
		expect(first.map(({ Title }) => Title)).toEqual(rows.map(({ Title }) => Title));
		const sent = first.filter(({ Result }) => Result === 'sent');
		expect(sent).toHaveLength(COUNT - 4);
		expect(sentIds()).toEqual(expect.arrayContaining(sent.map((row) => row['Contract ID'])));
		// The platform has one more: its answer was lost.
		expect(sentIds()).toHaveLength(COUNT - 3);
		const uncertain = first.filter(({ Result }) => Result === 'look in the console');
		expect(uncertain).toHaveLength(1);
		expect(uncertain[0].Message).toMatch(/unknown|not certain/);
		for (const row of sent) expect(row['Signing Link']).toContain(stage.kaifangqian.origin);
		const notSent = first.filter(({ Result }) => Result === 'not sent');
		expect(notSent).toHaveLength(3);
		expect(notSent.filter(({ Message }) => Message.includes('业务线已停用'))).toHaveLength(1);
		const rowOf = (list: typeof first, row: number) => list[row - 2];
		expect(rowOf(first, BAD_CONTACT).Message).toMatch(/Phone or Email' is neither/);
		expect(rowOf(first, NO_FILE).Message).toContain('missing.pdf');
		const withCompany = stage.kaifangqian.control.contract(rowOf(first, COMPANY)['Contract ID']);
		expect(JSON.stringify(withCompany)).toContain('远山贸易有限公司');

		const again = await run('results.xlsx', 'results-2.xlsx');
		const wasSent = again.filter(({ Result }) => Result === 'was sent before');
		expect(wasSent.map((row) => row['Contract ID'])).toEqual(sent.map((row) => row['Contract ID']));
		const caughtUp = again.filter(({ Result }) => Result === 'sent');
		expect(caughtUp).toHaveLength(1);
		expect(sentIds()).toHaveLength(COUNT - 2);
		expect(again.filter(({ Result }) => Result === 'look in the console')).toEqual(uncertain);
		expect(rowOf(again, BAD_CONTACT).Result).toBe('not sent');
		expect(rowOf(again, NO_FILE).Message).toContain('missing.pdf');
	}, 180_000);
});
