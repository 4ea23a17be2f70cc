/**
 * n8n's setting Retry On Fail with every operation that changes something: whatever went wrong before, nothing
 * is done twice. As a node all items are run anew; as a tool the model's call is, and the model makes each of
 * its calls once more.
 */
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runAsTool } from '../engine/asTool.mjs';
import { runNode } from '../engine/node.mjs';
import { shortenPauses } from '../engine/pauses.mjs';
import { freshTurns } from '../engine/turns.mjs';
import { huntIn } from './hunt.mjs';
import { marksOf, operationOf, stepsOf, type Input, type Prepared } from './inputs/input.mjs';
import { countedIn, doubledIn } from './judge.mjs';
import type { Heard, RequestFault } from './proxy.mjs';
import type { Stage, StoredContract } from './stages.mjs';
import { connectionsLeft, itemIn, learn, openField, type Field } from './strike.mjs';
import { document } from './table.mjs';

type Trouble = 'the answer is lost' | 'it is refused once';
type Way = 'node' | 'tool';

const JSON_TYPE = { 'content-type': 'application/json' };

/** Refusals after which certainly nothing was done. */
const REFUSED: Record<string, string> = {
	kaifangqian: '{"code":31000,"message":"业务处理失败,稍后再试","result":null}',
	qiandun: '{"code":"oc_10011","success":false,"msg":"用户未认证"}',
};

const faultFor = (trouble: Trouble, platform: string): RequestFault =>
	trouble === 'the answer is lost'
		? async (exchange) => {
				await exchange.forward();
				exchange.reset();
			}
		: (exchange) => exchange.answer(200, JSON_TYPE, REFUSED[platform]);

/** What an item says is what the model fills in. */
const asFilledIn = (parameters: IDataObject): IDataObject =>
	JSON.parse(
		JSON.stringify(parameters).replace(/\$json\.(\w+)/g, "$fromAI('$1', '', 'string')"),
	) as IDataObject;

/** A model hands over no file. */
const FILE = "={{ $('Start').first().binary.data }}";
const NEEDS_FILE: Record<string, string> = {
	'contract.sendFiles': 'binaryPropertyNames',
	'document.upload': 'binaryPropertyName',
	'attachment.upload': 'binaryPropertyName',
	'api.request (file)': 'binaryPropertyName',
};

const RETRIED: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

/** An upload may be made again: it is of no use to anybody but the contract that names it. */
const UPLOAD = /\/(?:document|annex)\/file$/;

interface Count {
	/** Changes that the stand-in has carried out, uploads included. */
	done: number;
	twice: number;
	uploadsAgain: number;
}

interface Came extends Count {
	wrong: string[];
}

const carriedOutBy = (heard: Heard[], marks: string[][], index: number) => {
	const done: Record<string, number> = {};
	for (const one of heard)
		if (one.carriedOut && itemIn(marks, one) === index) done[one.path] = (done[one.path] ?? 0) + 1;
	return done;
};

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

/** Runs it as a node or as a tool, and says what every item was told. */
const runIn = async <Sandbox,>(
	way: Way,
	{ stage, running, proxy }: Field<Sandbox>,
	name: string,
	{ parameters, items }: Prepared,
) => {
	const [resource, operation] = operationOf(name);
	const options = { ...(parameters.options as IDataObject), ...running.options };
	const common = { platform: stage.name, resource, operation };
	const secrets = running.credential(proxy.origin);
	if (way === 'node') {
		const behavior = { retries: 1, timeout: 30, itemsInParallel: items.length };
		return await runNode(
			{ ...common, ...parameters, options: { ...options, ...behavior } },
			{ secrets, input: items, node: RETRIED },
		);
	}
	const file = NEEDS_FILE[name] ? { [NEEDS_FILE[name]]: FILE } : {};
	// By itself a tool saves drafts.
	const send = { send: '1', ...options };
	const filledIn = asFilledIn({ ...parameters, ...file, options: send });
	const calls = items.map(({ json }) => json);
	const { run, said } = await runAsTool({ ...common, ...filledIn }, [...calls, ...calls], {
		...{ secrets, input: items.slice(0, 1), node: RETRIED },
	});
	const heard: INodeExecutionData[] = said.map(({ answer, refusal }) => ({
		json: { answer, refusal } as IDataObject,
	}));
	return { run, items: heard, error: undefined };
};

