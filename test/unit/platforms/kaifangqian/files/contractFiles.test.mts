import type { INodeExecutionData } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import {
	filesOf,
	uploadAll,
} from '../../../../../nodes/CnEsign/platforms/kaifangqian/files/contractFiles.js';
import { documentKind } from '../../../../../nodes/CnEsign/platforms/kaifangqian/files/kinds.js';
import { thrownBy, type Refused } from '../../../support.mjs';
import { binary, callWith } from '../callSupport.mjs';

const text = (name: string, displayName: string) => ({
	displayName,
	name,
	type: 'string' as const,
	default: '',
});
const properties = [text('fields', 'Fields'), text('ids', 'Uploaded IDs')];

interface Given {
	fields?: unknown;
	ids?: unknown;
	items?: INodeExecutionData[];
	indexes?: number[];
	others?: string[];
	takesOnly?: boolean;
}

const filesFrom = async ({
	fields = '',
	ids = '',
	items,
	indexes,
	others = [],
	takesOnly = true,
}: Given) => {
	const { call } = callWith({ fields, ids }, properties, { items, indexes });
	const found = await filesOf(call, {
		kind: documentKind,
		fields: { in: call.parameters, name: 'fields' },
		ids: { in: call.parameters, name: 'ids' },
		others,
		takesOnly,
		sizeLimit: undefined,
	});
	return found.map((file) => ('id' in file ? file.id : file.fileName));
};

const refusal = async (given: Given) =>
	(await thrownBy(async () => await filesFrom(given))) as Refused;

const item = (...names: string[]): INodeExecutionData => ({
	json: {},
	binary: Object.fromEntries(names.map((name) => [name, binary(`${name}.pdf`)])),
});

describe('the files of a contract', () => {
	it('are the fields that are named, in that order, each once', async () => {
		const items = [item('a', 'b', 'c')];
		expect(await filesFrom({ fields: 'c, a、c', items })).toEqual(['c', 'a']);
		expect(await filesFrom({ fields: ['b', 'a'], items })).toEqual(['b', 'a']);
		expect(await filesFrom({ fields: '*', items })).toEqual(['a', 'b', 'c']);
		expect(await filesFrom({ fields: 'c, *', items })).toEqual(['c', 'a', 'b']);
		expect(await filesFrom({ fields: '*', items, others: ['b'] })).toEqual(['a', 'c']);
	});

	it('are the only file of the item where none is named', async () => {
		expect(await filesFrom({ items: [item('scan')] })).toEqual(['scan']);
		expect(await filesFrom({ items: [item('scan', 'annex')], others: ['annex'] })).toEqual([
			'scan',
		]);
		expect(await filesFrom({ items: [item('a')], takesOnly: false })).toEqual([]);
	});

	it('are asked for where there are none or several', async () => {
		const none = await refusal({ items: [item()] });
		expect(none.message).toBe("'Fields' is empty, and the item has 0 files");
		expect(none.description).toContain('Let a node before this one deliver the file');
		const several = await refusal({ items: [item('a', 'b')] });
		expect(several.message).toBe("'Fields' is empty, and the item has 2 files");
		expect(several.description).toContain("The item has: 'a', 'b'.");
		expect(several.description).toContain('* for all');
	});

	it('can be binary data that an expression gives', async () => {
		const items = [item('a')];
		expect(await filesFrom({ fields: binary('x.pdf'), items })).toEqual(['x']);
		const two = [binary('x.pdf'), binary('y.pdf')];
		expect(await filesFrom({ fields: two, items })).toEqual(['x', 'y']);
	});

	it('of several items come item by item, with distinct names', async () => {
		const items = [item('a', 'b'), item('a')];
		expect(await filesFrom({ fields: '*', items, indexes: [0, 1] })).toEqual(['a', 'b', 'a (2)']);
		expect(await filesFrom({ fields: 'a', items, indexes: [0, 1] })).toEqual(['a', 'a (2)']);
		const missing = await refusal({ fields: 'b', items, indexes: [0, 1] });
		expect(missing.message).toBe("'Fields' names the binary field 'b', which item 1 does not have");
		expect(missing.description).toBe("The item has: 'a'.");
	});

	it('say which of them is not there, and what is', async () => {
		const { message, description } = await refusal({ fields: 'data', items: [item('scan')] });
		expect(message).toBe("'Fields' names the binary field 'data', which the item does not have");
		expect(description).toBe("The item has: 'scan'.");
	});

	it('never have the name of one that is uploaded already (docs/api/kaifangqian.md, 6.13)', async () => {
		const fields = [binary('合同.pdf'), binary('合同.pdf'), binary('合同.pdf')];
		expect(await filesFrom({ fields })).toEqual(['合同', '合同 (2)', '合同 (3)']);
		expect(await filesFrom({ fields, ids: 'doc-1' })).toEqual(['doc-1', '合同 (2)', '合同 (3)']);
		expect(await filesFrom({ fields, ids: 'doc-1, doc-2' })).toEqual([
			...['doc-1', 'doc-2', '合同 (3)'],
		]);
	});

	it('begin with those that an earlier run has uploaded', async () => {
		const items = [item('a', 'b', 'c')];
		expect(await filesFrom({ fields: 'a, b, c', ids: 'doc-1, doc-2', items })).toEqual([
			...['doc-1', 'doc-2', 'c'],
		]);
		// The files themselves need not be there any more.
		expect(await filesFrom({ ids: 'doc-1', items: [item()] })).toEqual(['doc-1']);
		const { message } = await refusal({ fields: 'a', ids: 'doc-1, doc-2', items });
		expect(message).toBe("'Uploaded IDs' holds 2 IDs, more than there are files (1)");
	});
});

describe('uploadAll', () => {
	const upload = async (done: string[], answer: (name: string) => unknown) => {
		const { call, sent } = callWith({ fields: '*', ids: 'doc-0' }, properties, {
			items: [item('a', 'b', 'c')],
			answer: ({ body }) => answer(String(body.fileName)),
		});
		const files = await filesOf(call, {
			kind: documentKind,
			fields: { in: call.parameters, name: 'fields' },
			ids: { in: call.parameters, name: 'ids' },
			others: [],
			takesOnly: true,
			sizeLimit: undefined,
		});
		const names = () => sent.map(({ body }) => body.fileName);
		return { names, run: async () => await uploadAll(call, documentKind, files, done) };
	};

	it('uploads in order what has no ID yet', async () => {
		const done: string[] = [];
		const { names, run } = await upload(done, (name) => ({ docId: `doc-${name}` }));
		await run();
		expect(done).toEqual(['doc-0', 'doc-b', 'doc-c']);
		expect(names()).toEqual(['b', 'c']);
	});

	it('keeps what is there when it breaks off, and goes on from there', async () => {
		const done: string[] = [];
		const broken = await upload(done, (name) => {
			if (name === 'c') throw new Error('lost');
			return { docId: `doc-${name}` };
		});
		await expect(broken.run()).rejects.toThrow('lost');
		expect(done).toEqual(['doc-0', 'doc-b']);
		const again = await upload(done, (name) => ({ docId: `again-${name}` }));
		await again.run();
		expect(done).toEqual(['doc-0', 'doc-b', 'again-c']);
		expect(again.names()).toEqual(['c']);
	});

	it('is refused where the platform names no ID', async () => {
		for (const answer of [undefined, {}, { docId: '' }, { docId: 7 }, { fileId: 'x' }]) {
			const { run } = await upload([], () => answer);
			await expect(run()).rejects.toThrow('took a file but named no ID');
		}
	});
});
