import type { INodeProperties } from 'n8n-workflow';
import { jsonParameter } from '../../../../../runtime/json';
import { parametersOf, type Parameters } from '../../../../../runtime/parameters';
import { inputModeField } from '../../../../../runtime/properties';
import { contactTypeOf, given, type ContractUser } from '../../../fields';
import { choice, sorted, text } from '../../../positionFields';
import { contactRule } from '../../../rules';
import { signPosition } from '../../../signers';
import { wireReader, type Raw } from '../../../wire';
import { keywordTypes, nodeTypes } from '../../../wireValues';

/** Signers as rows of plain words: who, for which company, and where to sign. */

const AUTOMATIC = 'AUTO_SIGN';
const SEAL = 'ENTERPRISE_SEAL';
const companySteps = [
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
		'Where the platform reaches the person (联系方式). Which of the two it is, is recognized.',
	),
	text(
		'company',
		'Company',
		'e.g. 某某科技有限公司',
		'Company that the person signs for. Leave empty for somebody who signs as a person. Rows of the same company, one below the other, are steps of one signing party.',
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
		'Whether the row is for the other side or for your own company',
	),
	choice(
		'nodeType',
		'Company Signs With',
		sorted(companySteps),
		'What is set for the company. Without a company it has no meaning: a person signs with a signature.',
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
			{ name: 'At a Keyword', value: 'KEYWORD', description: 'Where a text stands in the file' },
			{ name: 'At a Place on the Page', value: 'POSITION', description: 'By page and place' },
			{
				name: 'Nowhere Given',
				value: 'NONE',
				description:
					'No place is sent. That signers then choose one themselves is likely, but not documented.',
			},
		],
		'How the place for the signature or seal is found',
		{ preferred: 'POSITION' },
	),
	text('keyword', 'Keyword', 'e.g. 乙方签字', 'Text in the file at which to sign', atKeyword),
	choice(
		'keywordType',
		'Which Keyword',
		sorted(keywordTypes),
		'Which of the places where the keyword stands',
		{ show: atKeyword, preferred: '1' },
	),
	{
		...text('pageConfig', 'Pages', 'e.g. 1,2,7-10', 'Page numbers, or ALL for every page', onPage),
		default: '1',
	},
	text(
		'offsetX',
		'Horizontal Place',
		'e.g. 0.62',
		`On a page: a part of its width from 0 to 1, empty for a place of its own. At a keyword: a whole number, the distance from it. ${UNKNOWN_ORIGIN}`,
		placed,
	),
	text(
		'offsetY',
		'Vertical Place',
		'e.g. 0.8',
		`On a page: a part of its height from 0 to 1, empty for a place of its own. At a keyword: a whole number, the distance from it. ${UNKNOWN_ORIGIN}`,
		placed,
	),
	text(
		'files',
		'Files',
		'e.g. 1,3',
		'Which of the files to sign, by their place in the order of sending. Leave empty for all.',
		placed,
	),
];

const rowsField: INodeProperties = {
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
	inputModeField('signersInput', 'Signers Given As', 'How to give the signers'),
	rowsField,
	{
		displayName: 'Signers (JSON)',
		name: 'signersJson',
		type: 'json',
		default: '[]',
		placeholder: 'e.g. [{ "name": "张三", "contact": "13800138000", "keyword": "乙方签字" }]',
		displayOptions: { show: { signersInput: ['json'] } },
		description:
			'List of the same rows, for signers that come out of your data. Fields: name, contact, company, side (sender or receiver), nodeType, sealId, keyword, keywordType, pageConfig, offsetX, offsetY, files.',
	},
];

export interface SignerRow {
	/** From 1, as a person counts. */
	row: number;
	signer: ContractUser | undefined;
	company: string;
	signerType: 'SENDER' | 'RECEIVER_ENT' | 'RECEIVER_PERSONAL';
	/** Of companies only. */
	nodeType: string;
	automatic: boolean;
	sealId: string;
	/** Without its documents; `undefined` where no place is given. */
	position: Raw | undefined;
	/** Indexes of the files to sign. */
	files: number[];
}

