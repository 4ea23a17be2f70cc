import type {
	ICredentialTestRequest,
	IHookFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodeProperties,
} from 'n8n-workflow';
import type { Client, ClientDefinition } from '../runtime/http/createClient';
import type { BaseCredential } from '../runtime/http/credential';
import type { SigningClock } from '../runtime/http/signableRequest';
import type { Resource } from '../runtime/items/operation';
import type { CallbackBody, CallbackContext, CallbackEvent, Opened, Verdict } from './callbacks';

/** One e-signature platform: everything that this package knows about it. */
export interface PlatformDefinition<Credential extends BaseCredential = BaseCredential> {
	/** Value of the parameter `platform` and of the credential's field. */
	value: string;
	name: string;
	/** What its users call it. */
	localName: string;
	description: string;
	credential: CredentialDefinition<Credential>;
	actions: ActionsDefinition<Credential>;
	trigger: TriggerDefinition<Credential>;
}

type TestRules = NonNullable<ICredentialTestRequest['rules']>;

export interface CredentialDefinition<Credential extends BaseCredential> {
	/** Besides the platform itself; each is shown for this platform only. */
	fields: INodeProperties[];
	/** The base URL of its sandbox or hosted site. */
	usualUrl: string;
	/** A part of an address by which a base URL of this platform is recognized. */
	urlMark: string;
	/** Whether an address belongs to the installation of this credential. Only such requests are signed. */
	ownsUrl(url: URL, credential: Credential): boolean;
	/** Signs the final bytes of a request. Signing a signed request again gives a fresh one. */
	sign(
		credential: Credential,
		request: IHttpRequestOptions,
		clock: SigningClock,
	): Promise<IHttpRequestOptions>;
	/** One harmless call, and what its answers say. The rules of all platforms stand in one list. */
	test: {
		/** Path and query below the base URL; a GET, of which `sign` may make the call that the platform wants. */
		url: string;
		/**
		 * Whether refusals are read from the body whatever the HTTP status. n8n then takes every code that no rule
		 * names for a success, so `rules` must know all that a wrong credential gets. Without it the rules for an
		 * HTTP status count, and those of another platform for the same status speak, too: name the platform.
		 */
		readsBody: boolean;
		/** Codes of refusals after which no call and no callback can work. */
		refused: string[];
		/** Codes that show that the credential works; no rule of another platform is asked about them. */
		good: string[];
		rules: Array<TestRules[number]>;
	};
}

export type ListSearch = (
	client: Client,
	context: ILoadOptionsFunctions,
	filter?: string,
) => Promise<INodeListSearchResult>;

export interface ActionsDefinition<Credential extends BaseCredential> {
	resources: Resource[];
	/** Properties of the `options` collection that every operation of this platform has. */
	options: INodeProperties[];
	client: ClientDefinition<Credential>;
	/** By the name under which a resource locator asks for it. */
	listSearch?: Record<string, ListSearch>;
	/** Output fields that tell a person what exists on the platform when a run stops half-way. */
	idFields: string[];
}

export interface EventDefinition {
	value: string;
	name: string;
	description: string;
}

export interface TriggerDefinition<Credential extends BaseCredential> {
	/** All that can be chosen. What has no entry is passed on as `unknown`, whatever is chosen. */
	events: EventDefinition[];
	options: INodeProperties[];
	/** What to do with the address, said above the parameters. */
	notice: string;
	/** The answer by which the platform knows that a callback has arrived. */
	acknowledgement: string;
	/** Longest address of the webhook, and what a longer one does. */
	longestUrl?: { characters: number; otherwise: string };
	/** Decrypts a delivery and checks its form. */
	open(callback: CallbackContext<Credential>): Opened | Promise<Opened>;
	/** The event as the body alone tells it; never throws, never drops. */
	normalise(body: CallbackBody): CallbackEvent;
	/** Proves the event, and returns it as it really is. */
	prove(
		callback: CallbackContext<Credential>,
		body: CallbackBody,
		event: CallbackEvent,
	): Promise<Verdict>;
	/**
	 * Whether a contract is running now, for platforms whose contracts can live again under their ID.
	 * `undefined` where the platform cannot be asked.
	 */
	isRunning?(
		callback: CallbackContext<Credential>,
		contractId: string,
	): Promise<boolean | undefined>;
	/** Answers a GET of the platform's console that wants more than the acknowledgement. */
	answerSetup?(callback: CallbackContext<Credential>): Promise<string>;
	/** For platforms whose API takes the address: called when the workflow is published and unpublished. */
	register?(context: IHookFunctions, url: string, credential: Credential): Promise<void>;
	unregister?(context: IHookFunctions, url: string, credential: Credential): Promise<void>;
	/** Whether the address is registered already; n8n asks at each start. */
	isRegistered?(context: IHookFunctions, url: string, credential: Credential): Promise<boolean>;
}
