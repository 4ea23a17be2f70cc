/**
 * docs/events.md is what the trigger really emits: this test makes it anew from state changes in the
 * stand-ins and compares. After a wanted change: UPDATE_DOCS=1 npm test -- trigger/document
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { expect, it } from 'vitest';
import { projectRoot } from '../engine.mjs';
import { itemsOf, kaifangqianStage, qiandunStage } from './support.mjs';
import { kaifangqianRows } from './table.mjs';
import { qiandunRows } from './qiandunTable.mjs';

const file = join(projectRoot, 'docs/events.md');
const kaifangqian = await kaifangqianStage();
const qiandun = await qiandunStage();

/** The same made-up value for the same field each time, where the real one is different in each run. */
const steady = (json: IDataObject): string => {
	const FIXED: Record<string, string> = {
		eventId: '0123456789abcdef0123456789abcdef',
		receivedAt: '2030-06-29T10:00:00.000Z',
		contractId: '1900000000000000001',
		taskId: '1900000000000000002',
		transactionId: 'TX-0001',
		flowNo: 'FLOW0001',
		serviceId: 'SVC0001',
		authorizeCode: 'RkztvLleUICgRSe',
	};
	const replace = (key: string, value: unknown) => {
		if (key in FIXED && typeof value === 'string' && value !== '') return FIXED[key];
		// Times of the stand-in.
		if (typeof value === 'string' && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(value))
			return '2030-06-29 18:00:00';
		return value;
	};
	return JSON.stringify(json, replace, 2);
};

const samples = new Map<string, string>();
const keep = (items: IDataObject[]) => {
	for (const item of items) {
		// Nobody is named where a seal is set automatically.
		const isSeal = item.nodeType === 'ENTERPRISE_SEAL' && item.signer === undefined;
		const name = `${String(item.event)} (${String(item.platform)}${isSeal ? ', a seal that is set automatically' : ''})`;
		if (!samples.has(name)) samples.set(name, steady(item));
	}
};

const table = (rows: string[][]) => rows.map((row) => `| ${row.join(' | ')} |`).join('\n');

/** What the platform sent for each row, with the status in it. */
const sentFor = new Map<string, string[]>();

const document = () => `# Events of the CN E-Sign Trigger

Made by the tests from state changes in the stand-in platforms; the ids, times and people are made up. To build a workflow before the first real event, open the trigger, choose *set mock data* (or the pencil above its output) and paste a sample.

## Kaifangqian

Without a platform public key in the credential every event is \`verified: platform\`, with one it is \`signature\`.

${table([
	['what happens on the platform', 'it sends: `callbackType` (`contractStatus`)', 'events'],
	['---', '---', '---'],
	...kaifangqianRows.map(({ change, events }) => [
		change,
		sentFor.get(change)!.join(', '),
		events.map((event) => `\`${event}\``).join(', '),
	]),
])}

### Which status

