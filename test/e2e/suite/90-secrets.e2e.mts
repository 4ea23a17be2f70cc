import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { n8n, openStage, rest, restartN8n } from './stage.mjs';
import { action, chain, manualTrigger, START } from './workflows.mjs';

/** Every form in which a secret could lie around. */
const formsOf = (secret: string): Buffer[] =>
	[
		secret,
		encodeURIComponent(secret),
		Buffer.from(secret).toString('base64').replace(/=+$/, ''),
		Buffer.from(secret).toString('hex'),
	].map((text) => Buffer.from(text));

// What n8n needs to read credentials, and the package itself.
const NOT_DATA = ['.n8n/config', '.n8n/nodes/'];

/** Everything that n8n has written: its database, its logs, its binary data. */
const files = () =>
	readdirSync(n8n.folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(n8n.folder, join(entry.parentPath, entry.name)))
		.filter((name) => !NOT_DATA.some((start) => name.startsWith(start)))
		.map((name) => join(n8n.folder, name));

describe('after everything that has run on this n8n', () => {
	it('no secret can be read in what it has written', async () => {
		const stage = await openStage('Secrets');
		const { kaifangqian, qiandun } = stage;
		// Every file of this run used the same token and app secret; the key is of this one.
		const { developerPrivateKey, token, baseUrl, operator } = kaifangqian;
		const signing = await rest.saveCredential('Secrets signing', {
			platform: 'kaifangqian',
			baseUrl,
			appAuthToken: token,
			secret: developerPrivateKey,
			platformPublicKey: '',
		});
		const nodes = [
			manualTrigger(),
			action('Lines', signing, 'businessLine', 'getAll', { contact: operator.contact }),
			action('Refused', signing, 'contract', 'getStatus', { contractId: 'unknown' }),
		];
		const { id } = await rest.createWorkflow(chain('Secrets', nodes));
		const execution = await rest.finished(await rest.start(id, START));
		expect(execution.data.resultData.runData).toHaveProperty('Lines');
		expect(execution.status).toBe('error');

		const secrets = [
			token,
			qiandun.appSecret,
			...developerPrivateKey.split('\n').filter((line) => line.length > 40),
		];
		const found = () =>
			files().flatMap((file) => {
				const bytes = readFileSync(file);
				return secrets.flatMap((secret) =>
					formsOf(secret)
						.filter((form) => bytes.includes(form))
						.map(() => `${file}: ${secret.slice(0, 4)}…`),
				);
			});
		expect(found()).toEqual([]);
		// A stopped n8n has written everything it holds.
		await restartN8n();
		expect(found()).toEqual([]);
		// What is searched for would be found: other texts of the same executions are there.
		expect(files()).toEqual(expect.arrayContaining([n8n.database, n8n.logFile]));
		expect(files().some((file) => readFileSync(file).includes(operator.contact))).toBe(true);
		await stage.close();
	});
});
