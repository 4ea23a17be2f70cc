/** The nodes that are measured, as a user would set them up. */
import type { IDataObject, INode } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import type { Platform } from './sides/standIn.mjs';
import type { Job } from './sides/run.mjs';

const node = (
	name: string,
	type: string,
	typeVersion: number,
	parameters: IDataObject,
	credential?: string,
): INode => ({
	id: randomUUID(),
	name,
	type,
	typeVersion,
	position: [0, 0],
	parameters: parameters as INode['parameters'],
	...(credential ? { credentials: { [credential]: { id: '1', name: 'Bench' } } } : {}),
});

/** Our credential for the stand-in. */
export const secretsFor = (platform: Platform, { signed } = { signed: false }) => ({
	cnEsignApi: {
		platform: 'kaifangqian',
		baseUrl: platform.baseUrl,
		appAuthToken: platform.token,
		secret: signed ? platform.privateKey : '',
		platformPublicKey: '',
	},
});

export const esign = (
	resource: string,
	operation: string,
	parameters: IDataObject,
	options: IDataObject = {},
): INode =>
	node(
		'E-Sign',
		'n8n-nodes-cn-esign.cnEsign',
		1,
		{ platform: 'kaifangqian', resource, operation, ...parameters, options },
		'cnEsignApi',
	);

export const httpRequest = (parameters: IDataObject): INode =>
	node(
		'HTTP Request',
		'n8n-nodes-base.httpRequest',
		4.2,
		{
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'cnEsignApi',
			options: {},
			...parameters,
		},
		parameters.authentication === 'none' ? undefined : 'cnEsignApi',
	);

export const extractFromFile = (): INode =>
	node('Extract From File', 'n8n-nodes-base.extractFromFile', 1, {
		operation: 'binaryToPropery',
		binaryPropertyName: 'data',
		destinationKey: 'data',
		options: {},
	});

export const pandadocJob = (
	platform: Platform,
	operation: string,
	parameters: IDataObject = {},
): Job => ({
	nodes: [
		node(
			'PandaDoc',
			'n8n-nodes-pandadoc.pandaDoc',
			1,
			{ authentication: 'apiKey', resource: 'document', operation, ...parameters },
			'pandaDocApi',
		),
	],
	secrets: { pandaDocApi: { apiKey: 'made-up', origin: platform.pandadoc } },
});

/** Our node's *Get Status* for the contract that each item names. */
export const statusJob = (
	platform: Platform,
	options: IDataObject = {},
	contractId = '={{ $json.contractId }}',
): Job => ({
	nodes: [esign('contract', 'getStatus', { contractId }, options)],
	secrets: secretsFor(platform),
});

/** The same call with n8n's HTTP Request node and the same credential. */
export const httpStatusJob = (platform: Platform): Job => ({
	nodes: [
		httpRequest({
			url: `=${platform.baseUrl}/contract/tasks?contractId={{ $json.contractId }}`,
		}),
	],
	secrets: secretsFor(platform),
});

export const manualTrigger = (): INode => node('Start', 'n8n-nodes-base.manualTrigger', 1, {});

export const codeNode = (name: string, jsCode: string): INode =>
	node(name, 'n8n-nodes-base.code', 2, { jsCode });

/** Our trigger; `webhookId` is the first part of its path. */
export const esignTrigger = (webhookId: string, options: IDataObject): INode => ({
	...node(
		'CN E-Sign Trigger',
		'n8n-nodes-cn-esign.cnEsignTrigger',
		1,
		{ platform: 'kaifangqian', events: ['*'], simplify: true, options },
		'cnEsignApi',
	),
	webhookId,
});

/** n8n's own, which answers as soon as the execution has been created, as ours does. */
export const webhookNode = (path: string): INode => ({
	...node('Webhook', 'n8n-nodes-base.webhook', 2, {
		httpMethod: 'POST',
		path,
		responseMode: 'onReceived',
		options: {},
	}),
	webhookId: path,
});
