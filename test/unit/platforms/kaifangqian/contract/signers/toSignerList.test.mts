import { describe, expect, it } from 'vitest';
import { toSignerList } from '../../../../../../nodes/CnEsign/platforms/kaifangqian/contract/signers/toSignerList.js';
import { documents, files, readRows } from './support.mjs';

const li = { name: '李四', contact: '13900139000' };
const zhang = { name: '张三', contact: '13800138000' };

// The constructed example of docs/api/kaifangqian.md, 6.4, as rows.
const rows = [
	{
		side: 'sender',
		company: '某某科技有限公司',
		nodeType: 'AUTO_SIGN',
		sealId: 'seal-0001',
		keyword: '甲方盖章',
		xOffset: 0,
		yOffset: 0,
		controlWidth: 120,
		controlHeight: 120,
	},
	{
		side: 'sender',
		name: '王五',
		contact: 'wangwu@example.com',
		nodeType: 'PERSONAL_SIGN',
		verifyType: 'CAPTCHA',
		personalSignAuth: 'required',
		sealType: 'HAND',
		pageConfig: 2,
		x: 20,
		y: 80,
	},
	{
		...li,
		verifyType: 'FACE',
		positions: [
			{ pageConfig: '1,2', x: 62, y: 81, controlWidth: 112, controlHeight: 52 },
			{ pageConfig: 2, x: 62, y: 90, controlType: 'SIGN_DATE', signDateFormat: 'LINE' },
		],
	},
];

const inDocument = { relationDocList: [{ docType: '1', docId: 'doc-0001' }] };

const wire = [
	{
		signerType: 'SENDER',
		signerName: '某某科技有限公司',
		signerOrder: '1',
		internalNodeList: [
			{
				nodeType: 'ENTERPRISE_SEAL',
				signerOrder: '1',
				autoSign: 'AUTO_SIGN',
				sealId: 'seal-0001',
				positionParamList: [
					{
						controlType: 'SEAL',
						signPositionType: 'KEYWORD',
						...inDocument,
						keyword: '甲方盖章',
						keywordType: '1',
						offsetX: '0',
						offsetY: '0',
						controlWidth: '120',
						controlHeight: '120',
					},
				],
			},
			{
				nodeType: 'PERSONAL_SIGN',
				signerOrder: '2',
				signer: { name: '王五', contactType: 'EMAIL', contact: 'wangwu@example.com' },
				verifyType: 'CAPTCHA',
				personalSignAuth: 'required',
				sealType: 'HAND',
				positionParamList: [
					{
						controlType: 'SIGNATURE',
						signPositionType: 'POSITION',
						...inDocument,
						pageConfig: '2',
						offsetX: '0.2',
						offsetY: '0.8',
					},
				],
			},
		],
	},
	{
		signerType: 'RECEIVER_PERSONAL',
		signerName: '李四',
		signerOrder: '2',
		receiver: { name: '李四', contactType: 'MOBILE', contact: '13900139000' },
		verifyType: 'FACE',
		positionParamList: [
			{
				controlType: 'SIGNATURE',
				signPositionType: 'POSITION',
				...inDocument,
				pageConfig: '1,2',
				offsetX: '0.62',
				offsetY: '0.81',
				controlWidth: '112',
				controlHeight: '52',
			},
			{
				controlType: 'SIGN_DATE',
				signPositionType: 'POSITION',
				...inDocument,
				pageConfig: '2',
				offsetX: '0.62',
				offsetY: '0.9',
				signDateFormat: 'LINE',
			},
		],
	},
];

describe('toSignerList', () => {
	it('says the example of the reference in the words of the API', () => {
		expect(toSignerList(readRows(rows, documents('doc-0001')))).toEqual(wire);
		// The same for files that get their IDs later.
		expect(toSignerList(readRows(rows, files(1)), ['doc-0001'])).toEqual(wire);
		expect(toSignerList(readRows(rows, files(1), false), ['doc-0001'])).toEqual(wire);
	});

	it('puts the IDs of uploaded files in the place of their numbers', () => {
		const [{ positionParamList }] = toSignerList(
			readRows([{ ...li, files: '3,1', templateIds: 'tpl-1' }], files(3)),
			['a', 'b', 'c'],
		);
		expect((positionParamList as Array<Record<string, unknown>>)[0].relationDocList).toEqual([
			{ docType: '1', docId: 'a' },
			{ docType: '1', docId: 'c' },
			{ docType: '2', docId: 'tpl-1' },
		]);
	});

	it('names no position where none was given', () => {
		const list = toSignerList(readRows([li, { ...zhang, company: '甲公司' }], documents()));
		expect(JSON.stringify(list)).not.toContain('positionParamList');
	});

	it('of nobody is an empty list', () => {
		expect(toSignerList([])).toEqual([]);
	});
});
