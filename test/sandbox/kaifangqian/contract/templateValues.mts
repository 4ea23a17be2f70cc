import { breakDown, plainRefusal, refuse, tooLong } from '../answers.mjs';
import { startOfDay } from '../dates.mjs';
import type { Template, TemplateField } from '../seeds.mjs';
import type { SignTemplateParam } from '../wire.mjs';
import { hasWideCharacters, TEMPLATE_VALUE } from './limits.mjs';

// Template fields to fill in (docs/api/kaifangqian.md 6.4a).

/** The sender's values of a call, matched by `paramKey` alone; unknown ones are passed over. */
export function senderValues(
	template: Template | undefined,
	sent: SignTemplateParam[],
): Record<string, string> {
	const fields = template?.fields.filter(({ by }) => by === 'sender') ?? [];
	const params = sent.flatMap(({ templateParamList }) => templateParamList ?? []);
	if (fields.length > 0 && params.some(({ paramKey }) => paramKey === undefined))
		breakDown(
			'Cannot invoke "String.equals(Object)" because the return value of "ContractTemplateParam.getParamKey()" is null',
		);
	const values: Record<string, string> = {};
	for (const field of fields) {
		const value = params.find(({ paramKey }) => paramKey === field.key)?.paramValue;
		if (value === undefined || (value === '' && field.kind !== 'image')) continue;
		checkValue(field, value);
		values[field.key] = value;
	}
	return values;
}

function checkValue({ kind }: TemplateField, value: string): void {
	if (kind === 'date' && startOfDay(value) === undefined)
		refuse(23000, '时间控件日期解析错误，请填写正确时间格式yyyy-MM-dd');
	if (kind === 'image') {
		if (value.startsWith('data:')) breakDown('Illegal base64 character 3a');
	} else if (kind !== 'longText' && [...value].length > TEMPLATE_VALUE) tooLong();
}

const isMissing = (template: Template, values: Record<string, string>, keys: string[]): boolean =>
	template.fields.some(
		({ key, isRequired }) => isRequired && keys.includes(key) && !values[key]?.trim(),
	);

export const UNFILLED = '文档参数内容未填写完成，请完善';

export const isFilledBySender = (template: Template, values: Record<string, string>): boolean =>
	!isMissing(
		template,
		values,
		template.fields.filter(({ by }) => by === 'sender').map(({ key }) => key),
	);

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

/** The server's fonts lack some characters, and an image must be one. */
export function draw(template: Template, values: Record<string, string>): void {
	for (const { key, kind } of template.fields) {
		const value = values[key];
		if (value === undefined) continue;
		const isDrawn =
			kind === 'image'
				? Buffer.from(value, 'base64').subarray(0, 4).equals(PNG)
				: !hasWideCharacters(value);
		if (!isDrawn) plainRefusal('填写失败');
	}
}

/** What a person fills in on the page: nobody gets past a required field. */
export function fillIn(
	template: Template,
	values: Record<string, string>,
	keys: string[],
	filled: Record<string, string>,
): Record<string, string> {
	const unknown = Object.keys(filled).filter((key) => !keys.includes(key));
	if (unknown.length > 0) throw new Error(`Nothing to fill in is called ${unknown.join(', ')}`);
	const all = { ...values, ...filled };
	if (isMissing(template, all, keys)) plainRefusal(UNFILLED);
	for (const field of template.fields) {
		const value = filled[field.key];
		if (value !== undefined && value !== '') checkValue(field, value);
	}
	draw(template, filled);
	return all;
}
