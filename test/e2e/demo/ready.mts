import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shippedFile, shippedNames } from '../../demo/workflow.mjs';
import { workflowOf } from '../../workflows/index.mjs';
import { namesOf } from '../../workflows/workflow.mjs';
import type { N8nServer, SavedCredential } from '../server/index.mjs';
import { SIGNER } from './examples.mjs';
import { formAddress } from './form.mjs';
import { importOnce, prepared, type Credentials, type Settings } from './import.mjs';
import { spreadsheetOf } from './spreadsheet.mjs';
import type { StandIns } from './stand-ins.mjs';

/** Those workflows of docs/workflows that have pages of their own. */
export interface ReadyWorkflows {
	/** Addresses of forms, and what is done with each. */
	forms: Array<[does: string, url: string]>;
}

/** For the forms that ask for a name and a password. */
export const VISITOR = { user: 'demo', password: 'demo' };

const SPREADSHEET = 'contracts.xlsx';

/** Three rows, one of them wrong, for the workflow that sends whole spreadsheets. */
const writeSpreadsheet = (folder: string): void => {
	const rows = [
		['Title', 'File', 'Name', 'Contact', 'Company'],
		['服务合同 1', '', SIGNER.name, SIGNER.contact, ''],
		['服务合同 2', '', '王五', 'wangwu@example.com', '远山贸易有限公司'],
		['服务合同 3', '', '赵六', 'no phone number', ''],
	];
	writeFileSync(join(folder, SPREADSHEET), spreadsheetOf(rows));
};

const settingsFor = (
	files: string,
	{ qiandun }: Pick<StandIns, 'qiandun'>,
): Record<string, Settings> => {
	const { company, sealIds } = qiandun.seeds;
	const sealId = String(sealIds.company);
	return {
		'contracts-from-spreadsheet': { settings: { folder: files, spreadsheet: SPREADSHEET } },
		'qiandun-silent-signing': {
			settings: { accountId: company.accountId, sealId },
			eventSettings: { sealId },
		},
	};
};

/** Those that wait for a form or a clock. The platform has one callback address, which is taken. */
const ACTIVE = [
	'catch-up-missed-events',
	'register-of-contracts',
	'remind-of-open-contracts',
	'send-and-wait-until-signed',
	'send-contract-from-form',
	'signing-link-as-qr',
	'verify-a-company',
];

/** Which workflow a node calls, by the keys of the nodes: what is called comes first. */
const CALLS: Record<string, Record<string, string>> = {
	'contract-events': {
		callLine: 'completed-contract-to-folder',
		callSubject: 'email-signed-contract',
		callContract: 'completed-contract-to-folder',
		callOthers: 'email-signed-contract',
	},
	'catch-up-missed-events': { call: 'contract-events' },
};

const FORMS: Array<[does: string, workflow: string, form: string]> = [
	['Send a contract', 'send-contract-from-form', 'form'],
	['Send one, and wait', 'send-and-wait-until-signed', 'form'],
	['Find contracts', 'register-of-contracts', 'find'],
	['Links as QR pictures', 'signing-link-as-qr', 'form'],
	['Verify a company', 'verify-a-company', 'form'],
];

/** Everything that calls others behind what it calls. */
const inOrder = (): string[] => {
	const calling = Object.keys(CALLS);
	return [...shippedNames().filter((name) => !calling.includes(name)), ...calling];
};

/** All ready workflows in this n8n, filled in for the stand-ins; those that are there stay as they are. */
export const setUpReadyWorkflows = async (
	{ rest, files, url }: Pick<N8nServer, 'rest' | 'files' | 'url'>,
	standIns: StandIns,
	credentials: { kaifangqian: SavedCredential; qiandun: SavedCredential } & Credentials,
): Promise<ReadyWorkflows> => {
	writeSpreadsheet(files);
	const { kaifangqian, qiandun, ...others } = credentials;
	const settings = settingsFor(files, standIns);
	const ids: Record<string, string> = {};
	for (const name of inOrder()) {
		const cnEsignApi = name.startsWith('qiandun-') ? qiandun : kaifangqian;
		const calls = Object.fromEntries(
			Object.entries(CALLS[name] ?? {}).map(([key, called]) => [key, ids[called]]),
		);
		const json = prepared(name, { cnEsignApi, ...others }, standIns.kaifangqian, {
			settings: settings[name],
			calls,
		});
		ids[name] = (await importOnce(rest, json)).id;
	}
	// What a workflow calls has to be published as well.
	for (const name of [...new Set(Object.values(CALLS).flatMap(Object.values)), ...ACTIVE]) {
		const { active } = await rest.workflow(ids[name]);
		if (!active) await rest.activate(ids[name]);
	}
	return {
		forms: FORMS.map(([does, name, form]) => {
			const node = namesOf(workflowOf(name), 'en')[form];
			return [does, formAddress(url, shippedFile(name), node)];
		}),
	};
};
