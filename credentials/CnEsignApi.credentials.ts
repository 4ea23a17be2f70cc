import { randomUUID } from 'crypto';
import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { platforms } from '../nodes/CnEsign/platforms';
import { authenticate } from '../nodes/CnEsign/platforms/authenticate';
import {
	credentialProperties,
	credentialTest,
} from '../nodes/CnEsign/platforms/describe/credentialProperties';

const clock = { now: () => Date.now(), uuid: () => randomUUID() };

export class CnEsignApi implements ICredentialType {
	name = 'cnEsignApi';

	displayName = `CN E-Sign (${platforms.map(({ localName }) => localName).join(', ')}) API`;

	icon = { light: 'file:../icons/cnEsign.svg', dark: 'file:../icons/cnEsign.dark.svg' } as const;

	documentationUrl = 'https://github.com/cn-esign/n8n-nodes-cn-esign#credentials';

	properties: INodeProperties[] = credentialProperties(platforms);

	/** Does all signing, so that n8n's own HTTP Request node with this credential signs correctly, too. */
	authenticate: IAuthenticate = async (
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => await authenticate(platforms, credentials, request, clock);

	test: ICredentialTestRequest = credentialTest(platforms);
}
