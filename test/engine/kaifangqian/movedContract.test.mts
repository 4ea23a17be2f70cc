/** A contract is looked at after a call that moves it along (docs/api/kaifangqian.md, 3.4 and 6.5 to 6.9). */
import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../sandbox/kaifangqian/index.mjs';
import { clientOf } from '../../sandbox/kaifangqian/testing.mjs';
import { lisi, personSigner, stage, wangwu } from './support.mjs';

const { sandbox, act, refused, sent, contract, upload } = await stage();
const { control, colleague } = sandbox;

const LOOK = '/contract/tasks';
const byHand = { options: { autoFinish: false } };
const wangwuSigns = personSigner({ signerName: wangwu.name, signerOrder: '9', receiver: wangwu });
const approver = { name: colleague.name, contactType: 'MOBILE', contact: colleague.contact };
const approval = (signerOrder: string) => ({
	signerType: 'SENDER',
	signerOrder,
	internalNodeList: [{ nodeType: 'APPROVER_CHECK', signerOrder: '1', signer: approver }],
});

interface Move {
	operation: string;
	path: string;
	parameters: IDataObject;
	/** Started so that the call is granted. */
	signersJson: IDataObject[];
	/** How often the contract is looked at before. */
	before: number;
}

const moves: Move[] = [
	{
		operation: 'addSigners',
		path: '/contract/signer/add',
		parameters: { signersInput: 'json', signersJson: [wangwuSigns] },
		signersJson: [personSigner()],
		before: 1,
	},
	{
		operation: 'approve',
		path: '/contract/approval',
		parameters: { signerName: approver.name, signerContact: approver.contact },
		signersJson: [approval('1'), personSigner({ signerOrder: '2' })],
		before: 0,
	},
	{
		operation: 'signOnBehalf',
		path: '/contract/sign/personal/proxy',
		parameters: {
			signatureSubjectType: 'PERSON',
			signerName: lisi.name,
			signerContact: lisi.contact,
			positionsInput: 'json',
		},
		signersJson: [personSigner(), wangwuSigns],
		before: 0,
	},
];

/** A place for the signature on behalf, which none of these contracts has. */
const placesIn = (docId: string): IDataObject => ({
	positionsJson: [
		{
			controlType: 'SIGNATURE',
			signPositionType: 'POSITION',
			relationDocList: [{ docType: '1', docId }],
			pageConfig: '1',
			offsetX: '0.1',
			offsetY: '0.1',
		},
	],
});

const started = async ({ signersJson }: Move): Promise<string> =>
	await contract({ signersJson, ...byHand });

const move = async (contractId: string, { operation, parameters }: Move, more: IDataObject = {}) =>
	await act('contract', operation, {
		contractId,
		...parameters,
		...placesIn(control.contract(contractId).documents[0]),
		...more,
	});

/** What the look afterwards is answered with. */
const seeAfterwards = ({ before }: Move, fault: Fault): void => {
	for (let look = 0; look < before; look++) sandbox.failNext(LOOK, { delayMs: 0 });
	sandbox.failNext(LOOK, fault);
};

const looksLike = (status: string, todoTaskList: IDataObject[] = []): Fault => ({
	status: 200,
	body: JSON.stringify({ code: 10000, message: '成功', result: { status, todoTaskList } }),
});

const taskFor = (contractId: string, { name, contact }: { name: string; contact: string }) => ({
	signerName: name,
	signerContact: contact,
	taskId: control
		.contract(contractId)
		.tasks.find(({ open, person }) => open && person?.contact === contact)?.taskId,
	taskType: 'SIGN',
	action: 'Sign (签署)',
});

