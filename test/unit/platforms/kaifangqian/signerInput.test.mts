import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	positionProperties,
	signerProperties,
} from '../../../../nodes/CnEsign/platforms/kaifangqian/signerFields.js';
import {
	positionsOf,
	signersOf,
} from '../../../../nodes/CnEsign/platforms/kaifangqian/signerInput.js';
import type { Raw } from '../../../../nodes/CnEsign/platforms/kaifangqian/wire.js';
import { parametersOf } from '../../../../nodes/CnEsign/runtime/parameters.js';
import { fail, refusalOf } from '../../support.mjs';
import { runs } from '../../../seed.mjs';

/** One thing as a person fills it in, and as the API takes it. */
interface Both {
	fields: Raw;
	wire: Raw;
}

const signersFrom = (values: Raw, defaults = ['doc-1']) =>
	signersOf(parametersOf(values, signerProperties(false), fail), defaults);
const positionsFrom = (values: Raw) =>
	positionsOf(parametersOf(values, positionProperties(), fail));

const fromFields = (signers: Raw[]) =>
	signersFrom({ signersInput: 'fields', signers: { signer: signers } });
const fromJson = (list: unknown) =>
	signersFrom({
		signersInput: 'json',
		signersJson: typeof list === 'string' ? list : JSON.stringify(list),
	});

/** What was not chosen stands empty in the fields and is absent from the JSON. */
const filled = (values: Raw): Raw =>
	Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));

const words = fc.stringMatching(/^[\w一-龥😀]{1,8}$/u);
const maybe = (value: fc.Arbitrary<string>) => fc.oneof(fc.constant(''), value);
const oneOf = (...values: string[]) => maybe(fc.constantFrom(...values));

const person: fc.Arbitrary<Both> = fc
	.record({
		name: words,
		contact: fc.constantFrom('13900139000', 'wangwu@example.com'),
		contactType: fc.constantFrom('auto', ''),
	})
	.map((fields) => ({
		fields,
		wire: {
			name: fields.name,
			contact: fields.contact,
			contactType: fields.contact.includes('@') ? 'EMAIL' : 'MOBILE',
		},
	}));

const manner: fc.Arbitrary<Both> = fc
	.record({
		verifyType: oneOf('CAPTCHA', 'PASSWORD', 'DOUBLE', 'FACE'),
		signConfirm: oneOf('FACE'),
		agreeSkipWillingness: oneOf('0', '1'),
		personalSignAuth: oneOf('required', 'allowed', 'not_required'),
		sealType: oneOf('NOLIMIT', 'TEMPLATE', 'HAND'),
	})
	.map((fields) => ({ fields, wire: filled(fields) }));

const position = (...controls: string[]): fc.Arbitrary<Both> =>
	fc
		.record({
			controlType: fc.constantFrom(...controls),
			keyword: words,
			keywordType: fc.constantFrom('0', '1', '-1'),
			atKeyword: fc.boolean(),
			pageConfig: fc.constantFrom('ALL', '1', '1,2,7-10'),
			signDateFormat: fc.constantFrom('LINE', 'BACK_SLASH', 'YEAR_MONTH_DAY'),
			docs: fc.array(fc.stringMatching(/^doc-\d{1,4}$/), { maxLength: 2 }),
			docType: fc.constantFrom('1', '2'),
			controlWidth: oneOf('10', '112'),
			controlHeight: oneOf('52', '120'),
			offsets: fc.constantFrom(['0', '1'], ['0.62', '0.5']),
		})
		.map((given) => {
			const { atKeyword, docs, docType, controlType, offsets } = given;
			const [offsetX, offsetY] = atKeyword ? ['12', '-3'] : offsets;
			const size = { controlWidth: given.controlWidth, controlHeight: given.controlHeight };
			const date = controlType === 'SIGN_DATE' ? { signDateFormat: given.signDateFormat } : {};
			const place = atKeyword
				? { keyword: given.keyword, keywordType: given.keywordType }
				: { pageConfig: given.pageConfig };
			const signPositionType = atKeyword ? 'KEYWORD' : 'POSITION';
			const documents =
				docs.length > 0 ? { relationDocList: docs.map((docId) => ({ docId, docType })) } : {};
			return {
				// Fields that do not show keep what was once typed into them; it must not be sent.
				fields: { ...given, signPositionType, docIds: docs.join(', '), offsetX, offsetY },
				wire: {
					...filled(size),
					...date,
					...place,
					...documents,
					controlType,
					signPositionType,
					offsetX,
					offsetY,
				},
			};
		});

