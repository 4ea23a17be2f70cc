/**
 * The data every stand-in starts with: made-up people, with the ids of the vendor's own samples
 * where there are any (docs/api/qiandun.md, 5), so that documented examples can be replayed.
 */
import type { Company, Contract, FaceCheck, Person, Seal, State, StoredFile } from './state.mjs';

const person: Person & { psnId: string; sealId: string } = {
	accountId: '1120',
	authenticated: true,
	psnName: '张三',
	psnIDCardType: 'CRED_PSN_CH_IDCARD',
	psnIDCardNum: '110101199001011234',
	psnMobile: '13800138000',
	psnId: '1869674445573197824',
	sealId: '100000014',
	flowNo: 'OPFN172132uUTjikwlUoSa',
	createTime: '2024-12-19 17:21:39',
	certifiedTime: '2024-12-19 17:21:39',
};

const secondPerson: Person = {
	accountId: 'PSN_TEST_001',
	authenticated: true,
	psnName: '李四',
	psnIDCardType: 'CRED_PSN_CH_IDCARD',
	psnIDCardNum: '310101198507071235',
	psnMobile: '13900139000',
	psnId: '1869674445573197825',
	sealId: '100000017',
	flowNo: 'OPFN172133vVUkjlxmVpTb',
	createTime: '2024-12-20 09:00:00',
	certifiedTime: '2024-12-20 09:05:00',
};

/** Signer of the seeded contract, as in the sample of #31. */
const signedPerson: Person = {
	accountId: '3321',
	authenticated: true,
	psnName: '王五',
	psnIDCardType: 'CRED_PSN_CH_IDCARD',
	psnIDCardNum: '440101199212123456',
	psnMobile: '13700137000',
	psnId: '1869674445573197826',
	flowNo: 'OPFN172134wWVlkmynWqUc',
	createTime: '2024-12-21 09:00:00',
	certifiedTime: '2024-12-21 09:05:00',
};

/** Without name and ID number, hence oc_40026. */
const unauthenticatedPerson: Person = {
	accountId: 'PSN_UNAUTH_001',
	authenticated: false,
	psnName: null,
	psnIDCardType: null,
	psnIDCardNum: null,
	psnMobile: '13600136000',
	createTime: '2025-01-02 10:00:00',
};

/** With both, so a silent-signing link is possible before authentication (§5.9). */
const unauthenticatedNamedPerson: Person = {
	accountId: 'PSN_UNAUTH_002',
	authenticated: false,
	psnName: '赵六',
	psnIDCardType: 'CRED_PSN_CH_IDCARD',
	psnIDCardNum: '510101199503034567',
	psnMobile: '13500135000',
	createTime: '2025-01-02 10:30:00',
};

/** Values of `corpIDCardType` are not known (§5.4), so the seeds' one is plainly artificial. */
const CORP_ID_TYPE = 'sandbox-only-corp-id-type';

const company: Company = {
	accountId: 'CORP_TEST_001',
	authenticated: true,
	corpName: '某某科技有限公司',
	corpIDCardType: CORP_ID_TYPE,
	corpIDCardNum: '91110000MA01234567',
	legalRepName: '张三',
	legalRepIDCardType: 'CRED_PSN_CH_IDCARD',
	legalRepIDCardNum: '110101199001011234',
	flowNo: 'OPFN172135xXWmlnzoXrVd',
};

const unauthenticatedCompany: Company = {
	accountId: 'CORP_UNAUTH_001',
	authenticated: false,
	corpName: '未认证贸易有限公司',
	corpIDCardType: CORP_ID_TYPE,
	corpIDCardNum: '91310000MA76543210',
	legalRepName: '李四',
	legalRepIDCardType: 'CRED_PSN_CH_IDCARD',
	legalRepIDCardNum: '310101198507071235',
};

const files = {
	onePage: 'FC_20241212171254RkztvLleUICgRSe',
	manyPages: 'FC_20250307141255daxfcgHqQPVFbhQ',
	attachment: 'FC_20241212164445yYmxlZvwHGQysio',
	/** → oc_30005 */
	unsupported: 'FC_SANDBOX_ONLY_UNSUPPORTED',
	/** → oc_30006 */
	broken: 'FC_SANDBOX_ONLY_BROKEN',
};

const file = (fileCode: string, facts: Partial<StoredFile> = {}): StoredFile => ({
	fileCode,
	pages: 1,
	formatSupported: true,
	processable: true,
	dragged: [],
	...facts,
});

