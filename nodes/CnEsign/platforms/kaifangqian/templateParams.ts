import type { INodeProperties } from 'n8n-workflow';
import type { Parameters } from '../../runtime/parameters';
import { given } from './fields';

/** `signTemplateParamList` (api/kaifangqian.md §6.4). No endpoint lists a template's fields. */
export const templateParamsField: INodeProperties = {
	displayName: 'Template Values',
	name: 'signTemplateParamList',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Value',
	default: {},
	description:
		'Values for the fields of the business line’s templates (模板). Copy the names of the fields from the template in the web console.',
	options: [
		{
			displayName: 'Value',
			name: 'value',
			values: [
				{
					displayName: 'Template ID',
					name: 'templateId',
					type: 'string',
					default: '',
					placeholder: 'e.g. tpl-0001',
					description: 'Template that the field is in (模板ID)',
				},
				{
					displayName: 'Template Name',
					name: 'templateName',
					type: 'string',
					default: '',
					placeholder: 'e.g. 服务合同模板',
					description: 'Name of the template (模板名称), if you want to send it along',
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
					description: 'What to write into it (paramValue)',
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

/** One entry per template, in the order in which the templates first appear in the rows. */
export const templateParamsOf = (fields: Parameters): Array<Record<string, unknown>> => {
	const byTemplate = new Map<string, TemplateParams>();
	for (const row of fields.entries('signTemplateParamList')) {
		const templateId = row.text('templateId', { required: true });
		const template = byTemplate.get(templateId) ?? { templateId, templateParamList: [] };
		template.templateName ??= row.optional('templateName');
		template.templateParamList.push({
			paramKey: row.text('paramKey', { required: true }),
			paramValue: row.text('paramValue'),
		});
		byTemplate.set(templateId, template);
	}
	return [...byTemplate.values()].map(({ templateId, templateName, templateParamList }) =>
		given({ templateId, templateName, templateParamList }),
	);
};
