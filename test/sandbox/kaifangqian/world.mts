import { randomBytes } from 'node:crypto';
import type { Contract } from './contract/model.mjs';
import type { Seeds } from './seeds.mjs';
import { seedWorld } from './seeds.mjs';
import { defaultSwitches, type Switches } from './switches.mjs';
import type { CallbackPayload } from './wire.mjs';

export interface StoredFile {
	id: string;
	fileName: string;
	suffix: string;
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
	documents: Map<string, StoredFile>;
	annexes: Map<string, StoredFile>;
	contracts: Map<string, Contract>;
	links: Map<string, PageLink>;
	/** Log-ins on the signing pages: session → contact. */
	sessions: Map<string, string>;
	identityOrders: Map<string, IdentityOrder>;
	/** `contact|signReId` of standing seal authorisations (§6.9). */
	proxies: Set<string>;
	/** Accounts made by endpoints 14 and 15: contact → mobile number. */
	accounts: Map<string, string>;
	/** Where links point; known once the server listens. */
	origin: string;
	now(): number;
	newId(): string;
	/** Queues a callback for the contract's owner company. */
	notify(company: string, payload: CallbackPayload): void;
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

export function createWorld(options: {
	now?: () => number;
	callbackUrl?: string;
	switches?: Partial<Switches>;
	stableSeeds?: boolean;
	developerPublicKey: () => string;
}): World {
	const newId = idMaker();
	return {
		...seedWorld(options.stableSeeds ? stableIdMaker() : newId, options),
		switches: { ...defaultSwitches(), ...options.switches },
		documents: new Map(),
		annexes: new Map(),
		contracts: new Map(),
		links: new Map(),
		sessions: new Map(),
		identityOrders: new Map(),
		proxies: new Set(),
		accounts: new Map(),
		origin: '',
		now: options.now ?? Date.now,
		newId,
		notify: () => {},
	};
}

/** Forgets what calls have made; tokens, members and lines stay, so that tests can go on. */
export function forget(world: World, switches: Partial<Switches> = {}): void {
	const { documents, annexes, contracts, links, sessions, identityOrders, accounts } = world;
	for (const map of [documents, annexes, contracts, links, sessions, identityOrders, accounts])
		map.clear();
	world.proxies.clear();
	Object.assign(world.switches, defaultSwitches(), switches);
}

export const findMember = (world: World, company: string, contact: string) =>
	world.members.find(
		(member) =>
			member.company === company && (member.mobile === contact || member.email === contact),
	);
