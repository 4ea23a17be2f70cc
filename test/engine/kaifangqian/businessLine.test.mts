import type { IDataObject, NodeApiError } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { searchList } from '../listSearch.mjs';
import { credentialFor } from '../kaifangqian.mjs';
import { bodyOf, byId, operatorOf, personSigner, queryOf, stage } from './support.mjs';

const { sandbox, act, sent } = await stage();
const { operator, visitor, lines } = sandbox;

const search = async (operatorContact: string, filter?: string, credential: IDataObject = {}) =>
	await searchList(
		'searchBusinessLines',
		{ platform: 'kaifangqian', resource: 'contract', operation: 'create', operatorContact },
		{ secrets: credentialFor(sandbox, credential) },
		filter,
	);

const refusalOf = async (...parameters: Parameters<typeof search>): Promise<NodeApiError> =>
	await search(...parameters).then(
		() => {
			throw new Error('The list was given');
		},
		(error: NodeApiError) => error,
	);

describe('a business line from the list', () => {
	it('is one that the sender may use, by name and ID', async () => {
		const { results, paginationToken } = await search(operator.contact);
		expect(results).toContainEqual({ name: '服务合同', value: lines.free });
		expect(results.map(({ value }) => value)).toEqual([
			lines.free,
			lines.preset,
			lines.presetTemplate,
			lines.approving,
			lines.approvingBeforeSigning,
			lines.writing,
			lines.template,
		]);
		expect(paginationToken).toBeUndefined();
		expect(queryOf(sent()[0])).toEqual({ contact: operator.contact });
	});

	it('is found by a part of its name or ID', async () => {
		expect((await search(operator.contact, '模板')).results).toEqual([
			{ name: '模板合同（预设流程）', value: lines.presetTemplate },
			{ name: '模板合同', value: lines.template },
		]);
		expect((await search(operator.contact, lines.free)).results).toHaveLength(1);
		expect((await search(operator.contact, '没有')).results).toEqual([]);
	});

	it('is not offered to a person who may use none', async () => {
		expect((await search(visitor.contact)).results).toEqual([]);
	});

	it.each(['', '12345', '={{ $json.contact }}'])(
		'needs the contact first, not %j',
		async (contact) => {
			const { message, description } = await refusalOf(contact);
			expect(message).toBe("Fill in 'Sender Phone or Email' first, here or in the credential");
			expect(description).toContain('choose By ID instead');
			expect(sent()).toEqual([]);
		},
	);

	it('is one of the sender in the credential where the node names nobody', async () => {
		const senderContact = `+86 ${operator.contact}`;
		const { results } = await search('', undefined, { senderContact });
		expect(results).toContainEqual({ name: '服务合同', value: lines.free });
		await search(operator.contact, undefined, { senderContact: visitor.contact });
		expect(sent().map(queryOf)).toEqual([
			{ contact: operator.contact },
			{ contact: operator.contact },
		]);
	});

	it('shows what the platform says', async () => {
		// Without the contact, which is personal.
		expect((await refusalOf('13900139000')).message).toBe(
			`业务处理失败,contact：[hidden]不存在于${sandbox.companyName}`,
		);
		expect((await refusalOf('13900000001')).message).toBe(
			'业务处理失败,contact：[hidden]数据不存在',
		);
		const wrong = await refusalOf(operator.contact, undefined, { appAuthToken: 'NO1TOKEN' });
		expect(wrong.message).toBe('token无效');
		expect(wrong.description).toContain('does not know this token');
		const other = await refusalOf(operator.contact, undefined, { platform: 'qiandun' });
		expect(other.message).toContain('The credential is for Qiandun');
	});
});

describe('a business line in a contract', () => {
	const draft = async (signReId: unknown, json: IDataObject = {}) =>
		await act(
			'contract',
			'create',
			{
				...operatorOf(sandbox),
				signReId: signReId as IDataObject,
				options: { send: '0' },
				signersInput: 'json',
				signersJson: JSON.stringify([personSigner()]),
			},
			{ input: [{ json }] },
		);

	it.each([
		[
			'from the list',
			{ __rl: true, mode: 'list', value: lines.free, cachedResultName: '服务合同' },
		],
		['by ID', byId(lines.free)],
		['by ID with blanks around', byId(` ${lines.free} `)],
		['by expression', byId('={{ $json.line }}')],
		['as plain text, as an AI agent gives it', lines.free],
	])('is taken %s', async (_how, signReId) => {
		const { error } = await draft(signReId, { line: lines.free });
		expect(error).toBeUndefined();
		expect(bodyOf(sent('/contract/draft')[0])).toMatchObject({ signReId: lines.free });
	});

	it.each([
		['empty', '', /'Business Line' is empty/],
		['too long', 'x'.repeat(65), /'Business Line' is longer than 64 characters/],
	])(
		'that an expression leaves %s is refused before anything is sent',
		async (_what, line, words) => {
			const { error } = await draft(byId('={{ $json.line }}'), { line });
			expect(error?.message).toMatch(words);
			expect(sent()).toEqual([]);
		},
	);

	it.each([
		['unknown', () => '404', '业务处理失败,业务线id：404数据不存在', 'copy 业务线ID again'],
		['switched off', () => lines.disabled, '业务线状态为停用或异常，无法使用', 'enable it (启用)'],
		[
			'of another company',
			() => lines.foreign,
			`业务处理失败,业务线id：${lines.foreign}数据不存在`,
			'copy 业务线ID again',
		],
	])('that is %s is refused by the platform', async (_what, value, reason, hint) => {
		const { error } = await draft(byId(value()));
		expect(error?.message).toBe(reason);
		expect(error?.description).toContain(hint);
		expect(sandbox.control.contracts()).toEqual([]);
	});

	it('that the sender may not use is refused by the platform', async () => {
		sandbox.control.setLine('free', 'no rights');
		const { error } = await draft(byId(lines.free));
		expect(error?.message).toBe('业务处理失败,经办人无权使用该业务线发起签署');
		expect(error?.description).toContain('or name another sender');
	});
});
