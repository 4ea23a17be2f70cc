/**
 * What people do on the platform's own pages, done by the test. Every action really changes the state
 * and queues its notification (docs/api/qiandun.md, 6); it returns the `transactionId`, or `null` when
 * that type is not switched on.
 *
 * The content of a notification is not known (choice): it is put together from documented field names
 * only, and `content` of each action replaces or adds members.
 */
import type { Connectivity } from '../shared/connectivity.mjs';
import type { CallbackDesk, CallbackTarget } from './callbacks.mjs';
import {
	company,
	contract,
	newAuthorization,
	newFlowNo,
	newServiceId,
	person,
	seal,
	type Company,
	type Contract,
	type Person,
	type SignField,
	type State,
	type StoredFile,
	type VerifyStatus,
} from './state.mjs';
import { chinaTime } from './time.mjs';

type Content = Record<string, unknown>;

export interface FaceInput {
	serviceId?: string;
	businessCode?: string;
	verifyStatus?: VerifyStatus;
}

export interface PersonInput {
	accountId: string;
	businessCode?: string;
	verifyStatus?: VerifyStatus;
	/** What the person typed into the page. */
	data?: Partial<Pick<Person, 'psnName' | 'psnIDCardType' | 'psnIDCardNum' | 'psnMobile'>>;
}

export interface CompanyInput {
	accountId: string;
	verifyStatus?: VerifyStatus;
}

export interface Control {
	/** Someone authorises the app on the page of #38: adds to #37. */
	authorise(sealId: number, content?: Content): string | null;
	/** Identity page done. An unknown `accountId` makes a new person. */
	passPerson(input: PersonInput, content?: Content): string | null;
	passCompany(input: CompanyInput, content?: Content): string | null;
	/** Face check done; found afterwards by #4. */
	faceDone(input: FaceInput, content?: Content): string | null;
	/** A company's authorisation letter was reviewed. */
	authorizationReviewed(input: CompanyInput, content?: Content): string | null;
	/** One signer has signed. */
	contractSigned(contractId: string, accountId: string, content?: Content): string | null;
	/** Contract statuses are not known: the test names one. */
	contractStatusChanged(contractId: string, status?: string, content?: Content): string | null;
	positionsDragged(fileCode: string, positions: SignField[], content?: Content): string | null;
	/** A type no document lists. */
	unknownType(businessType: string, content?: Content): string | null;
	addFile(file: Pick<StoredFile, 'fileCode'> & Partial<StoredFile>): StoredFile;
	contract(contractId: string): Contract | undefined;
	contracts(): Contract[];
	person(accountId: string): Person | undefined;
	company(accountId: string): Company | undefined;
	/** One GET to the address first (§9.10); rejects when it does not answer. `null` = off. */
	setCallbackUrl(url: string | null, types?: string[]): Promise<void>;
	callbackTarget(): CallbackTarget | null;
	/** That GET alone. */
	testCallbackUrl(url: string): Promise<Connectivity>;
}

export interface ControlOptions {
	state(): State;
	appKey: string;
	now(): number;
	desk: CallbackDesk;
}

