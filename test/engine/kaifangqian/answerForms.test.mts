/** What the platform's three forms of answer say about a call that changes something (docs/api/kaifangqian.md, 3.1). */
import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../sandbox/kaifangqian/index.mjs';
import { fromList, lisi, operatorOf, pdfItem, personSigner, stage } from './support.mjs';

const { sandbox, act, sent, contract, upload } = await stage();
const { control } = sandbox;

/** Form 2 with these words. */
const generic = (message: string, code = 500): Fault => ({
	status: 200,
	body: JSON.stringify({ success: false, message, code, result: null, timestamp: 1 }),
});
/** Form 1 with these words. */
const refusedWith = (code: number | null, message: string | null): Fault => ({
	status: 200,
	body: JSON.stringify({ code, message, result: null, timestamp: 1 }),
});

const TOO_LONG = '字段太长,超出数据库字段的长度';
const OTHER = '操作失败，系统异常';
const person = { signerName: lisi.name, signerContact: lisi.contact };
const drafted = (more: IDataObject = {}): IDataObject => ({
	...operatorOf(sandbox),
	signReId: fromList(sandbox.lines.free),
	signersInput: 'json',
	signersJson: [personSigner()],
	...more,
});

interface Posted {
	path: string;
	/** Resource and operation. */
	of: [string, string];
	parameters(): Promise<IDataObject>;
}

const approver = { ...sandbox.colleague };
const approval = {
	signerType: 'SENDER',
	signerOrder: '1',
	internalNodeList: [{ nodeType: 'APPROVER_CHECK', signerOrder: '1', signer: approver }],
};
const byHand = { options: { autoFinish: false } };
const account = { accountName: lisi.name, accountContact: lisi.contact };

const posts: Record<string, Posted> = {
	'an upload': {
		path: '/document/file',
		of: ['document', 'upload'],
		parameters: async () => ({}),
	},
	'an attachment': {
		path: '/annex/file',
		of: ['attachment', 'upload'],
		parameters: async () => ({}),
	},
	'a draft that is not sent': {
		path: '/contract/draft',
		of: ['contract', 'create'],
		parameters: async () => drafted({ options: { send: '0' } }),
	},
	'a start': {
		path: '/contract/draft',
		of: ['contract', 'create'],
		parameters: async () => drafted({ signDocumentList: await upload() }),
	},
	'a start without signers': {
		path: '/contract/draft',
		// No operation sends it; a request by hand may.
		of: ['api', 'request'],
		parameters: async () => ({ method: 'POST', path: '/contract/draft', body: { send: '1' } }),
	},
	'added signers': {
		path: '/contract/signer/add',
		of: ['contract', 'addSigners'],
		parameters: async () => ({
			contractId: await contract(byHand),
			signersInput: 'json',
			signersJson: [personSigner({ signerOrder: '2' })],
		}),
	},
	'an approval': {
		path: '/contract/approval',
		of: ['contract', 'approve'],
		parameters: async () => ({
			contractId: await contract({ signersJson: [approval] }),
			signerName: approver.name,
			signerContact: approver.contact,
		}),
	},
	'an end by hand': {
		path: '/contract/finish',
		of: ['contract', 'finish'],
		async parameters() {
			const contractId = await contract(byHand);
			control.signAll(contractId);
			return { contractId };
		},
	},
	'a recall': {
		path: '/contract/recall',
		of: ['contract', 'recall'],
		parameters: async () => ({ contractId: await contract() }),
	},
	'a signature on behalf': {
		path: '/contract/sign/personal/proxy',
		of: ['contract', 'signOnBehalf'],
		parameters: async () => ({
			contractId: await contract(),
			signatureSubjectType: 'PERSON',
			...person,
		}),
	},
	'a person': {
		path: '/personCreateAndAuth',
		of: ['account', 'registerPerson'],
		parameters: async () => account,
	},
	'a company': {
		path: '/companyCreateAndAuth',
		of: ['account', 'registerCompany'],
		parameters: async () => ({ ...account, companyName: '新设有限公司' }),
	},
};

/** Makes that call, which is refused, and gives what the refusal says. It is never made twice. */
const refusedPost = async (name: string, arrange: (path: string) => void) => {
	const { path, of, parameters } = posts[name];
	const given = await parameters();
	const before = sent(path).length;
	arrange(path);
	const { items, error } = await act(...of, given, { input: [await pdfItem()] });
	expect(items).toEqual([]);
	expect(sent(path)).toHaveLength(before + 1);
	const { message, description, httpCode, context } = error!;
	return {
		message,
		description: String(description),
		code: httpCode,
		isUnknown: context.outcomeUnknown === true,
		contractId: String(given.contractId),
	};
};

const LOOK_FIRST = 'The call was not repeated, because that could do it twice. Check on';

