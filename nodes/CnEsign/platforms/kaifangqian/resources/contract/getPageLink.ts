import type { Parameters } from '../../../../runtime/items/parameters';
import { resultItems } from '../../../../runtime/items/results';
import { omitEmpty } from '../../../../runtime/items/values';
import {
	optionsProperty,
	contactField,
	contactOf,
	contractIdField,
	operatorAccountOf,
} from '../../fields';
import { chinaTime, instantOf } from '../../rules';
import type { Operation } from '../../../../runtime/items/operation';
import { linkNote } from '../../contract/links';

const LONGEST = 72 * 3600_000;

const expiry = (fields: Parameters, timeZone: string): string | undefined => {
	const text = fields.text('pageUrlExpireTime');
	if (text === '') return undefined;
	const label = fields.label('pageUrlExpireTime');
	const instant = instantOf(text, timeZone);
	if (instant === undefined)
		return fields.fail(
			`${label} is not a date and time`,
			'Use the date picker, or enter it as 2030-06-29T18:00:00.',
		);
	const now = Date.now();
	if (instant <= now) return fields.fail(`${label} is in the past`, 'Enter a later time.');
	if (instant > now + LONGEST)
		return fields.fail(
			`${label} is more than 72 hours ahead`,
			'The platform cuts longer times to 72 hours.',
		);
	return chinaTime(instant);
};

/** GET /contract/pageUrl (docs/api/kaifangqian.md, 6.12). */
export const getPageLink: Operation = {
	value: 'getPageLink',
	name: 'Get Page Link',
	action: 'Get link to contract',
	description:
		'Get a short link with which one person opens a contract (获取合同短链接). Whoever has no turn yet gets none.',
	properties: [
		contractIdField,
		contactField('Link For', 'Mobile number or email address of the person who gets the link'),
		optionsProperty([
			{
				displayName: 'Expires',
				name: 'pageUrlExpireTime',
				type: 'dateTime',
				default: '',
				description:
					'Until when a link without login works, at most 72 hours ahead. Sent in China time.',
			},
			{
				displayName: 'Party Name (办理方名称)',
				name: 'partyName',
				type: 'string',
				default: '',
				placeholder: 'e.g. 某某科技有限公司',
				description: 'For which party the person acts',
			},
			{
				displayName: 'Task ID',
				name: 'taskId',
				type: 'string',
				default: '',
				placeholder: 'e.g. task-0001',
				description: "ID of an open task, as returned by 'Get Status'",
			},
			{
				displayName: 'Without Login (免登录)',
				name: 'noLogin',
				type: 'boolean',
				default: false,
				description:
					'Whether whoever has the link is logged in as the person, not only for this contract: treat it like a password',
			},
		]),
	],
	async run(call) {
		const { exec, parameters, client } = call;
		const contractId = parameters.text('contractId', { required: true });
		const fields = parameters.group('options');
		const noLogin = fields.flag('noLogin');
		const pageUrlExpireTime = expiry(fields, exec.getTimezone());
		if (pageUrlExpireTime !== undefined && !noLogin) {
			fields.fail(
				`${fields.label('pageUrlExpireTime')} only works together with ${fields.label('noLogin')}`,
				'Turn that on, or leave the time out.',
			);
		}
		const query = omitEmpty({
			contact: contactOf(call),
			contractId,
			taskId: fields.text('taskId'),
			partyName: fields.text('partyName'),
			noLogin,
			pageUrlExpireTime,
			...operatorAccountOf(parameters),
		}) as Record<string, string>;
		const result = await client.get('/contract/pageUrl', query);
		return resultItems(result).map(({ json: { pageUrl, ...rest } }) => ({
			json: { contractId, contractLink: pageUrl, ...rest, ...linkNote(pageUrl) },
		}));
	},
};
