import Fastify from 'fastify';

/** The part of OpenAI's chat completions that an agent with tools uses. */
export interface ChatMessage {
	role: string;
	content: unknown;
	tool_calls?: Array<{ id: string; function: { name: string; arguments: string } }>;
	tool_call_id?: string;
}

export interface ChatRequest {
	messages: ChatMessage[];
	tools?: Array<{
		type: string;
		function: { name: string; description: string; parameters: Record<string, unknown> };
	}>;
}

/** What the model does next: calls tools, or says something. */
export type Turn = { call: Array<{ tool: string; input: object }> } | { say: string };

/** A chat model without a mind of its own: `decide` says what it does with a request. */
export interface Model {
	requests: ChatRequest[];
	credentialData: Record<string, unknown>;
	close(): Promise<void>;
}

const messageOf = (turn: Turn, number: number) =>
	'say' in turn
		? { role: 'assistant', content: turn.say }
		: {
				role: 'assistant',
				content: null,
				tool_calls: turn.call.map(({ tool, input }, index) => ({
					id: `call_${number}_${index}`,
					type: 'function',
					function: { name: tool, arguments: JSON.stringify(input) },
				})),
			};

export const startModel = async (decide: (request: ChatRequest) => Turn): Promise<Model> => {
	const requests: ChatRequest[] = [];
	const app = Fastify({ forceCloseConnections: true });
	app.post('/v1/chat/completions', async (request) => {
		const asked = request.body as ChatRequest;
		requests.push(asked);
		const turn = decide(asked);
		return {
			id: `chatcmpl-${requests.length}`,
			object: 'chat.completion',
			created: Math.floor(Date.now() / 1000),
			model: 'stand-in',
			choices: [
				{
					index: 0,
					message: messageOf(turn, requests.length),
					finish_reason: 'say' in turn ? 'stop' : 'tool_calls',
				},
			],
			usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		};
	});
	const origin = await app.listen({ host: '127.0.0.1', port: 0 });
	return {
		requests,
		credentialData: { apiKey: 'sk-stand-in', url: `${origin}/v1` },
		close: async () => await app.close(),
	};
};
