import { jsonParameter } from '../../runtime/json';
import type { Parameters } from '../../runtime/parameters';
import { given } from './fields';
import { positionList, signerList, type DefaultDocuments } from './signers';
import type { Raw, WireFail } from './wire';

/** Fields of `personFields('')` as `ContractUser`, unchecked; nothing filled in gives `undefined`. */
const rawPerson = (row: Parameters): Raw | undefined => {
	const person = given({
		name: row.text('name'),
		contactType: row.text('contactType'),
		contact: row.text('contact'),
	});
	return person.name === undefined && person.contact === undefined ? undefined : person;
};

const rawPositions = (row: Parameters): Raw[] | undefined => {
	const rows = row.entries('positionParamList');
	if (rows.length === 0) return undefined;
	return rows.map((position) => {
		const keyword = position.text('signPositionType') !== 'POSITION';
		const isDate = position.text('controlType') === 'SIGN_DATE';
		const docType = position.text('docType') || '1';
		return given({
			controlType: position.text('controlType'),
			signPositionType: keyword ? 'KEYWORD' : 'POSITION',
			relationDocList: position.list('docIds').map((docId) => ({ docType, docId })),
			pageConfig: keyword ? undefined : position.text('pageConfig'),
			keyword: keyword ? position.text('keyword') : undefined,
			keywordType: keyword ? position.text('keywordType') || '1' : undefined,
			offsetX: position.text('offsetX'),
			offsetY: position.text('offsetY'),
			controlWidth: position.text('controlWidth'),
			controlHeight: position.text('controlHeight'),
			signDateFormat: isDate ? position.text('signDateFormat') || 'LINE' : undefined,
		});
	});
};

const rawManner = (row: Parameters): Raw => ({
	verifyType: row.text('verifyType'),
	signConfirm: row.text('signConfirm'),
	agreeSkipWillingness: row.text('agreeSkipWillingness'),
	personalSignAuth: row.text('personalSignAuth'),
	sealType: row.text('sealType'),
});

const rawNode = (row: Parameters, index: number): Raw => {
	const onSeal = row.text('nodeType') === 'ENTERPRISE_SEAL';
	return given({
		nodeType: row.text('nodeType'),
		signerOrder: row.text('signerOrder') || String(index + 1),
		autoSign: onSeal && row.flag('autoSign') ? 'AUTO_SIGN' : undefined,
		sealId: onSeal ? row.text('sealId') : undefined,
		signer: rawPerson(row),
		positionParamList: rawPositions(row),
		...rawManner(row),
	});
};

const rawSigner = (row: Parameters, index: number): Raw => {
	const signerType = row.text('signerType') || 'RECEIVER_PERSONAL';
	const signerOrder = row.text('signerOrder') || String(index + 1);
	if (signerType !== 'RECEIVER_PERSONAL') {
		return given({
			signerType,
			signerName: row.text('signerName'),
			signerOrder,
			internalNodeList: row.entries('internalNodeList').map(rawNode),
		});
	}
	// A line with preset people may do without; that is what JSON is for. Here nobody would be asked.
	row.text('name', { required: true });
	row.text('contact', { required: true });
	const receiver = rawPerson(row);
	return given({
		signerType,
		signerName: receiver?.name,
		signerOrder,
		receiver,
		positionParamList: rawPositions(row),
		...rawManner(row),
	});
};

// The fields' own names for what the wire calls otherwise.
const WORDS: Record<string, string> = {
	agreeSkipWillingness: 'Skip Proof of Intent',
	autoSign: 'Seal Automatically',
	contact: 'Signer Contact',
	contactType: 'Signer Contact Type',
	controlHeight: 'Height',
	controlType: 'Kind of Field',
	controlWidth: 'Width',
	internalNodeList: 'Signing Steps',
	keyword: 'Keyword',
	keywordType: 'Which Keyword',
	name: 'Signer Name',
	nodeType: 'Kind of Step',
	offsetX: 'Horizontal Place',
	offsetY: 'Vertical Place',
	pageConfig: 'Pages',
	receiver: 'Signer',
	relationDocList: 'Document IDs',
	signDateFormat: 'Date Format',
	signPositionType: 'Where',
	signer: 'Signer',
	signerOrder: 'Order',
	signerType: 'Kind of Signer',
};

const ROWS: Record<string, string> = {
	signerList: 'Signer',
	internalNodeList: 'Step',
	positionParamList: 'Position',
};

/** `signerList[0].positionParamList[1].offsetX` → `Signer 1 → Position 2 → Horizontal Place`. */
const inWords = (path: string): string =>
	path
		.split('.')
		// The person stands in fields of the row itself.
		.filter(
			(part, index, all) => !(['receiver', 'signer'].includes(part) && index < all.length - 1),
		)
		.map((part) => {
			const row = /^(\w+)\[(\d+)\]$/.exec(part);
			if (row) return `${ROWS[row[1]] ?? row[1]} ${Number(row[2]) + 1}`;
			return WORDS[part] ?? part;
		})
		.join(' → ');

const failing =
	(parameters: Parameters, label: string, asJson: boolean): WireFail =>
	(path, reason, hint) =>
		parameters.fail(
			asJson ? `${label}: ${path} ${reason}` : `${label}: '${inWords(path)}' ${reason}`,
			hint ?? 'Correct this field.',
		);

/** The signer list from fields or from JSON, checked; `undefined` where none was given. */
export const signersOf = (
	parameters: Parameters,
	defaults: DefaultDocuments,
): Raw[] | undefined => {
	const asJson = parameters.text('signersInput') === 'json';
	const name = asJson ? 'signersJson' : 'signers';
	const label = parameters.label(name);
	const raw = asJson
		? jsonParameter(parameters.value(name), label, parameters.fail)
		: parameters.entries(name).map(rawSigner);
	if (raw === undefined) return undefined;
	const list = signerList(raw, defaults, failing(parameters, label, asJson));
	return list.length === 0 ? undefined : list;
};

export const positionsOf = (parameters: Parameters): Raw[] | undefined => {
	const asJson = parameters.text('positionsInput') === 'json';
	const name = asJson ? 'positionsJson' : 'positionParamList';
	const label = parameters.label(name);
	const raw = asJson
		? jsonParameter(parameters.value(name), label, parameters.fail)
		: rawPositions(parameters);
	if (raw === undefined) return undefined;
	const list = positionList(raw, false, failing(parameters, label, asJson));
	return list.length === 0 ? undefined : list;
};
