import { ID } from '../../../../runtime/items/parameters';
import * as wire from '../../wireValues';
import { checkKeyword, checkPages } from './placeRules';
import {
	contractUser,
	nameIn,
	withOthers,
	wireReader,
	type Raw,
	type WireFail,
	type WireReader,
} from './wireReader';

/**
 * What the platform demands of signers and positions (docs/api/kaifangqian.md, 5.2 to 5.4), checked before
 * anything is sent. Rows and the wire form pass the same rules.
 */

export interface Rules {
	/** IDs of the documents that a position without `relationDocList` belongs to. */
	documents: string[];
	/** Positions that have been checked already. */
	positions?: Raw[];
	/** Says something that does not stop the item. */
	warn?(text: string): void;
}

interface PositionRules extends Rules {
	/** The position belongs to a company seal step. */
	onSealNode: boolean;
	/** Rows refuse what the wire form may still send. */
	byRows?: boolean;
}

const RATIO =
	'On a page this is a part of its width or height, from the top left corner: 0.5 is the middle.';
const OFFSET = 'At a keyword this is a whole number of points, right and down.';
const SIZE = 'Width and height of the field go from 10 to 120 points.';

/** Documents of a position; always sent, because the server refuses a place without them. */
const relatedDocuments = (position: WireReader, documents: string[]): Raw[] => {
	const listed = position.list('relationDocList');
	if (listed && listed.length > 0)
		return listed.map((entry) =>
			withOthers(entry, {
				docType: entry.oneOf('docType', ['1', '2']) ?? '1',
				docId: entry.required('docId'),
			}),
		);
	if (documents.length > 0) return documents.map((docId) => ({ docType: '1', docId }));
	return position.fail(
		'relationDocList',
		'is missing',
		'Say in which document the position is: enter its document ID.',
	);
};

const checkControlType = (position: WireReader, onSealNode: boolean): string => {
	const controlType =
		position.oneOf('controlType', wire.valuesOf(wire.controlTypes)) ??
		position.required('controlType');
	if (onSealNode && controlType === 'SIGNATURE')
		position.fail(
			'controlType',
			'is SIGNATURE in a company seal step',
			'Use SEAL or CHOP_STAMP here, or another type of step.',
		);
	if (!onSealNode && (controlType === 'SEAL' || controlType === 'CHOP_STAMP'))
		position.fail(
			'controlType',
			`is ${controlType} where no company seal is used`,
			'SEAL and CHOP_STAMP belong to steps of the type ENTERPRISE_SEAL.',
		);
	return controlType;
};

/** `ContractPositionParam` (5.4). */
export function checkPosition(position: WireReader, rules: PositionRules): Raw {
	const controlType = checkControlType(position, rules.onSealNode);
	const signPositionType =
		position.oneOf('signPositionType', wire.valuesOf(wire.signPositionTypes)) ??
		position.required('signPositionType');
	const byKeyword = signPositionType === 'KEYWORD';
	const pageConfig = checkPages(position, rules);
	const offset = (key: string) =>
		byKeyword ? position.integerText(key, OFFSET) : position.decimal(key, 0, 1, RATIO);
	const offsetX = offset('offsetX');
	const offsetY = offset('offsetY');
	if (byKeyword) {
		checkKeyword(position);
		position.required('keywordType');
	} else {
		if (pageConfig === undefined)
			position.fail('pageConfig', 'is missing', 'Enter ALL, or page numbers such as 1,2,7-10.');
		if (offsetX === undefined && controlType !== 'CHOP_STAMP')
			position.fail('offsetX', 'is missing', RATIO);
		if (offsetY === undefined) position.fail('offsetY', 'is missing', RATIO);
	}
	if (controlType === 'SIGN_DATE') position.required('signDateFormat');
	return withOthers(position, {
		controlType,
		signPositionType,
		relationDocList: relatedDocuments(position, rules.documents),
		pageConfig,
		keyword: position.text('keyword'),
		keywordType: position.oneOf('keywordType', wire.valuesOf(wire.keywordTypes)),
		offsetX,
		offsetY,
		controlWidth: position.decimal('controlWidth', 10, 120, SIZE),
		controlHeight: position.decimal('controlHeight', 10, 120, SIZE),
		signDateFormat: position.oneOf('signDateFormat', wire.valuesOf(wire.signDateFormats)),
	});
}

const positionsOf = (owner: WireReader, onSealNode: boolean, rules: Rules): Raw[] | undefined =>
	rules.positions ??
	owner
		.list('positionParamList')
		?.map((position) => checkPosition(position, { ...rules, onSealNode }));

/** Fields that persons and company steps share (5.2, 5.3). */
const signingManner = (reader: WireReader): Raw => {
	const skip = reader.integerText(
		'agreeSkipWillingness',
		'The platform takes a whole number here: 1 lets the signer skip it.',
	);
	return {
		verifyType: reader.oneOf('verifyType', wire.valuesOf(wire.verifyTypes)),
		signConfirm: reader.oneOf('signConfirm', ['FACE']),
		agreeSkipWillingness: skip === undefined ? undefined : Number(skip),
		personalSignAuth: reader.oneOf('personalSignAuth', wire.valuesOf(wire.personalSignAuths)),
		sealType: reader.oneOf('sealType', wire.valuesOf(wire.sealTypes)),
	};
};

const orderOf = (reader: WireReader): string | undefined => {
	const hint = 'Use a whole number from 0 to 127; the smallest is asked first.';
	const order = reader.integerText('signerOrder', hint);
	if (order !== undefined && (Number(order) < 0 || Number(order) > 127))
		reader.fail('signerOrder', 'is not between 0 and 127', hint);
	return order;
};

