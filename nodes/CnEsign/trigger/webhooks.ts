import {
	NodeOperationError,
	type IDataObject,
	type IHookFunctions,
	type INodeType,
	type IWebhookDescription,
} from 'n8n-workflow';
import type { PlatformDefinition } from '../platforms/definition';
import { createClient } from '../runtime/http/createClient';
import {
	readCredential,
	type BaseCredential,
	isUnencrypted,
	UNENCRYPTED,
} from '../runtime/http/credential';
import { asNodeError } from '../runtime/http/errors';
import { singleCall } from '../runtime/items/settings';
import { wrongEvent, wrongContractId, fitsIntoUrl } from './properties';

const PATH = 'esign';

/** The answer that each platform takes for "delivered": one text, or an expression that chooses it. */
const acknowledgementOf = (platforms: PlatformDefinition[]): string => {
	const answers = platforms.map(({ value, trigger }) => [value, trigger.acknowledgement] as const);
	const [[, first]] = answers;
	if (answers.every(([, answer]) => answer === first)) return first;
	return `={{ (${JSON.stringify(Object.fromEntries(answers))})[$parameter["platform"]] }}`;
};

/** The address of the trigger, for GET and POST. */
export function callbackWebhooks(platforms: PlatformDefinition[]): IWebhookDescription[] {
	const responseData = acknowledgementOf(platforms);
	return [
		{
			name: 'setup',
			httpMethod: 'GET',
			// The same address as the other one: showing it twice would only puzzle.
			ndvHideUrl: true,
			path: PATH,
			responseMode: 'onReceived',
			responseData,
		},
		// When an execution starts, n8n answers with `responseData` and not with what the node returned.
		{
			name: 'default',
			httpMethod: 'POST',
			path: PATH,
			responseMode: 'onReceived',
			responseData,
		},
	];
}

const optionsOf = (context: IHookFunctions): IDataObject =>
	context.getNodeParameter('options', {}) as IDataObject;

/** The address as it has to be entered in the vendor's console. */
const fullUrl = (context: IHookFunctions): string => {
	const secret = String(optionsOf(context).urlSecret ?? '').trim();
	return `${context.getNodeWebhookUrl('default') ?? ''}${secret === '' ? '' : `?secret=${secret}`}`;
};

const warn = (context: IHookFunctions, text: string): void =>
	context.logger.warn(`CN E-Sign Trigger: ${text}`, { node: context.getNode().name });

const refuse = (context: IHookFunctions, message: string, description: string): never => {
	throw new NodeOperationError(context.getNode(), message, { description });
};

const checkEvents = (context: IHookFunctions, { name, trigger }: PlatformDefinition): void => {
	const wrong = wrongEvent(context.getNodeParameter('events', []), trigger.events);
	if (wrong !== undefined)
		refuse(
			context,
			`'Trigger On' holds '${wrong.slice(0, 40)}', which is no event of ${name}`,
			'No event would ever fit it. Choose from the list again.',
		);
};

const checkOptions = (context: IHookFunctions): void => {
	const { contractIds, urlSecret } = optionsOf(context);
	const wrong = wrongContractId(contractIds);
	if (wrong !== undefined)
		refuse(
			context,
			`'Contract IDs' holds '${wrong.slice(0, 40)}', which cannot be the ID of a contract`,
			'No event would ever fit. Enter the IDs that the platform gave, separated by commas, or leave the option out.',
		);
	if (!fitsIntoUrl(String(urlSecret ?? '').trim()))
		refuse(
			context,
			"'URL Secret' holds a character that means something else in an address",
			'Use letters, digits and . _ ~ - only, and enter the address in the console of the platform again.',
		);
};

const CHECK_TIMEOUT = 10_000;

/** A credential that no callback can be served with is said now; a host that cannot be reached may come back. */
const checkCredential = async (
	context: IHookFunctions,
	platform: PlatformDefinition,
	platforms: PlatformDefinition[],
): Promise<BaseCredential> => {
	const credential = await readCredential(context, platform, platforms);
	if (isUnencrypted(credential.baseUrl)) warn(context, UNENCRYPTED);
	const settings = singleCall(CHECK_TIMEOUT);
	const client = createClient(platform.actions.client, context, settings, credential).forItem(0);
	const { url, refused, good } = platform.credential.test;
	const [path, query] = url.split('?');
	try {
		await client.get(path, Object.fromEntries(new URLSearchParams(query)));
	} catch (thrown) {
		const { message, description } = asNodeError(context.getNode(), thrown, 0);
		const { httpCode } = thrown as { httpCode?: string | null };
		// Without a code the call was refused on this side: an invalid key, an empty token.
		if (httpCode === null || (httpCode !== undefined && refused.includes(httpCode)))
			refuse(context, message, description ?? 'Check the credential.');
		if (!good.includes(httpCode ?? '')) warn(context, `${message}. ${description ?? ''}`);
	}
	return credential;
};

const checkAddress = (
	context: IHookFunctions,
	{ name, trigger: { longestUrl } }: PlatformDefinition,
): void => {
	const { length } = fullUrl(context);
	if (longestUrl && length > longestUrl.characters)
		warn(
			context,
			`the address of this trigger has ${length} characters. ${name} takes at most ${longestUrl.characters}: ${longestUrl.otherwise}. Use a shorter host name, or a shorter URL secret.`,
		);
};

/** What n8n calls when the workflow is published and unpublished. */
export function webhookLifecycle(platforms: PlatformDefinition[]): INodeType['webhookMethods'] {
	const platformOf = (context: IHookFunctions): PlatformDefinition =>
		platforms.find(({ value }) => value === context.getNodeParameter('platform')) ?? platforms[0];
	return {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				const platform = platformOf(this);
				const { isRegistered } = platform.trigger;
				if (!isRegistered) return false;
				const credential = await readCredential(this, platform, platforms);
				return await isRegistered(this, fullUrl(this), credential);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				const platform = platformOf(this);
				checkEvents(this, platform);
				checkOptions(this);
				checkAddress(this, platform);
				const credential = await checkCredential(this, platform, platforms);
				await platform.trigger.register?.(this, fullUrl(this), credential);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				const platform = platformOf(this);
				const { unregister } = platform.trigger;
				if (unregister)
					await unregister(this, fullUrl(this), await readCredential(this, platform, platforms));
				return true;
			},
		},
	};
}