const positions = (...controls: string[]): fc.Arbitrary<Both> =>
	fc.array(position(...controls), { maxLength: 2 }).map((list) => ({
		fields: { positionParamList: { position: list.map(({ fields }) => fields) } },
		wire: list.length > 0 ? { positionParamList: list.map(({ wire }) => wire) } : {},
	}));

const personStep: fc.Arbitrary<Both> = fc
	.tuple(
		fc.constantFrom('AGENT_SIGN', 'LEGAL_PERSON_SIGN', 'PERSONAL_SIGN'),
		person,
		manner,
		positions('SIGNATURE', 'SIGN_DATE'),
	)
	.map(([nodeType, who, how, where]) => ({
		fields: {
			nodeType,
			autoSign: true,
			sealId: 'left-over',
			...who.fields,
			...how.fields,
			...where.fields,
		},
		wire: { nodeType, signer: who.wire, ...how.wire, ...where.wire },
	}));

const sealStep: fc.Arbitrary<Both> = fc
	.tuple(fc.option(person), oneOf('seal-0001'), positions('SEAL', 'CHOP_STAMP', 'SIGN_DATE'))
	.map(([who, sealId, where]) => ({
		fields: {
			nodeType: 'ENTERPRISE_SEAL',
			autoSign: who === null,
			sealId,
			...who?.fields,
			...where.fields,
		},
		wire: {
			...(who ? { signer: who.wire } : { autoSign: 'AUTO_SIGN' }),
			nodeType: 'ENTERPRISE_SEAL',
			...filled({ sealId }),
			...where.wire,
		},
	}));

/** Order as typed, or by place in the list. */
const ordered = (one: Both, index: number, signerOrder: string): Both => ({
	fields: { ...one.fields, signerOrder },
	wire: { ...one.wire, signerOrder: signerOrder || String(index + 1) },
});
const orders = oneOf('1', '2', '7');

const company: fc.Arbitrary<Both> = fc
	.tuple(
		fc.constantFrom('SENDER', 'RECEIVER_ENT'),
		maybe(words),
		fc.array(fc.tuple(fc.oneof(personStep, sealStep), orders), { minLength: 1, maxLength: 3 }),
	)
	.map(([signerType, signerName, steps]) => {
		const nodes = steps.map(([node, order], index) => ordered(node, index, order));
		return {
			fields: {
				signerType,
				signerName,
				internalNodeList: { node: nodes.map(({ fields }) => fields) },
			},
			wire: {
				signerType,
				...filled({ signerName }),
				internalNodeList: nodes.map(({ wire }) => wire),
			},
		};
	});

const personal: fc.Arbitrary<Both> = fc
	.tuple(person, manner, positions('SIGNATURE', 'SIGN_DATE'))
	.map(([who, how, where]) => ({
		fields: {
			signerType: 'RECEIVER_PERSONAL',
			signerName: 'left over',
			...who.fields,
			...how.fields,
			...where.fields,
		},
		wire: {
			signerType: 'RECEIVER_PERSONAL',
			signerName: who.wire.name,
			receiver: who.wire,
			...how.wire,
			...where.wire,
		},
	}));

const signers = fc
	.array(fc.tuple(fc.oneof(company, personal), orders), { minLength: 1, maxLength: 3 })
	.map((list) => list.map(([one, order], index) => ordered(one, index, order)));