// An automatic seal is refused without a place for it, and together with a date (5.3, 5.4).
const checkAutomaticSeal = (node: WireReader, signerType: string, positions: Raw[]): void => {
	if (signerType !== 'SENDER')
		node.fail(
			'autoSign',
			'is set for another company than your own',
			'The platform sets only the seal of your own company by itself. For another company it would wait for ever: name the person who seals.',
		);
	const kinds = positions.map(({ controlType }) => controlType);
	if (!kinds.includes('SEAL') && !kinds.includes('CHOP_STAMP'))
		node.fail(
			'positionParamList',
			'holds no place for the seal',
			'A seal that is set automatically needs a place: enter one, or a keyword.',
		);
	if (kinds.includes('SIGN_DATE'))
		node.fail(
			'positionParamList',
			'holds a signing date beside a seal that is set automatically',
			'The platform refuses the two together. Take out the date, or name the person who seals.',
		);
};

const checkNodeType = (node: WireReader, signerType: string): string => {
	const nodeType =
		node.oneOf('nodeType', wire.valuesOf(wire.nodeTypes)) ?? node.required('nodeType');
	if (nodeType === 'APPROVER_CHECK' && signerType !== 'SENDER')
		node.fail(
			'nodeType',
			`is APPROVER_CHECK under ${signerType}`,
			'The platform handles approvals under the sender only.',
		);
	return nodeType;
};

/** `ContractInternalNode` (5.3), but for its order. */
export function checkNode(node: WireReader, signerType: string, rules: Rules): Raw {
	const nodeType = checkNodeType(node, signerType);
	const onSealNode = nodeType === 'ENTERPRISE_SEAL';
	const autoSign = node.oneOf('autoSign', ['AUTO_SIGN']);
	if (autoSign && !onSealNode)
		node.fail(
			'autoSign',
			`is set on a step of the type ${nodeType}`,
			'Only company seals can be set automatically.',
		);
	const sealId = node.text('sealId');
	if (sealId !== undefined && !ID.test(sealId))
		node.fail(
			'sealId',
			`is '${sealId.slice(0, 40)}', which cannot be an ID`,
			"Copy it from the company's console (企业管理后台), as text: a spreadsheet makes 1.9E+18 of a long number, and its last digits are lost.",
		);
	if (onSealNode && signerType === 'SENDER' && sealId === undefined)
		node.fail(
			'sealId',
			'is missing',
			"Every seal of your own company needs its ID: copy it from the company's console (企业管理后台).",
		);
	const signer = node.child('signer');
	if (!signer && !autoSign)
		node.fail(
			'signer',
			'is missing',
			'Name the person, or let the company seal be set automatically.',
		);
	const positions = positionsOf(node, onSealNode, rules);
	if (autoSign) checkAutomaticSeal(node, signerType, positions ?? []);
	return withOthers(node, {
		nodeType,
		signerOrder: orderOf(node),
		autoSign,
		sealId,
		signer: signer && contractUser(signer, signerType === 'RECEIVER_ENT' ? 20 : 50),
		positionParamList: positions,
		...signingManner(node),
	});
}

const personFields = (reader: WireReader, rules: Rules): Raw => {
	const receiver = reader.child('receiver');
	return {
		receiver: receiver && contractUser(receiver, 50),
		positionParamList: positionsOf(reader, false, rules),
		...signingManner(reader),
	};
};

/** A private person of the list (5.2), but for what all signers have. */
export function checkPerson(reader: WireReader, rules: Rules): Raw {
	return withOthers(reader, personFields(reader, rules));
}

/** `ContractSigner` (5.2). */
const checkSigner = (reader: WireReader, rules: Rules): Raw => {
	const signerType =
		reader.oneOf('signerType', wire.valuesOf(wire.signerTypes)) ?? reader.required('signerType');
	const signerName = nameIn(reader, 'signerName');
	const common = {
		signerType,
		signerName,
		signerOrder: orderOf(reader),
	};
	if (signerType === 'RECEIVER_PERSONAL')
		return withOthers(reader, { ...common, ...personFields(reader, rules) });
	if (signerType === 'SENDER' && common.signerOrder === undefined)
		reader.fail('signerOrder', 'is missing', 'The platform refuses your own company without it.');
	const nodes = reader.list('internalNodeList');
	if (nodes === undefined || (nodes.length === 0 && signerType !== 'SENDER'))
		reader.fail(
			'internalNodeList',
			'is missing',
			'A company needs at least one signing step: who seals or signs for it.',
		);
	return withOthers(reader, {
		...common,
		internalNodeList: nodes?.map((node) => {
			node.required('signerOrder');
			return checkNode(node, signerType, rules);
		}),
	});
};

/** Checks a signer list as the API takes it, and fills in what can be recognized. */
export function checkSignerList(value: unknown, rules: Rules, fail: WireFail): Raw[] {
	if (!Array.isArray(value))
		return fail('signerList', 'is not a list', 'Put the signers between [ and ].');
	return value.map((entry, index) =>
		checkSigner(wireReader(entry, `signerList[${index}]`, fail), rules),
	);
}

/** Positions outside a signer list, as for signing on behalf of a person (6.9). */
export function checkPositionList(value: unknown, rules: Rules, fail: WireFail): Raw[] {
	if (!Array.isArray(value))
		return fail('positionParamList', 'is not a list', 'Put the positions between [ and ].');
	return value.map((entry, index) =>
		checkPosition(wireReader(entry, `positionParamList[${index}]`, fail), {
			...rules,
			onSealNode: false,
		}),
	);
}
