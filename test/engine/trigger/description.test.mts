import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { buildWorkflow, loader } from '../engine.mjs';
import { responseDataOf, TRIGGER, triggerWorkflow, webhookNamed } from '../webhook.mjs';

const { type } = loader.getNode('cnEsignTrigger');
const { description } = type as { description: import('n8n-workflow').INodeTypeDescription };
const forPlatform = (name: string, platform: string): INodeProperties =>
	description.properties.find(
		(property) =>
			property.name === name && property.displayOptions?.show?.platform?.includes(platform),
	)!;

// Without `unknown`, which nobody can choose.
const EVENTS: Record<string, string[]> = {
	kaifangqian: [
		'contract.sent',
		'contract.filled',
		'contract.fillRefused',
		'contract.signed',
		'contract.signRefused',
		'contract.approved',
		'contract.approvalRefused',
		'contract.signerAdded',
		'contract.allSigned',
		'contract.completed',
		'contract.recalled',
		'contract.deleted',
		'contract.expired',
		'contract.signFailed',
		'contract.deadlineChanged',
		'contract.statusChanged',
	],
	qiandun: [
		'contract.signed',
		'contract.statusChanged',
		'identity.personVerified',
		'identity.companyVerified',
		'identity.faceChecked',
		'identity.authorizationReviewed',
		'seal.silentSignAuthorized',
		'seal.positionsSet',
	],
};

describe('description of the trigger', () => {
	it('has GET and POST on one path, and answers "success" when an execution starts', () => {
		expect(description.webhooks!.map(({ name, httpMethod }) => [name, httpMethod])).toEqual([
			['setup', 'GET'],
			['default', 'POST'],
		]);
		expect(new Set(description.webhooks!.map(({ path }) => path)).size).toBe(1);
		const workflow = buildWorkflow(triggerWorkflow({}));
		for (const webhook of description.webhooks!) {
			expect(webhook.responseMode).toBe('onReceived');
			expect(webhook.restartWebhook).toBeUndefined();
			expect(responseDataOf(workflow, workflow.getNode(TRIGGER)!, webhook)).toBe('success');
		}
	});

	it('runs its lifecycle once: methods exist for the POST entry alone', () => {
		const { webhookMethods } = type as import('n8n-workflow').INodeType;
		expect(Object.keys(webhookMethods!)).toEqual(['default']);
		expect(webhookNamed(type as never, 'default').httpMethod).toBe('POST');
	});

	for (const [platform, wanted] of Object.entries(EVENTS)) {
		it(`Trigger On offers exactly the events of ${platform}, any event first, the rest by name`, () => {
			const property = forPlatform('events', platform);
			expect(property).toMatchObject({
				displayName: 'Trigger On',
				type: 'multiOptions',
				default: ['*'],
				required: true,
			});
			const options = property.options as INodePropertyOptions[];
			expect(
				options
					.map(({ value }) => value)
					.slice(1)
					.sort(),
			).toEqual([...wanted].sort());
			expect(options[0]).toMatchObject({ name: 'Any Event', value: '*' });
			const names = options.slice(1).map(({ name }) => name);
			expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
			for (const option of options) expect(option.description).toBeTruthy();
		});
	}

	it('says where the address goes, that the test address is another, and how long it may be for Kaifangqian', () => {
		const kaifangqian = forPlatform('kaifangqianNotice', 'kaifangqian');
		expect(kaifangqian.type).toBe('notice');
		for (const part of ['回调地址', 'test URL', 'production URL', '128 characters'])
			expect(kaifangqian.displayName).toContain(part);
		const qiandun = forPlatform('qiandunNotice', 'qiandun');
		for (const part of ['回调配置', 'test URL', 'production URL'])
			expect(qiandun.displayName).toContain(part);
		expect(qiandun.displayName).not.toContain('128');
	});

	it('names no option that n8n itself reads from a webhook node', () => {
		for (const platform of Object.keys(EVENTS)) {
			const names = (forPlatform('options', platform).options as INodeProperties[]).map(
				({ name }) => name,
			);
			expect(names).not.toContain('binaryData');
			expect(names).toEqual(expect.arrayContaining(['contractIds', 'ignoreRepeats', 'urlSecret']));
		}
	});

	it('asks for the credential and takes no input', () => {
		expect(description).toMatchObject({
			displayName: 'CN E-Sign Trigger',
			name: 'cnEsignTrigger',
			version: 1,
			inputs: [],
			credentials: [{ name: 'cnEsignApi', required: true }],
		});
		expect(description.usableAsTool).toBeUndefined();
	});
});
