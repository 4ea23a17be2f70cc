import axios from 'axios';
import { nodeNamed } from '../../demo/workflow.mjs';
import { addressOf, reachable } from '../demo/examples.mjs';
import { workflowOf } from '../../workflows/index.mjs';
import { namesOf, wordsOf } from '../../workflows/workflow.mjs';
import { submitForm, type Visitor } from '../demo/form.mjs';
import { prepared, type Choices, type ShippedWorkflow } from '../demo/import.mjs';
import {
	itemsOf,
	until,
	type RunItem,
	type SavedCredential,
	type StoredExecution,
} from '../server/index.mjs';
import { startMailbox, type Mailbox } from '../stand-ins/mailbox.mjs';
import { n8n, openStage, rest, type Stage } from './stage.mjs';

/** A stage with a mail server, for the workflows of docs/workflows. */
export interface ReadyStage extends Stage {
	mailbox: Mailbox;
	smtp: SavedCredential;
	/** Imports a shipped workflow, filled in as its note says. */
	put(file: string, choices?: PutChoices): Promise<Put>;
}

export interface PutChoices extends Choices {
	/** What is done by hand besides. */
	change?: (json: ShippedWorkflow, names: Record<string, string>) => void;
	platform?: 'kaifangqian' | 'qiandun';
}

/** Who may open the forms that ask for a password. */
const VISITOR: Visitor = { username: 'office', password: 'Only-For-Tests-1' };

export interface Put {
	id: string;
	json: ShippedWorkflow;
	/** Names of the nodes by their keys. */
	names: Record<string, string>;
	/** What stands in the place of an English name, label or column. */
	word(english: string): string;
	/** By the trigger of this key; returns the execution's id. */
	execute(trigger?: string): Promise<string>;
	activate(): Promise<void>;
	/** What a person sends off with the form of this key; returns the address of the page that follows. */
	submit(form: string, values: Record<string, string | Blob>): Promise<string | undefined>;
	/** Where the trigger of this package listens. */
	callbackUrl(trigger: string): Promise<string>;
	/** What a node of this key gave. */
	items(execution: StoredExecution, key: string): RunItem[];
	/** Keys of the nodes that ran. */
	ran(execution: StoredExecution): string[];
}

/**
 * The page that follows a form, as the browser comes to it: n8n says when it is there, and leaves whoever asks
 * for it sooner without an answer.
 */
export const pageWith = async (address: string | undefined, words: string): Promise<string> => {
	if (address === undefined) throw new Error('The form has no further page');
	const status = new URL(address);
	status.pathname += '/n8n-execution-status';
	const read = async (url: string) =>
		(await axios.get<string>(url, { proxy: false, auth: VISITOR, responseType: 'text' })).data;
	await until('the page is there', async () => {
		const found = await read(status.href);
		if (['error', 'crashed', 'canceled'].includes(found))
			throw new Error(`The run ended: ${found}`);
		return found === 'form-waiting';
	});
	const page = await read(address);
	if (!page.includes(words)) throw new Error(`The page does not say '${words}': ${page}`);
	return page;
};

export const openReadyStage = async (name: string): Promise<ReadyStage> => {
	const stage = await openStage(name);
	const mailbox = await startMailbox();
	const smtp = await rest.saveCredential(`${name} SMTP`, mailbox.credentialData, 'smtp');
	const active: string[] = [];
	const httpBasicAuth = await rest.saveCredential(
		`${name} visitor`,
		{ user: VISITOR.username, password: VISITOR.password },
		'httpBasicAuth',
	);
	return {
		...stage,
		mailbox,
		smtp,
		async put(file, { change = () => {}, platform = 'kaifangqian', ...choices } = {}) {
			const cnEsignApi = platform === 'qiandun' ? stage.qiandunCredential : stage.credential;
			const credentials = { cnEsignApi, smtp, httpBasicAuth };
			const json = prepared(file, credentials, stage.kaifangqian, choices);
			const { language = 'en' } = choices;
			const workflow = workflowOf(file);
			const names = namesOf(workflow, language);
			change(json, names);
			const { id } = await rest.createWorkflow(json);
			return {
				id,
				json,
				names,
				word: wordsOf(workflow, language),
				execute: async (trigger = 'start') => await rest.start(id, names[trigger]),
				async activate() {
					await rest.activate(id);
					active.push(id);
				},
				submit: async (form, values) =>
					await submitForm(n8n.url, json, names[form], values, VISITOR),
				async callbackUrl(trigger) {
					const url = addressOf(n8n, nodeNamed(json, names[trigger]).webhookId!);
					await reachable(url);
					return url;
				},
				items: (execution, key) => itemsOf(execution, names[key]),
				ran: (execution) =>
					Object.keys(execution.data.resultData.runData).map(
						(ran) => Object.keys(names).find((key) => names[key] === ran) ?? ran,
					),
			};
		},
		async close() {
			for (const id of active) await rest.deactivate(id);
			await mailbox.close();
			await stage.close();
		},
	};
};

/** The execution sleeps, and can be woken. */
export const asleep = async (id: string): Promise<void> => {
	await until(`execution ${id} sleeps`, async () => {
		const { status } = await rest.execution(id);
		if (['error', 'crashed', 'success'].includes(status))
			throw new Error(`execution ${id} has ended: ${status}`);
		return status === 'waiting';
	});
};

/** A Wait node that looks for itself at once, instead of after minutes or days. */
export const hurried =
	(key: string): NonNullable<PutChoices['change']> =>
	(json, names) => {
		Object.assign(nodeNamed(json, names[key]).parameters, {
			resumeAmount: 1,
			resumeUnit: 'seconds',
		});
	};

let copies = 0;

/** Its forms listen at addresses of their own, so that two copies can be active. */
export const elsewhere: NonNullable<PutChoices['change']> = (json) => {
	copies += 1;
	for (const node of json.nodes)
		if (node.webhookId)
			node.webhookId = node.webhookId.replace(/.{3}$/, copies.toString(16).padStart(3, '0'));
};
