/** n8n's combined binary mode, in which files stand among the other fields of an item, for every operation that takes one. */
import type { IDataObject } from 'n8n-workflow';
import { beforeEach, describe, expect, it } from 'vitest';
import { fileItem, runWorkflow } from './engine.mjs';
import { credentialFor } from './kaifangqian.mjs';
import { sendFilesParameters } from './kaifangqian/sendFiles.support.mjs';
import { pdf, stage } from './kaifangqian/support.mjs';
import { chain, esignNode, startNode } from './node.mjs';
import { credentialFor as qiandunCredentialFor } from './qiandun.mjs';
import { echoRequest, stage as qiandunStage } from './qiandun/support.mjs';
import { isProjects } from './whichN8n.mjs';

const setting = await stage();
const { sandbox } = setting;
const { sandbox: qiandun } = await qiandunStage();

beforeEach(() => qiandun.reset());

const run = async (parameters: IDataObject, file = pdf, name = '服务合同.pdf') => {
	const isQiandun = parameters.platform === 'qiandun';
	const json = {
		...chain(startNode, esignNode({ platform: 'kaifangqian', ...parameters })),
		settings: { executionOrder: 'v1', timezone: 'Asia/Shanghai', binaryMode: 'combined' },
	};
	const { data } = await runWorkflow(json, {
		input: [await fileItem(file, name, 'application/pdf', { customer: '乙方' })],
		secrets: isQiandun ? qiandunCredentialFor(qiandun) : credentialFor(sandbox),
	});
	const { runData, error } = data.resultData;
	// Otherwise the mode is not what this file is about.
	expect(runData.Start[0].data!.main[0]![0].binary).toBeUndefined();
	return { error: error as Error | undefined };
};

const ways = ['data', '_files.data', '={{ $json._files.data }}'];

// The oldest n8n that is supported does not have the mode.
describe.runIf(isProjects)('a file among the fields of an item', () => {
	it.each(ways)('is uploaded as document and as attachment: %s', async (binaryPropertyName) => {
		for (const resource of ['document', 'attachment']) {
			const parameters = { resource, operation: 'upload', binaryPropertyName };
			expect((await run(parameters)).error).toBeUndefined();
		}
		const sent = ['/document/file', '/annex/file'].flatMap((path) => setting.sent(path));
		expect(sent).toHaveLength(2);
		for (const { rawBody } of sent)
			expect(String(rawBody)).toContain(`"file":"${pdf.toString('base64')}"`);
	});

	it.each(['', '*', ...ways])('is sent for signing: %j', async (binaryPropertyNames) => {
		const given = { ...sendFilesParameters(setting), binaryPropertyNames };
		const { error } = await run({ resource: 'contract', operation: 'sendFiles', ...given });
		expect(error).toBeUndefined();
		expect(sandbox.control.contracts()).toMatchObject([{ status: 'SIGNING' }]);
	});

	it.each(ways)('goes into any call of Qiandun: %s', async (binaryPropertyName) => {
		const more = { method: 'POST', sendFile: 'base64', binaryPropertyName, fileField: 'file' };
		const call = { platform: 'qiandun', resource: 'api', operation: 'request' };
		const { error } = await run({ ...call, ...echoRequest(more) });
		expect(error).toBeUndefined();
		expect(String(qiandun.requests[0].rawBody)).toContain(pdf.toString('base64'));
	});

	it.each(ways)('is read as an ID card: %s', async (binaryPropertyName) => {
		const picture = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(99, 7)]);
		const reading = { resource: 'ocr', operation: 'readIdCard', imageSource: 'binary' };
		const given = { platform: 'qiandun', ...reading, binaryPropertyName };
		expect((await run(given, picture, 'front.jpg')).error).toBeUndefined();
		expect(String(qiandun.requests[0].rawBody)).toContain(picture.toString('base64'));
	});

	it('that is not there is said to be missing, with those that are', async () => {
		const { error } = await run({
			resource: 'document',
			operation: 'upload',
			binaryPropertyName: 'contract',
		});
		expect(error?.message).toBe("The item has no binary field 'contract'");
		expect((error as { description?: string }).description).toBe("The item has: '_files.data'.");
	});
});
