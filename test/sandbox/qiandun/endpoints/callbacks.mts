/**
 * #39 获取回调信息 and #40 回调成功确认 on the paths the test configures (docs/api/qiandun.md, 6, 9.14).
 * Only their role and `transactionId` are known. Choice: each is served as POST with a JSON body
 * and as GET with a query; the content stands flat beside `transactionId` and `businessType`.
 */
import { ok, refuse } from '../envelope.mjs';
import { filled, object, type Endpoint, type Input } from './endpoint.mjs';

const transaction = object({ transactionId: filled }, ['transactionId']);

const transactionId = ({ query, body }: Input) =>
	query['transactionId'] ?? (body as { transactionId?: string } | null)?.transactionId ?? '';

function bothWays(endpoint: Pick<Endpoint, 'number' | 'path' | 'answer'>): Endpoint[] {
	return [
		{ ...endpoint, method: 'GET', querystring: transaction },
		{ ...endpoint, method: 'POST', body: transaction },
	];
}

export const callbackDetails = (path: string): Endpoint[] =>
	bothWays({
		number: '39',
		path,
		answer({ pull }, input) {
			const found = pull(transactionId(input));
			if (!found) return refuse('400');
			return ok({
				transactionId: found.transactionId,
				businessType: found.businessType,
				...found.content,
			});
		},
	});

/** Confirming twice is no refusal (choice): a caller whose first answer was lost must be able to repeat. */
export const callbackConfirm = (path: string): Endpoint[] =>
	bothWays({
		number: '40',
		path,
		answer: ({ confirm }, input) => (confirm(transactionId(input)) ? ok({}) : refuse('400')),
	});
