/** What the tests of the stand-in share: one of its own per file, a PDF in it, and short forms of what is sent. */
import { afterAll, beforeAll, beforeEach } from 'vitest';
import {
	startKaifangqian,
	type KaifangqianOptions,
	type KaifangqianSandbox,
} from '../../../sandbox/kaifangqian/index.mjs';
import {
	clientOf,
	lisi,
	pdfOf,
	person,
	type Client,
} from '../../../sandbox/kaifangqian/testing.mjs';

type Params = Record<string, unknown>;

export interface Stage {
	sandbox: KaifangqianSandbox;
	api: Client;
	/** A PDF of two pages. */
	docId: string;
	/** Starts a contract with 李四 as its only signer, unless told. */
	contract(more?: Params): Promise<string>;
	/** The whole answer to such a call. */
	answer(more?: Params): Promise<{ code: number | null; message: string; success?: boolean }>;
	codeOf(path: string, params: Params): Promise<number | null>;
	/** Events queued so far; without a callback address they are only noted. */
	events(): string[];
	status(contractId: string): string;
	/** Who has open tasks, by the contacts of the call. */
	asked(contractId: string): Promise<string[]>;
}

export function useStage(options: KaifangqianOptions = {}): Stage {
	const stage: Partial<Stage> = {};
	const ready = (): Stage => stage as Stage;
	const params = (more: Params) => ({
		operator: ready().sandbox.operator,
		signReId: ready().sandbox.lines.free,
		send: '1',
		signDocumentList: [{ docId: ready().docId }],
		signerList: [person(lisi, '1')],
		...more,
	});
	Object.assign(stage, {
		contract: async (more: Params = {}) => await ready().api.draft(params(more)),
		answer: async (more: Params = {}) =>
			(await ready().api.post('/contract/draft', params(more))).json,
		codeOf: async (path: string, sent: Params) => (await ready().api.post(path, sent)).json.code,
		events: () =>
			ready().sandbox.callbacks.dropped.map(({ body }) => {
				const { callbackType, contractStatus } = JSON.parse(body);
				return `${callbackType} ${contractStatus}`;
			}),
		status: (contractId: string) => ready().sandbox.control.contract(contractId).status,
		asked: async (contractId: string) => {
			const { tasks } = ready().sandbox.control.contract(contractId);
			const { todoTaskList } = await ready().api.tasks(contractId);
			return todoTaskList.map(
				({ taskId }: { taskId: string }) =>
					tasks.find((task) => task.taskId === taskId)?.person?.contact,
			);
		},
	} satisfies Partial<Stage>);
	beforeAll(async () => {
		const switches = { throttle: false, startMs: 0, ...options.switches };
		stage.sandbox = await startKaifangqian({ ...options, switches });
		stage.api = clientOf(stage.sandbox);
	});
	beforeEach(async () => {
		ready().sandbox.reset();
		stage.docId = await ready().api.upload(await pdfOf('one', 'two'));
		ready().sandbox.forgetRequests();
	});
	afterAll(async () => await ready().sandbox.close());
	return ready();
}

export const position = (docId: string, more: Params = {}) => ({
	controlType: 'SIGNATURE',
	signPositionType: 'POSITION',
	relationDocList: [{ docType: '1', docId }],
	pageConfig: '1',
	offsetX: '0.5',
	offsetY: '0.5',
	...more,
});
