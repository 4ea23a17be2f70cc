/** What is done to a contract that is not in the state for it: refused by the node, or by the platform. */
import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { fromList, lisi, operatorOf, personSigner, stage, wangwu } from './support.mjs';

const { sandbox, act, sent, contract, upload } = await stage();
const { control, colleague, operator, lines } = sandbox;
const { contact } = operator;

const LOOK = '/contract/tasks';
const person = { signerName: lisi.name, signerContact: lisi.contact };
const added = {
	signersInput: 'json',
	signersJson: [personSigner({ signerName: wangwu.name, signerOrder: '2', receiver: wangwu })],
};

/** Runs an operation that must be refused, and gives its words and what it has sent. */
const refused = async (operation: string, parameters: IDataObject) => {
	const before = sandbox.requests.length;
	const { items, error } = await act('contract', operation, parameters);
	expect(items).toEqual([]);
	expect(error?.context.itemIndex).toBe(0);
	expect(error?.context.outcomeUnknown).toBeUndefined();
	return {
		message: error?.message,
		description: error?.description,
		code: error?.httpCode,
		paths: sandbox.requests.slice(before).map(({ path }) => path),
	};
};

/** A contract that is ended by hand, in the state of that name. */
const inState: Record<string, (more?: IDataObject) => Promise<string>> = {
	async DRAFT(more) {
		return await contract({ options: { autoFinish: false, send: '0' }, ...more });
	},
	async SIGNING(more) {
		return await contract({ options: { autoFinish: false }, ...more });
	},
	async START(more) {
		sandbox.switches.spoilNext = ['stuckInStart'];
		return await inState.SIGNING({ options: { autoFinish: false, checkStarted: false }, ...more });
	},
	async WRITING(more) {
		return await inState.SIGNING({ signReId: fromList(lines.writing), ...more });
	},
	async RECALLED(more) {
		const contractId = await inState.SIGNING(more);
		control.recall(contractId);
		return contractId;
	},
	async REFUSAL_SIGN(more) {
		const contractId = await inState.SIGNING(more);
		control.refuseSign(contractId);
		return contractId;
	},
	async EXPIRED(more) {
		const contractId = await inState.SIGNING(more);
		control.expire(contractId);
		return contractId;
	},
	async COMPLETE(more) {
		const contractId = await inState.SIGNING(more);
		control.signAll(contractId);
		const { error } = await act('contract', 'finish', { contractId });
		expect(error).toBeUndefined();
		return contractId;
	},
};

describe('Add Signers', () => {
	it.each(['DRAFT', 'START', 'WRITING', 'RECALLED', 'REFUSAL_SIGN', 'EXPIRED', 'COMPLETE'])(
		'sends nothing for a contract that is %s',
		async (status) => {
			const contractId = await inState[status]();
			const { message, description, paths } = await refused('addSigners', { contractId, ...added });
			expect(message).toBe(`The contract is ${status}, so nobody can be added`);
			expect(description).toContain('Nothing was sent.');
			expect(paths).toEqual([LOOK]);
			expect(control.contract(contractId).status).toBe(status);
			expect(control.contract(contractId).signers).toHaveLength(1);
		},
	);

	it('sends nothing once all have signed: who is added then is never asked', async () => {
		const contractId = await inState.SIGNING();
		control.signAll(contractId);
		const { message, description, paths } = await refused('addSigners', { contractId, ...added });
		expect(message).toMatch(/^Everybody has signed already/);
		expect(description).toContain("'Finish'");
		expect(paths).toEqual([LOOK]);
		expect(control.contract(contractId).status).toBe('SIGNING');
		expect(control.contract(contractId).signers).toHaveLength(1);
	});

	it('does not look where its own values are wrong', async () => {
		const { paths } = await refused('addSigners', { contractId: '1', signersInput: 'json' });
		expect(paths).toEqual([]);
	});

	it('sends nothing where the platform cannot be asked first', async () => {
		const contractId = await inState.SIGNING();
		sandbox.failNext(LOOK, 'form2');
		const { message, paths } = await refused('addSigners', { contractId, ...added });
		expect(message).toBe('操作失败，系统异常');
		expect(paths).toEqual([LOOK]);
	});
});

