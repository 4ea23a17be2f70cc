import { NodeOperationError, type IDataObject } from 'n8n-workflow';
import type { ApiCaller } from './apiTypes';
import { cleanBaseUrl } from './signableRequest';

/** The one credential type of the package. */
export const CREDENTIAL = 'cnEsignApi';

/** What the credentials of all platforms have. */
export interface BaseCredential {
	/** Missing where it is that of the first platform. */
	platform?: string;
	baseUrl: string;
}

export interface NamedPlatform {
	value: string;
	name: string;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether calls to this address leave the machine without TLS. */
export function isUnencrypted(baseUrl: string): boolean {
	if (!URL.canParse(baseUrl)) return false;
	const { protocol, hostname } = new URL(baseUrl);
	return protocol === 'http:' && !LOOPBACK.test(hostname);
}

export const UNENCRYPTED =
	"'Base URL' in the credential starts with http://, so anyone on the network can read the secrets and contracts. Use https:// if the platform has it.";

/** Warns an execution, beside its output and in n8n's log; other callers have no output to say it at. */
const warnIfUnencrypted = (exec: ApiCaller, baseUrl: string): void => {
	if (!('addExecutionHints' in exec) || !isUnencrypted(baseUrl)) return;
	exec.addExecutionHints({ message: UNENCRYPTED, type: 'warning', location: 'outputPane' });
	exec.logger.warn(`CN E-Sign: ${UNENCRYPTED}`, { node: exec.getNode().name });
};

/**
 * The credential, with a clean base URL; one of another platform is refused before anything is sent.
 * `platforms` are all there are: a credential that names none belongs to the first.
 */
export async function readCredential<Credential extends BaseCredential>(
	exec: ApiCaller,
	platform: NamedPlatform,
	platforms: NamedPlatform[],
): Promise<Credential> {
	const credential = await exec.getCredentials<Credential & IDataObject>(CREDENTIAL);
	const credentialPlatform = credential.platform ?? platforms[0].value;
	if (credentialPlatform !== platform.value) {
		const credentialPlatformName =
			platforms.find(({ value }) => value === credentialPlatform)?.name ?? credentialPlatform;
		throw new NodeOperationError(
			exec.getNode(),
			`The credential is for ${credentialPlatformName}, but this node is set to ${platform.name}`,
			{
				description: `Choose a credential for ${platform.name}, or change 'Platform' in this node. Nothing was sent.`,
			},
		);
	}
	const baseUrl = cleanBaseUrl(credential.baseUrl);
	warnIfUnencrypted(exec, baseUrl);
	return { ...credential, baseUrl };
}
