import { badFormat, badMobile, breakDown, businessRefusal, missing } from './answers.mjs';
import { dayOf, isDay } from './dates.mjs';
import type {
	ContractInternalNode,
	ContractPositionParam,
	ContractSigner,
	ContractUser,
} from './wire.mjs';
import type { World } from './world.mjs';

// Rules a schema cannot say (api/kaifangqian.md §5, §9 "Validation").

const MOBILE = /^1[3-9]\d{9}$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/;

export function checkUser(user: Pick<ContractUser, 'contactType' | 'contact'>): void {
	if (user.contactType === 'MOBILE') {
		if (!MOBILE.test(user.contact)) badMobile('contact');
	} else if (user.contactType === 'EMAIL') {
		if (!EMAIL.test(user.contact)) badFormat('contact', '邮箱不合法');
	} else businessRefusal('联系类型不支持');
}

export function checkExpireDate(world: World, value: string | undefined): void {
	if (value === undefined) return;
	if (!isDay(value)) badFormat('expireDate', '应为yyyy-MM-dd');
	if (value < dayOf(world.now(), world.switches.utcOffsetHours))
		businessRefusal('签署截止日期不能早于当前日期');
}

/** `documents` = ids of uploaded files and templates this contract has. */
export function checkSigners(
	world: World,
	signers: ContractSigner[],
	documents: ReadonlySet<string>,
): void {
	for (const signer of signers) {
		if (signer.signerType === 'RECEIVER_PERSONAL') {
			if (!signer.receiver) missing('receiver');
			else checkUser(signer.receiver);
			checkPositions(signer.positionParamList, false, documents);
			continue;
		}
		if (!signer.internalNodeList?.length) missing('internalNodeList');
		else for (const node of signer.internalNodeList) checkNode(world, node, documents);
	}
}

function checkNode(world: World, node: ContractInternalNode, documents: ReadonlySet<string>): void {
	const isSeal = node.nodeType === 'ENTERPRISE_SEAL';
	if (node.autoSign && !isSeal) businessRefusal('自动签署仅支持组织签章');
	if (node.signer) checkUser(node.signer);
	else if (!node.autoSign) missing('signer');
	if (node.sealId !== undefined && node.sealId !== world.sealId) businessRefusal('印章不存在');
	checkPositions(node.positionParamList, isSeal, documents);
}

export function checkPositions(
	positions: ContractPositionParam[] | undefined,
	isSealNode: boolean,
	documents: ReadonlySet<string>,
): void {
	for (const position of positions ?? []) {
		checkControl(position, isSealNode);
		if (position.signPositionType === 'POSITION') checkRatioPosition(position);
		else checkKeywordPosition(position);
		// Trap 9: the list left out gets a default id that a later step does not know.
		const related = position.relationDocList ?? [];
		if (related.length === 0) businessRefusal('关联文档不存在');
		for (const { docId } of related) if (!documents.has(docId)) businessRefusal('关联文档不存在');
	}
}

function checkControl(position: ContractPositionParam, isSealNode: boolean): void {
	const { controlType } = position;
	const forSeals = controlType === 'SEAL' || controlType === 'CHOP_STAMP';
	if (forSeals && !isSealNode) businessRefusal(`控件类型${controlType}仅支持组织签章节点`);
	if (controlType === 'SIGNATURE' && isSealNode)
		businessRefusal('组织签章节点不支持控件类型SIGNATURE');
	if (controlType === 'SIGN_DATE' && !position.signDateFormat) missing('signDateFormat');
	checkSize('controlWidth', position.controlWidth);
	checkSize('controlHeight', position.controlHeight);
}

function checkSize(field: string, value: string | undefined): void {
	if (value === undefined) return;
	const size = Number(value);
	if (!/^\d+(\.\d+)?$/.test(value) || size < 10 || size > 120) badFormat(field, '应在10-120之间');
}

function checkRatioPosition(position: ContractPositionParam): void {
	if (!position.pageConfig) missing('pageConfig');
	else if (!PAGES.test(position.pageConfig)) badFormat('pageConfig', '页码不合法');
	const needsX = position.controlType !== 'CHOP_STAMP';
	for (const field of needsX ? (['offsetX', 'offsetY'] as const) : (['offsetY'] as const)) {
		const value = position[field];
		if (value === undefined || value === '') missing(field);
		else if (!/^\d+(\.\d+)?$/.test(value) || Number(value) > 1) badFormat(field, '应在0-1之间');
	}
}

const PAGES = /^(ALL|EVEN_NUMBER|ODD_NUMBER|\d+(-\d+)?(,\d+(-\d+)?)*)$/;

function checkKeywordPosition(position: ContractPositionParam): void {
	if (!position.keyword) missing('keyword');
	if (!position.keywordType) missing('keywordType');
	for (const value of [position.offsetX, position.offsetY]) {
		// Read with an integer parser: anything else breaks the call (trap 11).
		if (value !== undefined && value !== '' && !/^[-+]?\d+$/.test(value))
			breakDown('For input string');
	}
}