const seal = (sealId: number, accountId: string, sealName: string): Seal => ({
	sealId,
	accountId,
	sealName,
	status: 1,
	style: 1,
	autosignAuthorizeList: [],
});

const contract: Contract = {
	contractId: '1897893172027068416',
	businessCode: 'BIZ-0001',
	status: null,
	initiatorAccountId: company.accountId,
	signers: [
		{
			accountId: signedPerson.accountId,
			seqNo: 1,
			signFields: [
				{
					fileCode: files.manyPages,
					fileId: '1',
					signFieldStyle: 2,
					dateFormat: 'YYYY-MM-DD',
					signFieldPosition: { positionPage: 0, positionX: 0, positionY: 300 },
				},
				{
					fileCode: files.manyPages,
					fileId: '1',
					signFieldStyle: 1,
					dateFormat: 'YYYY-MM-DD',
					signFieldPosition: { positionPage: 1, positionX: 279, positionY: 420 },
				},
			],
			authConfig: { willingnessAuthModes: ['CODE_SMS'] },
			noticeConfig: { noticeTypes: 0 },
			finished: true,
		},
		{
			accountId: secondPerson.accountId,
			seqNo: 2,
			signFields: [
				{
					fileCode: files.manyPages,
					fileId: '1',
					signFieldStyle: 1,
					dateFormat: 'YYYY-MM-DD',
					signFieldPosition: { positionPage: 2, positionX: 100, positionY: 200 },
				},
			],
			authConfig: { willingnessAuthModes: ['CODE_SMS'] },
			noticeConfig: { noticeTypes: 0 },
			finished: false,
		},
	],
	request: null,
};

const faceCheck: FaceCheck = {
	serviceId: 'SVC0001',
	flowNo: 'FLOW0001',
	businessCode: 'BIZ-FACE-0001',
	verifyStatus: 'passed',
};

const failedFaceCheck: FaceCheck = {
	serviceId: 'SVC0002',
	flowNo: 'FLOW0002',
	businessCode: 'BIZ-FACE-0002',
	verifyStatus: 'un_passed',
};

const seals = {
	authorised: 100000014,
	company: 100000015,
	unauthenticatedCompany: 100000016,
	person: 100000017,
};

/** A fresh copy each time: `reset()` must not inherit what a test changed. */
export function createSeeds(appKey: string) {
	const state: State = {
		persons: [
			person,
			secondPerson,
			signedPerson,
			unauthenticatedPerson,
			unauthenticatedNamedPerson,
		],
		companies: [company, unauthenticatedCompany],
		seals: [
			{
				...seal(seals.authorised, person.accountId, '合同章'),
				autosignAuthorizeList: [
					{
						appKey,
						authorizeCode: 'RkztvLleUICgRSe',
						authorizeTime: '2025-04-24 06:43:09',
						beginTime: '2025-04-24 06:43:09',
						endTime: '2026-04-24 06:43:09',
						authorizeStatus: 'authorized',
					},
				],
			},
			seal(seals.company, company.accountId, '公章'),
			seal(seals.unauthenticatedCompany, unauthenticatedCompany.accountId, '公章'),
			seal(seals.person, secondPerson.accountId, '个人章'),
		],
		contracts: [contract],
		files: [
			file(files.onePage),
			file(files.manyPages, { pages: 12 }),
			file(files.attachment),
			file(files.unsupported, { formatSupported: false }),
			file(files.broken, { processable: false }),
		],
		faceChecks: [faceCheck, failedFaceCheck],
		personPages: [],
		silentSignPages: [],
		lastContractId: 1900000000000000000n,
	};
	return structuredClone({
		state,
		seeds: {
			person,
			secondPerson,
			signedPerson,
			unauthenticatedPerson,
			unauthenticatedNamedPerson,
			company,
			unauthenticatedCompany,
			seals: state.seals.map(({ sealId }) => sealId),
			sealIds: seals,
			contract: {
				contractId: contract.contractId,
				businessCode: 'BIZ-0001',
				/** Has signed. */
				accountId: signedPerson.accountId,
				/** Has not signed. */
				unfinishedAccountId: secondPerson.accountId,
			},
			faceCheck,
			failedFaceCheck,
			files,
		},
	});
}

export type Seeds = ReturnType<typeof createSeeds>['seeds'];
