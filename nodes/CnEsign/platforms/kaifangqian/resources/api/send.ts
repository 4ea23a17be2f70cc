import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { jsonObject } from '../../../../runtime/json';
import { pathBelowBase } from '../../../../runtime/path';
import { resultItems } from '../../../../runtime/results';
import type { ItemCall } from '../../../../runtime/types';
import type { KaifangqianClient } from '../../client';

/** Makes the call that the parameters describe. */
export const send = async ({
	parameters,
	client,
}: ItemCall<KaifangqianClient>): Promise<INodeExecutionData[]> => {
	const path = pathBelowBase(
		parameters.text('path', { required: true }),
		parameters.label('path'),
		parameters.fail,
	);
	if (parameters.text('method') === 'POST') {
		const body =
			jsonObject(parameters.value('body'), parameters.label('body'), parameters.fail) ?? {};
		return resultItems(await client.post(path, body));
	}
	const query =
		jsonObject(parameters.value('query'), parameters.label('query'), parameters.fail) ?? {};
	return resultItems(await client.get(path, query as IDataObject));
};
