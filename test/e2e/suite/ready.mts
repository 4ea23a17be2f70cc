import axios from 'axios';
import { nodeNamed } from '../../demo/workflow.mjs';
import { addressOf, reachable } from '../demo/examples.mjs';
import { prepared, type Settings, type ShippedWorkflow } from '../demo/import.mjs';
import { until, type SavedCredential, type StoredExecution } from '../server/index.mjs';
import { startMailbox, type Mailbox } from '../stand-ins/mailbox.mjs';
import { n8n, openStage, rest, type Stage } from './stage.mjs';
import { START } from './workflows.mjs';

/** A stage with a mail server, for the workflows of docs/workflows. */
export interface ReadyStage extends Stage {
	mailbox: Mailbox;
	smtp: SavedCredential;
	/** Imports a shipped workflow, filled in as its note says; `change` does more by hand. */
	put(
		name: string,
		settings?: Settings,
		change?: (json: ShippedWorkflow) => void,
		platform?: 'kaifangqian' | 'qiandun',
	): Promise<Put>;
}

export interface Put {
	id: string;
	json: ShippedWorkflow;
	/** By the manual trigger; returns the execution's id. */
	execute(trigger?: string): Promise<string>;
	activate(): Promise<void>;
	/** What a person sends off with this form. */
	submit(form: string, values: Record<string, string | Blob>): Promise<void>;
	/** Where the trigger of this package listens. */
	callbackUrl(trigger: string): Promise<string>;
}

const formAddress = (json: ShippedWorkflow, form: string): string =>
	`${n8n.url}/form/${nodeNamed(json, form).webhookId}`;

interface Field {
	fieldLabel: string;
}

/** As the browser sends it: fields by their place. */
const submit = async (
	json: ShippedWorkflow,
	form: string,
	values: Record<string, string | Blob>,
): Promise<void> => {
	const { formFields } = nodeNamed(json, form).parameters as unknown as {
		formFields: { values: Field[] };
	};
	const labels = formFields.values.map(({ fieldLabel }) => fieldLabel);
	const unknown = Object.keys(values).filter((label) => !labels.includes(label));
	if (unknown.length > 0) throw new Error(`The form has no field ${unknown.join(', ')}`);
	const body = new FormData();
	labels.forEach((label, index) => {
		const value = values[label] ?? '';
		if (typeof value === 'string') body.append(`field-${index}`, value);
		else body.append(`field-${index}`, value, '合同.pdf');
	});
	const url = formAddress(json, form);
	await reachable(url);
	const { status, data } = await axios.post<unknown>(url, body, {
		proxy: false,
		validateStatus: () => true,
	});
	if (status !== 200) throw new Error(`The form answered ${status}: ${JSON.stringify(data)}`);
};

export const openReadyStage = async (name: string): Promise<ReadyStage> => {
	const stage = await openStage(name);
	const mailbox = await startMailbox();
	const smtp = await rest.saveCredential(`${name} SMTP`, mailbox.credentialData, 'smtp');
	const active: string[] = [];
	return {
		...stage,
		mailbox,
		smtp,
		async put(file, settings = {}, change = () => {}, platform = 'kaifangqian') {
			const cnEsignApi = platform === 'qiandun' ? stage.qiandunCredential : stage.credential;
			const json = prepared(file, { cnEsignApi, smtp }, stage.kaifangqian, settings);
			change(json);
			const { id } = await rest.createWorkflow(json);
			return {
				id,
				json,
				execute: async (trigger = START) => await rest.start(id, trigger),
				async activate() {
					await rest.activate(id);
					active.push(id);
				},
				submit: async (form, values) => await submit(json, form, values),
				async callbackUrl(trigger) {
					const url = addressOf(n8n, nodeNamed(json, trigger).webhookId!);
					await reachable(url);
					return url;
				},
			};
		},
		async close() {
			for (const id of active) await rest.deactivate(id);
			await mailbox.close();
			await stage.close();
		},
	};
};

/** Names of the nodes that ran, whatever they gave. */
export const ran = ({ data }: StoredExecution): string[] => Object.keys(data.resultData.runData);

/** The execution sleeps, and can be woken. */
export const asleep = async (id: string): Promise<void> => {
	await until(`execution ${id} sleeps`, async () => {
		const { status } = await rest.execution(id);
		if (['error', 'crashed', 'success'].includes(status))
			throw new Error(`execution ${id} has ended: ${status}`);
		return status === 'waiting';
	});
};

/** A Wait node that gives up at once, instead of after days. */
export const hurried =
	(name: string, seconds = 1) =>
	(json: ShippedWorkflow): void => {
		Object.assign(nodeNamed(json, name).parameters, {
			resumeAmount: seconds,
			resumeUnit: 'seconds',
		});
	};
