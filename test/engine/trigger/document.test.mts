/**
 * docs/events.md is what the trigger really emits: this test makes it anew from state changes in the
 * stand-ins and compares. After a wanted change: UPDATE_DOCS=1 npm test -- document
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { expect, it } from 'vitest';
import { projectRoot } from '../engine.mjs';
import { itemsOf, kaifangqianStage, qiandunStage } from './support.mjs';
import { kaifangqianRows, qiandunRows } from './table.mjs';

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
		if (key in FIXED && typeof value === 'string') return FIXED[key];
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
		const name = `${String(item.event)} (${String(item.platform)})`;
		if (!samples.has(name)) samples.set(name, steady(item));
	}
};

const table = (rows: string[][]) => rows.map((row) => `| ${row.join(' | ')} |`).join('\n');

const document = () => `# Events of the CN E-Sign Trigger

Made by the tests from state changes in the stand-in platforms; the ids, times and people are made up. To build a workflow before the first real event, open the trigger, choose *set mock data* (or the pencil above its output) and paste a sample.

## Kaifangqian

Without a platform public key in the credential every event is \`verified: platform\`, with one it is \`signature\`.

${table([
	['what happens on the platform', 'it sends (`callbackType`)', 'events'],
	['---', '---', '---'],
	...kaifangqianRows.map(({ change, sent, events }) => [
		change,
		sent.join(', '),
		events.map((event) => `\`${event}\``).join(', '),
	]),
])}

## Qiandun

\`verified\` is \`platform\` when *Details Path* is set, otherwise \`none\`.

${table([
	['what happens on the platform', 'it sends (`businessType`)', 'event'],
	['---', '---', '---'],
	...qiandunRows.map(({ change, businessType, event }) => [change, businessType, `\`${event}\``]),
])}

## Samples

With *Simplify* turned off. Simplified items have the fields up to \`contractStatus\` and a few flat ones; events that this version does not know always come in full.

${[...samples].map(([name, json]) => `### ${name}\n\n\`\`\`json\n${json}\n\`\`\``).join('\n\n')}
`;

it('docs/events.md shows what the trigger emits', async () => {
	for (const row of kaifangqianRows) {
		kaifangqian.sandbox.reset();
		const contractId = await row.before(kaifangqian);
		const host = await kaifangqian.host({ parameters: { simplify: false } });
		await row.act(kaifangqian, contractId);
		await kaifangqian.settled(host);
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
