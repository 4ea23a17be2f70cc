import { describe, expect, it } from 'vitest';
import { li, said, wang, wire, type Row } from './support.mjs';

describe('a seal of the own company', () => {
	const own = { ...li, side: 'sender', company: '本公司' };

	it('needs its ID, automatic or not (docs/api/kaifangqian.md, 5.3)', () => {
		for (const nodeType of ['', 'ENTERPRISE_SEAL', 'AUTO_SIGN']) {
			expect(said([{ ...own, nodeType }])).toBe("'Signers 1 → Seal ID' is missing");
			expect(said([{ ...own, nodeType, sealId: 'seal-0001' }])).toBeUndefined();
		}
		for (const nodeType of ['PERSONAL_SIGN', 'AGENT_SIGN', 'LEGAL_PERSON_SIGN', 'APPROVER_CHECK'])
			expect(said([{ ...own, nodeType }])).toBeUndefined();
	});

	it('is set on no other side, which chooses its own', () => {
		for (const row of [{ ...li, company: '甲公司' }, li])
			expect(said([{ ...row, sealId: 'seal-0001' }])).toBe(
				"'Signers 1 → Seal ID' is set for another side than your own",
			);
	});

	it('that is automatic needs no person, and goes to the wire as the platform wants it', () => {
		const [{ internalNodeList }] = wire([
			{ side: 'sender', nodeType: 'AUTO_SIGN', sealId: 'seal-0001', keyword: '甲方盖章', files: 1 },
		]);
		expect(internalNodeList).toEqual([
			{
				nodeType: 'ENTERPRISE_SEAL',
				autoSign: 'AUTO_SIGN',
				sealId: 'seal-0001',
				signerOrder: '1',
				positionParamList: [
					expect.objectContaining({ controlType: 'SEAL', signPositionType: 'KEYWORD' }),
				],
			},
		]);
	});

	it('that is automatic needs a place for it, and no date beside it', () => {
		const automatic = { ...own, nodeType: 'AUTO_SIGN', sealId: 'seal-0001' };
		expect(said([{ ...automatic, signPositionType: 'NONE' }])).toBe(
			"'Signers 1 → Positions' holds no place for the seal",
		);
		expect(said([{ ...automatic, controlType: 'CHOP_STAMP' }])).toBeUndefined();
		const date = { controlType: 'SIGN_DATE', x: 10, y: 10 };
		expect(said([{ ...automatic, ...date }])).toBe(
			"'Signers 1 → Positions' holds no place for the seal",
		);
		expect(said([{ ...automatic, positions: [{ x: 10, y: 10 }, date] }])).toBe(
			"'Signers 1 → Positions' holds a signing date beside a seal that is set automatically",
		);
	});

	it('is automatic for no other company, which would wait for ever', () => {
		expect(said([{ company: '甲公司', nodeType: 'AUTO_SIGN' }])).toBe(
			"'Signers 1 → Company Signs With' is set for another company than your own",
		);
		expect(said([{ ...li, nodeType: 'AUTO_SIGN' }])).toContain("'Signers 1 → Company' is empty");
	});

	it('is approved on the own side only', () => {
		expect(said([{ ...li, company: '甲公司', nodeType: 'APPROVER_CHECK' }])).toContain(
			"'Signers 1 → Company Signs With' is APPROVER_CHECK under RECEIVER_ENT",
		);
	});
});

describe('the parties that rows make', () => {
	const ordersOf = (rows: Row[]) => wire(rows).map(({ signerOrder }) => signerOrder);
	const at = (company: string, more: Row = {}): Row => ({
		...li,
		company,
		nodeType: 'AGENT_SIGN',
		...more,
	});

	it('count from the top, on from an order that is given', () => {
		expect(ordersOf([li, wang, li])).toEqual(['1', '2', '3']);
		expect(ordersOf([{ ...li, order: 5 }, wang, li])).toEqual(['5', '6', '7']);
		expect(ordersOf([li, { ...wang, order: 0 }, li])).toEqual(['1', '0', '1']);
		expect(
			ordersOf([
				{ ...li, order: 3 },
				{ ...wang, order: 3 },
			]),
		).toEqual(['3', '3']);
		// Whichever row of a company gives it.
		expect(ordersOf([at('甲'), at('甲', { order: 4 }), li])).toEqual(['4', '5']);
	});

	it('are one for the rows of a company that follow each other', () => {
		const list = wire([
			at('甲'),
			at('甲'),
			li,
			at('乙'),
			{ ...wang, side: 'sender', nodeType: 'AGENT_SIGN' },
		]);
		expect(list.map(({ signerType }) => signerType)).toEqual([
			...['RECEIVER_ENT', 'RECEIVER_PERSONAL', 'RECEIVER_ENT', 'SENDER'],
		]);
		expect(list[0].internalNodeList).toHaveLength(2);
		// Two private persons are never one party.
		expect(wire([li, li])).toHaveLength(2);
	});

	it('are one whatever the width of the letters and brackets in the name of the company', () => {
		const names = ['甲（上海）有限公司', '甲(上海)有限公司', '甲 (上海) 有限公司'];
		const [party, ...more] = wire(names.map((company) => at(company)));
		expect(more).toEqual([]);
		expect(party.signerName).toBe(names[0]);
		expect(wire([at('ABC'), at('ａｂｃ')])).toHaveLength(1);
		expect(wire([at('甲公司'), at('乙公司')])).toHaveLength(2);
	});

	it('of the own company have the name that one of its rows gives', () => {
		const own = (more: Row) => ({ ...li, side: 'sender', nodeType: 'AGENT_SIGN', ...more });
		const [party] = wire([own({}), own({ company: '本公司' })]);
		expect(party.signerName).toBe('本公司');
	});

	it.each<[string, Row[], string]>([
		[
			'a company in two places',
			[at('甲'), li, at('甲')],
			"'Signers': rows 1 and 3 are of one company, with another signer between them",
		],
		[
			'two names of the own company',
			[at('本公司', { side: 'sender' }), at('本司', { side: 'sender' })],
			"'Signers': rows 1 and 2 name two companies of your own side",
		],
		[
			'two orders of one company',
			[at('甲', { order: 1 }), at('甲', { order: 2 })],
			"'Signers': rows 1 and 2 are of one company and have two orders",
		],
	])('are refused: %s', (_, rows, message) => {
		expect(said(rows)).toBe(message);
		expect(said(rows, true)).toBe(message.replace('Signers', 'Signers (JSON)'));
	});
});
