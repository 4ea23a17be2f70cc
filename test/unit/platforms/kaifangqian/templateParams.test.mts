import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	templateParamsField,
	templateParamsOf,
} from '../../../../nodes/CnEsign/platforms/kaifangqian/templateParams.js';
import { parametersOf } from '../../../../nodes/CnEsign/runtime/parameters.js';
import { fail, refusalOf } from '../../support.mjs';

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
			paramKey: fc.stringMatching(/^\w{1,5}$/),
			paramValue: fc.stringMatching(/^\S{0,5}$/),
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

	it('names the row that lacks its template or its field', () => {
		expect(
			refusalOf(() => from([{ templateId: 'a', paramKey: 'x' }, { paramKey: 'y' }]))?.message,
		).toBe("'Template Values 2 → Template ID' is empty");
		expect(refusalOf(() => from([{ templateId: 'a' }]))?.message).toBe(
			"'Template Values 1 → Field' is empty",
		);
	});

	it('is empty without rows', () => {
		expect(from([])).toEqual([]);
		const parameters = parametersOf({}, [templateParamsField], fail);
		expect(templateParamsOf(parameters)).toEqual([]);
	});
});
