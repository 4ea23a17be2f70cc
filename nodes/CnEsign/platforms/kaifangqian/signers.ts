import {
	contractUser,
	withOthers,
	wireReader,
	type Raw,
	type WireFail,
	type WireReader,
} from './wire';
import * as wire from './wireValues';

/** Ids of the documents that a position without `relationDocList` belongs to. */
export type DefaultDocuments = string[];

const PAGES = /^(?:ALL|EVEN_NUMBER|ODD_NUMBER|[1-9]\d*(?:-[1-9]\d*)?(?:,[1-9]\d*(?:-[1-9]\d*)?)*)$/;
const RATIO = 'For a place on the page this is a part of its width or height: 0.5 is the middle.';
const OFFSET = 'At a keyword this is a whole number, the distance from the keyword.';
const SIZE = 'Width and height of the field go from 10 to 120.';

/** Documents of a position; always sent, because the server fails without them (§8, trap 9). */
const relatedDocuments = (position: WireReader, defaults: DefaultDocuments): Raw[] => {
	const listed = position.list('relationDocList');
	if (listed && listed.length > 0) {
		return listed.map((entry) =>
			withOthers(entry, {
				docType: entry.oneOf('docType', ['1', '2']) ?? '1',
				docId: entry.required('docId'),
			}),
		);
	}
	if (defaults.length > 0) return defaults.map((docId) => ({ docType: '1', docId }));
	return position.fail(
		'relationDocList',
		'is missing',
		'Say in which document the position is: give its document ID.',
	);
};

/** `ContractPositionParam` (§5.4). `onSealNode`: the position belongs to a company seal node. */
export const signPosition = (
	position: WireReader,
	onSealNode: boolean,
	defaults: DefaultDocuments,
): Raw => {
	const controlType =
		position.oneOf('controlType', wire.valuesOf(wire.controlTypes)) ??
		position.required('controlType');
	if (onSealNode && controlType === 'SIGNATURE') {
		position.fail(
			'controlType',
			'is SIGNATURE in a company seal step',
			'Use SEAL or CHOP_STAMP here, or another kind of step.',
		);
	}
	if (!onSealNode && (controlType === 'SEAL' || controlType === 'CHOP_STAMP')) {
		position.fail(
			'controlType',
			`is ${controlType} where no company seal is used`,
			'SEAL and CHOP_STAMP belong to steps of the type ENTERPRISE_SEAL.',
		);
	}
	const signPositionType =
		position.oneOf('signPositionType', wire.valuesOf(wire.signPositionTypes)) ??
		position.required('signPositionType');
	const byKeyword = signPositionType === 'KEYWORD';

	const pageConfig = position.text('pageConfig')?.replace(/\s+/g, '').replaceAll('，', ',');
	if (pageConfig !== undefined && !PAGES.test(pageConfig)) {
		position.fail(
			'pageConfig',
			'is not a list of pages',
			'Give ALL, or page numbers such as 1,2,7-10.',
		);
	}
	const offset = (key: string) =>
		byKeyword ? position.integerText(key, OFFSET) : position.decimal(key, 0, 1, RATIO);
	const offsetX = offset('offsetX');
	const offsetY = offset('offsetY');
	if (byKeyword) {
		position.required('keyword');
		position.required('keywordType');
	} else {
		if (pageConfig === undefined)
			position.fail('pageConfig', 'is missing', 'Give ALL, or page numbers such as 1,2,7-10.');
		if (offsetX === undefined && controlType !== 'CHOP_STAMP')
			position.fail('offsetX', 'is missing', RATIO);
		if (offsetY === undefined) position.fail('offsetY', 'is missing', RATIO);
	}
	if (controlType === 'SIGN_DATE') position.required('signDateFormat');

	return withOthers(position, {
		controlType,
		signPositionType,
		relationDocList: relatedDocuments(position, defaults),
		pageConfig,
		keyword: position.text('keyword'),
		keywordType: position.oneOf('keywordType', wire.valuesOf(wire.keywordTypes)),
		offsetX,
		offsetY,
		controlWidth: position.decimal('controlWidth', 10, 120, SIZE),
		controlHeight: position.decimal('controlHeight', 10, 120, SIZE),
		signDateFormat: position.oneOf('signDateFormat', wire.valuesOf(wire.signDateFormats)),
	});
};

