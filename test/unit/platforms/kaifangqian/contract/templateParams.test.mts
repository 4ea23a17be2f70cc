import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	templateParamsField,
	templateParamsOf,
} from '../../../../../nodes/CnEsign/platforms/kaifangqian/contract/templateParams.js';
import { parametersOf } from '../../../../../nodes/CnEsign/runtime/items/parameters.js';
import { fail, isMeant, refusalOf } from '../../../support.mjs';

const from = (rows: unknown) =>
	templateParamsOf(
		parametersOf({ signTemplateParamList: { value: rows } }, [templateParamsField], fail),
	);

describe('templateParamsOf', () => {
	it('gathers the values of each template, in the order of the rows', () => {
		expect(
			from([
				{ templateId: 'b', paramKey: 'amount', paramValue: 1000 },
				{ templateId: 'a', templateName: '', paramKey: 'name', paramValue: '' },
				{ templateId: 'b', templateName: '合同模板', paramKey: 'date', paramValue: '2030-06-29' },
			]),
		).toEqual([
			{
				templateId: 'b',
				templateName: '合同模板',
				templateParamList: [
					{ paramKey: 'amount', paramValue: '1000' },
					{ paramKey: 'date', paramValue: '2030-06-29' },
				],
			},
			// An empty value is a value: it clears the field.
			{ templateId: 'a', templateParamList: [{ paramKey: 'name', paramValue: '' }] },
		]);
	});

	it('loses no row, and names each template once', () => {
		const row = fc.record({
			templateId: fc.constantFrom('a', 'b', '__proto__'),
			paramKey: fc.stringMatching(/^\w{1,5}$/).filter(isMeant),
			paramValue: fc.stringMatching(/^[!-~]{0,5}$/).filter(isMeant),
		});
		fc.assert(
			fc.property(fc.array(row, { maxLength: 8 }), (rows) => {
				const templates = from(rows) as Array<{
					templateId: string;
					templateParamList: unknown[];
				}>;
				const ids = templates.map(({ templateId }) => templateId);
				expect(ids).toEqual([...new Set(rows.map(({ templateId }) => templateId))]);
				const all = templates.flatMap(({ templateParamList }) => templateParamList);
				expect(all).toHaveLength(rows.length);
			}),
		);
	});

	it('names the row that lacks its field; the template may be left out (docs/api/kaifangqian.md, 6.4a)', () => {
		expect(refusalOf(() => from([{ paramKey: 'x' }, { templateId: 'a' }]))?.message).toBe(
			"'Template Values 2 → Field' is empty for this item",
		);
		expect(from([{ paramKey: 'x', paramValue: '1' }])).toEqual([
			{ templateParamList: [{ paramKey: 'x', paramValue: '1' }] },
		]);
	});

	it('is empty without rows', () => {
		expect(from([])).toEqual([]);
		const parameters = parametersOf({}, [templateParamsField], fail);
		expect(templateParamsOf(parameters)).toEqual([]);
	});
});

describe('a value', () => {
	const sent = (paramValue: unknown) => {
		const [{ templateParamList }] = from([{ paramKey: 'x', paramValue }]) as Array<{
			templateParamList: Array<{ paramValue: string }>;
		}>;
		return templateParamList[0].paramValue;
	};
	const said = (paramValue: unknown) => refusalOf(() => sent(paramValue))?.message;
	const PNG = `iVBORw0KGgo${'A'.repeat(400)}=`;

	it.each([
		['a text', '张三', '张三'],
		['a number', 1000, '1000'],
		['false', false, 'false'],
		['a day', '2030-06-29', '2030-06-29'],
		// How a database hands over midnight of the 29th in China.
		['a moment in UTC', '2030-06-28T16:00:00.000Z', '2030-06-29'],
		['a moment with a zone', '2030-06-29T00:00:00.000+08:00', '2030-06-29'],
		['a date of an expression', new Date('2030-06-28T16:00:00Z'), '2030-06-29'],
		['a DateTime', { toISO: () => '2030-06-29T08:30:00.000+08:00' }, '2030-06-29'],
		['a day with the midnight of a database', '2030-06-29 00:00:00', '2030-06-29'],
		['a moment that somebody writes', '2030-06-29 18:30', '2030-06-29 18:30'],
		['a text that begins like a date', '2030-06-29 is the day', '2030-06-29 is the day'],
		['a picture', PNG, PNG],
		['a picture with what browsers put in front', `data:image/png;base64,${PNG}`, PNG],
	])('is sent as the platform takes it: %s', (_, value, expected) => {
		expect(sent(value)).toBe(expected);
	});

	it('is refused where the platform cannot store it, before anything is sent', () => {
		expect(sent('x'.repeat(200))).toHaveLength(200);
		expect(said('x'.repeat(201))).toBe("'Template Values 1 → Value' is longer than 200 characters");
		for (const text of ['好😀', '𠮷田'])
			expect(said(text)).toBe(
				"'Template Values 1 → Value' holds a character that the platform cannot store",
			);
	});

	it('that is longer must be a picture through and through', () => {
		expect(said(`${PNG}张三`)).toContain('longer than 200 characters');
		for (const start of ['/9j/', 'R0lGOD', 'iVBORw0KGgo'])
			expect(said(`${start}${'A'.repeat(400)}==`)).toBeUndefined();
	});
});
