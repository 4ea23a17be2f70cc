/**
 * The package beside another copy of n8n-workflow than n8n's own, as it is found where npm has installed the
 * peer: then no error of n8n's is an instance of the classes that the package knows.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { INodeType } from 'n8n-workflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { core, extraTypes, projectRoot, wf } from '../engine.mjs';
import { fromList, lisi, operatorOf, pdfItem, stage } from './support.mjs';

const NAME = 'n8n-nodes-cn-esign.cnEsign';
const { sandbox, act } = await stage();

// Below node_modules, so that the copy finds the packages that it needs itself.
const folder = join(projectRoot, 'node_modules/.cache');
let copy = '';

beforeAll(async () => {
	mkdirSync(folder, { recursive: true });
	copy = mkdtempSync(join(folder, 'second-copy-'));
	for (const name of ['dist', 'package.json'])
		cpSync(join(projectRoot, name), join(copy, name), { recursive: true });
	const workflow = dirname(createRequire(import.meta.url).resolve('n8n-workflow/package.json'));
	cpSync(workflow, join(copy, 'node_modules/n8n-workflow'), { recursive: true });
	const loader = new core.PackageDirectoryLoader(copy);
	await loader.loadAll();
	extraTypes.set(NAME, loader.getNode('cnEsign').type as INodeType);
});
afterAll(() => {
	extraTypes.delete(NAME);
	rmSync(copy, { recursive: true, force: true });
});

const parameters = () => ({
	...operatorOf(sandbox),
	signReId: fromList(sandbox.lines.free),
	signers: { signer: [{ name: lisi.name, contact: lisi.contact }] },
});

const send = async (options = {}) =>
	await act('contract', 'sendFiles', { ...parameters(), options }, { input: [await pdfItem()] });

describe('with a second copy of n8n-workflow', () => {
	it('really is another copy', () => {
		const other = createRequire(join(copy, 'dist/nodes/CnEsign/CnEsign.node.js'))('n8n-workflow');
		expect(other.NodeApiError).not.toBe(wf.NodeApiError);
	});

	it('sends', async () => {
		const { items, error } = await send();
		expect(error).toBeUndefined();
		expect(items[0].json).toMatchObject({ started: true, status: 'SIGNING' });
	});

	it('never says that no contract was started when the answer was lost', async () => {
		sandbox.failNext('/contract/draft', 'dropAfter');
		const { error } = await send();
		expect(error?.context.outcomeUnknown).toBe(true);
		expect(error?.description).not.toContain('No contract was started');
		expect(sandbox.control.contracts()).toHaveLength(1);
	});

	it('says that nothing was sent where no connection came about', async () => {
		const { error } = await act(
			'contract',
			'sendFiles',
			{ ...parameters(), options: { retries: 0 } },
			{ input: [await pdfItem()], credential: { baseUrl: 'http://127.0.0.1:1/openAPI/V2' } },
		);
		expect(error?.description).toContain('Nothing was sent');
		expect(error?.context.outcomeUnknown).toBeUndefined();
	});

	it('shows a refusal of the platform, and one of the credential', async () => {
		const refused = await act('contract', 'getStatus', { contractId: 'unknown-1' });
		expect(refused.error).toMatchObject({ name: 'NodeApiError', httpCode: '31000' });
		const local = await act(
			'contract',
			'getStatus',
			{ contractId: 'c1' },
			{
				credential: { secret: 'no key' },
			},
		);
		expect(local.error?.message).toContain("'RSA Private Key'");
	});
});
