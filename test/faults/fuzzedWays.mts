/** The calls that an operation makes for one item, as the fuzz answers them and what it asks of them. */
import type { IDataObject } from 'n8n-workflow';
import { expect } from 'vitest';

export interface Sent {
	method: string;
	url: string;
	headers: Record<string, string>;
	body: Buffer;
}

const DOCUMENT = 'POST /document/file';
const ANNEX = 'POST /annex/file';
const DRAFT = 'POST /contract/draft';
const TASKS = 'GET /contract/tasks';
const LINK = 'GET /contract/taskUrl';
const CALLS = [DOCUMENT, ANNEX, DRAFT, TASKS, LINK];

/** An ID of nineteen digits of its own for everything; a number would lose its last ones. */
const idOf = (kind: number, index: number) => `19${kind}${String(index).padStart(16, '0')}`;
const CONTRACT = idOf(3, 0);
const tasks = [idOf(4, 0), idOf(4, 1)];

const endOf = (url: string): string =>
	/\/(?:document|annex|contract)\/[\w/]+$/.exec(url.split('?')[0])?.[0] ?? '';
const callOf = ({ method, url }: Sent): string => `${method} ${endOf(url)}`;

/** The contract as it has to be for each operation to go on; without a task, nobody waits for anything. */
const stateFor = (name: string): IDataObject => {
	const todoTaskList = [
		{ taskId: tasks[0], taskType: 'SIGN', party: { name: '李四', contact: '13900139000' } },
		{ taskId: tasks[1], taskType: 'WRITE', partyName: '某某科技有限公司' },
	];
	if (name === 'contract.finish') return { status: 'SIGNING', todoTaskList: [] };
	const moves = ['create', 'sendFiles', 'addSigners', 'approve', 'signOnBehalf'];
	return moves.includes(name.replace('contract.', ''))
		? { status: 'SIGNING', todoTaskList }
		: { status: 'COMPLETE', todoTaskList: [] };
};

/** What the platform would answer a call, the last of those that were sent. */
export const answersTo =
	(name: string, sent: Sent[]) =>
	(url: string): IDataObject => {
		const answers: Record<string, IDataObject> = {
			'/document/file': { docId: idOf(1, sent.length) },
			'/annex/file': { fileId: idOf(2, sent.length) },
			'/contract/draft': { contractId: CONTRACT },
			'/contract/taskUrl': { pageUrl: 'https://sign.example/page' },
		};
		return answers[endOf(url)] ?? stateFor(name);
	};

const isFile = (url: string): boolean => endOf(url) === '/contract/document/download';

/** The bytes of a download, or `undefined` where the answer is text. */
export const fileAt = (url: string): Buffer | undefined =>
	isFile(url) ? Buffer.alloc(2000, '%PDF-1.4 made up ') : undefined;

/** How often each of the calls of Send Files was made in one item's way. */
export const waysWalked: Record<string, number> = Object.fromEntries(
	CALLS.map((call) => [call, 0]),
);

const jsonOf = ({ body }: Sent) => JSON.parse(body.toString()) as Record<string, IDataObject[]>;
const queryOf = ({ url }: Sent, name: string) => new URL(url).searchParams.get(name);
const idsIn = (list: IDataObject[] | undefined, key: string) =>
	(list ?? []).map((entry) => entry[key]);

/** Files, then at most one contract of just these files, then its tasks, then the link of each. */
const checkSending = (sent: Sent[]): void => {
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
		// Looked at once, for the check and for the links.
		const asked = sent.filter((one) => [TASKS, LINK].includes(callOf(one)));
		expect(asked.map((one) => queryOf(one, 'contractId'))).toEqual([CONTRACT, CONTRACT, CONTRACT]);
		const links = asked.filter((one) => callOf(one) === LINK);
		expect(links.map((one) => queryOf(one, 'taskId'))).toEqual(tasks);
	}
};

/** What is left out where *Check Started Contracts* is off. */
const LOOK = 'the look afterwards';

/** The operations that make several calls, always the same. */
const WAYS: Record<string, string[]> = {
	'contract.addSigners': [TASKS, 'POST /contract/signer/add', LOOK],
	'contract.approve': ['POST /contract/approval', LOOK],
	'contract.signOnBehalf': ['POST /contract/sign/personal/proxy', LOOK],
	'contract.finish': [TASKS, 'POST /contract/finish'],
	'contract.download': [TASKS, 'GET /contract/document/download'],
};

/** Half a pair of an emoji is escaped in JSON and replaced in an address; it is no contract's ID. */
const wellFormed = (text: unknown) => Buffer.from(String(text)).toString();

const contractIn = (one: Sent): string =>
	wellFormed(one.method === 'GET' ? queryOf(one, 'contractId') : jsonOf(one).contractId);

/** Whoever is sent anything at all walks the whole way, and about one contract. */
export const checkWay = (name: string, sent: Sent[], { looks }: { looks: boolean }): void => {
	if (sent.length === 0) return;
	const made = sent.map(callOf);
	if (name === 'contract.sendFiles') return checkSending(sent);
	if (name === 'contract.create') {
		// Only what was started is looked at.
		const isStart = String(jsonOf(sent[0]).send) === '1';
		expect(made).toEqual(isStart && looks ? [DRAFT, TASKS] : [DRAFT]);
		if (sent[1]) expect(contractIn(sent[1])).toBe(CONTRACT);
		return;
	}
	const way = WAYS[name]?.flatMap((call) => (call !== LOOK ? [call] : looks ? [TASKS] : []));
	expect(made, name).toEqual(way ?? [made[0]]);
	if (way) expect(new Set(sent.map(contractIn)).size).toBe(1);
};
