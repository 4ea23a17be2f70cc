import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { hints, reasons } from '../../../nodes/CnEsign/platforms/kaifangqian/codes.js';
import type { Fault } from '../../sandbox/kaifangqian/index.mjs';
import { projectRoot } from '../engine.mjs';
import { lisi, stage } from './support.mjs';

const { sandbox, act, contract } = await stage();

/** Runs an operation that must be refused for its only item, and returns the words and the code. */
const refusal = async (resource: string, operation: string, parameters: IDataObject) => {
	const { run, items, error } = await act(resource, operation, parameters);
	expect(items).toEqual([]);
	expect(run.status).toBe('error');
	expect(['NodeApiError', 'NodeOperationError']).toContain(error?.name);
	expect(error?.context.itemIndex).toBe(0);
	expect(error?.message).toBeTruthy();
	expect(error?.description).toBeTruthy();
	expect(error!.message.length + error!.description!.length).toBeLessThan(1000);
	return { message: error!.message, description: error!.description!, code: error!.httpCode };
};

const status = async (contractId = '1') => await refusal('contract', 'getStatus', { contractId });

describe('the forms of an answer', () => {
	it.each([false, true])(
		'1: the reason, the code, what to do (code as text: %s)',
		async (codeAsString) => {
			sandbox.switches.codeAsString = codeAsString;
			const { message, description, code } = await status('404');
			expect([message, code]).toEqual(['业务处理失败,contractId：404数据不存在', '31000']);
			expect(description).toMatch(
				/^The platform does not know this contract\. Check .* Kaifangqian answered with code 31000\.$/,
			);
		},
	);

	it('2: the generic one', async () => {
		sandbox.failNext('*', 'form2');
		const { message, description, code } = await status();
		expect(message).toBe('操作失败，系统异常');
		expect([description, code]).toEqual(['Kaifangqian answered with code 500.', '500']);
	});

	it('a bare 500', async () => {
		sandbox.failNext('*', 'html500');
		const { message, description, code } = await status();
		expect(message).toBe("The answer did not come from Kaifangqian's API (a web page, HTTP 500)");
		expect(description).toContain('A proxy or login page in between');
		expect(code).toBe('500');
	});

	it('success without a result', async () => {
		const { items } = await act('account', 'registerPerson', {
			accountName: lisi.name,
			accountContact: lisi.contact,
		});
		expect(items[0].json).toEqual({ success: true });
	});

	it('success only with 10000, whatever else it looks like', async () => {
		for (const body of [
			'{"code":"1","message":"成功","result":{"status":"COMPLETE"}}',
			'{"success":true,"result":{"status":"COMPLETE"}}',
			'{"code":10000,"success":false,"message":"操作失败"}',
		]) {
			sandbox.failNext('*', { status: 200, body });
			await status();
		}
	});

	it.each<[string, Fault, string]>([
		['a web page', 'html200', '(a web page, HTTP 200)'],
		['10 MB of HTML', 'hugeHtml', '(a web page, HTTP 200)'],
		['half an answer', 'truncatedJson', '(no JSON, HTTP 200)'],
		['nothing', { status: 200, body: '' }, '(empty, HTTP 200)'],
		['a list', { status: 200, body: '[1,2]' }, '(JSON of another form, HTTP 200)'],
		['other JSON', { status: 200, body: '{"hello":"world"}' }, '(JSON of another form, HTTP 200)'],
	])('%s is not an answer of the platform', async (_what, fault, words) => {
		const contractId = await contract();
		sandbox.failNext('*', fault);
		const { message, description } = await status(contractId);
		expect(message).toBe(`The answer did not come from Kaifangqian's API ${words}`);
		expect(description).toContain("Check 'Base URL' in the credential");
	});
});

describe('an HTTP status of something in front of the platform', () => {
	it.each([
		[401, 'demands a login', 'Ask whoever runs it'],
		[403, 'does not let the call through', 'Ask whoever runs it'],
		[404, 'There is nothing at this address', "Check 'Base URL'"],
		[405, 'does not take this kind of call', 'Ask whoever runs it'],
		[407, 'The proxy that n8n uses', 'user and password of the proxy'],
		[413, 'The file is too large', 'Send a smaller one'],
		[429, 'does not take more calls', 'Wait a little'],
	])('%i says what it means and what to do', async (statusCode, words, hint) => {
		const headers = { 'content-type': 'text/plain' };
		const options = { retries: 0 };
		const fault = { status: statusCode, body: 'No', headers };
		const person = { accountName: lisi.name, accountContact: lisi.contact };
		const calls: Array<Parameters<typeof refusal>> = [
			['contract', 'getStatus', { contractId: '1', options }],
			['account', 'registerPerson', { ...person, options }],
		];
		for (const call of calls) {
			sandbox.failNext('*', fault);
			const { message, description, code } = await refusal(...call);
			expect(message).toContain(words);
			expect(message).toContain(`(HTTP ${statusCode})`);
			expect(description).toContain(hint);
			expect(description).toContain('Nothing was carried out.');
			expect(code).toBe(String(statusCode));
		}
	});
});