- \`contractStatus\` of an event is the status that the platform gave when it was asked, which may be later than the callback. With \`verified: signature\` it is the one in the callback; only about a COMPLETE with another status the platform is asked all the same.
- Where a contract finishes automatically, the last \`contract.signed\` says COMPLETE already.
- \`contract.completed\` alone says that a contract is completed. The platform sends COMPLETE whenever nobody has anything left to do. With the status SIGNING that is \`contract.allSigned\`: all who were asked have signed, and the contract goes on until it is finished. With any other status it is \`contract.statusChanged\`.
- \`contract.expired\` is sent before the status is saved. With \`verified: signature\` it says SIGNING or WRITING.
- A rejected approval ends a contract with REFUSAL_SIGN, as a declined signature does.
- Statuses that public descriptions spell REFUSAL_WRITE and COMPLETED are always REFUSAL_WRIT and COMPLETE. \`raw\` keeps the platform's own spelling.

### Who it was

- \`signerName\` is the company, or the name of a person who signs for nobody else. People who were registered by API have their phone number or email address in the place of the name; that is left out, and only \`raw\` has it.
- \`signer\` has the person's phone number. Whoever was registered by email has none: to tell who has signed, compare the tasks before and after (*Get Status*).
- A seal that is set automatically has no \`signer\`. Approvals and signatures for a company have both.

### What comes more than once, late, or never

- **Never.** No event comes for added signers, and no \`contract.completed\` when the last signature was made on behalf of a person: ask *Get Status* then. \`contract.expired\` comes only where the installation runs its expiry job; the published one does not. An approval that a business line demands cannot be given on the published server, so nothing but a recall follows \`contract.sent\` with APPROVING. \`contract.signerAdded\` is known, and never sent.
- **Lost.** The \`contract.signed\` of an automatic seal gets lost on the published server: 1 of 60 with one seal, 14 of 50 with two seals in a contract of 60 pages. It is not sent again. What was not accepted in six tries is lost as well: three at once, then one each within 5 minutes, within 2 hours and at the next 23:30, if the installation's scheduler runs. And where the platform is asked, it has to say the same: an event is not accepted when its contract was deleted, for instance, before the callback came.
- **More than once.** The platform repeats what was not answered in time with HTTP 200 and \`success\`; *Ignore Repeats* keeps that away. \`contract.allSigned\` comes after each round of signers.
- **Again under the same ID.** A contract that is recalled, deleted, restored and sent again keeps its ID. The trigger counts its lives, whether *Ignore Repeats* is on or not: events that start or end one have the number in \`life\`, and from the second life on \`eventId\` ends in it (\`…-2\`). At the test URL nothing is counted.
- **Looked up.** *Get Status* gives the \`event\` that belongs to the status, with the \`eventId\` of its callback: a schedule that looks for what never arrived does nothing twice, if both pass the same *Remove Duplicates* node or list. A rejected approval leaves the status of a declined signature, so \`contract.approvalRefused\` and \`contract.signRefused\` share one. From the second life on tell it the \`life\`.
- **In another order.** The \`contract.signed\` of an automatic seal comes before \`contract.sent\`, and before the \`contract.approved\` that released it.
- **Mixed up.** Starts that meet on the published server can end in a contract that nobody is asked to sign: stuck in START with \`contract.statusChanged\`, in SIGNING with \`contract.allSigned\`, or even COMPLETE with \`contract.completed\`. The operations that start contracts look for this and report it ([reliability.md](reliability.md)).

## Qiandun

\`verified\` is \`platform\` when *Details Path* is set, otherwise \`none\`.

${table([
	['what happens on the platform', 'it sends (`businessType`)', 'event'],
	['---', '---', '---'],
	...qiandunRows.map(({ change, businessType, event }) => [change, businessType, `\`${event}\``]),
])}

## Samples

With *Simplify* turned off. Simplified items have the fields up to \`contractStatus\` or \`life\` and a few flat ones; events that this version does not know always come in full.

${[...samples].map(([name, json]) => `### ${name}\n\n\`\`\`json\n${json}\n\`\`\``).join('\n\n')}
`;

it('docs/events.md shows what the trigger emits', async () => {
	for (const row of kaifangqianRows) {
		kaifangqian.sandbox.reset();
		const contractId = await row.before(kaifangqian);
		const host = await kaifangqian.host({ parameters: { simplify: false } });
		await row.act(kaifangqian, contractId);
		await kaifangqian.settled(host);
		sentFor.set(
			row.change,
			kaifangqian.sent().map((sent) => `${sent.callbackType} (${sent.contractStatus})`),
		);
		keep(itemsOf(host));
	}
	for (const row of qiandunRows) {
		qiandun.sandbox.reset();
		const host = await qiandun.host({ parameters: { simplify: false, options: qiandun.paths } });
		row.act(qiandun.sandbox);
		await qiandun.settled(host);
		keep(itemsOf(host));
	}
	const text = document();
	if (process.env.UPDATE_DOCS === '1') writeFileSync(file, text);
	expect(readFileSync(file, 'utf8')).toBe(text);
});
