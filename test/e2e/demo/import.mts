import { fillIn, nodeNamed, shippedFile } from '../../demo/workflow.mjs';
import type { KaifangqianSandbox } from '../../sandbox/kaifangqian/index.mjs';
import { workflowOf } from '../../workflows/index.mjs';
import { namesOf, type Language } from '../../workflows/workflow.mjs';
import type { RestClient, SavedCredential, SavedWorkflow } from '../server/index.mjs';

export type ShippedWorkflow = ReturnType<typeof shippedFile>;

/** By their type, as nodes name them. */
export type Credentials = Record<string, SavedCredential>;

/** What to fill in, by the key of the Edit Fields node. */
export type Settings = Record<string, Record<string, string>>;

/** What a user does in the editor: chooses a credential of the right type wherever one is wanted. */
export const chooseCredentials = (json: ShippedWorkflow, credentials: Credentials): void => {
	for (const node of json.nodes)
		for (const type of Object.keys(node.credentials ?? {})) {
			if (!(type in credentials)) continue;
			const { id, name } = credentials[type];
			node.credentials![type] = { id, name };
		}
};

/** Chooses the business line, as the editor's list does; the sender is in the credential. */
const chooseLine = (json: ShippedWorkflow, { lines }: KaifangqianSandbox): void => {
	for (const { parameters } of json.nodes)
		if (parameters.operation === 'sendFiles')
			parameters.signReId = {
				__rl: true,
				mode: 'list',
				value: lines.free,
				cachedResultName: '服务合同',
			};
};

/** What a user does with the key Delete: what came before a node is connected to what came after it. */
export const removeNodes = (json: ShippedWorkflow, names: string[]): void => {
	for (const name of names) {
		const after = json.connections[name]?.main?.[0] ?? [];
		delete json.connections[name];
		for (const { main = [] } of Object.values(json.connections))
			main.forEach((targets, output) => {
				if (targets?.some(({ node }) => node === name))
					main[output] = [...targets.filter(({ node }) => node !== name), ...after];
			});
	}
	json.nodes = json.nodes.filter((node) => !names.includes(node.name));
};

export interface Choices {
	settings?: Settings;
	/** IDs of the workflows to call, by the key of the calling node. */
	calls?: Record<string, string>;
	language?: Language;
}

/** A shipped workflow, filled in as its note says. */
export const prepared = (
	file: string,
	credentials: Credentials,
	sandbox: KaifangqianSandbox,
	{ settings = {}, calls = {}, language = 'en' }: Choices = {},
): ShippedWorkflow => {
	const json = shippedFile(file, language);
	const names = namesOf(workflowOf(file), language);
	chooseCredentials(json, credentials);
	chooseLine(json, sandbox);
	for (const [key, values] of Object.entries(settings)) fillIn(json, names[key], values);
	for (const [key, value] of Object.entries(calls))
		nodeNamed(json, names[key]).parameters.workflowId = { __rl: true, mode: 'list', value };
	return json;
};

/** Imports it, unless one of its name is there: somebody may have changed that since. */
export const importOnce = async (
	rest: RestClient,
	json: ShippedWorkflow,
): Promise<Pick<SavedWorkflow, 'id'>> => {
	const known = (await rest.workflows()).find((workflow) => workflow.name === json.name);
	return known ?? (await rest.createWorkflow(json));
};
