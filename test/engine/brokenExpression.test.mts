/** An expression that n8n cannot work out for one item ends the work on that item, not on all others. */
import { describe, expect, it } from 'vitest';
import { bodyOf, fromList, operatorOf, personSigner, stage } from './kaifangqian/support.mjs';

const { sandbox, act, sent } = await stage();

const NUMBER = "={{ $json.number ?? $('No Such Node').item.json.number }}";

const inOption = { options: { send: '0', sn: NUMBER } };
const inParameter = { options: { send: '0' }, subject: NUMBER };

describe.each([
	['an option', inOption],
	['a parameter', inParameter],
])('an expression in %s that fails', (_where, parameters) => {
	const draft = {
		...operatorOf(sandbox),
		signReId: fromList(sandbox.lines.free),
		signersInput: 'json',
		signersJson: [personSigner()],
		...parameters,
	};
	const numbers = (bad: number) =>
		['HT-0', 'HT-1', 'HT-2'].map((number, index) => ({ json: index === bad ? {} : { number } }));

	it("keeps n8n's own words and context, which name node and parameter", async () => {
		const { error } = await act('contract', 'create', draft, { input: numbers(0).slice(0, 1) });
		expect(error?.message).toBe("Referenced node doesn't exist");
		expect(error?.context).toMatchObject({
			itemIndex: 0,
			nodeCause: 'No Such Node',
			parameter: 'options' in parameters && 'subject' in parameters ? 'subject' : 'options',
		});
	});

	it.each([0, 1, 2])('for item %i lets the other items through', async (bad) => {
		const { items } = await act('contract', 'create', draft, {
			input: numbers(bad),
			continueOnFail: true,
		});
		expect(items).toHaveLength(3);
		items.forEach(({ json, pairedItem }, index) => {
			expect(pairedItem).toEqual({ item: index });
			if (index === bad)
				expect(json).toMatchObject({
					error: { message: expect.stringContaining(`[Item ${bad}]`) },
				});
			else expect(json).toHaveProperty('contractId');
		});
		const good = ['HT-0', 'HT-1', 'HT-2'].filter((_, index) => index !== bad);
		const bodies = sent('/contract/draft').map(bodyOf);
		expect(bodies.map(({ sn, subject }) => sn ?? subject).sort()).toEqual(good);
	});
});
