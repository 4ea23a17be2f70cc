import axios from 'axios';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TABLE } from '../../workflows/register.mjs';
import { LANGUAGES } from '../../workflows/workflow.mjs';
import { readQr } from '../../unit/workflows/qrReader.mjs';
import { formAddress } from '../demo/form.mjs';
import { sendContract } from './contract.mjs';
import { openReadyStage, pageWith, type Put, type ReadyStage } from './ready.mjs';
import { n8n, nextExecution, rest } from './stage.mjs';

let stage: ReadyStage;

beforeAll(async () => {
	stage = await openReadyStage('Register');
});

afterAll(async () => await stage.close());

const rowsOf = async (contractId: string) =>
	(await rest.tableRows(TABLE)).filter((row) => row.contractId === contractId);

const statusWithoutPassword = async ({ json, names }: Put, key: string): Promise<number> => {
	const url = formAddress(n8n.url, json, names[key]);
	return (await axios.get(url, { proxy: false, validateStatus: () => true })).status;
};

describe.each(LANGUAGES)('Register of contracts (%s)', (language) => {
	let workflow: Put;

	beforeAll(async () => {
		workflow = await stage.put('register-of-contracts', { language });
		await workflow.activate();
	});

	const add = async (contractId: string, title: string) => {
		const known = (await rest.executions(workflow.id)).map(({ id }) => id);
		await workflow.submit('add', {
			[workflow.word('Contract ID')]: ` ${contractId} `,
			[workflow.word('Title')]: title,
		});
		return await nextExecution(workflow.id, known);
	};

	const find = async (words: string, expected: string) =>
		await pageWith(
			await workflow.submit('find', { [workflow.word('Title or Contract ID')]: words }),
			expected,
		);

	it('adds a contract that was sent elsewhere, once', async () => {
		const contractId = await sendContract(stage.kaifangqian);
		expect((await add(contractId, '控制台合同')).status).toBe('success');
		expect((await add(contractId, '另一个名字')).status).toBe('success');
		expect(await rowsOf(contractId)).toMatchObject([
			{ title: '控制台合同', status: 'SIGNING', isOpen: true, life: 1, event: null },
		]);
	});

	it('says no to a contract that the platform does not know', async () => {
		await expect(add('1900000000000000000', '')).rejects.toThrow('500');
		expect(await rowsOf('1900000000000000000')).toEqual([]);
	});

	it('finds by a part of the title, by the ID, and shows all to who asks for nothing', async () => {
		const titles = ['租赁合同 <b>2030</b>', `办公室租赁 ${language}`];
		const ids: string[] = [];
		for (const title of titles) {
			const contractId = await sendContract(stage.kaifangqian);
			ids.push(contractId);
			await add(contractId, title);
		}
		const byTitle = await find(`租赁 ${language}`, ids[1]);
		expect(byTitle).not.toContain(ids[0]);
		const byId = await find(ids[0], ids[0]);
		expect(byId).not.toContain(ids[1]);
		// Titles are text, whatever they hold.
		expect(byId).not.toContain('<b>2030');
		expect(byId).toContain('2030');
		const all = await find('', ids[1]);
		for (const id of ids) expect(all).toContain(id);
		expect(all).toContain(workflow.word('Status'));
		expect(all).not.toMatch(/Invalid|undefined|null</);
		const none = await find('no contract has this title', workflow.word('Status'));
		expect(none).not.toContain('<td>');
	});

	it('asks for a password first', async () => {
		for (const form of ['find', 'add'])
			expect(await statusWithoutPassword(workflow, form)).toBe(401);
	});
});

describe.each(LANGUAGES)('Signing link as QR picture (%s)', (language) => {
	let workflow: Put;

	beforeAll(async () => {
		workflow = await stage.put('signing-link-as-qr', { language });
		await workflow.activate();
	});

	const pageOf = async (contractId: string, words: string) =>
		await pageWith(
			await workflow.submit('form', { [workflow.word('Contract ID')]: contractId }),
			words,
		);

	it('shows a picture of the link on which the signer signs', async () => {
		const contractId = await sendContract(stage.kaifangqian);
		const page = await pageOf(contractId, '李四');
		const [, base64] = /<img src="data:image\/png;base64,([^"]+)"/.exec(page)!;
		const { text } = readQr(Buffer.from(base64, 'base64'));
		expect(text).toContain(stage.kaifangqian.origin);
		expect(text).toContain(contractId);

		const [{ id }] = await rest.executions(workflow.id);
		const [{ json, binary }] = workflow.items(await rest.execution(id), 'picture');
		expect(json.signingLink).toBe(text);
		expect(readQr(await rest.binary(binary!.qr)).text).toBe(text);
	});

	it('says that nobody has to sign', async () => {
		const contractId = await sendContract(stage.kaifangqian);
		stage.kaifangqian.control.signAll(contractId);
		await pageOf(contractId, language === 'en' ? 'Nobody has to sign' : '没有待签署的人');
		await pageOf(
			'1900000000000000000',
			language === 'en' ? 'Nobody has to sign' : '没有待签署的人',
		);
	});

	it('asks for a password first', async () => {
		expect(await statusWithoutPassword(workflow, 'form')).toBe(401);
	});
});
