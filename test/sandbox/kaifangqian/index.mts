import type { AddressInfo } from 'node:net';
import type { RecordedRequest } from '../shared/recording.mjs';
import { createCallbackSender, type CallbackSender } from './callbacks.mjs';
import { addControlApi } from './control-http.mjs';
import { createControl, type Control } from './control.mjs';
import type { Fault } from './faults.mjs';
import { keyPair } from './keys.mjs';
import { addPages } from './pages/index.mjs';
import type { Member } from './seeds.mjs';
import { buildServer, type Traffic } from './server.mjs';
import type { Switches } from './switches.mjs';
import { createThrottle } from './throttle.mjs';
import { createWorld, forget } from './world.mjs';

export type { Delivery } from './callbacks.mjs';
export type { Control } from './control.mjs';
export type { ContractSnapshot } from './contract/model.mjs';
export type { Fault } from './faults.mjs';
export type { Switches } from './switches.mjs';
export type { RecordedRequest } from '../shared/recording.mjs';
export type * from './wire.mjs';

export interface KaifangqianOptions {
	/** 0 (default): any free port. */
	port?: number;
	/** 127.0.0.1 unless told. */
	host?: string;
	/** Where links point, when that is not where the server listens (a container, a proxy). */
	publicOrigin?: string;
	prefix?: string;
	bodyLimitBytes?: number;
	/** Starting values, also after `reset()`. */
	switches?: Partial<Switches>;
	callbackUrl?: string;
	callbackConnectTimeoutMs?: number;
	callbackReadTimeoutMs?: number;
	/** Runs the scheduled job by itself; off by default, tests call `runScheduledJob()`. */
	scheduledJobEveryMs?: number;
	/** The platform's clock. */
	now?: () => number;
	/** The same token and the same ids of seal, lines and template at every start; off by default. */
	stableSeeds?: boolean;
	/** Public half of the caller's own key, instead of that of `developerPrivateKey`. */
	developerPublicKey?: string;
}

export interface Person {
	name: string;
	contactType: 'MOBILE';
	contact: string;
}

type LineName = 'free' | 'approving' | 'writing' | 'preset' | 'template' | 'disabled' | 'foreign';

export interface KaifangqianSandbox {
	origin: string;
	baseUrl: string;
	token: string;
	disabledToken: string;
	/** Token of another company, which owns only the line `foreign`. */
	otherToken: string;
	operator: Person;
	colleague: Person;
	/** A member who may use no business line. */
	visitor: Person;
	lines: Record<LineName, string>;
	sealId: string;
	templateId: string;
	templateParamKey: string;
	companyName: string;
	readonly platformPublicKey: string;
	readonly developerPrivateKey: string;
	requests: RecordedRequest[];
	readonly maxInFlight: number;
	switches: Switches;
	failNext(pathOrStar: string, fault: Fault, times?: number): void;
	control: Control;
	callbacks: CallbackSender;
	/** Begins `requests` and `maxInFlight` anew; everything else stays. */
	forgetRequests(): void;
	reset(): void;
	close(): Promise<void>;
}

const DEFAULT_PREFIX = '/resrun-paas/kaifangqian/openAPI/V2';
const DEFAULT_BODY_LIMIT = 320 * 1024 * 1024;

export async function startKaifangqian(
	options: KaifangqianOptions = {},
): Promise<KaifangqianSandbox> {
	const developerPublicKey = () => options.developerPublicKey ?? keyPair('developer').publicKey;
	const world = createWorld({ ...options, developerPublicKey });
	const traffic: Traffic = {
		requests: [],
		faults: [],
		throttle: createThrottle(world.switches),
		inFlight: 0,
		maxInFlight: 0,
	};
	const {
		notify,
		reset: resetCallbacks,
		...callbacks
	} = createCallbackSender(world, {
		connectTimeoutMs: options.callbackConnectTimeoutMs ?? 3000,
		readTimeoutMs: options.callbackReadTimeoutMs ?? 5000,
	});
	world.notify = notify;
	const control = createControl(world);
	const prefix = options.prefix ?? DEFAULT_PREFIX;
	const app = buildServer(world, traffic, {
		prefix,
		bodyLimit: options.bodyLimitBytes ?? DEFAULT_BODY_LIMIT,
	});

	const [disabled, enabled, other] = world.credentials;
	const [operator, colleague, visitor] = world.members.map(personOf);
	const lines = Object.fromEntries(
		Object.entries(world.lines).map(([name, line]) => [name, line.signReId]),
	) as Record<LineName, string>;
	const sandbox: KaifangqianSandbox = {
		origin: '',
		baseUrl: '',
		token: enabled.token,
		disabledToken: disabled.token,
		otherToken: other.token,
		operator,
		colleague,
		visitor,
		lines,
		sealId: world.sealId,
		templateId: world.template.templateId,
		templateParamKey: world.template.requiredParams[0],
		companyName: world.companyName,
		// Made when first asked for: most tests need neither, and making one is slow.
		get platformPublicKey() {
			return keyPair('platform').publicKey;
		},
		get developerPrivateKey() {
			return keyPair('developer').privateKey;
		},
		requests: traffic.requests,
		get maxInFlight() {
			return traffic.maxInFlight;
		},
		switches: world.switches,
		failNext(path, fault, times = 1) {
			traffic.faults.push({ path, fault, left: times });
		},
		control,
		callbacks,
		forgetRequests() {
			traffic.requests.length = 0;
			traffic.maxInFlight = traffic.inFlight;
		},
		reset() {
			forget(world, options.switches);
			control.setCallbackUrl(options.callbackUrl);
			resetCallbacks();
			traffic.faults.length = 0;
			traffic.throttle.reset();
			sandbox.forgetRequests();
		},
		async close() {
			clearInterval(job);
			resetCallbacks();
			await app.close();
		},
	};
	addPages(app, world, callbacks, { apiPrefix: prefix });
	addControlApi(app, sandbox);
	await app.listen({ port: options.port ?? 0, host: options.host ?? '127.0.0.1' });

	const { port } = app.server.address() as AddressInfo;
	sandbox.origin = options.publicOrigin ?? `http://${options.host ?? '127.0.0.1'}:${port}`;
	sandbox.baseUrl = sandbox.origin + prefix;
	world.origin = sandbox.origin;
	const job = options.scheduledJobEveryMs
		? setInterval(() => void callbacks.runScheduledJob(), options.scheduledJobEveryMs).unref()
		: undefined;
	return sandbox;
}

const personOf = ({ name, mobile }: Member): Person => ({
	name,
	contactType: 'MOBILE',
	contact: mobile,
});