describe('every code has a hint', () => {
	it.each([
		[21000, 'Fill it in'],
		[22000, "Set 'File Name'"],
		[23000, 'wrong form or length'],
		[23001, '11 digits'],
		[24000, 'kind of parameter'],
		[24001, 'UTF-8'],
		[25000, 'JSON bodies only'],
		[26000, "'RSA Private Key'"],
		[31000, 'Correct what it names'],
		[32000, 'already linked'],
		[32001, 'Register Company'],
		[32002, 'Register Person'],
		[32003, 'closed their account'],
		[32004, 'Use another account'],
		[40000, "'App Auth Token'"],
		[41000, '点击复制token'],
		[41001, 'Check the clock'],
		[41002, 'Run the item again'],
		[42000, 'enable it in the admin console (运营后台)'],
		[51000, 'Remove SQL words'],
		[52000, 'Remove HTML'],
		[91000, 'Wait a little'],
	])('%i', async (code, words) => {
		sandbox.failNext('*', { status: 200, body: `{"code":${code},"message":"原因"}` });
		const found = await status();
		expect(found.message).toBe('原因');
		expect(found.code).toBe(String(code));
		expect(found.description).toMatch(new RegExp(` Kaifangqian answered with code ${code}\\.$`));
		expect(found.description).toContain(words);
	});

	it('and an unknown one without a message is still named', async () => {
		sandbox.failNext('*', { status: 200, body: '{"code":77777}' });
		expect(await status()).toMatchObject({
			message: 'Kaifangqian refused the call with code 77777',
			code: '77777',
		});
	});
});

/** Texts of the table in docs/api/kaifangqian.md, 3.2, with something in place of what differs from case to case. */
const listedReasons = (): Array<{ code: string; text: string }> => {
	const document = readFileSync(join(projectRoot, 'docs/api/kaifangqian.md'), 'utf8');
	const lines = document.split('\nReasons seen behind 31000')[1].split('\n').slice(1);
	const table = lines.slice(lines.findIndex((line) => line.startsWith('|')));
	const rows = table.slice(
		2,
		table.findIndex((line) => !line.startsWith('|')),
	);
	return rows.flatMap((row) =>
		row
			.split('|')[1]
			.split('; ')
			.flatMap((part) => {
				const code = /code (\d+) /.exec(part)?.[1] ?? '31000';
				const texts = part.replace(/\([^)]*\)|code \d+ |a Java text about |`/g, '').split(' / ');
				return texts.map((text) => ({
					code,
					text: text.trim().replace(/^…|…$/g, '').replaceAll('…', '某'),
				}));
			}),
	);
};

/** A sentence, or a part of one, that says what to do. */
const IMPERATIVE =
	/(?:^|[.:;,]\s|\bor )(?:Add|Approve|Ask|Check|Choose|Copy|Correct|Enter|Fill|Finish|Give|Name|Open|Recall|Register|Run|Save|Send|Shorten|Start|Take|Turn|Write)\b/i;

describe('every reason that the API file lists has a hint of its own', () => {
	const listed = listedReasons();

	it('and the file lists some', () => {
		expect(listed.length).toBeGreaterThan(30);
		expect(listed.map(({ text }) => text)).toContain('驱动流程错误：操作类型不支持');
		expect(new Set(listed.map(({ text }) => text)).size).toBe(listed.length);
	});

	it.each(listed)('$text', async ({ code, text }) => {
		for (const front of ['', '业务处理失败,']) {
			sandbox.failNext('*', {
				status: 200,
				body: JSON.stringify({ code: Number(code), message: `${front}${text}`, result: null }),
			});
			const { description } = await status();
			const hint = description.replace(` Kaifangqian answered with code ${code}.`, '');
			expect(Object.values(hints)).not.toContain(hint);
			expect(reasons.map(([, words]) => words)).toContain(hint);
			expect(hint).toMatch(IMPERATIVE);
		}
	});
});
