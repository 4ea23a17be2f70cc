import {
	NodeConnectionTypes,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { receive } from './trigger/receive';
import { triggerProperties } from './trigger/properties';
import { callbackWebhooks, webhookLifecycle } from './trigger/webhooks';
import { platforms } from './platforms';
import { platformNames } from './platforms/describe/platformProperty';

const SAMPLES =
	'<br /><br /><b>Before the first event</b>: choose set mock data and paste <a href="https://github.com/cn-esign/n8n-nodes-cn-esign/blob/main/docs/events.md" target="_blank">a sample</a>.';

export class CnEsignTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'CN E-Sign Trigger',
		name: 'cnEsignTrigger',
		icon: { light: 'file:../../icons/cnEsign.svg', dark: 'file:../../icons/cnEsign.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ $parameter["events"].includes("*") ? "any event" : $parameter["events"].join(", ").replace(/\\./g, " ").replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase() }}',
		description: `Starts the workflow when a contract is signed, completed, declined, recalled or expired on ${platformNames(platforms)}`,
		eventTriggerDescription: 'Waiting for an event from the platform',
		activationMessage:
			'The workflow now starts with every event that the platform sends. Make sure the production URL is set in the platform’s console.',
		builderHint: {
			searchHint:
				'For events of contracts and signatures in China. A company has one callback address: let one trigger receive everything and a Switch on event choose.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-cn-esign.cnEsign',
					relationHint: 'Sends contracts, and downloads the file once contract.completed has come',
				},
			],
		},
		defaults: { name: 'CN E-Sign Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'cnEsignApi', required: true }],
		webhooks: callbackWebhooks(platforms),
		properties: triggerProperties(platforms),
		triggerPanel: {
			header: 'Wait for an event',
			executionsHelp: {
				inactive:
					'<b>While building</b>: click Execute step, enter the test URL in the console of the platform, and let something happen to a contract there. <br /><br /><b>In production</b>: enter the production URL in the console and publish (activate) the workflow. Each event then starts it; the runs are in the executions list.' +
					SAMPLES,
				active:
					'<b>While building</b>: click Execute step, enter the test URL in the console of the platform, and let something happen to a contract there. Events for the production URL do not arrive meanwhile if the platform knows only one address. <br /><br /><b>In production</b>: each event starts the workflow; the runs are in the executions list.' +
					SAMPLES,
			},
			activationHint:
				'Enter the production URL in the console of the platform, then publish (activate) the workflow.',
		},
	};

	webhookMethods = webhookLifecycle(platforms);

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this, platforms);
	}
}
