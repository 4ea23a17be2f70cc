import type { INodeProperties } from 'n8n-workflow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { omitEmpty } from '../../../../nodes/CnEsign/runtime/items/values.js';
import {
	contactField,
	contactOf,
	contractIdOf,
	idObjects,
	operatorAccountOf,
	optionsProperty,
	personFields,
	personOf,
	senderFields,
	senderOf,
} from '../../../../nodes/CnEsign/platforms/kaifangqian/fields.js';
import { parametersOf } from '../../../../nodes/CnEsign/runtime/items/parameters.js';
import type { ItemContext } from '../../../../nodes/CnEsign/runtime/items/operation.js';
import { fail, isMeant, refusalOf } from '../../support.mjs';

const operator = (values: Record<string, unknown>) =>
	personOf(parametersOf(values, senderFields, fail), 'operator');

describe('personOf', () => {
	it('recognizes what kind of contact it is', () => {
		expect(operator({ operatorName: ' 张三 ', operatorContact: '13800138000' })).toEqual({
			name: '张三',
			contactType: 'MOBILE',
			contact: '13800138000',
		});
		expect(operator({ operatorName: '张三', operatorContact: 'z@a.example' })).toEqual({
			name: '张三',
			contactType: 'EMAIL',
			contact: 'z@a.example',
		});
		// A mobile number that an expression delivers as a number.
		expect(operator({ operatorName: '张三', operatorContact: 13800138000 }).contact).toBe(
			'13800138000',
		);
	});

	it('takes contacts as people write them (docs/api/kaifangqian.md, 5.1)', () => {
		for (const operatorContact of [
			'+86 138-0013-8000',
			'１３８００１３８０００',
			'86 13800138000 ',
		])
			expect(operator({ operatorName: '张三', operatorContact }).contact).toBe('13800138000');
	});

	it('says what is missing or does not fit, by the names on the screen', () => {
		const said = (values: Record<string, unknown>) => refusalOf(() => operator(values))?.message;
		expect(said({ operatorContact: '13800138000' })).toBe("'Sender Name' is empty for this item");
		expect(said({ operatorName: 'x' })).toBe("'Sender Phone or Email' is empty for this item");
		expect(said({ operatorName: 'x', operatorContact: '123' })).toBe(
			"'Sender Phone or Email' is neither a mobile number nor an email address",
		);
	});

	it('limits names as the platform does (docs/api/kaifangqian.md, 3.3)', () => {
		const said = (operatorName: string) =>
			refusalOf(() => operator({ operatorName, operatorContact: '13800138000' }))?.message;
		expect(said('张'.repeat(50))).toBeUndefined();
		expect(said('张'.repeat(51))).toBe("'Sender Name' is longer than 50 characters");
		expect(said('𠮷田')).toBe("'Sender Name' holds a character that the platform cannot store");
		expect(said('张\n三')).toBe("'Sender Name' holds a line break");
	});

	it('does without a name where none is needed', () => {
		const fields = personFields({ prefix: 'account', title: 'Account', term: '账号', who: 'x' });
		const of = (values: object) =>
			personOf(parametersOf({ ...values }, fields, fail), 'account', { nameRequired: false });
		expect(of({ accountContact: '13800138000' })).toEqual({
			contactType: 'MOBILE',
			contact: '13800138000',
		});
		expect(refusalOf(() => of({}))?.message).toContain("'Account Phone or Email' is empty");
	});

	it('reads fields with the names of the wire behind a prefix, each with the vendor term once', () => {
		expect(senderFields.map(({ name }) => name)).toEqual(['operatorName', 'operatorContact']);
		expect(senderFields.map(({ displayName }) => displayName)).toEqual([
			'Sender Name (经办人)',
			'Sender Phone or Email',
		]);
	});
});

/** An item of an operation with these parameters, and a credential that may name a sender. */
const callWith = (
	values: Record<string, unknown>,
	sender: { senderName?: string; senderContact?: string },
	properties: INodeProperties[],
) =>
	({
		parameters: parametersOf(values, properties, fail),
		credential: { baseUrl: 'https://sign.example', appAuthToken: 'PV9LQWZA', ...sender },
	}) as unknown as ItemContext;

describe('senderOf', () => {
	const of = (values: object, sender: { senderName?: string; senderContact?: string }) =>
		senderOf(callWith({ ...values }, sender, senderFields));
	const own = { operatorName: '李四', operatorContact: '13900139000' };
	const inCredential = { senderName: ' 张三 ', senderContact: '+86 138 0013 8000' };

	it('is the one of the node, else the one of the credential', () => {
		expect(of(own, inCredential)).toEqual({
			name: '李四',
			contactType: 'MOBILE',
			contact: '13900139000',
		});
		expect(of({}, inCredential)).toEqual({
			name: '张三',
			contactType: 'MOBILE',
			contact: '13800138000',
		});
	});

	it('is never half of one and half of the other', () => {
		const message = (values: object) => refusalOf(() => of(values, inCredential))?.message;
		expect(message({ operatorName: '李四' })).toBe(
			"'Sender Phone or Email' is empty for this item",
		);
		expect(message({ operatorContact: '13900139000' })).toBe(
			"'Sender Name' is empty for this item",
		);
	});

	it('says where to fill in what is missing', () => {
		expect(refusalOf(() => of({}, {}))?.message).toBe("'Sender Name' is empty for this item");
		expect(refusalOf(() => of({}, { senderName: '张三' }))?.message).toContain(
			"'Sender Phone or Email' of the credential",
		);
		expect(refusalOf(() => of({}, { ...inCredential, senderContact: '123' }))?.message).toContain(
			'neither a mobile number nor an email address',
		);
		const nameless = refusalOf(() => of({}, { senderContact: '13800138000' }));
		expect(nameless?.message).toBe("'Sender Name' of the credential is empty");
		expect(nameless?.description).toContain("'Sender Name' here");
	});
});

