import axios from 'axios';
import { nodeNamed } from '../../demo/workflow.mjs';
import { reachable } from './examples.mjs';
import type { ShippedWorkflow } from './import.mjs';

export interface Visitor {
	username: string;
	password: string;
}

interface Field {
	fieldLabel: string;
}

export const formAddress = (n8nUrl: string, json: ShippedWorkflow, form: string): string =>
	`${n8nUrl}/form/${nodeNamed(json, form).webhookId}`;

/**
 * Sends a form off as the browser does: fields by their place. Gives the address of the page that follows,
 * where there is one.
 */
export const submitForm = async (
	n8nUrl: string,
	json: ShippedWorkflow,
	form: string,
	values: Record<string, string | Blob>,
	visitor: Visitor,
): Promise<string | undefined> => {
	const { formFields, authentication } = nodeNamed(json, form).parameters as unknown as {
		formFields: { values: Field[] };
		authentication?: string;
	};
	const auth = authentication === 'basicAuth' ? visitor : undefined;
	const labels = formFields.values.map(({ fieldLabel }) => fieldLabel);
	const unknown = Object.keys(values).filter((label) => !labels.includes(label));
	if (unknown.length > 0) throw new Error(`The form has no field ${unknown.join(', ')}`);
	const body = new FormData();
	labels.forEach((label, index) => {
		const value = values[label] ?? '';
		if (typeof value === 'string') body.append(`field-${index}`, value);
		else body.append(`field-${index}`, value, '合同.pdf');
	});
	const url = formAddress(n8nUrl, json, form);
	await reachable(url, auth);
	const sent = await axios.post<{ formWaitingUrl?: string }>(url, body, {
		proxy: false,
		auth,
		validateStatus: () => true,
	});
	if (sent.status !== 200)
		throw new Error(`The form answered ${sent.status}: ${JSON.stringify(sent.data)}`);
	return sent.data?.formWaitingUrl;
};
