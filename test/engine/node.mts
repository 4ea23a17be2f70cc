import type { IDataObject, INode, INodeExecutionData, IRun, NodeApiError } from 'n8n-workflow';
import { runWorkflow, type EngineOptions, type WorkflowJson } from './engine.mjs';

const position: [number, number] = [0, 0];

export const startNode: INode = {
	id: 'start',
	name: 'Start',
	type: 'n8n-nodes-base.manualTrigger',
	typeVersion: 1,
	position,
	parameters: {},
};

export const esignNode = (parameters: IDataObject, more: Partial<INode> = {}): INode => ({
	id: 'esign',
	name: 'E-Sign',
	type: 'n8n-nodes-cn-esign.cnEsign',
	typeVersion: 1,
	position,
	parameters: parameters as INode['parameters'],
	credentials: { cnEsignApi: { id: '1', name: 'E-Sign' } },
	...more,
});

export const chain = (...nodes: INode[]): WorkflowJson => ({
	nodes,
	connections: Object.fromEntries(
		nodes
			.slice(0, -1)
			.map(({ name }, index) => [
				name,
				{ main: [[{ node: nodes[index + 1].name, type: 'main' as const, index: 0 }]] },
			]),
	),
});

export interface NodeRun {
	run: IRun;
	items: INodeExecutionData[];
	error: NodeApiError | undefined;
}

/** Runs one node of the package between a start and the end, and returns what came out of it. */
export const runNode = async (
	parameters: IDataObject,
	options: EngineOptions & { node?: Partial<INode> } = {},
): Promise<NodeRun> => {
	const run = await runWorkflow(chain(startNode, esignNode(parameters, options.node)), options);
	const data = run.data.resultData.runData['E-Sign']?.[0];
	return {
		run,
		items: data?.data?.main[0] ?? [],
		error: (data?.error ?? run.data.resultData.error) as NodeApiError | undefined,
	};
};
