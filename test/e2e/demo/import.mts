import { fillIn, shippedFile } from '../../demo/workflow.mjs';
import type { KaifangqianSandbox } from '../../sandbox/kaifangqian/index.mjs';
import type { RestClient, SavedCredential, SavedWorkflow } from '../server/index.mjs';

export type ShippedWorkflow = ReturnType<typeof shippedFile>;

/** By their type, as nodes name them. */
export type Credentials = Record<string, SavedCredential>;

/** What to fill in, by the name of the Edit Fields node. */
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

/** Chooses the business line, and says who sends and downloads. */
export const chooseLine = (
	json: ShippedWorkflow,
	{ operator, lines }: KaifangqianSandbox,
	line: keyof KaifangqianSandbox['lines'] = 'free',
): void => {
	for (const { parameters } of json.nodes) {
		if (parameters.operation === 'sendFiles')
			Object.assign(parameters, {
				operatorName: operator.name,
				operatorContact: operator.contact,
				signReId: { __rl: true, mode: 'list', value: lines[line] },
			});
		if (parameters.operation === 'download' && !String(parameters.contact).startsWith('='))
			parameters.contact = operator.contact;
	}
};

/** A shipped workflow, filled in as its note says. */
export const prepared = (
	name: string,
	credentials: Credentials,
	sandbox: KaifangqianSandbox,
	settings: Settings = {},
): ShippedWorkflow => {
	const json = shippedFile(name);
	chooseCredentials(json, credentials);
	chooseLine(json, sandbox);
	for (const [node, values] of Object.entries(settings)) fillIn(json, node, values);
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
