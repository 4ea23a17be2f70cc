/** Business lines that preset their signers: only the other sides are named, by order (docs/api/kaifangqian.md, 6.4). */
import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { refusing, row, rows, sending } from './sendFiles.support.mjs';
import {
	bodyOf,
	fromList,
	lisi,
	operatorOf,
	pdfItem,
	personSigner,
	stage,
	wangwu,
} from './support.mjs';

const setting = await stage();
const { sandbox, act, sent, refused, upload } = setting;
const { control, lines } = sandbox;
const send = sending(setting);
const refusal = refusing(setting);

const signersOf = () => bodyOf(sent('/contract/draft')[0]).signerList as IDataObject[];
const preset = (...signer: IDataObject[]) => ({
	signReId: fromList(lines.preset),
	signers: rows(...signer),
	options: { presetSigners: true },
});
const ownRow = () => row({ side: 'sender', sealId: sandbox.sealId });

describe('Send Files', () => {
	it('sends the order numbers of the console; the preset company signs first', async () => {
		const { items, error } = await send([await pdfItem()], preset(row({ order: '2' })));
		expect(error).toBeUndefined();
		expect(signersOf()).toMatchObject([
			{ signerType: 'RECEIVER_PERSONAL', signerOrder: '2', receiver: lisi },
		]);
		const { contractId, tasks, status } = items[0].json;
		expect(status).toBe('SIGNING');
		expect(tasks).toMatchObject([{ signerCompany: sandbox.companyName, taskType: 'SIGN' }]);
		control.sign(String(contractId));
		const { items: then } = await send([{ json: {} }], { options: { contractId } });
		expect(then[0].json.tasks).toMatchObject([{ signerName: '李四', signerContact: lisi.contact }]);
		// It was started once, and nothing was put right.
		expect(sent('/contract/draft')).toHaveLength(1);
		expect(sent('/contract/recall')).toEqual([]);
	});

	it('takes gaps and any sequence of numbers, with the values of the template', async () => {
		const { items, error } = await send([await pdfItem()], {
			signReId: fromList(lines.presetTemplate),
			signers: rows(row({ ...wangwu, order: 3 }), row({ order: 2 })),
			options: {
				presetSigners: true,
				signTemplateParamList: {
					value: [
						{ paramKey: 'amount', paramValue: '1000' },
						{ paramKey: 'when', paramValue: '2030-06-29' },
					],
				},
			},
		});
		expect(error).toBeUndefined();
		expect(signersOf().map(({ signerOrder, receiver }) => [signerOrder, receiver])).toEqual([
			['3', wangwu],
			['2', lisi],
		]);
		expect(items[0].json.status).toBe('WRITING');
	});

	it.each<[string, () => IDataObject[], string, string]>([
		[
			'of another order',
			() => [row({ order: 7 })],
			'个人签署方信息缺失',
			"Enter each 'Order' exactly",
		],
		[
			'too many',
			() => [row({ order: 2 }), row({ ...wangwu, order: 3 })],
			'签署方数据不一致',
			'name only the other sides',
		],
		[
			'a company instead of a person',
			() => [row({ order: 2, company: '乙方公司' })],
			'个人签署方类型错误',
			'Name a person with the order number that the console shows.',
		],
	])('shows what the platform says about a signer %s', async (_what, signers, said, hint) => {
		const { error } = await send([await pdfItem()], preset(...signers()));
		expect(error?.message).toContain(said);
		expect(error?.description).toContain(hint);
		expect(error?.context.outcomeUnknown).toBeUndefined();
		expect(control.contracts()).toEqual([]);
	});

	it('refuses a signer without an order before anything is sent', async () => {
		const { message, description } = await refusal([await pdfItem()], preset(row()));
		expect(message).toBe(
			"A signer has no order, although 'Business Line Presets the Signers' is on",
		);
		expect(description).toContain('Enter the number that the console shows for each.');
	});

	it('refuses the own company among the signers before anything is sent', async () => {
		const given = preset(ownRow(), row({ order: 2 }));
		const { message, description } = await refusal([await pdfItem()], given);
		expect(message).toBe(
			"Your own company is among the signers, although 'Business Line Presets the Signers' is on",
		);
		expect(description).toContain('Name only the other sides');
	});

	it('leaves it to the platform where nobody has said that the line presets them', async () => {
		const { options: _options, ...given } = preset(ownRow(), row({ order: 2 }));
		const { error } = await send([await pdfItem()], given);
		expect(error?.message).toContain('签署方数据不一致');
		expect(error?.description).toContain('leave out your own company');
	});
});

describe('Create', () => {
	const create = (signersJson: IDataObject[]): IDataObject => ({
		...operatorOf(sandbox),
		signReId: fromList(lines.preset),
		signersInput: 'json',
		signersJson,
		options: { presetSigners: true },
	});

	it('takes them in the form of the API as well', async () => {
		const given = create([personSigner({ signerOrder: '2' })]);
		const { items, error } = await act('contract', 'create', {
			...given,
			signDocumentList: await upload(),
		});
		expect(error).toBeUndefined();
		expect(control.contract(String(items[0].json.contractId)).status).toBe('SIGNING');
	});

	it('refuses the own company in that form, too', async () => {
		const own = { signerType: 'SENDER', signerOrder: '1', internalNodeList: [] };
		const given = create([own, personSigner({ signerOrder: '2' })]);
		const { message } = await refused('contract', 'create', given);
		expect(message).toContain('Your own company is among the signers');
	});
});
