import type { INodeExecutionData, ITaskData } from 'n8n-workflow';
import {
	additionalDataFor,
	buildWorkflow,
	core,
	wf,
	type Secrets,
	type WorkflowJson,
} from '../engine/engine.mjs';
import { DemoFault } from './print.mjs';

/** Called after each node with what it gave; `stop` ends the workflow, also later. */
export type OnStep = (
	name: string,
	items: INodeExecutionData[],
	stop: (reason: unknown) => void,
) => void;

const itemsOf = (run: ITaskData): INodeExecutionData[] => run.data?.main[0] ?? [];

const words = (name: string, error: { message: string; description?: string | null }) =>
	[`${name}: ${error.message}`, error.description].filter(Boolean).join('\n    ');

/** Runs a workflow in n8n's engine, with a look at every step; a step that fails ends it. */
export const runSteps = async (
	json: WorkflowJson,
	secrets: Secrets,
	onStep: OnStep,
): Promise<void> => {
	const workflow = buildWorkflow(json);
	const node = workflow.getStartNode();
	if (!node) throw new DemoFault('The example workflow has no start node');
	const additional = additionalDataFor(json, { secrets });
	const hooks = additional.hooks as InstanceType<typeof core.ExecutionLifecycleHooks>;
	let fault: unknown;
	const main = [[{ json: {} }]];
	const state = wf.createRunExecutionData({
		executionData: { nodeExecutionStack: [{ node, data: { main }, source: null }] },
	});
	const engine = new core.WorkflowExecute(additional, 'manual', state);
	const running = engine.processRunExecutionData(workflow);
	const stop = (reason: unknown) => {
		fault ??= reason;
		running.cancel();
	};
	hooks.addHandler('nodeExecuteAfter', async (name, run) => {
		if (run.error) return;
		try {
			onStep(name, itemsOf(run), stop);
		} catch (error) {
			stop(error);
		}
	});
	const { data } = await running;
	if (fault) throw fault;
	const { error, lastNodeExecuted } = data.resultData;
	if (error) throw new DemoFault(words(lastNodeExecuted ?? 'The workflow', error));
};
