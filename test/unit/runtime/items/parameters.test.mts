import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	parametersOf,
	readParameters,
	type TextRule,
} from '../../../../nodes/CnEsign/runtime/items/parameters.js';
import { fail, isMeant, node, refusalOf, thrownBy } from '../../support.mjs';

const text = (name: string, displayName: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
});

const properties: INodeProperties[] = [
	// The vendor's term stands behind the label in the editor; no message repeats it.
	text('contractId', 'Contract ID (合同ID)'),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		default: {},
		options: [text('sn', 'Contract Number')],
	},
	{
		displayName: 'Signers (签署方)',
		name: 'signers',
		type: 'fixedCollection',
		default: {},
		options: [
			{
				displayName: 'Signer',
				name: 'signer',
				values: [
					text('contact', 'Contact'),
					{
						displayName: 'Steps',
						name: 'steps',
						type: 'fixedCollection',
						default: {},
						options: [{ displayName: 'Step', name: 'step', values: [text('sealId', 'Seal ID')] }],
					},
				],
			},
		],
	},
];

const from = (values: Record<string, unknown>) => parametersOf(values, properties, fail);
const withId = (contractId: unknown) => from({ contractId });

describe('text', () => {
	it.each([
		['  a b ', 'a b'],
		[undefined, ''],
		[null, ''],
		[17, '17'],
		[0, '0'],
		[false, 'false'],
		[1234567890123456789n, '1234567890123456789'],
		[new Date(0), '1970-01-01T00:00:00.000Z'],
		[{ toISO: () => '2030-06-29T00:00:00.000+08:00' }, '2030-06-29T00:00:00.000+08:00'],
	])('reads %o', (value, expected) => {
		expect(withId(value).text('contractId')).toBe(expected);
		expect(withId(value).optional('contractId')).toBe(expected === '' ? undefined : expected);
	});

	it.each([
		[['a'], 'a list'],
		[{ a: 1 }, 'an object'],
		[new Date(NaN), 'an object'],
		[{ toISO: () => null }, 'an object'],
	])('refuses %o', (value, kind) => {
		const refusal = refusalOf(() => withId(value).text('contractId'));
		expect(refusal?.message).toBe("'Contract ID' is not a text");
		expect(refusal?.description).toContain(`instead of ${kind}`);
	});

	it('refuses numbers that have lost digits', () => {
		const refusal = refusalOf(() => withId(1234567890123456789).text('contractId'));
		expect(refusal?.message).toBe("'Contract ID' is a number too large to be exact");
		const inList = refusalOf(() => withId(['a', 1234567890123456789]).list('contractId'));
		expect(inList?.message).toBe("'Contract ID' is a number too large to be exact");
	});

	it('keeps to its rule', () => {
		const rule = {
			required: true,
			max: 4,
			pattern: /^\d+$/,
			expected: 'is no number',
			hint: 'Do.',
		};
		const said = (value: unknown) => {
			const { message, description } =
				refusalOf(() => withId(value).text('contractId', rule)) ?? {};
			return [message, description];
		};
		expect(said(' ')).toEqual([
			"'Contract ID' is empty for this item",
			'Fill it in. If it holds an expression, the expression gave nothing: look at the input on the left.',
		]);
		expect(said('12345')).toEqual(["'Contract ID' is longer than 4 characters", 'Do.']);
		expect(said('12a')).toEqual(["'Contract ID' is no number", 'Do.']);
		expect(said('1234')).toEqual([undefined, undefined]);
		// Nothing given is not a wrong form.
		expect(withId('').text('contractId', { pattern: /^x$/ })).toBe('');
	});
});

