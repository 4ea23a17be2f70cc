import type { IDataObject } from 'n8n-workflow';
import { startKaifangqian } from '../../sandbox/kaifangqian/index.mjs';
import type { TargetBase } from '../suite.mjs';

export interface Person {
	name: string;
	contact: string;
}

/** What only people can do; on a real server nobody is there to do it. */
export interface People {
	grantSealAuthorization(contact: string, signReId: string): void;
}

export interface KaifangqianTarget extends TargetBase {
	credential: IDataObject;
	operator?: Person;
	signer?: Person;
	/** Another person, to be added as signer. */
	secondSigner?: Person;
	signReId?: string;
	sealId?: string;
	companyName?: string;
	/** A contract that is there already, only to be read. */
	contractId?: string;
	/** Somebody to open an account for. */
	account?: Person;
	company?: { name: string; creditCode: string };
	/** The signer has authorized their seal for the business line. */
	hasSealAuthorization: boolean;
	people?: People;
}

const standIn = async (): Promise<KaifangqianTarget> => {
	// With the one operation that only the hosted site has.
	const sandbox = await startKaifangqian({ stableSeeds: true, switches: { hostedSite: true } });
	return {
		isStandIn: true,
		name: `the stand-in at ${sandbox.origin}`,
		mayWrite: true,
		credential: {
			platform: 'kaifangqian',
			baseUrl: sandbox.baseUrl,
			appAuthToken: sandbox.token,
			secret: sandbox.developerPrivateKey,
			platformPublicKey: '',
		},
		operator: sandbox.operator,
		signer: { name: '李四', contact: '13900139000' },
		secondSigner: { name: '王五', contact: '13700137000' },
		signReId: sandbox.lines.free,
		sealId: sandbox.sealId,
		companyName: sandbox.companyName,
		account: { name: '赵六', contact: '13300133000' },
		company: { name: '某某贸易有限公司', creditCode: '91110000MA01234567' },
		hasSealAuthorization: true,
		people: {
			grantSealAuthorization: (contact, line) => sandbox.control.grantProxy(contact, line),
		},
		close: async () => await sandbox.close(),
	};
};

type Read = (name: string) => string | undefined;

/** Two variables that only make sense together. */
const personIn = (read: Read, prefix: string): Person | undefined => {
	const name = read(`${prefix}_NAME`);
	const contact = read(`${prefix}_CONTACT`);
	return name && contact ? { name, contact } : undefined;
};

const server = (read: Read, baseUrl: string): KaifangqianTarget => {
	const token = read('TOKEN');
	if (!token)
		throw new Error('CN_ESIGN_BASE_URL names a server: CN_ESIGN_TOKEN is needed as well.');
	const creditCode = read('NEW_COMPANY_CREDIT_CODE');
	const newCompany = read('NEW_COMPANY_NAME');
	return {
		isStandIn: false,
		name: baseUrl,
		mayWrite: read('ALLOW_WRITES') === 'yes',
		credential: {
			platform: 'kaifangqian',
			baseUrl,
			appAuthToken: token,
			// A key in a variable often has its line breaks written out.
			secret: (read('SECRET') ?? '').replaceAll('\\n', '\n'),
			platformPublicKey: '',
		},
		operator: personIn(read, 'OPERATOR'),
		signer: personIn(read, 'SIGNER'),
		secondSigner: personIn(read, 'SECOND_SIGNER'),
		signReId: read('SIGN_RE_ID'),
		sealId: read('SEAL_ID'),
		companyName: read('COMPANY_NAME'),
		contractId: read('CONTRACT_ID'),
		account: personIn(read, 'NEW_ACCOUNT'),
		company: newCompany && creditCode ? { name: newCompany, creditCode } : undefined,
		hasSealAuthorization: read('SEAL_AUTHORIZED') === 'yes',
		close: async () => {},
	};
};

/** A real server where `CN_ESIGN_BASE_URL` names one, otherwise a stand-in of its own. */
export const openTarget = async (env: NodeJS.ProcessEnv): Promise<KaifangqianTarget> => {
	const read: Read = (name) => env[`CN_ESIGN_${name}`]?.trim() || undefined;
	const baseUrl = read('BASE_URL');
	return baseUrl ? server(read, baseUrl) : await standIn();
};
