import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeNamed } from '../../demo/workflow.mjs';
import type { N8nServer, SavedCredential } from '../server/index.mjs';
import { SIGNER } from './examples.mjs';
import { importOnce, prepared, type Settings } from './import.mjs';
import type { StandIns } from './stand-ins.mjs';

/** The other workflows of docs/workflows, as far as they are worth a word at the start. */
export interface ReadyWorkflows {
	/** Where a contract is sent by filling in a form. */
	formUrl: string;
}

const SPREADSHEET = 'contracts.csv';

/** Three rows, one of them wrong, for the workflow that sends whole spreadsheets. */
const writeSpreadsheet = (folder: string): void => {
	const rows = [
		['Title', 'File', 'Name', 'Contact', 'Company'],
		['服务合同 1', '', SIGNER.name, SIGNER.contact, ''],
		['服务合同 2', '', '王五', 'wangwu@example.com', '远山贸易有限公司'],
		['服务合同 3', '', '赵六', 'no phone number', ''],
	];
	// The mark in front says that the rest is UTF-8.
	writeFileSync(join(folder, SPREADSHEET), `\uFEFF${rows.map((row) => row.join()).join('\n')}\n`);
};

const settingsFor = (
	files: string,
	{ qiandun }: Pick<StandIns, 'qiandun'>,
): Record<string, Settings> => {
	const { company, sealIds } = qiandun.seeds;
	const sealId = String(sealIds.company);
	return {
		'ask-who-has-not-signed': {},
		'contracts-from-spreadsheet': { Settings: { folder: files, spreadsheet: SPREADSHEET } },
		'qiandun-silent-signing': {
			Settings: { accountId: company.accountId, sealId },
			'Settings for Event': { sealId },
		},
		'remind-of-open-contracts': {},
		'send-and-wait-until-signed': {
			Settings: {
				file: join(files, 'contract.pdf'),
				signerName: SIGNER.name,
				signerContact: SIGNER.contact,
			},
		},
		'send-contract-from-form': {},
		'verify-a-company': {},
	};
};

/** Those that wait for a form or a clock. The platform has one callback address, which is taken. */
const ACTIVE = ['remind-of-open-contracts', 'send-contract-from-form', 'verify-a-company'];

/** All ready workflows in this n8n, filled in for the stand-ins. */
export const setUpReadyWorkflows = async (
	{ rest, files, url }: Pick<N8nServer, 'rest' | 'files' | 'url'>,
	standIns: StandIns,
	credentials: { kaifangqian: SavedCredential; qiandun: SavedCredential; smtp: SavedCredential },
): Promise<ReadyWorkflows> => {
	writeSpreadsheet(files);
	const { kaifangqian, qiandun, smtp } = credentials;
	for (const [name, settings] of Object.entries(settingsFor(files, standIns))) {
		const cnEsignApi = name.startsWith('qiandun-') ? qiandun : kaifangqian;
		const json = prepared(name, { cnEsignApi, smtp }, standIns.kaifangqian, settings);
		const { id } = await importOnce(rest, json);
		if (!ACTIVE.includes(name)) continue;
		const { active } = await rest.workflow(id);
		if (!active) await rest.activate(id);
	}
	const json = prepared('send-contract-from-form', {}, standIns.kaifangqian);
	return { formUrl: `${url}/form/${nodeNamed(json, 'Contract Form').webhookId}` };
};
