/** The action node as a tool of an agent: what n8n makes of a node that is `usableAsTool`. */
import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IRun,
} from 'n8n-workflow';
import { extraTypes, loader, runWorkflow, type EngineOptions, wf } from './engine.mjs';
import { esignNode, startNode } from './node.mjs';

const TOOL = 'n8n-nodes-cn-esign.cnEsignTool';
const AGENT = 'test.agent';

interface Tool {
	name: string;
	description: string;
	invoke(args: IDataObject): Promise<string>;
}

const actionNode = loader.getNode('cnEsign').type as INodeType;

/** n8n's server adds this variant of every such node when it loads a package. */
export const toolDescription: INodeTypeDescription = {
	...structuredClone(actionNode.description),
	name: 'cnEsignTool',
	displayName: 'CN E-Sign Tool',
	inputs: [],
	outputs: [wf.NodeConnectionTypes.AiTool],
	usableAsTool: undefined,
};

extraTypes.set(
	TOOL,
	Object.assign(Object.create(actionNode) as INodeType, { description: toolDescription }),
);

/** Calls each tool that hangs on it with what a model would have filled in, one call after the other. */
const agent: INodeType = {
	description: {
		displayName: 'Agent',
		name: 'agent',
		group: ['transform'],
		version: 1,
		description: 'Agent',
		defaults: { name: 'Agent' },
		inputs: [wf.NodeConnectionTypes.Main, wf.NodeConnectionTypes.AiTool],
		outputs: [wf.NodeConnectionTypes.Main],
		properties: [{ displayName: 'Filled In', name: 'filledIn', type: 'json', default: '{}' }],
	},
	async execute() {
		const tools = (await this.getInputConnectionData(
			wf.NodeConnectionTypes.AiTool,
			0,
		)) as unknown as Tool[];
		const calls = JSON.parse(this.getNodeParameter('filledIn', 0) as string) as IDataObject[];
		const said: INodeExecutionData[] = [];
		for (const args of calls)
			for (const tool of tools) {
				const { name, description } = tool;
				const answer = await tool.invoke(args).then(
					(text) => ({ answer: JSON.parse(text) as IDataObject }),
					(thrown: Error) => ({ refusal: thrown.message }),
				);
				said.push({ json: { name, description, ...answer } });
			}
		return [said];
	},
};

extraTypes.set(AGENT, agent);

export interface ToolRun {
	run: IRun;
	/** What the model heard, call by call. */
	said: IDataObject[];
}

/** Lets an agent call one operation several times in one execution; `parameters` hold the `$fromAI` expressions. */
export const runAsTool = async (
	parameters: IDataObject,
	calls: IDataObject[],
	{ node, ...options }: EngineOptions & { node?: Partial<INode> },
): Promise<ToolRun> => {
	const name = node?.name ?? 'E-Sign';
	const tool = esignNode(parameters, { type: TOOL, name, ...node });
	const parent: INode = {
		...startNode,
		id: 'agent',
		name: 'Agent',
		type: AGENT,
		parameters: { filledIn: JSON.stringify(calls) },
	};
	const run = await runWorkflow(
		{
			nodes: [startNode, parent, tool],
			connections: {
				Start: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
				[name]: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
			},
		},
		options,
	);
	const { error, runData } = run.data.resultData;
	if (error) throw error;
	return { run, said: runData.Agent[0].data!.main[0]!.map(({ json }) => json) };
};

/** Lets an agent call one operation once. */
export const callAsTool = async (
	parameters: IDataObject,
	args: IDataObject,
	options: EngineOptions,
): Promise<IDataObject> => {
	const { said } = await runAsTool(parameters, [args], { ...options, node: { name: 'E-Sign' } });
	return said[0];
};
