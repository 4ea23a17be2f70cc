import type {
	IDataObject,
	IHookFunctions,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { CREDENTIAL } from '../runtime/credentialName';
import { isReadableOnTheWay, PLAIN_HTTP } from '../runtime/plainHttp';

const PATH = 'esign';

// What Kaifangqian takes for "delivered": exactly this body, with HTTP 200 (docs/api/kaifangqian.md, 7.1).
export const ACKNOWLEDGED = 'success';

/** A longer address breaks calls of Kaifangqian (docs/api/kaifangqian.md, 3.3). */
export const LONGEST_ADDRESS = 128;

export const callbackWebhooks: IWebhookDescription[] = [
	{
		name: 'setup',
		httpMethod: 'GET',
		// The same address as the other one: showing it twice would only puzzle.
		ndvHideUrl: true,
		path: PATH,
		responseMode: 'onReceived',
		responseData: ACKNOWLEDGED,
	},
	// When an execution starts, n8n answers with `responseData` and not with what the node returned.
	{
		name: 'default',
		httpMethod: 'POST',
		path: PATH,
		responseMode: 'onReceived',
		responseData: ACKNOWLEDGED,
	},
];

/** An answer that makes the platform deliver again. A throw would start a workflow without an event. */
export const postpone = (context: IWebhookFunctions, { message }: Error): IWebhookResponseData => {
	context.logger.error(`CN E-Sign Trigger: ${message}`, { node: context.getNode().name });
	context.getResponseObject().status(503).json({ message: 'Try again later' });
	return { noWebhookResponse: true };
};

/** The address as it has to stand in the vendor's console. */
const fullAddress = (context: IHookFunctions): string => {
	const { pathSecret } = context.getNodeParameter('options', {}) as IDataObject;
	const secret = String(pathSecret ?? '').trim();
	return `${context.getNodeWebhookUrl('default') ?? ''}${secret === '' ? '' : `?secret=${encodeURIComponent(secret)}`}`;
};

const baseUrlOf = async (context: IHookFunctions): Promise<string> => {
	try {
		return String((await context.getCredentials(CREDENTIAL)).baseUrl ?? '').trim();
	} catch {
		// A credential that is missing says so with the first callback.
		return '';
	}
};

// Neither platform has an API to register an address, so there is nothing to create or delete. What is
// left is the moment of activation, the only one at which the whole address is known.
export const lifecycle = {
	async checkExists(this: IHookFunctions): Promise<boolean> {
		return false;
	},
	async create(this: IHookFunctions): Promise<boolean> {
		const { length } = fullAddress(this);
		if (this.getNodeParameter('platform') === 'kaifangqian' && length > LONGEST_ADDRESS) {
			this.logger.warn(
				`CN E-Sign Trigger: the address of this trigger has ${length} characters. Kaifangqian takes at most ${LONGEST_ADDRESS}: with a longer one contracts start with an error and cannot be recalled or finished. Use a shorter host name, or a shorter path secret.`,
				{ node: this.getNode().name },
			);
		}
		if (isReadableOnTheWay(await baseUrlOf(this)))
			this.logger.warn(`CN E-Sign Trigger: ${PLAIN_HTTP}`, { node: this.getNode().name });
		return true;
	},
	async delete(this: IHookFunctions): Promise<boolean> {
		return true;
	},
};