describe('contactOf', () => {
	const field = contactField('Downloading Person', 'Who downloads');
	const of = (contact: unknown, sender: { senderName?: string; senderContact?: string } = {}) =>
		contactOf(callWith({ contact }, sender, [field]));

	it('is the one of the node, else that of the sender in the credential, who needs no name here', () => {
		expect(of('139 0013 9000', { senderContact: '13800138000' })).toBe('13900139000');
		expect(of('', { senderContact: 'A@b.example' })).toBe('A@b.example');
	});

	it('is needed', () => {
		expect(refusalOf(() => of(''))?.message).toBe("'Downloading Person' is empty for this item");
		expect(refusalOf(() => of('x', { senderContact: '13800138000' }))?.message).toBe(
			"'Downloading Person' is neither a mobile number nor an email address",
		);
	});
});

describe('contractIdOf', () => {
	const field = {
		displayName: 'Contract ID (合同ID)',
		name: 'contractId',
		type: 'string',
	} as const;
	const of = (contractId: string) =>
		contractIdOf(parametersOf({ contractId }, [{ ...field, default: '' }], fail));

	it('has at most 64 characters (docs/api/kaifangqian.md, 3.3)', () => {
		expect(of('c'.repeat(64))).toHaveLength(64);
		expect(refusalOf(() => of('c'.repeat(65)))?.message).toBe(
			"'Contract ID' is longer than 64 characters",
		);
		expect(refusalOf(() => of(''))?.message).toBe("'Contract ID' is empty for this item");
	});
});

describe('idObjects', () => {
	const field = { displayName: 'Document IDs', name: 'docs', type: 'string', default: '' } as const;
	const ids = (docs: unknown) => idObjects(parametersOf({ docs }, [field], fail), 'docs', 'docId');

	it('takes text, lists and the objects of the API alike', () => {
		const one = fc.stringMatching(/^[\w-]{1,12}$/).filter(isMeant);
		fc.assert(
			fc.property(fc.uniqueArray(one), (list) => {
				const expected = list.map((docId) => ({ docId }));
				for (const form of [list, list.join(', '), expected]) expect(ids(form)).toEqual(expected);
			}),
		);
		expect(ids('')).toEqual([]);
		expect(ids(undefined)).toEqual([]);
	});

	it('cleans and checks the IDs of objects like all others', () => {
		expect(ids([{ docId: ' \u200ba\ufeff' }, { docId: 7 }])).toEqual([
			{ docId: 'a' },
			{ docId: '7' },
		]);
		for (const docId of ['合同', 'a b', 'undefined', 'a\ufffd', {}])
			expect(refusalOf(() => ids([{ docId }]))?.message).toMatch(/^'Document IDs' /);
	});

	it('refuses objects without the id', () => {
		for (const entry of [{ fileId: 'a' }, { docId: '' }, null])
			expect(refusalOf(() => ids([{ docId: 'a' }, entry]))?.message).toBe(
				"'Document IDs' holds an entry without 'docId'",
			);
	});

	it('ends in ids or in a refusal, whatever an expression gives', () => {
		fc.assert(
			fc.property(fc.anything(), (value) => {
				refusalOf(() => ids(value));
				refusalOf(() => ids([value, { docId: 'a' }]));
			}),
		);
	});
});

describe('the options of every operation', () => {
	it('offer the common parameter of every call (docs/api/kaifangqian.md, 2.1)', () => {
		const from = (options: unknown) =>
			operatorAccountOf(parametersOf({ options }, [optionsProperty()], fail));
		expect(from({ operatorAccount: 'a-1' })).toEqual({ operatorAccount: 'a-1' });
		expect(omitEmpty(from({}))).toEqual({});
		expect(refusalOf(() => from({ operatorAccount: 'a'.repeat(65) }))?.message).toBe(
			"'Operator Account' is longer than 64 characters",
		);
	});

	it('stand beside those of the operation, by label', () => {
		const more: INodeProperties = { displayName: 'Z', name: 'z', type: 'string', default: '' };
		const { options } = optionsProperty([more]);
		expect((options as INodeProperties[]).map(({ name }) => name)).toEqual([
			'operatorAccount',
			'z',
		]);
	});
});
