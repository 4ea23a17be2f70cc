import type {
	ICredentialDataDecryptedObject,
	ICredentialsHelper,
	IDataObject,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	IRun,
} from 'n8n-workflow';
import {
	additionalDataFor,
	buildWorkflow,
	core,
	wf,
	type Secrets,
	type WorkflowJson,
} from '../../engine/engine.mjs';
import { chain, startNode } from '../../engine/node.mjs';
import { need } from './nodeTypes.mjs';

const PANDADOC = 'pandaDocApi';
const PANDADOC_API = 'https://api.pandadoc.com';

/** As the tests' helper; PandaDoc's key is set as its credential says, and its address turned to this machine. */
const credentialsHelper = (own: ICredentialsHelper, secrets: Secrets): ICredentialsHelper => {
	const helper = Object.create(own) as ICredentialsHelper;
	helper.authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		type: string,
		options: IHttpRequestOptions,
		...rest: never[]
	) => {
		if (type !== PANDADOC)
			return await (own.authenticate as (...args: unknown[]) => Promise<IHttpRequestOptions>)(
				credentials,
				type,
				options,
				...rest,
			);
		return {
			...options,
			url: options.url.replace(PANDADOC_API, String(secrets[PANDADOC].origin)),
			headers: { ...options.headers, Authorization: `API-Key ${String(credentials.apiKey)}` },
		};
	};
	const properties = own.getCredentialsProperties.bind(own);
	helper.getCredentialsProperties = (type) => (type === PANDADOC ? [] : properties(type));
	return helper;
};

export interface Job {
	/** Run one after the other, behind a start node. */
	nodes: INode[];
	secrets: Secrets;
}

export interface Finished {
	run: IRun;
	/** What the last node gave. */
	items: INodeExecutionData[];
}

/** Runs the nodes in n8n's engine; whatever is refused ends the bench's row. */
export const runJob = async (
	{ nodes, secrets }: Job,
	input: INodeExecutionData[],
): Promise<Finished> => {
	for (const { type } of nodes) need(type);
	const json: WorkflowJson = chain(startNode, ...nodes);
	const additionalData = additionalDataFor(json, { secrets });
	additionalData.credentialsHelper = credentialsHelper(additionalData.credentialsHelper, secrets);
	const workflow = buildWorkflow(json);
	const node = workflow.getStartNode()!;
	const executionData = { nodeExecutionStack: [{ node, data: { main: [input] }, source: null }] };
	const state = wf.createRunExecutionData({ executionData });
	const engine = new core.WorkflowExecute(additionalData, 'manual', state);
	const run = await engine.processRunExecutionData(workflow);
	const last = run.data.resultData.runData[nodes.at(-1)!.name]?.at(-1);
	const error = run.data.resultData.error ?? last?.error;
	if (error) throw new Error(`${error.message} ${error.description ?? ''}`);
	const items = last?.data?.main[0] ?? [];
	if (items.length === 0) throw new Error('The nodes gave no items');
	return { run, items };
};

export const jsonItems = (list: IDataObject[]): INodeExecutionData[] =>
	list.map((json) => ({ json }));
