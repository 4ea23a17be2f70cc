import { businessRefusal, internalRefusal } from '../answers.mjs';
import { isFilled, parseFloating } from '../java.mjs';
import type { ContractPositionParam } from '../wire.mjs';
import { placesIn, type ContractDocument, type Control, type Field, type Size } from './place.mjs';

/** Whose positions they are: that decides which controls are allowed. */
export type Owner = 'person' | 'seal step' | 'signature step';

const CONTROLS: Record<string, { control: Control; size: Size }> = {
	SIGNATURE: { control: 'signature', size: { width: 112, height: 52 } },
	SEAL: { control: 'seal', size: { width: 120, height: 120 } },
	SIGN_DATE: { control: 'sign-date', size: { width: 120, height: 30 } },
	CHOP_STAMP: { control: 'chop-stamp', size: { width: 120, height: 120 } },
};

const DATE_FORMATS = ['YEAR_MONTH_DAY', 'LINE', 'BACK_SLASH'];

/** Checks positions and gives the fields that come of them (docs/api/kaifangqian.md 5.4). */
export const fieldsOf = (
	positions: ContractPositionParam[] | undefined,
	owner: Owner,
	documents: ContractDocument[],
): Field[] => (positions ?? []).flatMap((position) => fieldsAt(position, owner, documents));

function fieldsAt(
	position: ContractPositionParam,
	owner: Owner,
	documents: ContractDocument[],
): Field[] {
	const { control, size: standard } = controlOf(position, owner);
	checkWay(position);
	const related = relatedDocuments(position, documents);
	const size = {
		width: side(position.controlWidth, standard.width, '签章位置宽度解析失败'),
		height: side(position.controlHeight, standard.height, '签章位置高度解析失败'),
	};
	const places = related.flatMap((document) =>
		placesIn(document, position, control, size).map((place) => ({
			docId: document.docId,
			control,
			...place,
			...size,
		})),
	);
	if (control !== 'sign-date') return places;
	const dateFormat = dateFormatOf(position.signDateFormat);
	return places.map((place) => ({ ...place, dateFormat }));
}

function controlOf({ controlType }: ContractPositionParam, owner: Owner) {
	if (!isFilled(controlType)) return businessRefusal('签署控件类型参数缺失');
	if (!Object.hasOwn(CONTROLS, controlType))
		return businessRefusal(`签署控件类型参数错误，不包含当前控件类型${controlType}`);
	const found = CONTROLS[controlType];
	const isSeal = found.control === 'seal' || found.control === 'chop-stamp';
	if (isSeal && owner === 'person') businessRefusal('个人签署方不能使用企业签章和骑缝签章');
	if (isSeal && owner === 'signature step')
		businessRefusal('个人签字节点不能使用企业签章和骑缝签章');
	if (found.control === 'signature' && owner === 'seal step')
		businessRefusal('组织签章节点不能使用个人签章');
	return found;
}

function checkWay({
	signPositionType,
	pageConfig,
	keyword,
	keywordType,
}: ContractPositionParam): void {
	if (signPositionType === 'POSITION') {
		if (!isFilled(pageConfig)) businessRefusal('页码配置缺失');
	} else if (signPositionType === 'KEYWORD') {
		if (!isFilled(keyword)) businessRefusal('关键字缺失');
		if (!isFilled(keywordType)) businessRefusal('关键字搜索类型缺失');
		else if (!['1', '0', '-1'].includes(keywordType)) businessRefusal('关键查询方式不存在');
	} else businessRefusal('签署位置设置方式不存在');
}

function relatedDocuments(
	{ relationDocList }: ContractPositionParam,
	documents: ContractDocument[],
): ContractDocument[] {
	if (!relationDocList?.length) return businessRefusal('签署位置合集关联文档不存在');
	return relationDocList.map(({ docType, docId }) => {
		if (!isFilled(docType)) return businessRefusal('关联文档-文档类型参数缺失');
		const found = documents.find(
			(document) => document.docId === docId && document.docType === docType,
		);
		return found ?? businessRefusal('签署位置合集关联文档不存在');
	});
}

function side(text: string | undefined, standard: number, refusal: string): number {
	if (!isFilled(text)) return standard;
	const value = parseFloating(text);
	return value !== undefined && value >= 10 && value <= 120 ? value : businessRefusal(refusal);
}

function dateFormatOf(format: string | undefined): string {
	if (!isFilled(format)) return internalRefusal('签署日期控件-时间格式不能为空');
	return DATE_FORMATS.includes(format)
		? format
		: internalRefusal(`签署日期控件-时间格式错误：${format}`);
}