// Places for signers who were given none: three beside each other, then the next line. A seal, the
// largest mark, takes a fifth of the width and a seventh of the height of an A4 page.
const COLUMNS = ['0.1', '0.4', '0.7'];
const LINES = ['0.8', '0.64', '0.48', '0.32', '0.16', '0'];

const ownPlace = (taken: number): { x: string; y: string } | undefined => {
	const y = LINES[Math.floor(taken / COLUMNS.length)];
	return y === undefined ? undefined : { x: COLUMNS[taken % COLUMNS.length], y };
};

const personOfRow = (row: Parameters, needed: boolean): ContractUser | undefined => {
	if (!needed && row.text('name') === '' && row.text('contact') === '') return undefined;
	const name = row.text('name', { required: true });
	const contact = row.text('contact', contactRule);
	return { name, contactType: contactTypeOf(contact), contact };
};

const filesOfRow = (row: Parameters, count: number): number[] => {
	const listed = row.list('files').map((part) => {
		const number = /^[1-9]\d{0,5}$/.test(part) ? Number(part) : 0;
		if (number >= 1 && number <= count) return number - 1;
		return row.fail(
			`${row.label('files')} names a file that is not there`,
			count === 1
				? 'There is one file: give 1, or leave this empty.'
				: `There are ${count} files: give numbers from 1 to ${count}, or leave this empty.`,
		);
	});
	const all = Array.from({ length: count }, (_, index) => index);
	return listed.length === 0 ? all : all.filter((index) => listed.includes(index));
};

const whereOf = (row: Parameters): string => {
	const where =
		row.text('signPositionType') || (row.text('keyword') === '' ? 'POSITION' : 'KEYWORD');
	if (['KEYWORD', 'POSITION', 'NONE'].includes(where)) return where;
	return row.fail(`${row.label('signPositionType')} has an unknown value`, 'Choose from the list.');
};

const stepOf = (row: Parameters, ofCompany: boolean): string => {
	const step = row.text('nodeType') || SEAL;
	if (!companySteps.some(({ value }) => value === step))
		row.fail(`${row.label('nodeType')} has an unknown value`, 'Choose from the list.');
	// The first of the list is what stands there untouched.
	if (!ofCompany && step !== SEAL && step !== 'PERSONAL_SIGN')
		row.fail(
			`${row.label('company')} is empty although ${row.label('nodeType')} is set`,
			'Give the company, or let the person sign with a signature.',
		);
	return step;
};

const readRow = (
	row: Parameters,
	index: number,
	fileCount: number,
	places: { taken: number },
): SignerRow => {
	const side = row.text('side') || 'receiver';
	if (side !== 'receiver' && side !== 'sender')
		row.fail(`${row.label('side')} is neither receiver nor sender`, 'Choose from the list.');
	const company = row.text('company');
	const own = side === 'sender';
	const ofCompany = own || company !== '';
	const step = stepOf(row, ofCompany);
	const automatic = ofCompany && step === AUTOMATIC;
	const nodeType = automatic ? SEAL : step;
	const signer = personOfRow(row, !automatic);
	const controlType = ofCompany && nodeType === SEAL ? 'SEAL' : 'SIGNATURE';
	const where = whereOf(row);
	const files = filesOfRow(row, fileCount);

	const positionOf = (): Raw | undefined => {
		if (where === 'NONE') return undefined;
		const offsetX = row.text('offsetX');
		const offsetY = row.text('offsetY');
		if (where === 'KEYWORD')
			return given({
				controlType,
				signPositionType: where,
				keyword: row.text('keyword', { required: true }),
				keywordType: row.text('keywordType') || '1',
				offsetX,
				offsetY,
			});
		const free = offsetX === '' || offsetY === '' ? ownPlace(places.taken++) : { x: '', y: '' };
		if (!free)
			return row.fail(
				`${row.label('offsetX')} and ${row.label('offsetY')} are empty, and the page is full`,
				'Give the place of this signer, or a keyword.',
			);
		return {
			controlType,
			signPositionType: where,
			pageConfig: row.text('pageConfig') || '1',
			offsetX: offsetX || free.x,
			offsetY: offsetY || free.y,
		};
	};
	const raw = positionOf();
	// Checked by the same rules as the positions of Create; the documents come later.
	const position =
		raw &&
		signPosition(
			wireReader(raw, 'row', (path, reason, hint) =>
				row.fail(`${row.label(path.replace('row.', ''))} ${reason}`, hint ?? 'Correct this field.'),
			),
			controlType === 'SEAL',
			['later'],
		);
	return {
		row: index + 1,
		signer,
		company,
		signerType: own ? 'SENDER' : ofCompany ? 'RECEIVER_ENT' : 'RECEIVER_PERSONAL',
		nodeType,
		automatic,
		sealId: automatic ? row.text('sealId') : '',
		position,
		files,
	};
};