describe('Finish', () => {
	it.each(['DRAFT', 'START', 'WRITING', 'RECALLED', 'REFUSAL_SIGN', 'EXPIRED', 'COMPLETE'])(
		'sends nothing for a contract that is %s',
		async (status) => {
			const contractId = await inState[status]();
			const { message, description, paths } = await refused('finish', { contractId });
			expect(message).toBe(`The contract is ${status}, so it cannot be finished`);
			expect(description).toContain('Nothing was sent.');
			expect(paths).toEqual([LOOK]);
			expect(control.contract(contractId).status).toBe(status);
		},
	);

	it('sends nothing while somebody has an open task', async () => {
		const contractId = await inState.SIGNING();
		const { message, description, paths } = await refused('finish', { contractId });
		expect(message).toBe('Somebody still has to sign this contract (open tasks: 1)');
		expect(description).toContain("Nothing was sent. Ask 'Get Status' who it is");
		expect(paths).toEqual([LOOK]);
		expect(control.contract(contractId).status).toBe('SIGNING');
	});

	it('sends nothing where the answer does not tell who has an open task', async () => {
		const contractId = await inState.SIGNING();
		const body = '{"code":10000,"result":{"status":"SIGNING","todoTaskList":"1"}}';
		sandbox.failNext(LOOK, { status: 200, body });
		const { message, paths } = await refused('finish', { contractId });
		expect(message).toBe('The answer holds no list of open tasks');
		expect(paths).toEqual([LOOK]);
		expect(control.contract(contractId).status).toBe('SIGNING');
	});
});

