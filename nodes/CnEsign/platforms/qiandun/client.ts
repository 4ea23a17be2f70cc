import type { ApiResponse } from '../../runtime/http/apiTypes';
import type { ClientDefinition, RefusedResponse } from '../../runtime/http/createClient';
import { envelopeOf, type Envelope } from '../../runtime/http/envelope';
import { howToFindOut, type ErrorDetails } from '../../runtime/http/errors';
import { BAD_PARAMETER, BUSY, gatewayHint, hintFor, perhapsGatewayHint, SUCCESS } from './codes';
import type { QiandunCredential } from './signing';

/** How Qiandun answers (docs/api/qiandun.md, 3). */

export const PLATFORM = 'qiandun';
export const NAME = 'Qiandun';

const isBusy = ({ text }: ApiResponse): boolean =>
	text.length < 10_000 && String(envelopeOf(text)?.code) === BUSY;

/** What a gateway says when it did not accept a call. */
const NOT_ACCEPTED = 429;

/**
 * 服务繁忙,请重试. and its like, or a success that is none: whether that came before or after the work is not
 * known (docs/api/qiandun.md, 3).
 */
const LEAVES_OPEN = /^(?:200|5\d\d)$/;

const explain = ({
	response,
	envelope,
	request,
	clean,
}: RefusedResponse): ErrorDetails | undefined => {
	const { status, headers } = response;
	const gatewayCode = clean(headers['x-ca-error-code']);
	const gateway = clean(headers['x-ca-error-message']);
	const hasEnvelope = envelope?.code !== undefined || envelope?.success === false;
	const isGateway =
		gateway + gatewayCode !== '' ||
		(!hasEnvelope && status >= 400 && status < 500 && status !== 404);
	if (!hasEnvelope && !isGateway) return undefined;
	// Gateways refuse with 4xx; with 5xx they say that the platform behind them gave no answer in time, and an
	// answer with neither refusal nor envelope got lost.
	const named = clean(String(envelope?.code ?? ''));
	const isOpen =
		!request.readsOnly &&
		(status >= 500 ||
			(LEAVES_OPEN.test(named) && status !== NOT_ACCEPTED) ||
			(!hasEnvelope && status < 300));

	const code = named || String(status);
	const how = named === '' ? `HTTP ${status}` : `code ${named}`;
	const said = clean(envelope?.msg);
	const logKey = clean(envelope?.logKey);
	// Code "200" with `success: false`: its message would only say that all is well.
	const message = (named !== SUCCESS && said) || gateway;
	return {
		message: message || `Qiandun refused the call with ${how}`,
		description: [
			isOpen ? howToFindOut(NAME) : '',
			`${hasEnvelope ? 'Qiandun' : "Qiandun's gateway"} answered with ${how}.`,
			said && said !== message ? `It says: ${said}.` : '',
			gateway && gateway !== message ? `Its gateway says: ${gateway}.` : '',
			gatewayCode && `Code of its gateway: ${gatewayCode}.`,
			logKey && `Log key for its support: ${logKey}.`,
			isOpen ? '' : isGateway ? gatewayHint : hintFor(code),
			!isOpen && !isGateway && code === BAD_PARAMETER ? perhapsGatewayHint : '',
		]
			.filter(Boolean)
			.join(' '),
		code,
		outcomeUnknown: isOpen,
	};
};

/** Wire names whose values are personal or secret. */
const PERSONAL =
	/^(?:name|legal.*|account|idCard|bankCard|mobile|psn\w*(?:Name|Num|Mobile|No)|\w*(?:phone|mobile|idCardNum|idCardNo|bankCardNo)|receiver\w*|corp\w*(?:Name|Num)|token|secret|sign|image(?:Base64|Url))$/i;

export const client: ClientDefinition<QiandunCredential> = {
	platformName: NAME,
	baseUrlEnding: '/api',
	secretsOf: ({ secret, appKey }) => [secret, appKey],
	isPersonalField: (name) => PERSONAL.test(name),
	// Rate limits are not known (docs/api/qiandun.md, 3).
	isThrottled: ({ status }) => status === NOT_ACCEPTED,
	isBusy,
	checkPath(path, baseUrl) {
		// The samples of the vendor show whole paths, with the /api that the base URL already has.
		if (!baseUrl.endsWith('/api') || !path.startsWith('/api/')) return undefined;
		return {
			message: "The path begins with /api, which 'Base URL' in the credential already ends in",
			description: 'Leave out the first /api. Nothing was sent.',
		};
	},
	// Code "200", and `success`, which may be missing, not false (docs/api/qiandun.md, 3).
	isSuccess: ({ code, success }: Envelope) => String(code) === SUCCESS && success !== false,
	explain,
	// An empty answer is no file; one that looks like an envelope is a refusal.
	isFile: (head) =>
		head.length > 0 && !(/^\s*\{/.test(head.toString('latin1')) && head.includes('"code"')),
};