describe('the output tells status and tasks', () => {
	const [addSigners, approve, signOnBehalf] = moves;

	it('of added signers, who wait for their turn', async () => {
		const contractId = await started(addSigners);
		const { items } = await move(contractId, addSigners);
		expect(items.map(({ json }) => json)).toEqual([
			{ contractId, status: 'SIGNING', tasks: [taskFor(contractId, lisi)] },
		]);
		control.sign(contractId, lisi.contact);
		expect(control.contract(contractId).openTasks).toEqual([taskFor(contractId, wangwu).taskId]);
	});

	it('of a contract without order, in which everybody is asked again', async () => {
		const contractId = await contract({
			signersJson: [personSigner(), personSigner({ signerOrder: '2', receiver: approver })],
			options: { autoFinish: false, signOrderType: 'NO_ORDER' },
		});
		control.sign(contractId, lisi.contact);
		const { items } = await move(contractId, addSigners);
		const tasks = items[0].json.tasks as IDataObject[];
		expect(tasks.map(({ signerContact }) => signerContact).sort()).toEqual(
			[approver.contact, approver.contact, lisi.contact, wangwu.contact].sort(),
		);
	});

	it('of an approval, after which the next one is asked', async () => {
		const contractId = await started(approve);
		const { items } = await move(contractId, approve);
		expect(items.map(({ json }) => json)).toEqual([
			{ contractId, status: 'SIGNING', tasks: [taskFor(contractId, lisi)] },
		]);
	});

	it('of an approval that was refused', async () => {
		const contractId = await started(approve);
		const { items } = await move(contractId, approve, { approval: 0 });
		expect(items.map(({ json }) => json)).toEqual([
			{ contractId, status: 'REFUSAL_SIGN', tasks: [] },
		]);
	});

	it('of a signature on behalf, after which the next one is asked', async () => {
		const contractId = await started(signOnBehalf);
		const { items } = await move(contractId, signOnBehalf);
		expect(items.map(({ json }) => json)).toEqual([
			{ success: true, contractId, status: 'SIGNING', tasks: [taskFor(contractId, wangwu)] },
		]);
	});

	it.each([approve, signOnBehalf])(
		'of $operation where it was the last, with a note: the contract is ended by hand',
		async (last) => {
			const contractId = await started({ ...last, signersJson: last.signersJson.slice(0, 1) });
			const { items } = await move(contractId, last);
			expect(items[0].json).toMatchObject({ contractId, status: 'SIGNING', tasks: [] });
			expect(items[0].json.note).toContain('Nobody has an open task.');
		},
	);

	it('of an approval that was rejected but shows no effect, with a note', async () => {
		const contractId = await started(approve);
		seeAfterwards(approve, looksLike('SIGNING', [{ taskId: '1', taskType: 'APPROVE' }]));
		const { items } = await move(contractId, approve, { approval: 0 });
		expect(items[0].json.note).toContain('still SIGNING although the approval was rejected');
	});
});

