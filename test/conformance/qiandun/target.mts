import { startQiandun } from '../../sandbox/qiandun/index.mjs';
import type { TargetBase } from '../suite.mjs';

/** What a real server has to be told, by variable (after `CN_ESIGN_`); each group only as a whole. */
const GROUPS = {
	account: { accountId: 'ACCOUNT_ID' },
	person: { name: 'PERSON_NAME', idNumber: 'PERSON_ID_NUMBER', mobile: 'PERSON_MOBILE' },
	company: {
		name: 'COMPANY_NAME',
		numberType: 'COMPANY_NUMBER_TYPE',
		number: 'COMPANY_NUMBER',
		legalRepName: 'LEGAL_REP_NAME',
		legalRepIdNumber: 'LEGAL_REP_ID_NUMBER',
		legalRepIdType: 'LEGAL_REP_ID_TYPE',
	},
	faceCheck: { serviceId: 'FACE_SERVICE_ID' },
	contract: { contractId: 'CONTRACT_ID', accountId: 'CONTRACT_ACCOUNT_ID' },
	seal: { sealId: 'SEAL_ID' },
	sealOwner: { accountId: 'SEAL_ACCOUNT_ID' },
	picture: { url: 'IMAGE_URL' },
	start: {
		path: 'START_PATH',
		fileCode: 'FILE_CODE',
		initiatorAccountId: 'INITIATOR_ACCOUNT_ID',
		signerAccountId: 'SIGNER_ACCOUNT_ID',
	},
} as const;

type Groups = typeof GROUPS;
type GroupName = keyof Groups;
type Group<Name extends GroupName> = Record<keyof Groups[Name], string>;

export type QiandunTarget = TargetBase & { [Name in GroupName]?: Group<Name> } & {
	/** A JSON object with what the vendor's page of 通过文件发起合同 asks for besides. */
	startFields?: string;
};

/** Why something cannot be tried for want of these. */
export const isMissing = (target: QiandunTarget, name: GroupName): string | undefined => {
	if (target[name]) return undefined;
	const variables = Object.values<string>(GROUPS[name]).map((variable) => `CN_ESIGN_${variable}`);
	return `needs ${variables.join(', ')}`;
};

const standIn = async (): Promise<QiandunTarget> => {
	const sandbox = await startQiandun();
	const { person, secondPerson, company, faceCheck, sealIds, files } = sandbox.seeds;
	return {
		isStandIn: true,
		name: `the stand-in at ${sandbox.origin}`,
		mayWrite: true,
		credential: {
			platform: 'qiandun',
			baseUrl: sandbox.baseUrl,
			appKey: sandbox.appKey,
			secret: sandbox.appSecret,
		},
		account: { accountId: person.accountId },
		person: { name: person.psnName!, idNumber: person.psnIDCardNum!, mobile: person.psnMobile! },
		company: {
			name: company.corpName,
			numberType: company.corpIDCardType,
			number: company.corpIDCardNum,
			legalRepName: company.legalRepName,
			legalRepIdNumber: company.legalRepIDCardNum,
			legalRepIdType: company.legalRepIDCardType,
		},
		faceCheck: { serviceId: faceCheck.serviceId },
		seal: { sealId: String(sealIds.authorised) },
		sealOwner: { accountId: company.accountId },
		picture: { url: 'https://your-domain.example/id-front.jpg' },
		start: {
			path: sandbox.paths.start,
			fileCode: files.onePage,
			initiatorAccountId: company.accountId,
			signerAccountId: secondPerson.accountId,
		},
		close: async () => await sandbox.close(),
	};
};

type Read = (name: string) => string | undefined;

const groupsIn = (read: Read): Partial<QiandunTarget> =>
	Object.fromEntries(
		Object.entries<Record<string, string>>(GROUPS).flatMap(([name, variables]) => {
			const values = Object.entries(variables).map(([key, variable]) => [key, read(variable)]);
			return values.every(([, value]) => value) ? [[name, Object.fromEntries(values)]] : [];
		}),
	);

const server = (read: Read, baseUrl: string): QiandunTarget => {
	const appKey = read('APP_KEY');
	const secret = read('APP_SECRET');
	if (!appKey || !secret)
		throw new Error(
			'CN_ESIGN_BASE_URL names a server: CN_ESIGN_APP_KEY and CN_ESIGN_APP_SECRET are needed as well.',
		);
	return {
		...groupsIn(read),
		startFields: read('START_FIELDS'),
		isStandIn: false,
		name: baseUrl,
		mayWrite: read('ALLOW_WRITES') === 'yes',
		credential: { platform: 'qiandun', baseUrl, appKey, secret },
		close: async () => {},
	};
};

/** A real server where `CN_ESIGN_BASE_URL` names one, otherwise a stand-in of its own. */
export const openTarget = async (env: NodeJS.ProcessEnv): Promise<QiandunTarget> => {
	const read: Read = (name) => env[`CN_ESIGN_${name}`]?.trim() || undefined;
	const baseUrl = read('BASE_URL');
	return baseUrl ? server(read, baseUrl) : await standIn();
};
