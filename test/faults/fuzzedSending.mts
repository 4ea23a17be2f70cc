/** The several calls of Send Files for Signing, as the fuzz answers them and what it asks of them. */
import type { IDataObject } from 'n8n-workflow';
import { expect } from 'vitest';

export interface Sent {
	method: string;
	url: string;
	headers: Record<string, string>;
	body: Buffer;
}

const CALLS = [
	'POST /document/file',
	'POST /annex/file',
	'POST /contract/draft',
	'GET /contract/tasks',
	'GET /contract/taskUrl',
];
const [DOCUMENT, ANNEX, DRAFT, TASKS, LINK] = CALLS;

/** An ID of nineteen digits of its own for everything; a number would lose its last ones. */
const idOf = (kind: number, index: number) => `19${kind}${String(index).padStart(16, '0')}`;
const CONTRACT = idOf(3, 0);
const tasks = [idOf(4, 0), idOf(4, 1)];

const endOf = (url: string): string =>
	/\/(?:document|annex|contract)\/\w+$/.exec(url.split('?')[0])?.[0] ?? '';
const callOf = ({ method, url }: Sent): string => `${method} ${endOf(url)}`;

/** What the platform would answer a call, the last of those that were sent. */
export const answersTo =
	(sent: Sent[]) =>
	(url: string): IDataObject => {
		// Without a task, so that nobody waits for anything.
		const over: IDataObject = { status: 'COMPLETE', todoTaskList: [] };
		const isStarted = sent.some((one) => callOf(one) === DRAFT);
		const todoTaskList = [
			{ taskId: tasks[0], taskType: 'SIGN', party: { name: '李四', contact: '13900139000' } },
			{ taskId: tasks[1], taskType: 'WRITE', partyName: '某某科技有限公司' },
		];
		const answers: Record<string, IDataObject> = {
			'/document/file': { docId: idOf(1, sent.length) },
			'/annex/file': { fileId: idOf(2, sent.length) },
			'/contract/draft': { contractId: CONTRACT },
			'/contract/tasks': isStarted ? { status: 'SIGNING', todoTaskList } : over,
			'/contract/taskUrl': { pageUrl: 'https://sign.example/page' },
		};
		return answers[endOf(url)] ?? over;
	};

/** How often each of the calls was made in one item's way. */
export const waysWalked: Record<string, number> = Object.fromEntries(
	CALLS.map((call) => [call, 0]),
);

const jsonOf = ({ body }: Sent) => JSON.parse(body.toString()) as Record<string, IDataObject[]>;
const queryOf = ({ url }: Sent, name: string) => new URL(url).searchParams.get(name);
const idsIn = (list: IDataObject[] | undefined, key: string) =>
	(list ?? []).map((entry) => entry[key]);

/** Files, then at most one contract of just these files, then its tasks, then the link of each. */
export const checkWay = (sent: Sent[]): void => {
	const made = sent.map(callOf);
	for (const call of made) {
		expect(CALLS).toContain(call);
		waysWalked[call] += 1;
	}
	expect(made).toEqual([...made].sort((a, b) => CALLS.indexOf(a) - CALLS.indexOf(b)));
	const drafts = sent.filter((one) => callOf(one) === DRAFT);
	expect(drafts.length).toBeLessThan(2);
	const uploaded = (call: string, kind: number) =>
		made.flatMap((one, index) => (one === call ? [idOf(kind, index + 1)] : []));
	for (const draft of drafts) {
		const { signDocumentList, annexList } = jsonOf(draft);
		const documents = idsIn(signDocumentList, 'docId');
		const annexes = idsIn(annexList, 'fileId');
		// IDs out of a former run stand before those of this one.
		const [newDocuments, newAnnexes] = [uploaded(DOCUMENT, 1), uploaded(ANNEX, 2)];
		expect(documents.slice(documents.length - newDocuments.length)).toEqual(newDocuments);
		expect(annexes.slice(annexes.length - newAnnexes.length)).toEqual(newAnnexes);
		expect(documents.length).toBeGreaterThan(0);
		const asked = sent.filter((one) => [TASKS, LINK].includes(callOf(one)));
		expect(asked.map((one) => queryOf(one, 'contractId'))).toEqual([CONTRACT, CONTRACT, CONTRACT]);
		const links = asked.filter((one) => callOf(one) === LINK);
		expect(links.map((one) => queryOf(one, 'taskId'))).toEqual(tasks);
	}
};
