import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { CREDENTIAL } from './credentialName';
import { cleanBaseUrl } from './outgoing';
import { warnOfPlainHttp } from './plainHttp';

const NAMES: Record<string, string> = { kaifangqian: 'Kaifangqian', qiandun: 'Qiandun' };
const nameOf = (platform: string) => NAMES[platform] ?? platform;

/** The credential, with a clean base URL; one of another platform is refused before anything is sent. */
export const credentialOf = async <T extends { platform?: string; baseUrl: string }>(
	exec: IExecuteFunctions,
	platform: string,
): Promise<T> => {
	const credential = await exec.getCredentials<T & IDataObject>(CREDENTIAL);
	const own = credential.platform ?? 'kaifangqian';
	if (own !== platform) {
		throw new NodeOperationError(
			exec.getNode(),
			`The credential is for ${nameOf(own)}, but this node is set to ${nameOf(platform)}`,
			{
				description: `Choose a credential for ${nameOf(platform)}, or change 'Platform' in this node. Nothing was sent.`,
			},
		);
	}
	const baseUrl = cleanBaseUrl(credential.baseUrl);
	warnOfPlainHttp(exec, baseUrl);
	return { ...credential, baseUrl };
};