/** Whether a row is another step of the party that the row before it belongs to. */
const sameParty = (one: SignerRow, other: SignerRow): boolean =>
	one.signerType === other.signerType &&
	(one.signerType === 'SENDER' ||
		(one.signerType === 'RECEIVER_ENT' && one.company === other.company));

const checkParties = (rows: SignerRow[], { fail }: Parameters, label: string): void => {
	rows.forEach((row, index) => {
		const earlier = rows.slice(0, index);
		const first = earlier.find((other) => sameParty(other, row));
		if (!first) return;
		if (!sameParty(earlier[index - 1], row))
			fail(
				`${label}: rows ${first.row} and ${row.row} are of one company, with another signer between them`,
				'Put the rows of one company one below the other.',
			);
		const named = earlier.find((other) => sameParty(other, row) && other.company !== '');
		if (named && row.company !== '' && row.company !== named.company)
			fail(
				`${label}: rows ${named.row} and ${row.row} name two companies of your own side`,
				'A contract has one sender. Name the same company, or change one of the rows to the other side.',
			);
	});
};

/** The rows, checked as far as that is possible without the platform. */
export const signerRowsOf = (parameters: Parameters, fileCount: number): SignerRow[] => {
	const asJson = parameters.text('signersInput') === 'json';
	const name = asJson ? 'signersJson' : 'signers';
	const label = parameters.label(name);
	const listed = (): Parameters[] => {
		if (!asJson) return parameters.entries(name);
		const list = jsonParameter(parameters.value(name), label, parameters.fail) ?? [];
		if (!Array.isArray(list) || list.some((row) => typeof row !== 'object' || Array.isArray(row)))
			return parameters.fail(`${label} is not a list of rows`, 'Put rows { … } between [ and ].');
		return parametersOf({ signers: { signer: list } }, [rowsField], parameters.fail).entries(
			'signers',
		);
	};
	const places = { taken: 0 };
	const rows = listed().map((row, index) => readRow(row, index, fileCount, places));
	if (rows.length === 0) parameters.fail(`${label} is empty`, 'Add at least one signer.');
	checkParties(rows, parameters, label);
	return rows;
};

const positionsOf = ({ position, files }: SignerRow, docIds: string[]): Raw[] | undefined =>
	position && [
		{
			...position,
			relationDocList: files.map((file) => ({ docType: '1', docId: docIds[file] })),
		},
	];

const nodeOf = (row: SignerRow, index: number, docIds: string[]): Raw =>
	given({
		nodeType: row.nodeType,
		signerOrder: String(index + 1),
		autoSign: row.automatic ? AUTOMATIC : undefined,
		sealId: row.sealId,
		signer: row.signer,
		positionParamList: positionsOf(row, docIds),
	});

/** `signerList` (api/kaifangqian.md §5.2): one party per person or company, in the order of the rows. */
export const signerListOf = (rows: SignerRow[], docIds: string[]): Raw[] => {
	const parties: SignerRow[][] = [];
	for (const row of rows) {
		const last = parties.at(-1);
		if (last && sameParty(last[0], row)) last.push(row);
		else parties.push([row]);
	}
	return parties.map((party, index) => {
		const [first] = party;
		const signerOrder = String(index + 1);
		if (first.signerType === 'RECEIVER_PERSONAL')
			return given({
				signerType: first.signerType,
				signerName: first.signer?.name,
				signerOrder,
				receiver: first.signer,
				positionParamList: positionsOf(first, docIds),
			});
		return given({
			signerType: first.signerType,
			signerName: party.map(({ company }) => company).find((company) => company !== ''),
			signerOrder,
			internalNodeList: party.map((row, step) => nodeOf(row, step, docIds)),
		});
	});
};