/** The last change that an operation makes is the one that something happens to. */
const attempt = async <Sandbox,>(
	field: Field<Sandbox>,
	name: string,
	input: Input<Sandbox>,
	{ trouble, way, count }: { trouble: Trouble; way: Way; count: number },
): Promise<Came> => {
	const { running, proxy, stage } = field;
	running.reset();
	await proxy.open();
	proxy.reset();
	freshTurns(proxy.origin, 30);
	const prepared = await input.prepare(running.sandbox);
	const items = prepared.items.slice(0, count);
	running.arm();
	const before = new Set(running.contracts().map(({ id }) => id));
	// The one file that all calls of a model name marks none of them.
	const isFileShared = way === 'tool' && name === 'contract.sendFiles';
	const marks = marksOf(
		isFileShared
			? prepared.items.map(({ json: { fileName: _shared, ...json } }) => ({ json }))
			: prepared.items,
	);
	proxy.onForwarded = (heard, answer) => learn(marks, heard, answer);
	const steps = stepsOf(input as Input<never>).filter(({ role }) => role === 'changes');
	const { path } = steps.at(-1)!;
	const struck = count > 1 ? 1 : 0;
	let isLeft = true;
	proxy.onRequest = (heard) => {
		if (!isLeft || itemIn(marks, heard) !== struck || !heard.path.endsWith(path)) return undefined;
		isLeft = false;
		return faultFor(trouble, stage.name);
	};
	const came = await runIn(way, field, name, { ...prepared, items });
	const { heard } = proxy;
	const all: StoredContract[] = running.contracts().filter(({ id }) => !before.has(id));
	const outcome = {
		contracts: items.map((_, index) => all.filter((one) => itemIn(marks, one) === index)),
		carriedOut: items.map((_, index) => carriedOutBy(heard, marks, index)),
	};
	const uploads = (byPath: Record<string, number>) =>
		sum(Object.entries(byPath).map(([one, times]) => (UPLOAD.test(one) ? times - 1 : 0)));
	const uploadsAgain = sum(outcome.carriedOut.map(uploads));
	const twice = doubledIn(outcome, input as Input<never>) - uploadsAgain;
	const done = items.map((_, index) =>
		sum(
			steps.map((step) =>
				sum(
					Object.entries(outcome.carriedOut[index]).map(([one, times]) =>
						one.endsWith(step.path) && !UPLOAD.test(one) ? times : 0,
					),
				),
			),
		),
	);
	const isUpload = UPLOAD.test(path);
	const isLost = trouble === 'the answer is lost' && !isUpload;
	// The first time that the model makes its calls; what it hears afterwards is in the counts.
	const told = JSON.stringify([
		came.items.slice(0, count).map(({ json }) => json),
		came.error ? { error: came.error.message } : '',
	]);
	const counted = outcome.contracts.map((own) => countedIn(own, input as Input<never>));
	const stillOpen = await connectionsLeft(proxy);
	const strange = all.filter((one) => itemIn(marks, one) < 0).length;
	return {
		...{ done: sum(done), twice, uploadsAgain },
		wrong: [
			...(isLeft ? ['nothing was struck'] : []),
			...(twice > 0 ? [`${twice} carried out twice`] : []),
			...(isUpload || done.every((times) => times === 1) ? [] : [`carried out: ${done.join()}`]),
			...(uploadsAgain > (isUpload && trouble === 'the answer is lost' ? 1 : 0)
				? [`${uploadsAgain} uploads made again`]
				: []),
			...(input.makesContracts && counted.some((one) => one !== 1)
				? [`contracts of the items: ${counted.join()}`]
				: []),
			...(input.makesContracts ? [] : all.map(({ id }) => `contract ${id} is nobody's`)),
			...(strange > 0 ? [`${strange} contracts belong to no item`] : []),
			...(isLost === /is unknown/.test(told) ? [] : [`said: ${told}`]),
			...(!isLost && (/"refusal":|"error":/.test(told) || came.items.length < count)
				? [`said: ${told}`]
				: []),
			...(running.overlaps() > 0 ? ['calls have met'] : []),
			...(stillOpen > 0 ? [`${stillOpen} connections are still open`] : []),
			...(way === 'node' ? huntIn(came, running.marks) : []),
		],
	};
};

const TROUBLES: Trouble[] = ['the answer is lost', 'it is refused once'];
const COUNTS = [1, 3];
const WAYS: Way[] = ['node', 'tool'];

const cellOf = (counts: Count[]) => {
	const [done, twice] = [counts.map((one) => one.done), counts.map((one) => one.twice)].map(sum);
	return `${done} · ${twice}`;
};

export const retryOnFail = <Sandbox,>(stage: Stage<Sandbox>): void => {
	const names = Object.keys(stage.inputs).filter((name) => stage.inputs[name].kind === 'changes');
	const counts = new Map<string, Count[]>();
	let inFull = () => {};
	beforeAll(() => {
		inFull = shortenPauses(100);
	});
	afterAll(() => inFull());
	const rows = TROUBLES.flatMap((trouble) => COUNTS.map((count) => ({ trouble, count })));

	describe.concurrent.each(names)(`${stage.name} %s`, (name) => {
		let field: Field<Sandbox>;
		beforeAll(async () => {
			field = await openField(stage, '');
		});
		afterAll(async () => {
			await field.proxy.close();
			await field.running.close();
		});
		const cases = rows.flatMap((row) => WAYS.map((way) => ({ ...row, way })));
		it.sequential.each(cases)('as a $way, $trouble, items: $count', async (row) => {
			const { wrong, ...count } = await attempt(field, name, stage.inputs[name], row);
			const key = [row.trouble, row.count, row.way].join();
			counts.set(key, [...(counts.get(key) ?? []), count]);
			expect(wrong).toEqual([]);
		});
	});

	it('is described in docs/reliability.md', async ({ skip }) => {
		const all = [...counts.values()].flat();
		skip(all.length < names.length * rows.length * WAYS.length);
		const cells = rows.map(({ trouble, count }) =>
			WAYS.map((way) => cellOf(counts.get([trouble, count, way].join())!)),
		);
		await document(
			`retries ${stage.name}`,
			[
				'| what happens | items | as a node | as a tool |',
				'| --- | --- | --- | --- |',
				...rows.map(
					({ trouble, count }, index) => `| ${trouble} | ${count} | ${cells[index].join(' | ')} |`,
				),
				'',
				`${names.length} ways to call, ${all.length} runs. **Done twice: ${sum(all.map(({ twice }) => twice))}.**`,
				...(all.some(({ uploadsAgain }) => uploadsAgain > 0)
					? [`Uploads made again: ${sum(all.map((one) => one.uploadsAgain))}.`]
					: []),
			].join('\n'),
		);
	});
};
