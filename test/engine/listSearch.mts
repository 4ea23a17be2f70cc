/** The list of a resource locator, asked for as the editor does it. */
import type { IDataObject, INodeListSearchResult, INodeParameters, INodeType } from 'n8n-workflow';
import {
	additionalDataFor,
	buildWorkflow,
	core,
	nodeTypes,
	type EngineOptions,
} from './engine.mjs';
import { chain, esignNode } from './node.mjs';

export const searchList = async (
	method: string,
	parameters: IDataObject,
	options: EngineOptions = {},
	filter?: string,
): Promise<INodeListSearchResult> => {
	const node = esignNode(parameters);
	const json = chain(node);
	const additionalData = Object.assign(additionalDataFor(json, options), {
		currentNodeParameters: parameters as INodeParameters,
	});
	const workflow = buildWorkflow(json);
	const context = new core.LoadOptionsContext(
		workflow,
		workflow.getNode(node.name)!,
		additionalData,
		'',
	);
	const type = nodeTypes.getByNameAndVersion(node.type) as INodeType;
	return await type.methods!.listSearch![method].call(context, filter);
};
