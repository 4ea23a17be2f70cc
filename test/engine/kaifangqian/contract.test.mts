import { describe, expect, it } from 'vitest';
import { bodyOf, fromList, lisi, personSigner, queryOf, stage, wangwu } from './support.mjs';

const { sandbox, act, done, sent, contract } = await stage();
const { colleague } = sandbox;

const person = { signerName: lisi.name, signerContact: lisi.contact };
const operatorAccount = 'your-account-001';

const openTask = (contractId: string) => sandbox.control.contract(contractId).openTasks[0];

/** The open task of 李四 as the operations describe it that look at a contract afterwards. */
const taskOf = (contractId: string) => ({
	signerName: lisi.name,
	signerContact: lisi.contact,
	taskId: openTask(contractId),
	taskType: 'SIGN',
	action: 'Sign (签署)',
});

describe('contract', () => {
	it('adds signers', async () => {
		const contractId = await contract({ options: { autoFinish: false } });
		const [docId] = sandbox.control.contract(contractId).documents;
		const added = personSigner({
			signerName: wangwu.name,
			receiver: wangwu,
			signerOrder: '3',
			positionParamList: [
				{
					controlType: 'SIGNATURE',
					signPositionType: 'KEYWORD',
					relationDocList: [{ docType: '1', docId }],
					keyword: 'Contract',
					keywordType: '-1',
					offsetX: '10',
					offsetY: '0',
				},
			],
		});
		const { json, request } = await done(
			'contract',
			'addSigners',
			{
				contractId,
				signersInput: 'json',
				signersJson: [added],
				options: { operatorAccount },
			},
			{ before: 1, after: 1 },
		);
		expect(request.path).toBe('/contract/signer/add');
		expect(bodyOf(request)).toEqual({ contractId, signerList: [added], operatorAccount });
		// The one who was added has to wait for the other.
		expect(json).toEqual([{ contractId, status: 'SIGNING', tasks: [taskOf(contractId)] }]);
		expect(sandbox.control.contract(contractId).signers).toHaveLength(2);
	});

	it('adds a signer by a row, with a place of its own in the document that the row names', async () => {
		const contractId = await contract({ options: { autoFinish: false } });
		const [docIds] = sandbox.control.contract(contractId).documents;
		const { request } = await done(
			'contract',
			'addSigners',
			{
				contractId,
				signersInput: 'rows',
				rowsJson: [{ name: wangwu.name, contact: wangwu.contact, order: 3, docIds }],
			},
			{ before: 1, after: 1 },
		);
		expect(bodyOf(request)).toEqual({
			contractId,
			signerList: [
				{
					signerType: 'RECEIVER_PERSONAL',
					signerName: wangwu.name,
					signerOrder: '3',
					receiver: wangwu,
					positionParamList: [
						{
							controlType: 'SIGNATURE',
							signPositionType: 'POSITION',
							relationDocList: [{ docType: '1', docId: docIds }],
							pageConfig: '1',
							offsetX: '0.1',
							offsetY: '0.8',
						},
					],
				},
			],
		});
	});

	it.each([
		[1, '同意', 'COMPLETE'],
		[0, '条款不同意', 'REFUSAL_SIGN'],
	])('approves with decision %i', async (approval, comment, status) => {
		const approver = { name: colleague.name, contactType: 'MOBILE', contact: colleague.contact };
		const contractId = await contract({
			signersJson: [
				{
					signerType: 'SENDER',
					signerOrder: '1',
					internalNodeList: [{ nodeType: 'APPROVER_CHECK', signerOrder: '1', signer: approver }],
				},
			],
		});
		const { json, request } = await done(
			'contract',
			'approve',
			{
				contractId,
				signerName: approver.name,
				signerContact: approver.contact,
				approval,
				options: { comment, operatorAccount },
			},
			{ after: 1 },
		);
		expect(request.path).toBe('/contract/approval');
		expect(bodyOf(request)).toEqual({
			contractId,
			signer: approver,
			approval,
			comment,
			operatorAccount,
		});
		expect(json).toEqual([{ contractId, status, tasks: [] }]);
		expect(sandbox.control.contract(contractId).status).toBe(status);
	});

	it('finishes', async () => {
		const contractId = await contract({ options: { autoFinish: false } });
		sandbox.control.signAll(contractId);
		const { json, request } = await done(
			'contract',
			'finish',
			{ contractId, options: { operatorAccount } },
			{ before: 1 },
		);
		expect(request.path).toBe('/contract/finish');
		expect(bodyOf(request)).toEqual({ contractId, operatorAccount });
		expect(json).toEqual([{ contractId }]);
		expect(sandbox.control.contract(contractId).status).toBe('COMPLETE');
	});

	it('recalls', async () => {
		const contractId = await contract();
		const { json, request } = await done('contract', 'recall', {
			contractId,
			options: { operatorAccount },
		});
		expect(request.path).toBe('/contract/recall');
		expect(bodyOf(request)).toEqual({ contractId, operatorAccount });
		expect(json).toEqual([{ contractId }]);
		expect(sandbox.control.contract(contractId).status).toBe('RECALLED');
	});

	it('signs on behalf of a person', async () => {
		const contractId = await contract();
		const [docId] = sandbox.control.contract(contractId).documents;
		const { json, request } = await done(
			'contract',
			'signOnBehalf',
			{
				contractId,
				signatureSubjectType: 'PERSON',
				...person,
				positions: {
					position: [
						{
							signPositionType: 'POSITION',
							pageConfig: '1',
							x: '62',
							y: '81',
							docIds: docId,
							controlWidth: '100',
							controlHeight: '40',
						},
					],
				},
				options: { operatorAccount },
			},
			{ after: 1 },
		);
		expect(request.path).toBe('/contract/sign/personal/proxy');
		expect(bodyOf(request)).toEqual({
			contractId,
			signatureSubjectType: 'PERSON',
			signer: lisi,
			positionParamList: [
				{
					controlType: 'SIGNATURE',
					signPositionType: 'POSITION',
					relationDocList: [{ docType: '1', docId }],
					pageConfig: '1',
					offsetX: '0.62',
					offsetY: '0.81',
					controlWidth: '100',
					controlHeight: '40',
				},
			],
			operatorAccount,
		});
		expect(json).toEqual([{ success: true, contractId, status: 'COMPLETE', tasks: [] }]);
		expect(sandbox.control.contract(contractId).status).toBe('COMPLETE');
	});

	it('gets the link to a task', async () => {
		const contractId = await contract();
		const taskId = openTask(contractId);
		const { json, request } = await done('contract', 'getTaskLink', {
			contractId,
			taskId,
			options: {
				linkType: 'pc',
				callbackPage: 'https://your-domain.com/完成?a=1&b=2',
				operatorAccount,
			},
		});
		expect(request.path).toBe('/contract/taskUrl');
		expect(queryOf(request)).toEqual({
			contractId,
			taskId,
			linkType: 'pc',
			callbackPage: 'https://your-domain.com/完成?a=1&b=2',
			operatorAccount,
		});
		const signingLink = expect.stringMatching(
			`^${sandbox.origin}/#/contract/detail/base\\?.*&taskId=${taskId}&callbackPageNo=\\d+$`,
		);
		expect(json).toEqual([{ contractId, taskId, signingLink }]);
	});

	it('gets the link to a page', async () => {
		const contractId = await contract();
		const taskId = openTask(contractId);
		const soon = new Date(Date.now() + 3600_000);
		const { json, request } = await done('contract', 'getPageLink', {
			contractId,
			contact: lisi.contact,
			options: {
				taskId,
				partyName: '李四 & 王五',
				noLogin: true,
				pageUrlExpireTime: soon.toISOString(),
				operatorAccount,
			},
		});
		expect(request.path).toBe('/contract/pageUrl');
		const inChina = new Date(soon.getTime() + 8 * 3600_000).toISOString();
		expect(queryOf(request)).toEqual({
			contact: lisi.contact,
			contractId,
			taskId,
			partyName: '李四 & 王五',
			noLogin: 'true',
			pageUrlExpireTime: inChina.slice(0, 19).replace('T', ' '),
			operatorAccount,
		});
		const contractLink = expect.stringContaining('/#/contract/detail/base?code=');
		expect(json).toEqual([{ contractId, contractLink }]);
	});

	it('gets the link to a page for the sender in the credential where it names nobody', async () => {
		const contractId = await contract();
		const { contact } = sandbox.operator;
		const credential = { senderName: '', senderContact: contact };
		const { items } = await act('contract', 'getPageLink', { contractId }, { credential });
		expect(items[0].json.contractLink).toContain('/#/contract/detail/base?code=');
		expect(queryOf(sent('/contract/pageUrl')[0])).toEqual({ contact, contractId });
	});

	it.each([
		['there is none', {}, "'Link For' is empty for this item"],
		[
			'it is none',
			{ senderContact: '12345' },
			"'Sender Phone or Email' of the credential is neither a mobile number nor an email address",
		],
	])('gets no link to a page for nobody: %s', async (_what, credential, message) => {
		const { error } = await act('contract', 'getPageLink', { contractId: '1' }, { credential });
		expect(error?.message).toBe(message);
		expect(sent()).toEqual([]);
	});

	it.each(['http://localhost', 'https://localhost:8899'])(
		'says of a link to %s that nobody else can open it',
		async (origin) => {
			const contractId = await contract();
			const answer = (path: string, link: string) =>
				sandbox.failNext(path, {
					status: 200,
					body: JSON.stringify({ code: 10000, message: '成功', result: { pageUrl: link } }),
				});
			const taskId = openTask(contractId);
			const note = expect.stringContaining('let whoever runs the installation set its address');

			const page = `${origin}/#/contract/detail/base?code=abc12345`;
			answer('/contract/pageUrl', page);
			const { contact } = lisi;
			expect((await done('contract', 'getPageLink', { contractId, contact })).json).toEqual([
				{ contractId, contractLink: page, note },
			]);

			const task = `${origin}/#/contract/detail/base?taskType=sign&taskId=${taskId}`;
			answer('/contract/taskUrl', task);
			expect((await done('contract', 'getTaskLink', { contractId, taskId })).json).toEqual([
				{ contractId, taskId, signingLink: task, note },
			]);
		},
	);

	it('gets the status with its open tasks', async () => {
		const contractId = await contract();
		const { json, request } = await done('contract', 'getStatus', {
			contractId,
			options: { operatorAccount },
		});
		expect(request.path).toBe('/contract/tasks');
		expect(queryOf(request)).toEqual({ contractId, operatorAccount });
		expect(json).toEqual([
			{
				contractId,
				status: 'SIGNING',
				statusName: 'Being Signed (签署中)',
				isFinal: false,
				isCompleted: false,
				tasks: [taskOf(contractId)],
				event: 'contract.sent',
				eventId: expect.stringMatching(/^[0-9a-f]{32}$/),
			},
		]);
	});

	it('gets the status as the platform gives it with Simplify turned off', async () => {
		const contractId = await contract();
		const { json } = await done('contract', 'getStatus', { contractId, simplify: false });
		expect(json).toEqual([
			{
				contractId,
				status: 'SIGNING',
				statusName: 'Being Signed (签署中)',
				platformStatus: 'SIGNING',
				isFinal: false,
				isCompleted: false,
				todoTaskList: [
					{
						taskId: openTask(contractId),
						taskType: 'SIGN',
						partyType: 'PERSONAL',
						// The account of who was registered by API is called by its number.
						partyName: lisi.contact,
						partyAccount: sandbox.control.contract(contractId).tasks[0].accountId,
						party: lisi,
					},
				],
			},
		]);
	});

	it.each(['server', 'public'] as const)(
		'normalises the status in the %s spelling',
		async (spelling) => {
			sandbox.switches.statusSpelling = spelling;
			const completed = await contract();
			sandbox.control.signAll(completed);
			const raw = { simplify: false };
			const { json } = await done('contract', 'getStatus', { contractId: completed, ...raw });
			expect(json[0]).toMatchObject({
				status: 'COMPLETE',
				platformStatus: spelling === 'server' ? 'COMPLETE' : 'COMPLETED',
				isFinal: true,
				isCompleted: true,
				todoTaskList: [],
			});
			const refused = await contract({ signReId: fromList(sandbox.lines.writing) });
			sandbox.control.refuseWrite(refused);
			const other = await done('contract', 'getStatus', { contractId: refused });
			expect(other.json[0]).toMatchObject({
				status: 'REFUSAL_WRIT',
				isFinal: true,
				isCompleted: false,
			});
		},
	);
});