describe('whether a call was carried out that was refused in form 2', () => {
	it.each([
		['an upload', OTHER],
		['an upload', TOO_LONG],
		['an attachment', OTHER],
		['a draft that is not sent', OTHER],
		['a draft that is not sent', TOO_LONG],
		['a start', '操作失败，For input string: "120.0"'],
		['a start', '操作失败，1-based index out of bounds: 9'],
		['a start', '操作失败，Cannot parse null string'],
		['a start without signers', OTHER],
		['an approval', TOO_LONG],
		['an end by hand', TOO_LONG],
		['a recall', TOO_LONG],
	])('is known of %s: it was not (%s)', async (name, message) => {
		const found = await refusedPost(name, (path) => sandbox.failNext(path, generic(message)));
		expect(found).toMatchObject({ message, code: '500', isUnknown: false });
		expect(found.description).toMatch(/(?:^| )Kaifangqian answered with code 500\.$/);
		expect(found.description).not.toContain(LOOK_FIRST);
	});

	it.each([
		['a start', OTHER],
		['a start', TOO_LONG],
		['added signers', OTHER],
		['added signers', TOO_LONG],
		['an approval', OTHER],
		['an end by hand', OTHER],
		['a recall', OTHER],
		['a signature on behalf', OTHER],
		['a signature on behalf', TOO_LONG],
		['a person', OTHER],
		['a company', TOO_LONG],
	])('is not known of %s (%s)', async (name, message) => {
		const found = await refusedPost(name, (path) => sandbox.failNext(path, generic(message)));
		expect(found).toMatchObject({ message, code: '500', isUnknown: true });
		expect(found.description).toContain(LOOK_FIRST);
	});

	it('is known of a wrong method', async () => {
		const { error } = await act('api', 'request', { method: 'POST', path: '/signRes', body: '{}' });
		expect(error?.message).toBe('不支持POST请求方法，支持以下GET、');
		expect(error?.httpCode).toBe('405');
		expect(error?.context.outcomeUnknown).toBeUndefined();
	});

	const tooLongAddress = () => control.setCallbackUrl(`https://example.com/${'x'.repeat(120)}`);

	it('is not known of a start whose callback address is too long: that contract runs', async () => {
		const found = await refusedPost('a start', tooLongAddress);
		expect(found).toMatchObject({ message: TOO_LONG, isUnknown: true });
		expect(found.description).toContain(LOOK_FIRST);
		expect(found.description).toContain('the callback address (回调地址) has more than 128');
		expect(control.contracts().map((found) => found.status)).toEqual(['SIGNING']);
	});

	it.each([
		['an approval', 'SIGNING'],
		['an end by hand', 'SIGNING'],
		['a recall', 'SIGNING'],
	])('is known of %s then: it is rolled back', async (name, status) => {
		const found = await refusedPost(name, tooLongAddress);
		expect(found).toMatchObject({ message: TOO_LONG, isUnknown: false });
		expect(found.description).toContain('Nothing was changed.');
		expect(found.description).toContain('at most 128 characters');
		expect(control.contract(found.contractId).status).toBe(status);
	});
});

describe('a refusal in form 1 without a code', () => {
	it('shows its reason, and that nothing was done', async () => {
		const found = await refusedPost('a company', (path) =>
			sandbox.failNext(path, refusedWith(null, '信息不全')),
		);
		expect(found).toMatchObject({ message: '信息不全', code: null, isUnknown: false });
		expect(found.description).toBe(
			"'Company Name' is missing. Fill it in and run the item again. Kaifangqian refused the call.",
		);
	});

	it.each([
		['签署日期控件-时间格式不能为空', "needs its 'Date Format'"],
		['业务线实例-控件不存在', 'Add a signing position.'],
		['某原因', 'Kaifangqian refused the call.'],
	])('shows it of a start, too: %s', async (reason, hint) => {
		const found = await refusedPost('a start', (path) =>
			sandbox.failNext(path, refusedWith(null, reason)),
		);
		expect(found).toMatchObject({ message: reason, code: null, isUnknown: false });
		expect(found.description).toContain(hint);
	});

	it('is still a refusal where it gives no reason either', async () => {
		const found = await refusedPost('a recall', (path) =>
			sandbox.failNext(path, refusedWith(null, null)),
		);
		expect(found).toMatchObject({
			message: 'Kaifangqian refused the call',
			code: null,
			isUnknown: false,
		});
	});
});

describe('form 3, which an unknown path gets', () => {
	it.each(Object.keys(posts))('means of %s that there is no such call', async (name) => {
		const found = await refusedPost(name, (path) => sandbox.failNext(path, 'form3'));
		expect(found).toMatchObject({
			message: 'There is no such call at this address',
			code: '401',
			isUnknown: false,
		});
		expect(found.description).toContain('must end in /openAPI/V2');
		expect(found.description).toContain('Nothing was changed.');
		expect(found.description).not.toMatch(/token/i);
	});

	it('means the same of a call that only reads', async () => {
		sandbox.failNext('*', 'form3');
		const { error } = await act('contract', 'getStatus', { contractId: '1' });
		expect(error?.message).toBe('There is no such call at this address');
		expect(error?.httpCode).toBe('401');
		expect(sent()).toHaveLength(1);
	});
});
