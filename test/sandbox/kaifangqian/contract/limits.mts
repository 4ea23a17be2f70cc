import { tooLong } from '../answers.mjs';
import type { ContractPositionParam } from '../wire.mjs';
import type { Party } from './parties.mjs';

// What the database takes (docs/api/kaifangqian.md 3.3), in characters.

export const CALLBACK_ADDRESS = 128;
export const CALLBACK_BODY = 2048;
export const COMMENT = 512;
export const CALLBACK_PAGE = 500;
export const FILE_NAME = 128;
export const COMPANY_NAME = 32;
export const UNIQUE_CODE = 255;
export const OPERATOR_ACCOUNT = 64;
/** Of a template field that the sender fills in with a call. */
export const TEMPLATE_VALUE = 200;
/** 张三给您发送了一份文件《…》需要您签署 */
export const MESSAGE_TITLE = 128;

const SN = 200;
const SUBJECT = 200;
const RECEIVER_NAME = 50;
const COMPANY_SIGNER_NAME = 20;
const KEYWORD = 64;
const LAST_ORDER = 127;

/** Emoji, rare Han and whatever else has 4 bytes in UTF-8. */
export const hasWideCharacters = (text: string): boolean => /[\u{10000}-\u{10ffff}]/u.test(text);

/** What a column of that width takes. */
export function store(text: string | undefined, most = Infinity): void {
	if (text !== undefined && ([...text].length > most || hasWideCharacters(text))) tooLong();
}

const storeOrder = (order: number): void => {
	if (order < 0 || order > LAST_ORDER) tooLong();
};

export const storeKeywords = (positions: ContractPositionParam[] | undefined): void =>
	positions?.forEach(({ keyword }) => store(keyword, KEYWORD));

export function storeContract({ sn, subject }: { sn?: string; subject?: string }): void {
	store(sn, SN);
	store(subject, SUBJECT);
}

export function storeParties(parties: Party[]): void {
	for (const { signer, partyType, partyName, partyOrder, steps } of parties) {
		store(partyName);
		storeOrder(partyOrder);
		storeKeywords(signer.positionParamList);
		signer.internalNodeList?.forEach((node) => storeKeywords(node.positionParamList));
		for (const { person, nodeOrder } of steps) {
			storeOrder(nodeOrder);
			store(person?.name, partyType === 'PERSONAL' ? RECEIVER_NAME : COMPANY_SIGNER_NAME);
			store(person?.contact);
		}
	}
}
