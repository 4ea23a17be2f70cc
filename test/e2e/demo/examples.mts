import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import axios from 'axios';
import { contractPdf } from '../../demo/contract-pdf.mjs';
import { placesOf } from '../../demo/places.mjs';
import { nodeNamed, shippedFile } from '../../demo/workflow.mjs';
import type { KaifangqianSandbox } from '../../sandbox/kaifangqian/index.mjs';
import { until, type N8nServer, type SavedCredential } from '../server/index.mjs';
import { importOnce, prepared } from './import.mjs';

/** The shipped examples, as they stand in the editor. */
export interface Examples {
	/** Started by hand: draft → signed PDF. */
	contract: { id: string; url: string };
	/** Started by the platform's callback; active. */
	completed: { id: string; url: string; productionUrl: string };
}

export const SIGNER = { name: '李四', contact: '13900139000' };

/** Where the example looks for the draft, in the folder that n8n may read. */
const DRAFT = 'contract.pdf';

/** As much of the server as is needed here. */
type Server = Pick<N8nServer, 'url' | 'files' | 'rest'>;

const valuesFor = (
	{ files }: Server,
	{ companyName, sealId, operator }: KaifangqianSandbox,
): Record<string, Record<string, string>> => ({
	'contract-from-draft-to-signed-pdf': {
		file: join(files, DRAFT),
		companyName,
		sealId,
		senderName: operator.name,
		senderContact: operator.contact,
		signerName: SIGNER.name,
		signerContact: SIGNER.contact,
	},
	'completed-contract-to-folder': { folder: files },
});

const writeDraft = async (folder: string): Promise<void> => {
	const { parameters } = nodeNamed(shippedFile('contract-from-draft-to-signed-pdf'), 'Create');
	writeFileSync(join(folder, DRAFT), await contractPdf(placesOf(parameters.signers)));
};

/** n8n registers the addresses of an activated workflow a moment after it has answered. */
export const reachable = async (
	url: string,
	auth?: { username: string; password: string },
): Promise<void> => {
	await until(`${url} is registered`, async () => {
		const { status } = await axios.get(url, { proxy: false, auth, validateStatus: () => true });
		return status === 200;
	});
};

/** The address of a trigger, as it has to stand in the vendor's console. */
export const addressOf = (
	{ url }: Pick<N8nServer, 'url'>,
	webhookId: string,
	test = false,
): string => `${url}/webhook${test ? '-test' : ''}/${webhookId}/esign`;

/** Both example workflows in this n8n, ready to be run; the second is active and the platform knows it. */
export const setUpExamples = async (
	server: Server,
	kaifangqian: KaifangqianSandbox,
	credential: SavedCredential,
): Promise<Examples> => {
	const { rest, files, url } = server;
	await writeDraft(files);
	const values = valuesFor(server, kaifangqian);
	const ids: Record<string, string> = {};
	for (const [name, settings] of Object.entries(values)) {
		const json = prepared(name, { cnEsignApi: credential }, kaifangqian, {
			settings: { settings },
		});
		ids[name] = (await importOnce(rest, json)).id;
	}
	const contract = ids['contract-from-draft-to-signed-pdf'];
	const completed = ids['completed-contract-to-folder'];

	const trigger = nodeNamed(shippedFile('completed-contract-to-folder'), 'CN E-Sign Trigger');
	const productionUrl = addressOf(server, trigger.webhookId!);
	const { active } = await rest.workflow(completed);
	if (!active) await rest.activate(completed);
	await reachable(productionUrl);
	kaifangqian.control.setCallbackUrl(productionUrl);
	return {
		contract: { id: contract, url: `${url}/workflow/${contract}` },
		completed: { id: completed, url: `${url}/workflow/${completed}`, productionUrl },
	};
};