describe('what is typed or delivered', () => {
	const said = (value: unknown, rule: TextRule = {}) =>
		refusalOf(() => withId(value).text('contractId', rule))?.message;

	it('loses marks that nobody sees, also in lists', () => {
		expect(withId('\u200b c-\u202e1\ufeff ').text('contractId')).toBe('c-1');
		expect(withId('\u200b').optional('contractId')).toBeUndefined();
		expect(withId('a\u200b, \u2060').list('contractId')).toEqual(['a']);
		expect(withId([' \ufeffa', '\u200b']).list('contractId')).toEqual(['a']);
	});

	it('is brought into the form of the rule before it is checked', () => {
		const rule = { clean: (text: string) => text.replaceAll('-', ''), pattern: /^\d+$/, max: 4 };
		expect(withId('12-3-4').text('contractId', rule)).toBe('1234');
		// Nothing is left of it.
		expect(said('--', { ...rule, required: true })).toBe("'Contract ID' is empty for this item");
	});

	it('is refused where characters were lost, or where an expression found nothing', () => {
		expect(said('\ufffd\ufffd合同')).toBe("'Contract ID' holds characters that were lost");
		for (const end of ['undefined', 'null', 'NaN', '[object Object]'])
			for (const value of [end, `合同${end}`, `no ${end}`])
				expect(said(value)).toBe(`'Contract ID' ends in '${end}'`);
		expect(said('a nullable contract')).toBeUndefined();
	});

	it('is in one line where the rule says so', () => {
		expect(said('a\nb', { singleLine: true })).toBe("'Contract ID' holds a line break");
		expect(withId('a\nb').text('contractId')).toBe('a\nb');
		// At its end it is a blank like any other.
		expect(withId('a\n').text('contractId', { singleLine: true })).toBe('a');
	});
});

describe('number', () => {
	it('reads numbers and texts of numbers', () => {
		expect(withId('0.5').number('contractId')).toBe(0.5);
		expect(withId(7).number('contractId', { integer: true, min: 7, max: 7 })).toBe(7);
		expect(withId('').number('contractId')).toBeUndefined();
	});

	it.each([
		['abc', {}, 'is not a number'],
		[Infinity, {}, 'is not a number'],
		[1.5, { integer: true }, 'is not a whole number'],
		[0, { min: 1 }, 'is out of range'],
		[9, { min: 1, max: 8 }, 'is out of range'],
		['', { required: true }, 'is empty for this item'],
	])('refuses %j with %j', (value, rule, reason) => {
		const refusal = refusalOf(() => withId(value).number('contractId', rule));
		expect(refusal?.message).toBe(`'Contract ID' ${reason}`);
	});

	it('accepts exactly what lies in the range', () => {
		fc.assert(
			fc.property(fc.integer(), fc.integer(), fc.integer(), (value, one, two) => {
				const [min, max] = [Math.min(one, two), Math.max(one, two)];
				const refusal = refusalOf(() => withId(value).number('contractId', { min, max }));
				expect(refusal === undefined).toBe(value >= min && value <= max);
			}),
		);
	});
});

describe('flag', () => {
	it('reads switches and expressions', () => {
		const flag = (value: unknown) => withId(value).flag('contractId');
		expect([true, false, 'true', 'false', '', undefined, null].map(flag)).toEqual([
			...[true, false, true, false, undefined, undefined, undefined],
		]);
		for (const value of ['yes', 1, 0, {}])
			expect(refusalOf(() => flag(value))?.message).toBe("'Contract ID' is neither true nor false");
	});
});

