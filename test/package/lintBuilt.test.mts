import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { lintBuilt, loadBuilt, type Finding } from './lintBuilt.mjs';
import { manifest } from './project.mjs';

// What makes no sense in a literal that was written out.
const NOT_HERE = [
	// The source says NodeConnectionTypes.Main.
	'@n8n/community-nodes/node-connection-type-literal',
	// The methods are linted where they stand.
	'@n8n/community-nodes/webhook-lifecycle-complete',
];

// What is known of the descriptions, by rule and place; a finding that was mended leaves the list.
const KNOWN = Object.entries({
	// The fields of a row stand in the order in which they are filled in.
	'node-param-fixed-collection-type-unsorted-items': [
		'signers › signer › details › positions › position',
		'signers › signer › details › positions › position',
		'signers › signer › details › positions › position',
		'positions › position',
		'signers › entry',
		'signers › entry › signFields › entry',
	],
	'node-param-options-type-unsorted-items': [
		// The way out of the list stands before it.
		'endpoint',
		// What most people come for stands first.
		'operation',
	],
	// A path and a file name.
	'node-param-description-miscased-url': [
		'endpoint › Silent Signing Authorization Link (印章静默签授权地址(H5页面))',
	],
}).flatMap(([rule, places]) =>
	places.map((place) => `n8n-nodes-base/${rule} in CnEsign › cnEsign › ${place}`),
);

const files = [...manifest.n8n.nodes, ...manifest.n8n.credentials];
const [nodeFile] = manifest.n8n.nodes;
const [credentialFile] = manifest.n8n.credentials;

/** What is found beyond what is known, and what is known and not found. */
const compared = (findings: Finding[]) => {
	const mended = [...KNOWN];
	const found = findings.filter(({ what }) => {
		if (NOT_HERE.includes(what.split(' in ')[0])) return false;
		const at = mended.indexOf(what);
		if (at >= 0) mended.splice(at, 1);
		return at < 0;
	});
	return { found, mended };
};

const text = (name: string, more: Partial<INodeProperties>): INodeProperties => ({
	...{ displayName: 'Some Text', name, type: 'string', default: '' },
	...more,
});
const choice = (name: string) => ({ name, value: name });
const UNSORTED = ['E', 'D', 'C', 'B', 'A'];

/** A rule, and a property that breaks it. */
const WRONG: Array<[string, INodeProperties]> = [
	['node-param-default-missing', text('noDefault', { default: undefined })],
	['node-param-description-excess-final-period', text('stop', { description: 'A needless stop.' })],
	['node-param-description-missing-final-period', text('noStop', { description: 'One. Two' })],
	['node-param-description-lowercase-first-char', text('small', { description: 'begins small' })],
	['node-param-description-identical-to-display-name', text('same', { description: 'Some Text' })],
	['node-param-display-name-miscased', text('case', { displayName: 'some text' })],
	[
		'node-param-description-boolean-without-whether',
		text('yesOrNo', { type: 'boolean', default: false, description: 'Turns it on' }),
	],
	[
		'node-param-options-type-unsorted-items',
		text('unsorted', { type: 'options', options: UNSORTED.map(choice), default: 'A' }),
	],
	[
		'node-param-default-wrong-for-options',
		text('noChoice', { type: 'options', options: [choice('A')], default: 'B' }),
	],
	[
		'node-param-option-value-duplicate',
		text('twice', {
			type: 'options',
			options: [choice('A'), { ...choice('A'), name: 'B' }],
			default: 'A',
		}),
	],
	[
		'node-param-operation-option-action-miscased',
		text('operation', {
			type: 'options',
			noDataExpression: true,
			options: [{ ...choice('Go'), action: 'Go There (Qiandun)' }],
			default: 'Go',
		}),
	],
	[
		'node-param-collection-type-unsorted-items',
		text('collection', {
			type: 'collection',
			default: {},
			options: UNSORTED.map((name) => text(name, { displayName: name })),
		}),
	],
	[
		'node-param-description-untrimmed',
		text('rows', {
			type: 'fixedCollection',
			default: {},
			options: [
				{ name: 'row', displayName: 'Row', values: [text('inner', { description: 'Blank ' })] },
			],
		}),
	],
];

describe("n8n's lint of what is built", () => {
	it('finds nothing in the nodes and the credential that is not known', async () => {
		const findings: Finding[] = [];
		for (const file of files) findings.push(...(await lintBuilt(file)));
		expect(compared(findings)).toEqual({ found: [], mended: [] });
	}, 60_000);

	it('finds what is wrong in a description, at whatever depth', async () => {
		const node = loadBuilt(nodeFile) as { description: INodeTypeDescription };
		const description = structuredClone(node.description);
		description.properties.push(...WRONG.map(([, property]) => property));
		const { found } = compared(await lintBuilt(nodeFile, { description }));
		for (const [rule, { name }] of WRONG) {
			const start = `n8n-nodes-base/${rule} in CnEsign › cnEsign › ${name}`;
			expect(found.map(({ what }) => what.slice(0, start.length))).toContain(start);
		}
		expect(found).toHaveLength(WRONG.length);
	});

	it('finds what is wrong in a credential', async () => {
		const wrong = { ...loadBuilt(credentialFile), displayName: 'CN E-Sign' };
		const { found } = compared(await lintBuilt(credentialFile, wrong));
		expect(found.map(({ what }) => what)).toEqual([
			'n8n-nodes-base/cred-class-field-display-name-missing-api in CnEsignApi',
		]);
	});
});
