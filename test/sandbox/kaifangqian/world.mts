import { randomBytes } from 'node:crypto';
import type { Contract } from './contract/model.mjs';
import { addExtras } from './extraSeeds.mjs';
import { addAccount, seedWorld } from './seeds.mjs';
import type { Account, BusinessLine, Company, SeedOptions, Seeds } from './seeds.mjs';
import { defaultSwitches, type Switches } from './switches.mjs';
import type { CallbackPayload } from './wire.mjs';

/** Documents and attachments are kept in one place: either can be named as the other. */
export interface StoredFile {
	id: string;
	fileName: string;
	bytes: Buffer;
	company: string;
}

/** What a page link opens. */
export interface PageLink {
	code: string;
	contractId: string;
	contact: string;
	taskId?: string;
	noLogin: boolean;
	expiresAt?: number;
	callbackPage?: string;
}

export interface IdentityOrder {
	orderNo: string;
	companyName?: string;
	callbackPage?: string;
	authCallbackUrl?: string;
	clientRequestId?: string;
	state: 'open' | 'passed' | 'failed';
}

export interface World extends Seeds {
	switches: Switches;
	files: Map<string, StoredFile>;
	contracts: Map<string, Contract>;
	links: Map<string, PageLink>;
	/** Pages to return to, by the number that a task's link carries. */
	callbackPages: Map<string, string>;
	/** Log-ins on the signing pages: session → contact. */
	sessions: Map<string, string>;
	identityOrders: Map<string, IdentityOrder>;
	/** Calls at work that move contracts along (docs/api/kaifangqian.md 3.4). */
	moving: number;
	/** How often such a call has come while another was at work. */
	overlaps: number;
	/** Where links point; known once the server listens. */
	origin: string;
	now(): number;
	newId(): string;
	/** Queues a callback for the contract's owner company. */
	notify(company: string, payload: CallbackPayload): void;
	/** Whether the database does not take that company's callback address: every change that calls back fails. */
	isAddressTooLong(company: string): boolean;
}

export interface WorldOptions extends SeedOptions {
	now: () => number;
	switches?: Partial<Switches>;
	extras?: boolean;
}

/**
 * Ids have 19 digits, as long ids of Java servers do: whoever turns them into numbers loses the
 * last digits and is caught.
 */
function idMaker(): () => string {
	let last = 1_900_000_000_000_000_001n + BigInt(randomBytes(4).readUInt32BE()) * 1000n;
	return () => String((last += 1n + BigInt(randomBytes(1)[0] % 7)));
}

/** Ids for what is there from the beginning, below those that come later. */
function stableIdMaker(): () => string {
	let last = 1_800_000_000_000_000_001n;
	return () => String((last += 3n));
}

export function createWorld(options: WorldOptions): World {
	const newId = idMaker();
	const seedId = options.stableSeeds ? stableIdMaker() : newId;
	const seeds = seedWorld(seedId, options);
	if (options.extras !== false) addExtras(seeds, seedId, options);
	return {
		...seeds,
		switches: { ...defaultSwitches(), ...structuredClone(options.switches) },
		files: new Map(),
		contracts: new Map(),
		links: new Map(),
		callbackPages: new Map(),
		sessions: new Map(),
		identityOrders: new Map(),
		moving: 0,
		overlaps: 0,
		origin: '',
		now: options.now,
		newId,
		notify: () => {},
		isAddressTooLong: () => false,
	};
}

/** Brings back what was there in the beginning, with the same ids, so that tests can go on. */
export function createReset(world: World, switches: Partial<Switches> = {}): () => void {
	const { accounts, companies, lines, proxies, credentials } = world;
	const seeded = structuredClone({ accounts, companies, lines, proxies });
	const enabled = credentials.map((credential) => credential.enabled);
	return () => {
		Object.assign(world, structuredClone(seeded));
		credentials.forEach((credential, index) => (credential.enabled = enabled[index]));
		for (const map of [
			world.files,
			world.contracts,
			world.links,
			world.callbackPages,
			world.sessions,
			world.identityOrders,
		])
			map.clear();
		world.overlaps = 0;
		Object.assign(world.switches, defaultSwitches(), structuredClone(switches));
	};
}

export const accountOf = (world: World, contact: string | undefined): Account | undefined =>
	contact === undefined ? undefined : world.accounts.get(contact);

/** The account of a contact, made where there is none. */
export const registerAccount = (world: World, contact: string): Account =>
	world.accounts.get(contact) ?? addAccount(world.accounts, contact, world.newId);

/** The company of a name, made where there is none; the person becomes its member. */
export function registerMember(
	world: World,
	companyName: string,
	contact: string,
	name: string,
): Company {
	registerAccount(world, contact);
	let company = world.companies.get(companyName);
	if (!company) {
		company = { id: world.newId(), name: companyName, members: new Map() };
		world.companies.set(companyName, company);
	}
	company.members.set(contact, name);
	return company;
}

/** The address of the company's first enabled credential; none → nothing is sent (docs/api/kaifangqian.md 7.1). */
export const callbackAddressOf = (
	{ credentials }: World,
	companyName: string,
): string | undefined =>
	credentials.find(({ company, enabled }) => company === companyName && enabled)?.callbackUrl;

export const isMember = (world: World, company: string, contact: string): boolean =>
	world.companies.get(company)?.members.has(contact) ?? false;

export const lineById = (world: World, signReId: string): BusinessLine | undefined =>
	[...world.lines.values()].find((line) => line.signReId === signReId);
