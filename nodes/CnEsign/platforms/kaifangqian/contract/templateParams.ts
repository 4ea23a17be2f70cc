import type { INodeProperties } from 'n8n-workflow';
import type { Parameters } from '../../../runtime/items/parameters';
import { omitEmpty } from '../../../runtime/items/values';
import { dateOnly, NOT_STORABLE, NOT_STORABLE_HINT, STORABLE } from '../rules';

/** `signTemplateParamList` (docs/api/kaifangqian.md, 6.4a). No endpoint lists a template's fields. */
export const templateParamsField: INodeProperties = {
	displayName: 'Template Values (模板)',
	name: 'signTemplateParamList',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Value',
	default: {},
	description:
		'Values for the fields of the line’s templates; copy the names from the company console (企业管理后台)',
	options: [
		{
			displayName: 'Value',
			name: 'value',
			values: [
				{
					displayName: 'Template ID (模板ID)',
					name: 'templateId',
					type: 'string',
					default: '',
					placeholder: 'e.g. tpl-0001',
					description: 'Optional: the platform finds the field by its name alone',
				},
				{
					displayName: 'Template Name (模板名称)',
					name: 'templateName',
					type: 'string',
					default: '',
					placeholder: 'e.g. 服务合同模板',
					description: 'Optional',
				},
				{
					displayName: 'Field',
					name: 'paramKey',
					type: 'string',
					default: '',
					placeholder: 'e.g. amount',
					description: 'Its name in the template (paramKey)',
				},
				{
					displayName: 'Value',
					name: 'paramValue',
					type: 'string',
					default: '',
					placeholder: 'e.g. 1000',
					description:
						'Up to 200 characters; a date as 2030-06-29, a picture as Base64, a choice by the ID of its option',
				},
			],
		},
	],
};

interface TemplateParams {
	templateId: string;
	templateName?: string;
	templateParamList: Array<{ paramKey: string; paramValue: string }>;
}

// The platform's columns end there; a picture may be longer (docs/api/kaifangqian.md, 6.4a).
const LONGEST_VALUE = 200;
const PICTURE = /^(?:iVBORw0KGgo|\/9j\/|R0lGOD|Qk)[A-Za-z0-9+/=\s]+$/;

/** A value as the platform takes it: a date as a day, a picture as plain Base64. */
const paramValueOf = (row: Parameters): string => {
	const value = row.value('paramValue');
	const isDate = value instanceof Date || (typeof value === 'object' && value !== null);
	const text = row.text('paramValue').replace(/^data:[^,]*;base64,/i, '');
	if (isDate) return dateOnly(text) ?? text;
	if (!STORABLE.test(text))
		row.fail(`${row.label('paramValue')} ${NOT_STORABLE}`, NOT_STORABLE_HINT);
	if (text.length > LONGEST_VALUE && !PICTURE.test(text))
		row.fail(
			`${row.label('paramValue')} is longer than ${LONGEST_VALUE} characters`,
			'Nothing was sent. Shorten it, or split it into several fields of the template.',
		);
	// A date with a time, as a database or a date picker gives it.
	return /^\d{4}-\d{2}-\d{2}(?:T|\s+00:00(?::00(?:\.0+)?)?$)/.test(text)
		? (dateOnly(text) ?? text)
		: text;
};

/** One entry per template, in the order in which the templates first appear in the rows. */
export function templateParamsOf(fields: Parameters): Array<Record<string, unknown>> {
	const byTemplate = new Map<string, TemplateParams>();
	for (const row of fields.entries('signTemplateParamList')) {
		const templateId = row.text('templateId');
		const template = byTemplate.get(templateId) ?? {
			templateId,
			templateName: undefined,
			templateParamList: [],
		};
		template.templateName ??= row.optional('templateName');
		template.templateParamList.push({
			paramKey: row.text('paramKey', { required: true }),
			paramValue: paramValueOf(row),
		});
		byTemplate.set(templateId, template);
	}
	return [...byTemplate.values()].map((template) => omitEmpty({ ...template }));
}