export function createControl({ state, appKey, now, desk }: ControlOptions): Control {
	const found = <Entry,>(entry: Entry | undefined, what: string): Entry => {
		if (entry === undefined) throw new Error(`The stand-in has no ${what}`);
		return entry;
	};
	const notify = (businessType: string, content: Content, own: Content = {}) =>
		desk.notify(businessType, { ...content, ...own });

	return {
		authorise(sealId, content) {
			const entry = found(seal(state(), sealId), `seal ${sealId}`);
			const authorization = newAuthorization(appKey, now());
			entry.autosignAuthorizeList.push(authorization);
			return notify(
				'OPEN_CONTRACT_AUTO_SIGN_SEAL_AUTH',
				{ accountId: entry.accountId, sealId, ...authorization },
				content,
			);
		},

		passPerson({ accountId, businessCode, verifyStatus = 'passed', data }, content) {
			const entry = person(state(), accountId) ?? newPerson(accountId, now());
			if (!state().persons.includes(entry)) state().persons.push(entry);
			Object.assign(entry, data);
			entry.flowNo = newFlowNo();
			if (verifyStatus === 'passed') {
				entry.authenticated = true;
				entry.certifiedTime = chinaTime(now());
				entry.psnId ??= `18696744455731${String(90_000 + state().persons.indexOf(entry))}`;
			}
			return notify(
				'OPEN_PSN_CERT_RESULT',
				{
					accountId,
					...(businessCode === undefined ? {} : { businessCode }),
					serviceId: newServiceId(),
					flowNo: entry.flowNo,
					verifyStatus,
				},
				content,
			);
		},

		passCompany({ accountId, verifyStatus = 'passed' }, content) {
			const entry = found(company(state(), accountId), `company '${accountId}'`);
			entry.flowNo = newFlowNo();
			if (verifyStatus === 'passed') entry.authenticated = true;
			return notify(
				'OPEN_CORP_CERT_RESULT',
				{ accountId, serviceId: newServiceId(), flowNo: entry.flowNo, verifyStatus },
				content,
			);
		},

		faceDone({ serviceId = newServiceId(), businessCode, verifyStatus = 'passed' }, content) {
			const check = {
				serviceId,
				flowNo: newFlowNo(),
				businessCode: businessCode ?? null,
				verifyStatus,
			};
			const checks = state().faceChecks;
			const before = checks.findIndex((entry) => entry.serviceId === serviceId);
			if (before >= 0) checks.splice(before, 1);
			checks.push(check);
			return notify('OPEN_PSN_FACE_RECOGNITION_RESULT', { ...check }, content);
		},

		authorizationReviewed({ accountId, verifyStatus = 'passed' }, content) {
			found(company(state(), accountId), `company '${accountId}'`);
			return notify(
				'OPEN_CORP_AUTHORIZATION_AUDIT_RESULT',
				{ accountId, serviceId: newServiceId(), flowNo: newFlowNo(), verifyStatus },
				content,
			);
		},

		contractSigned(contractId, accountId, content) {
			const entry = found(contract(state(), contractId), `contract ${contractId}`);
			const signer = found(
				entry.signers.find((candidate) => candidate.accountId === accountId),
				`signer '${accountId}' in contract ${contractId}`,
			);
			signer.finished = true;
			return notify(
				'OPEN_CONTRACT_SIGNED',
				{ contractId, ...businessCodeOf(entry), accountId, signStatus: 'finished' },
				content,
			);
		},

		contractStatusChanged(contractId, status = 'finished', content) {
			const entry = found(contract(state(), contractId), `contract ${contractId}`);
			entry.status = status;
			// Under which name a contract's status stands is not known; `signStatus` is the nearest documented.
			return notify(
				'OPEN_CONTRACT_STATUS_CHANGED',
				{ contractId, ...businessCodeOf(entry), signStatus: status },
				content,
			);
		},

		positionsDragged(fileCode, positions, content) {
			const file = found(
				state().files.find((entry) => entry.fileCode === fileCode),
				`file '${fileCode}'`,
			);
			file.dragged = positions;
			return notify('OPEN_GET_SEAL_POSITION', { fileCode, signFields: positions }, content);
		},

		unknownType: (businessType, content) => notify(businessType, {}, content),

		addFile(facts) {
			const file: StoredFile = {
				pages: 1,
				formatSupported: true,
				processable: true,
				dragged: [],
				...facts,
			};
			state().files.push(file);
			return file;
		},

		contract: (contractId) => contract(state(), contractId),
		contracts: () => state().contracts,
		person: (accountId) => person(state(), accountId),
		company: (accountId) => company(state(), accountId),
		setCallbackUrl: (url, types) => desk.setUrl(url, types),
		callbackTarget: () => desk.target(),
		testCallbackUrl: (url) => desk.test(url),
	};
}

const businessCodeOf = ({ businessCode }: Contract) =>
	businessCode === null ? {} : { businessCode };

const newPerson = (accountId: string, now: number): Person => ({
	accountId,
	authenticated: false,
	psnName: null,
	psnIDCardType: null,
	psnIDCardNum: null,
	psnMobile: null,
	createTime: chinaTime(now),
});