describe.each(moves)('$operation', (called) => {
	const { path, before } = called;

	it('that meets others is looked at, and the refusal says what has become of it', async () => {
		const contractId = await started(called);
		const docId = await upload();
		// Somebody else's start, of another n8n: this one's queue does not know it.
		sandbox.switches.startMs = 500;
		const elsewhere = clientOf(sandbox).draft({
			signDocumentList: [{ docId }],
			signerList: [personSigner()],
		});
		while (sent('/contract/draft').length < 2) await new Promise((go) => setTimeout(go, 5));
		const { items, error } = await move(contractId, called);
		expect(items).toEqual([]);
		expect(error?.message).toBe('驱动流程错误：操作类型不支持');
		expect(error?.httpCode).toBe('31000');
		expect(error?.description).toContain('have gotten in the way of this one');
		expect(error?.description).toContain('The contract is SIGNING now; open tasks: 1.');
		expect(error?.description).toContain('Run the item again if it was not carried out.');
		expect(error?.context.outcomeUnknown).toBeUndefined();
		expect(control.overlaps()).toBe(1);
		// It is not repeated: what came of it may be anything.
		expect(sent(path)).toHaveLength(1);
		await elsewhere;
	});

	it.each([
		'驱动流程错误：操作类型不支持',
		'业务处理失败,签署方不能为空',
		'签署失败,签署位置计算失败',
		'Cannot invoke "com.kaifangqian.SignRu.getStatus()" because "signRu" is null',
	])('that is refused with %s says so where the contract cannot be asked for', async (reason) => {
		const contractId = await started(called);
		const body = JSON.stringify({ code: 31000, message: reason, result: null });
		sandbox.failNext(path, { status: 200, body });
		seeAfterwards(called, 'form2');
		const { error } = await move(contractId, called);
		expect(error?.description).toContain('could not be asked');
		expect(error?.description).toContain("'Get Status'");
		expect(error?.context.outcomeUnknown).toBeUndefined();
	});

	it('that leaves the contract stuck in START says so, and that the outcome is unknown', async () => {
		const contractId = await started(called);
		seeAfterwards(called, looksLike('START'));
		const { items, error } = await move(contractId, called);
		expect(items).toEqual([]);
		expect(error?.message).toBe(
			`Kaifangqian has carried out the call, but contract ${contractId} is stuck in START`,
		);
		expect(error?.description).toContain(
			'Look at the contract in the company console (企业管理后台)',
		);
		expect(error?.context.outcomeUnknown).toBe(true);
		expect(sent(path)).toHaveLength(1);
	});

	it('counts as done where the contract cannot be looked at afterwards', async () => {
		const contractId = await started(called);
		seeAfterwards(called, 'form2');
		const { items, error } = await move(contractId, called);
		expect(error).toBeUndefined();
		expect(items[0].json).toMatchObject({ contractId });
		expect(items[0].json).not.toHaveProperty('status');
		expect(items[0].json.note).toContain('The call was carried out');
		expect(items[0].json.note).toContain("Ask 'Get Status'.");
	});

	it('does not look afterwards where that is switched off', async () => {
		const contractId = await started(called);
		const looks = sent(LOOK).length;
		const { items, error } = await move(contractId, called, { options: { checkStarted: false } });
		expect(error).toBeUndefined();
		expect(items[0].json).not.toHaveProperty('status');
		expect(sent(LOOK)).toHaveLength(looks + before);
		expect(sent(path)).toHaveLength(1);
	});

	it('that is refused for another reason is not looked at', async () => {
		const contractId = await started(called);
		const looks = sent(LOOK).length;
		const body = JSON.stringify({ code: 31000, message: '业务处理失败,某原因', result: null });
		sandbox.failNext(path, { status: 200, body });
		const { error } = await move(contractId, called);
		expect(error?.message).toBe('业务处理失败,某原因');
		expect(sent(LOOK)).toHaveLength(looks + before);
	});
});

describe('signers who were added', () => {
	const [addSigners] = moves;

	it.each([
		['COMPLETE', 'completed, although somebody was added who has to sign'],
		['SIGNING', 'SIGNING, and nobody has an open task: whoever was added is not asked'],
	])('to a contract that is %s without a task then are reported', async (status, words) => {
		const contractId = await started(addSigners);
		seeAfterwards(addSigners, looksLike(status));
		const { error } = await move(contractId, addSigners);
		expect(error?.message).toBe(
			`Kaifangqian has carried out the call, but contract ${contractId} is ${words}`,
		);
		expect(error?.context.outcomeUnknown).toBe(true);
	});
});

describe('a signature on behalf with a date', () => {
	const date = { controlType: 'SIGN_DATE', pageConfig: '1', signDateFormat: 'LINE' };
	const inFields = { position: [{ ...date, docIds: '1', x: 10, y: 10 }] };
	const asSent = [
		{
			...date,
			signPositionType: 'POSITION',
			relationDocList: [{ docId: '1' }],
			offsetX: '0.1',
			offsetY: '0.1',
		},
	];

	it.each<[string, IDataObject]>([
		['fields', { positionsInput: 'fields', positions: inFields }],
		['JSON', { positionsInput: 'json', positionsJson: asSent }],
	])('is refused before it is sent: from %s', async (_what, positions) => {
		const { parameters } = moves[2];
		const given = { contractId: '1', ...parameters, ...positions };
		const { message, description } = await refused('contract', 'signOnBehalf', given);
		expect(message).toBe('A signing date cannot be given together with a signature on behalf');
		expect(description).toContain('Nothing was sent');
	});
});
