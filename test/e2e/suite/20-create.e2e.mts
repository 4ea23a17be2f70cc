import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWindow, picture, watched, type Window } from './browser.mjs';
import {
	addOption,
	byId,
	executeStep,
	fill,
	openNode,
	openWorkflow,
	output,
	pickFromList,
} from './editor.mjs';
import { openStage, rest, type Stage } from './stage.mjs';
import { action, chain, manualTrigger, pdfSource, samplePdf } from './workflows.mjs';

let window: Window;
let stage: Stage;
let workflowId: string;

beforeAll(async () => {
	stage = await openStage('Create');
	window = await openWindow();
	const { credential } = stage;
	const body = chain('Create by hand', [
		manualTrigger(),
		...pdfSource(await samplePdf()),
		action('Upload', credential, 'document', 'upload'),
		action('Create', credential, 'contract', 'create', {
			signDocumentList: '={{ $json.docId }}',
		}),
	]);
	workflowId = (await rest.createWorkflow(body)).id;
});

afterAll(async () => {
	await window.close();
	await stage.close();
});

it('Create is filled in by hand, a signer and a position by clicking, and starts a contract', async () => {
	const { page } = window;
	const { kaifangqian } = stage;
	await watched(page, 'create', async () => {
		await openWorkflow(page, workflowId);
		const panel = await openNode(page, 'Create');
		await fill(panel, 'operatorName', kaifangqian.operator.name);
		await fill(panel, 'operatorContact', kaifangqian.operator.contact);
		const lines = await pickFromList(page, panel, 'signReId', '服务合同');
		expect(lines).toContain('服务合同');
		await fill(panel, 'subject', '手工填写的合同');

		const signers = byId(panel, 'fixed-collection-signers');
		await byId(signers, 'fixed-collection-add').last().click();
		await fill(signers, 'name', '李四');
		await fill(signers, 'contact', '13900139000');
		await picture(page, '20-create-signer');

		await addOption(page, signers, 'Add Detail', 'Positions');
		const positions = byId(signers, 'fixed-collection-positions');
		await byId(positions, 'fixed-collection-add').last().click();
		await fill(positions, 'pageConfig', '2');
		await fill(positions, 'x', '58');
		await fill(positions, 'y', '29');
		await byId(positions, 'parameter-input-x').scrollIntoViewIfNeeded();
		await picture(page, '21-create-position');

		await executeStep(panel);
		await output(panel).getByText('contractId').first().waitFor({ timeout: 40_000 });
		await picture(page, '22-create-done');
	});
	const [contract] = kaifangqian.control.contracts();
	expect(contract).toMatchObject({ status: 'SIGNING', subject: '手工填写的合同' });
});
