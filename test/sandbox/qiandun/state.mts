/**
 * What the platform remembers. Member names are the vendor's wherever one is documented
 * (docs/api/qiandun.md, 5); `authenticated`, `status` of a contract and the file facts are ours.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { createSeeds } from './seeds.mjs';
import { chinaTime } from './time.mjs';

export interface Person {
	accountId: string;
	authenticated: boolean;
	psnName: string | null;
	psnIDCardType: string | null;
	psnIDCardNum: string | null;
	psnMobile: string | null;
	psnId?: string;
	/** A string here, a number in #37 (§5.5, §5.8). */
	sealId?: string;
	flowNo?: string;
	createTime: string;
	certifiedTime?: string;
	psnFaceUrl?: string | null;
}

export interface Company {
	accountId: string;
	authenticated: boolean;
	corpName: string;
	corpIDCardType: string;
	corpIDCardNum: string;
	legalRepName: string;
	legalRepIDCardType: string;
	legalRepIDCardNum: string;
	flowNo?: string;
}

export interface SealAuthorization {
	appKey: string;
	authorizeCode: string;
	authorizeTime: string;
	beginTime: string;
	endTime: string;
	authorizeStatus: string;
}

export interface Seal {
	sealId: number;
	accountId: string;
	sealName: string;
	status: number;
	style: number;
	autosignAuthorizeList: SealAuthorization[];
}

export interface SignFieldPosition {
	positionPage?: number;
	positionX?: number;
	positionY?: number;
}

export interface SignField {
	fileCode?: string;
	fileId?: string;
	signFieldStyle?: number;
	dateFormat?: string;
	authorizeCode?: string;
	signFieldPosition?: SignFieldPosition;
}

export interface Signer {
	accountId: string;
	seqNo?: number;
	signFields?: SignField[];
	authConfig?: unknown;
	noticeConfig?: unknown;
	finished: boolean;
}

export interface Contract {
	contractId: string;
	businessCode: string | null;
	/** Contract statuses are not known (§7): whatever a test set, `null` before. */
	status: string | null;
	initiatorAccountId: string | null;
	signers: Signer[];
	/** The body of #30; `null` for a seeded contract. */
	request: unknown;
}

export interface StoredFile {
	fileCode: string;
	pages: number;
	/** `false` → oc_30005. */
	formatSupported: boolean;
	/** `false` → oc_30006. */
	processable: boolean;
	/** Positions dragged on it, newest last. */
	dragged: SignField[];
}

/** A face check, found again by #4. */
export interface FaceCheck {
	serviceId: string;
	flowNo: string;
	businessCode: string | null;
	verifyStatus: VerifyStatus;
}

export type VerifyStatus = 'passed' | 'un_passed';

/** The fields of #8's body that its page shows or hands back. */
export interface PersonPageRequest {
	psnAuthConfig?: {
		psnName?: string | null;
		psnIDCardType?: string | null;
		psnIDCardNum?: string | null;
		psnMobile?: string | null;
	} | null;
	pageConfig?: { psnEditableFields?: string[] | null } | null;
	integrationConfig?: { redirectConfig?: { redirectUrl?: string | null } | null } | null;
	businessCode?: string | null;
}

export interface PersonPage {
	id: string;
	at: number;
	request: PersonPageRequest;
	/** Left out until somebody has been there. */
	result?: { verifyStatus: VerifyStatus; accountId: string };
}

export interface SilentSignPage {
	id: string;
	at: number;
	accountId: string;
	/** `null`: none was named; then the page asks for all seals of the account (choice). */
	sealIds: number[] | null;
	redirectUrl: string | null;
	result?: 'allowed' | 'refused';
}

export interface State {
	persons: Person[];
	companies: Company[];
	seals: Seal[];
	contracts: Contract[];
	files: StoredFile[];
	faceChecks: FaceCheck[];
	/** Pages that #8 and #38 have handed out, with what they were asked for. */
	personPages: PersonPage[];
	silentSignPages: SilentSignPage[];
	/** Last contract number given out: above 2^53 like the vendor's. */
	lastContractId: bigint;
}

export function createState(appKey: string): State {
	const { state } = createSeeds(appKey);
	return state;
}

export const person = (state: State, accountId: string) =>
	state.persons.find((entry) => entry.accountId === accountId);

export const company = (state: State, accountId: string) =>
	state.companies.find((entry) => entry.accountId === accountId);

/** Of a person or a company; the account where there is no name. */
export const nameOf = (state: State, accountId: string): string =>
	company(state, accountId)?.corpName ?? person(state, accountId)?.psnName ?? accountId;

export const seal = (state: State, sealId: number) =>
	state.seals.find((entry) => entry.sealId === sealId);

export const contract = (state: State, contractId: string) =>
	state.contracts.find((entry) => entry.contractId === contractId);

export function nextContractId(state: State): string {
	state.lastContractId += 1n;
	return state.lastContractId.toString();
}

/** Formed like the only documented one, `OPFN172132uUTjikwlUoSa`. */
export const newFlowNo = () => `OPFN${code(18)}`;

/** The form of a `serviceId` is not known (choice). */
export const newServiceId = () => randomUUID().replaceAll('-', '');

/** Formed like `RkztvLleUICgRSe`. */
const newAuthorizeCode = () => code(15);

function code(length: number): string {
	const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
	return [...randomBytes(length)].map((byte) => letters[byte % letters.length]).join('');
}

export function newAuthorization(appKey: string, now: number): SealAuthorization {
	const begin = chinaTime(now);
	return {
		appKey,
		authorizeCode: newAuthorizeCode(),
		authorizeTime: begin,
		beginTime: begin,
		endTime: chinaTime(now + 365 * 24 * 3600 * 1000),
		authorizeStatus: 'authorized',
	};
}

/** By this app: an authorisation names the app it was given to (§5.8). */
export const isAuthorised = (entry: Seal, appKey: string) =>
	entry.autosignAuthorizeList.some(
		(authorization) =>
			authorization.appKey === appKey && authorization.authorizeStatus === 'authorized',
	);