describe('the platform refuses', () => {
	const refusedBy = async (operation: string, parameters: IDataObject) => {
		const { paths: _paths, ...words } = await refused(operation, parameters);
		expect(words.code).toBe('31000');
		expect(words.description).toMatch(/\S Kaifangqian answered with code 31000\.$/);
		return words;
	};

	it.each<[string, IDataObject, (id: string) => string, string]>([
		['recall', {}, () => '实例状态为已完成,不可撤回', 'Nothing was changed'],
		[
			'approve',
			person,
			(id) => `业务处理失败,合同审批仅支持签署中的合同，合同id：${id}状态为：已完成`,
			'Only a contract that is being signed can be approved',
		],
		[
			'signOnBehalf',
			{ ...person, signatureSubjectType: 'PERSON' },
			() => '业务处理失败,合同签署状态异常',
			"Ask 'Get Status'",
		],
	])('%s once the contract is completed', async (operation, parameters, reason, hint) => {
		const contractId = await contract();
		control.signAll(contractId);
		const { message, description } = await refusedBy(operation, { contractId, ...parameters });
		expect(message).toBe(reason(contractId));
		expect(description).toContain(hint);
		expect(control.contract(contractId).status).toBe('COMPLETE');
	});

	it('to approve what waits for the approval of its line, and the node says what helps', async () => {
		const contractId = await contract({ signReId: fromList(lines.approving) });
		const { message, description } = await refusedBy('approve', {
			contractId,
			signerName: operator.name,
			signerContact: operator.contact,
		});
		expect(message).toBe(
			`业务处理失败,合同审批仅支持签署中的合同，合同id：${contractId}状态为：发起审批中`,
		);
		expect(description).toContain('take the approval out of the line');
	});

	it('more signers of a contract that ends by itself', async () => {
		const contractId = await contract();
		const { message, description } = await refusedBy('addSigners', { contractId, ...added });
		expect(message).toBe('业务处理失败,追加签署方接口仅支持签署结束类型为手动结束的合同');
		expect(description).toContain("Turn off 'Finish Automatically' when you create");
		expect(control.contract(contractId).signers).toHaveLength(1);
	});

	it('to finish a contract that ends by itself', async () => {
		// One that waits for an approval which nobody can give: being signed, and nobody is asked.
		const approver = { name: colleague.name, contactType: 'MOBILE', contact: colleague.contact };
		const contractId = await contract({
			signReId: fromList(lines.approvingBeforeSigning),
			signersJson: [
				{
					signerType: 'SENDER',
					signerOrder: '1',
					internalNodeList: [{ nodeType: 'PERSONAL_SIGN', signerOrder: '1', signer: approver }],
				},
			],
			options: { checkStarted: false },
		});
		const { message, description } = await refusedBy('finish', { contractId });
		expect(message).toBe(
			`业务处理失败,合同id：${contractId}的签署结束类型为系统自动结束，不能手动结束。`,
		);
		expect(description).toContain('This contract ends by itself');
		expect(control.contract(contractId).status).toBe('SIGNING');
	});

	it.each<[string, IDataObject, string]>([
		['recall', {}, '业务处理失败,合同id：404数据不存在'],
		['finish', {}, '业务处理失败,contractId：404数据不存在'],
		['addSigners', added, '业务处理失败,contractId：404数据不存在'],
		['approve', person, '业务处理失败,合同id：404数据不存在'],
		['signOnBehalf', { ...person, signatureSubjectType: 'PERSON' }, '业务处理失败,合同不存在'],
		['getTaskLink', { taskId: '1' }, '业务处理失败,contractId：404数据不存在'],
		['getPageLink', { contact }, '无法获取合同短链接，请检查请求参数'],
		['getStatus', {}, '业务处理失败,contractId：404数据不存在'],
		['download', { contact }, '业务处理失败,contractId：404数据不存在'],
	])('%s of a contract that does not exist', async (operation, parameters, reason) => {
		const { message } = await refusedBy(operation, { contractId: '404', ...parameters });
		expect(message).toBe(reason);
	});

	it('a signature that was never authorised, and the node says what helps', async () => {
		const contractId = await contract({
			signersJson: [personSigner({ signerName: wangwu.name, receiver: wangwu })],
		});
		const { message, description } = await refusedBy('signOnBehalf', {
			contractId,
			signatureSubjectType: 'PERSON',
			signerName: wangwu.name,
			signerContact: wangwu.contact,
		});
		expect(message).toBe('业务处理失败,签章授权不存在');
		expect(description).toContain('Ask them to do so once, on the pages of the platform');
		expect(sent('/contract/sign/personal/proxy')).toHaveLength(1);
	});

	it('a signature of a person whose turn it is not', async () => {
		const contractId = await contract({
			signersJson: [
				personSigner({ signerName: wangwu.name, receiver: wangwu }),
				personSigner({ signerOrder: '2' }),
			],
		});
		const { message, description } = await refusedBy('signOnBehalf', {
			contractId,
			signatureSubjectType: 'PERSON',
			...person,
		});
		expect(message).toBe('业务处理失败,签署人当前无签署任务');
		expect(description).toContain("Ask 'Get Status' whose turn it is");
	});

	it('a link for who is not asked yet', async () => {
		const contractId = await contract({
			signersJson: [
				personSigner(),
				personSigner({ signerName: wangwu.name, signerOrder: '2', receiver: wangwu }),
			],
		});
		const given = { contractId, contact: wangwu.contact };
		const { message, description } = await refusedBy('getPageLink', given);
		expect(message).toBe('无法获取合同短链接，请检查请求参数');
		expect(description).toContain('it is not their turn yet');
	});

	it('a position in another document, and the node says what helps', async () => {
		const { message, description } = await refusedBy('create', {
			...operatorOf(sandbox),
			signReId: fromList(lines.free),
			signDocumentList: await upload(),
			signersInput: 'json',
			signersJson: [
				personSigner({
					positionParamList: [
						{
							controlType: 'SIGNATURE',
							signPositionType: 'POSITION',
							relationDocList: [{ docId: '404' }],
							pageConfig: '1',
							offsetX: '0',
							offsetY: '0',
						},
					],
				}),
			],
		});
		expect(message).toBe('业务处理失败,签署位置合集关联文档不存在');
		expect(description).toContain('Check the document IDs of the positions');
		expect(control.contracts()).toEqual([]);
	});
});
