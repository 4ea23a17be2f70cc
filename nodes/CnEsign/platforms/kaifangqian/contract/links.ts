import type { INodeProperties } from 'n8n-workflow';
import type { Client } from '../../../runtime/http/createClient';
import { webAddress, type Parameters } from '../../../runtime/items/parameters';
import { omitEmpty } from '../../../runtime/items/values';

/** Said about a link that only the server itself could open (docs/api/kaifangqian.md, 6.11). */
export const NO_ADDRESS =
	"The link begins with localhost, because the installation's own address is not set. Nobody else can open it: let whoever runs the installation set its address.";

/** Whether a link points to the machine that it is opened on. */
export function pointsNowhere(link: unknown): boolean {
	return typeof link === 'string' && URL.canParse(link) && new URL(link).hostname === 'localhost';
}

/** `note` for an output with this link, where there is something to say. */
export function linkNote(link: unknown): { note?: string } {
	return pointsNowhere(link) ? { note: NO_ADDRESS } : {};
}

/** How the page of a task is to be made. */
export const linkFields: INodeProperties[] = [
	{
		displayName: 'Link Type',
		name: 'linkType',
		type: 'options',
		options: [
			{ name: 'Computer (PC)', value: 'pc' },
			{ name: 'Phone (H5)', value: 'h5' },
		],
		default: 'h5',
		description:
			'The device that the page is made for. Platforms on your own server do not use it.',
	},
	{
		displayName: 'Return Page (前端跳转页)',
		name: 'callbackPage',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://your-domain.com/done',
		description: 'Page that the person comes back to',
	},
];

// The platform's column ends there (docs/api/kaifangqian.md, 3.3).
const LONGEST_PAGE = 500;

/** Reads `linkFields`. */
export function linkChoicesOf(fields: Parameters): Record<string, unknown> {
	return {
		linkType: fields.text('linkType', {
			pattern: /^(?:h5|pc)$/,
			expected: 'is neither h5 nor pc',
			hint: 'Choose from the list.',
		}),
		callbackPage: fields.text('callbackPage', { ...webAddress, max: LONGEST_PAGE }),
	};
}

/** GET /contract/taskUrl (docs/api/kaifangqian.md, 6.11). */
export async function taskLink(
	client: Client,
	task: { contractId: string; taskId: string },
	choices: Record<string, unknown>,
): Promise<unknown> {
	return await client.get(
		'/contract/taskUrl',
		omitEmpty({ ...task, ...choices }) as Record<string, string>,
	);
}