describe('signersOf', () => {
	it('gives the same bytes for the same content, from fields and from JSON in any order of keys', () => {
		fc.assert(
			fc.property(signers, (list) => {
				const sent = JSON.stringify(fromFields(list.map(({ fields }) => fields)));
				expect(JSON.stringify(fromJson(list.map(({ wire }) => wire)))).toBe(sent);
				expect(sent).not.toContain('left');
			}),
			{ numRuns: runs(200) },
		);
	});

	it('checks its own result again without changing it', () => {
		fc.assert(
			fc.property(signers, (list) => {
				const once = fromFields(list.map(({ fields }) => fields));
				expect(JSON.stringify(fromJson(once))).toBe(JSON.stringify(once));
			}),
			{ numRuns: runs(50) },
		);
	});

	it('gives nothing when nothing is filled in', () => {
		expect(fromFields([])).toBeUndefined();
		expect(signersFrom({ signersInput: 'fields' })).toBeUndefined();
		for (const text of ['', '[]', '  ']) expect(fromJson(text)).toBeUndefined();
	});

	it('names the parameter and the path in messages', () => {
		const wrong = [{ signerType: 'SENDER', internalNodeList: [{ nodeType: 'X' }] }];
		expect(refusalOf(() => fromJson(wrong))?.message).toMatch(
			/^'Signers \(JSON\)': signerList\[0\]\.internalNodeList\[0\]\.nodeType is not one of/,
		);
		const fields = [
			{ signerType: 'SENDER', internalNodeList: { node: [{ nodeType: 'PERSONAL_SIGN' }] } },
		];
		expect(refusalOf(() => fromFields(fields))?.message).toBe(
			"'Signer List': 'Signer 1 → Step 1 → Signer' is missing",
		);
		expect(refusalOf(() => fromJson('{"signerList":[]}'))?.message).toBe(
			"'Signers (JSON)': signerList is not a list",
		);
		expect(refusalOf(() => fromJson('[{]'))?.message).toBe("'Signers (JSON)' is not valid JSON");
	});

	it('keeps the digits of ids in JSON', () => {
		const text = '[{"signerType":"RECEIVER_PERSONAL","urgentId":1234567890123456789}]';
		expect(fromJson(text)).toEqual([
			{ signerType: 'RECEIVER_PERSONAL', urgentId: '1234567890123456789' },
		]);
	});

	it('refuses keys that reach a prototype', () => {
		expect(refusalOf(() => fromJson('[{"__proto__":{"a":1}}]'))?.message).toContain('__proto__');
	});

	it('ends in signers or in a refusal, whatever is given', () => {
		fc.assert(
			fc.property(fc.anything(), (value) => {
				refusalOf(() => signersFrom({ signersInput: 'fields', signers: value }));
				refusalOf(() => signersFrom({ signersInput: 'fields', signers: { signer: value } }));
				refusalOf(() => signersFrom({ signersInput: 'json', signersJson: value }));
			}),
		);
	});
});

describe('positionsOf', () => {
	it('gives the same bytes for the same content, from fields and from JSON', () => {
		const named = position('SIGNATURE', 'SIGN_DATE').filter(
			({ wire }) => 'relationDocList' in wire,
		);
		fc.assert(
			fc.property(fc.array(named, { minLength: 1, maxLength: 3 }), (list) => {
				const fields = positionsFrom({
					positionsInput: 'fields',
					positionParamList: { position: list.map((one) => one.fields) },
				});
				const json = positionsFrom({
					positionsInput: 'json',
					positionsJson: JSON.stringify(list.map(({ wire }) => wire)),
				});
				expect(JSON.stringify(json)).toBe(JSON.stringify(fields));
				expect(fields).toHaveLength(list.length);
			}),
			{ numRuns: runs(100) },
		);
	});

	it('gives nothing when nothing is filled in', () => {
		expect(positionsFrom({ positionsInput: 'fields' })).toBeUndefined();
		expect(positionsFrom({ positionsInput: 'json', positionsJson: '[]' })).toBeUndefined();
	});
});
