/** Parameter sets for an operation, made from its own properties: mostly plausible, some hostile. */
import fc from 'fast-check';
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import {
	atKeyword,
	company,
	onPage,
	personal,
	sealStep,
	step,
} from '../unit/platforms/kaifangqian/contract/signers/support.mjs';

type Values = Record<string, unknown>;

const POISON = ['__proto__', 'constructor', 'prototype', 'appAuthToken', 'uniqueCode', 'sign'];

export const hostileText = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 16 }),
	fc.constantFrom(
		...['../../admin', '/../..', '..%2f..%2f', '%2e%2e/', 'http://evil.example/', '//evil.example'],
		...[
			'/@evil.example',
			'\\\\evil.example',
			'/contract/tasks?appAuthToken=X',
			'/a#b',
			'/a;b=c/..',
		],
		...[
			'x\r\nHost: evil.example',
			'x\nappAuthToken: X',
			'\u0000',
			'\ud800',
			'\u202e',
			'\u200b',
			'',
		],
		...['={{ 1 }}', '<script>', "' OR 1=1", '&appAuthToken=X', 'a=b&c=d', '+', '%', '%zz', '  '],
		...POISON,
	),
);
const hostile = fc.oneof(
	{ weight: 4, arbitrary: hostileText },
	{ weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
	{ weight: 1, arbitrary: fc.constantFrom<unknown>(undefined, null, NaN, 1e30, -1, [[]], () => 1) },
);

/** Nineteen digits, as both platforms make them: a number would lose the last ones. */
export const longId = fc.stringMatching(/^19\d{16}[1-9]$/);

const jsonText = fc.oneof(
	fc
		.array(
			fc.tuple(
				fc.oneof(
					fc.constantFrom('contractId', 'name', 'list', ...POISON),
					fc.string({ maxLength: 5 }),
				),
				fc.oneof(
					longId,
					longId.map((id) => `"${id}"`),
					fc.json({ maxDepth: 2 }),
					hostileText.map((text) => JSON.stringify(text)),
				),
			),
			{ maxLength: 4 },
		)
		.map((pairs) => `{${pairs.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join()}}`),
	fc.json({ maxDepth: 3 }),
	fc.constantFrom('', '{}', '{"a":{"__proto__":{"b":1}}}', '{"appAuthToken":"FORGED","a":1}'),
);

const signersJson = fc
	.tuple(
		fc.constantFrom(
			[personal()],
			[personal({ positionParamList: [atKeyword(), onPage()] })],
			[company([sealStep(), step()])],
			[personal(), company([step({ nodeType: 'APPROVER_CHECK' })])],
		),
		fc.dictionary(fc.constantFrom('more', 'contact', ...POISON.slice(3)), hostile, { maxKeys: 2 }),
	)
	.map(([list, more]) => {
		const copy = structuredClone([...list]) as Values[];
		Object.assign(copy[0], JSON.parse(JSON.stringify(more)));
		return JSON.stringify(copy);
	});

const person = fc.constantFrom(
	{ name: '李四', contact: '13900139000' },
	{ name: '王五', contact: 'wangwu@example.com' },
	{ name: '赵六', contact: '+86 139-0013-9001' },
);
const position = fc.constantFrom<Values>(
	{},
	{ signPositionType: 'NONE' },
	{ signPositionType: 'POSITION', x: '62', y: '80.5' },
	{ signPositionType: 'POSITION', x: 5, y: 90, controlType: 'SIGN_DATE' },
	{ signPositionType: 'KEYWORD', keyword: '乙方签字', xOffset: '60' },
);
const details = fc.oneof(
	fc.constant<Values>({}),
	fc.record({ verifyType: fc.constantFrom('', 'CAPTCHA'), agreeSkipWillingness: fc.boolean() }),
	fc.record({
		company: fc.constant('某某科技有限公司'),
		nodeType: fc.constantFrom('ENTERPRISE_SEAL', 'LEGAL_PERSON_SIGN', 'AGENT_SIGN'),
	}),
	fc.record({
		side: fc.constant('sender'),
		nodeType: fc.constantFrom('ENTERPRISE_SEAL', 'AUTO_SIGN'),
		sealId: longId,
	}),
);

/** Rows that belong together: a field that fits by itself seldom fits the ones beside it. */
const signerRows = fc.uniqueArray(fc.tuple(person, details, fc.option(position)), {
	minLength: 1,
	maxLength: 3,
	selector: ([{ contact }]) => contact,
});
const rowsAsFields = signerRows.map((list) => ({
	signer: list.map(([who, more, place]) => ({
		...who,
		details: { ...more, ...(place ? { positions: { position: [place] } } : {}) },
	})),
}));
const rowsAsJson = signerRows.map((list) =>
	JSON.stringify(list.map(([who, more, place]) => ({ ...who, ...more, ...place }))),
);

const textFor = (name: string): fc.Arbitrary<unknown> => {
	if (/^signersJson$/.test(name)) return signersJson;
	if (/path/i.test(name))
		return fc.oneof(fc.constantFrom('/open/contract/start', 'contract/tasks'), hostileText);
	if (name === 'files') return fc.constantFrom('', '1', '1, 2');
	if (/^[xy]$/.test(name)) return fc.constantFrom('', '62', 80.5);
	if (/^[xy]Offset$/.test(name)) return fc.constantFrom('', '60', 10);
	if (name === 'order') return fc.constantFrom('', '1', 2);
	if (/^offset/.test(name)) return fc.constantFrom('', '0.5', '1');
	if (/^pageConfig$/.test(name)) return fc.constantFrom('1', '1-3', '2');
	if (/Ids?$|List$|^ids$|Code$/.test(name)) return longId;
	if (/contact|mobile|phone|account/i.test(name)) return fc.constant('13900139000');
	if (/url|page|link/i.test(name)) return fc.constant('https://example.com/back?a=b&c=d');
	if (/date|time/i.test(name)) return fc.constantFrom('2099-06-29', '2099-06-29 18:00:00');
	if (/binaryPropertyNames$/i.test(name))
		return fc.constantFrom(...['data', 'data', 'more', 'data, more', '*', 'none']);
	if (/binary/i.test(name)) return fc.constant('data');
	return fc.oneof(fc.constantFrom('李四', '某某科技有限公司', 'a b+c%20', '1'), longId);
};

const plausible = (property: INodeProperties, calm: boolean): fc.Arbitrary<unknown> => {
	const { name, type, typeOptions } = property;
	const several = typeOptions?.multipleValues === true;
	switch (type) {
		case 'options':
			return fc.constantFrom(
				...(property.options as INodePropertyOptions[]).map(({ value }) => value),
			);
		case 'multiOptions':
			return fc.subarray((property.options as INodePropertyOptions[]).map(({ value }) => value));
		case 'boolean':
			return fc.boolean();
		case 'number':
			return fc.oneof(fc.integer({ min: 1, max: 7 }), fc.constantFrom('', '2', '0.5', 120));
		case 'json':
			if (name === 'rowsJson') return calm ? rowsAsJson : fc.oneof(rowsAsJson, jsonText);
			return /signer/i.test(name) ? signersJson : jsonText;
		case 'collection':
			return valuesOf(property.options as INodeProperties[], [], calm);
		case 'fixedCollection': {
			const [option] = property.options as INodePropertyCollection[];
			const row = valuesOf(option.values, undefined, calm);
			const fits = option.name === 'signer' && several;
			if (calm && fits) return rowsAsFields;
			const rows = several ? fc.array(row, { minLength: calm ? 1 : 0, maxLength: 2 }) : row;
			const built = rows.map((value) => ({ [option.name]: value }));
			return fits ? fc.oneof(built, rowsAsFields) : built;
		}
		default:
			return textFor(name);
	}
};

const valueOf = (property: INodeProperties, calm: boolean): fc.Arbitrary<unknown> => {
	if (calm) return plausible(property, calm);
	return fc.oneof(
		{ weight: 12, arbitrary: plausible(property, calm) },
		{ weight: 1, arbitrary: fc.constant(property.default as unknown) },
		{ weight: 1, arbitrary: hostile },
	);
};

/**
 * Values for properties; some are left out where `requiredKeys` does not hold them. Calm ones hold nothing
 * hostile.
 */
export const valuesOf = (
	properties: INodeProperties[],
	requiredKeys?: string[],
	calm = false,
): fc.Arbitrary<Values> => {
	// A parameter may stand there twice, for two settings of another one.
	const arbitraries = new Map<string, Array<fc.Arbitrary<unknown>>>();
	for (const property of properties)
		arbitraries.set(property.name, [
			...(arbitraries.get(property.name) ?? []),
			valueOf(property, calm),
		]);
	const model = Object.fromEntries(
		[...arbitraries].map(([name, list]) => [name, list.length > 1 ? fc.oneof(...list) : list[0]]),
	);
	return fc.record(model, requiredKeys ? { requiredKeys: requiredKeys as never[] } : {});
};

/** All plausible but for one value at most: what an operation that asks for much is rarely given else. */
export const nearlyRight = (properties: INodeProperties[]): fc.Arbitrary<Values> =>
	fc
		.tuple(
			valuesOf(properties, undefined, true),
			fc.option(fc.tuple(fc.constantFrom(...properties.map(({ name }) => name)), hostile), {
				freq: 1,
			}),
		)
		.map(([values, spoiled]) => (spoiled ? { ...values, [spoiled[0]]: spoiled[1] } : values));