const positions = (
	owner: WireReader,
	onSealNode: boolean,
	defaults: DefaultDocuments,
): Raw[] | undefined =>
	owner.list('positionParamList')?.map((position) => signPosition(position, onSealNode, defaults));

/** Fields that persons and company nodes share (§5.2, §5.3). */
const signingManner = (reader: WireReader): Raw => {
	const skip = reader.integerText(
		'agreeSkipWillingness',
		'The platform takes a whole number here.',
	);
	return {
		verifyType: reader.oneOf('verifyType', wire.valuesOf(wire.verifyTypes)),
		signConfirm: reader.oneOf('signConfirm', ['FACE']),
		agreeSkipWillingness: skip === undefined ? undefined : Number(skip),
		personalSignAuth: reader.oneOf('personalSignAuth', wire.valuesOf(wire.personalSignAuths)),
		sealType: reader.oneOf('sealType', wire.valuesOf(wire.sealTypes)),
	};
};

const order = (reader: WireReader): string | undefined => {
	const found = reader.integerText('signerOrder', 'Count from 1.');
	if (found !== undefined && Number(found) < 1)
		reader.fail('signerOrder', 'is less than 1', 'Count from 1.');
	return found;
};

/** `ContractInternalNode` (§5.3). */
const internalNode = (node: WireReader, signerType: string, defaults: DefaultDocuments): Raw => {
	const nodeType =
		node.oneOf('nodeType', wire.valuesOf(wire.nodeTypes)) ?? node.required('nodeType');
	if (nodeType === 'APPROVER_CHECK' && signerType !== 'SENDER') {
		node.fail(
			'nodeType',
			`is APPROVER_CHECK under ${signerType}`,
			'The platform handles approvals under the sender only.',
		);
	}
	const onSeal = nodeType === 'ENTERPRISE_SEAL';
	const autoSign = node.oneOf('autoSign', ['AUTO_SIGN']);
	if (autoSign && !onSeal)
		node.fail(
			'autoSign',
			`is set on a step of the type ${nodeType}`,
			'Only company seals can be set automatically.',
		);
	const signer = node.child('signer');
	if (!signer && !autoSign)
		node.fail(
			'signer',
			'is missing',
			'Name the person, or let the company seal be set automatically.',
		);
	return withOthers(node, {
		nodeType,
		signerOrder: order(node) ?? node.required('signerOrder'),
		autoSign,
		sealId: node.text('sealId'),
		signer: signer && contractUser(signer),
		positionParamList: positions(node, onSeal, defaults),
		...signingManner(node),
	});
};

/** `ContractSigner` (§5.2). */
const signer = (reader: WireReader, defaults: DefaultDocuments): Raw => {
	const signerType =
		reader.oneOf('signerType', wire.valuesOf(wire.signerTypes)) ?? reader.required('signerType');
	const nodes = reader.list('internalNodeList');
	if (signerType !== 'RECEIVER_PERSONAL' && (nodes === undefined || nodes.length === 0)) {
		reader.fail(
			'internalNodeList',
			'is missing',
			'A company needs at least one signing step: who seals or signs for it.',
		);
	}
	const receiver = reader.child('receiver');
	return withOthers(reader, {
		signerType,
		signerName: reader.text('signerName'),
		signerOrder: order(reader),
		internalNodeList: nodes?.map((node) => internalNode(node, signerType, defaults)),
		receiver: receiver && contractUser(receiver),
		positionParamList: positions(reader, false, defaults),
		...signingManner(reader),
	});
};

/**
 * Checks a signer list and brings it into the one form that is sent, whether it came from fields or
 * from JSON: the same content gives the same bytes.
 */
export const signerList = (value: unknown, defaults: DefaultDocuments, fail: WireFail): Raw[] => {
	if (!Array.isArray(value))
		return fail('signerList', 'is not a list', 'Put the signers between [ and ].');
	return value.map((entry, index) =>
		signer(wireReader(entry, `signerList[${index}]`, fail), defaults),
	);
};

/** Positions outside a signer list, as for signing on behalf of a person (§6.9). */
export const positionList = (value: unknown, onSealNode: boolean, fail: WireFail): Raw[] => {
	if (!Array.isArray(value))
		return fail('positionParamList', 'is not a list', 'Put the positions between [ and ].');
	return value.map((entry, index) =>
		signPosition(wireReader(entry, `positionParamList[${index}]`, fail), onSealNode, []),
	);
};