describe('list', () => {
	it('reads lists, and texts with any separator that people type', () => {
		const list = (value: unknown) => withId(value).list('contractId');
		expect(list('a, b，c;d；e\nf,,、g、h\r\ni')).toEqual([...'abcdefghi']);
		expect(list([' a ', 7, '', null])).toEqual(['a', '7']);
		expect(list(undefined)).toEqual([]);
		expect(refusalOf(() => list(['a', {}]))?.message).toBe(
			"'Contract ID' holds something other than text at place 2",
		);
	});

	it('is refused where one of its entries is none', () => {
		const said = (value: unknown) => refusalOf(() => withId(value).list('contractId'))?.message;
		for (const value of ['undefined, a', 'a, undefined, b', ['a', 'undefined'], ['undefined', 'a']])
			expect(said(value)).toBe("'Contract ID' ends in 'undefined'");
		expect(said(['a', '\ufffd'])).toBe("'Contract ID' holds characters that were lost");
	});

	it('of IDs holds nothing that cannot be one', () => {
		const ids = (value: unknown) => withId(value).list('contractId', { ids: true });
		expect(ids('doc-1, a.b:c_2，7')).toEqual(['doc-1', 'a.b:c_2', '7']);
		expect(ids(['doc-1', ''])).toEqual(['doc-1']);
		for (const value of ['doc 1', '合同', 'a, b c', ['<a>'], 'x'.repeat(129)]) {
			const refusal = refusalOf(() => ids(value));
			expect(refusal?.message).toMatch(/^'Contract ID' holds '.{1,40}', which cannot be an ID$/);
		}
		// Where names are meant they may be anything.
		expect(withId('a b, 合同').list('contractId')).toEqual(['a b', '合同']);
	});

	it('gives back what was joined', () => {
		const id = fc.stringMatching(/^[\w-]{1,20}$/).filter(isMeant);
		fc.assert(
			fc.property(
				fc.array(id),
				fc.constantFrom(',', ', ', '，', '、', ';', '；', ' \n', '\r\n'),
				(ids, separator) => {
					expect(withId(ids.join(separator)).list('contractId')).toEqual(ids);
				},
			),
		);
	});
});

describe('nested fields', () => {
	const signers = {
		signer: [{ contact: 'a' }, { contact: 'b', steps: { step: [{ sealId: 7 }] } }],
	};

	it('reads groups and entries', () => {
		const parameters = from({ options: { sn: 'HT-1' }, signers });
		expect(parameters.group('options').text('sn')).toBe('HT-1');
		const [one, two] = parameters.entries('signers');
		expect([one.text('contact'), two.text('contact')]).toEqual(['a', 'b']);
		expect(two.entries('steps')[0].text('sealId')).toBe('7');
		expect(one.entries('steps')).toEqual([]);
	});

	it('names the place in messages', () => {
		const parameters = from({ signers: { signer: [{}, { steps: { step: [{}, {}] } }] } });
		const step = parameters.entries('signers')[1].entries('steps')[1];
		expect(step.label('sealId')).toBe("'Signers 2 → Steps 2 → Seal ID'");
		expect(parameters.group('options').label('sn')).toBe("'Contract Number'");
		expect(parameters.label('unheardOf')).toBe("'unheardOf'");
	});

	it('does not find what only every object has', () => {
		const group = from({ options: {} }).group('options');
		expect(group.value('toString')).toBeUndefined();
		expect(group.value('constructor')).toBeUndefined();
	});

	it('throws nothing but the given refusal, whatever an expression gives', () => {
		const use = ['text', 'optional', 'number', 'flag', 'list', 'group', 'entries'] as const;
		fc.assert(
			fc.property(fc.anything(), fc.constantFrom(...use), (value, method) => {
				refusalOf(() => withId(value)[method]('contractId'));
				const rows = refusalOf(() => {
					for (const row of from({ signers: value }).entries('signers')) row[method]('contact');
				});
				expect(rows?.message ?? "'").toContain("'");
			}),
		);
	});
});

describe('readParameters', () => {
	it('asks n8n for the value of a locator, and names the item', async () => {
		const asked: unknown[] = [];
		const exec = {
			getNode: () => node,
			getNodeParameter: (...given: unknown[]) => {
				asked.push(given);
				if (given[0] !== 'contractId') return '';
				return given.length > 3 ? '={{ $json.a + $json.b }}' : 'contract-1';
			},
		} as unknown as IExecuteFunctions;
		const locator: INodeProperties = {
			...text('signReId', 'Business Line'),
			type: 'resourceLocator',
		};
		const parameters = readParameters(exec, 4, [locator, ...properties]);
		const thrown = await thrownBy(async () => parameters.text('signReId', { required: true }));
		expect(thrown).toBeInstanceOf(NodeOperationError);
		expect((thrown as NodeOperationError).context.itemIndex).toBe(4);
		parameters.text('contractId');
		expect(asked).toEqual([
			['signReId', 4, null, { extractValue: true }],
			['contractId', 4, null, { rawExpressions: true }],
			['contractId', 4, null],
		]);
	});
});
