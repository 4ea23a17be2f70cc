import type { INodeProperties } from 'n8n-workflow';
import { inputModeField } from '../../../../../runtime/properties';
import { choice, sorted, text } from '../../../positionFields';
import { keywordTypes, nodeTypes } from '../../../wireValues';

/** Signers as rows of plain words: who, for which company, and where to sign. */

export const AUTOMATIC = 'AUTO_SIGN';
export const SEAL = 'ENTERPRISE_SEAL';
export const companySteps = [
	...nodeTypes.filter(({ value }) => value !== 'APPROVER_CHECK'),
	{
		value: AUTOMATIC,
		name: 'Company Seal, Set Automatically (自动签署)',
		description: 'No person is needed',
	},
];

const onPage = { signPositionType: ['POSITION'] };
const atKeyword = { signPositionType: ['KEYWORD'] };
const placed = { signPositionType: ['KEYWORD', 'POSITION'] };

const UNKNOWN_ORIGIN =
	"From which corner the platform counts is not documented: see 'Preview Positions', or save a draft first.";

const rowFields: INodeProperties[] = [
	text('name', 'Name', 'e.g. 张三', 'Full name of the person who signs (姓名)'),
	text(
		'contact',
		'Phone or Email',
		'e.g. 13800138000 or name@email.com',
		'Mobile number or e-mail address at which the platform reaches the person (联系方式)',
	),
	text(
		'company',
		'Company',
		'e.g. 某某科技有限公司',
		'Company that the person signs for; empty for a private person. Rows of one company that follow each other are the steps in which it signs.',
	),
	choice(
		'side',
		'Side',
		[
			{
				name: 'Other Side (接收方)',
				value: 'receiver',
				description: 'Whom you send the contract to',
			},
			{ name: 'Own Company (发起方)', value: 'sender', description: 'The company that sends it' },
		],
		'',
	),
	choice(
		'nodeType',
		'Company Signs With',
		sorted(companySteps),
		'What the company signs with. Not used without a company: a private person gives a signature.',
		{ preferred: SEAL },
	),
	text(
		'sealId',
		'Seal ID',
		'e.g. seal-0001',
		'Company seal to set (印章ID); copy it from the web console',
		{ nodeType: [AUTOMATIC] },
	),
	choice(
		'signPositionType',
		'Where to Sign',
		[
			{ name: 'At a Keyword', value: 'KEYWORD' },
			{ name: 'At a Place on the Page', value: 'POSITION' },
			{
				name: 'Nowhere Given',
				value: 'NONE',
				description: 'Signers then probably choose a place themselves; this is not documented',
			},
		],
		'',
		{ preferred: 'POSITION' },
	),
	text('keyword', 'Keyword', 'e.g. 乙方签字', 'Text in the file at which to sign', atKeyword),
	choice(
		'keywordType',
		'Which Keyword',
		sorted(keywordTypes),
		'Where to sign if it stands in several places',
		{ show: atKeyword, preferred: '1' },
	),
	{
		...text('pageConfig', 'Pages', 'e.g. 1,2,7-10', 'Page numbers, or ALL', onPage),
		default: '1',
	},
	text(
		'offsetX',
		'Horizontal Place',
		'e.g. 0.62',
		`On a page: from 0 to 1, as a part of its width; empty gives each signature a place of its own. At a keyword: the distance from it, a whole number. ${UNKNOWN_ORIGIN}`,
		placed,
	),
	text(
		'offsetY',
		'Vertical Place',
		'e.g. 0.8',
		'Like the horizontal place, but a part of the height',
		placed,
	),
	text(
		'files',
		'Files',
		'e.g. 1,3',
		'Numbers of the files to sign, counted in the order of sending. Leave empty for all.',
		placed,
	),
];

export const rowsField: INodeProperties = {
	displayName: 'Signers',
	name: 'signers',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Signer',
	default: {},
	displayOptions: { show: { signersInput: ['fields'] } },
	description:
		'Who signs (签署方), in the order of signing. A business line with preset signers wants the same number of them.',
	options: [{ displayName: 'Signer', name: 'signer', values: rowFields }],
};

export const signerRowProperties: INodeProperties[] = [
	inputModeField('signersInput', 'Signers Given As'),
	rowsField,
	{
		displayName: 'Signers (JSON)',
		name: 'signersJson',
		type: 'json',
		default: '[]',
		placeholder: 'e.g. [{ "name": "张三", "contact": "13800138000", "keyword": "乙方签字" }]',
		displayOptions: { show: { signersInput: ['json'] } },
		description:
			'List of signers with the same fields, for signers that come from your data. Fields: name, contact, company, side (sender or receiver), nodeType, sealId, keyword, keywordType, pageConfig, offsetX, offsetY, files.',
	},
];
