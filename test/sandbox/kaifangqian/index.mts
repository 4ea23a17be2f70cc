import type { AddressInfo } from 'node:net';
import type { RecordedRequest } from '../shared/recording.mjs';
import { createCallbackSender, type CallbackSender } from './callbacks.mjs';
import { createControl, type Control } from './control.mjs';
import { addControlRoutes } from './controlRoutes.mjs';
import { COLLEAGUE, VISITOR } from './extraSeeds.mjs';
import type { Fault } from './faults.mjs';
import { keyPair } from './keys.mjs';
import { addPages } from './pages/index.mjs';
import { OPERATOR, type LineName } from './seeds.mjs';
import { buildServer, type Traffic } from './server.mjs';
import type { Switches } from './switches.mjs';
import { createThrottle } from './throttle.mjs';
import { createReset, createWorld } from './world.mjs';

export type { Delivery } from './callbacks.mjs';
export type { Control } from './control.mjs';
export type { ContractSnapshot } from './contract/model.mjs';
export type { Field } from './fields/place.mjs';
export type { LineName, LineState } from './seeds.mjs';
export type { Fault } from './faults.mjs';
export type { Spoiling, Switches } from './switches.mjs';
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
	/** The throttle's clock in milliseconds; the machine's unless told, because it must not stand still for others. */
	throttleClock?: () => number;
	/** The platform's clock. */
	now?: () => number;
	/** The same token and the same ids of seal, lines and template at every start; off by default. */
	stableSeeds?: boolean;
	/** People, lines and credentials beyond the recorded world; on by default. */
	extras?: boolean;
	/** Public half of the caller's own key, instead of that of `developerPrivateKey`. */
	developerPublicKey?: string;
}

export interface Person {
	name: string;
	contactType: 'MOBILE';
	contact: string;
}

export interface KaifangqianSandbox {
	origin: string;
	baseUrl: string;
	token: string;
	/** This and the next three only with `extras`. */
	disabledToken: string;
	/** Token of another company, which owns only the line `foreign`. */
	otherToken: string;
	colleague: Person;
	/** A member who may use no business line. */
	visitor: Person;
	operator: Person;
	/** Ids; '' for those that only `extras` make. */
	lines: Record<LineName, string>;
	sealId: string;
	/** Of the line `template`, or of `presetTemplate` without `extras`. */
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
	/** The stand-in's clock, that of the throttle too, goes on by so much. */
	passTime(ms: number): void;
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
	const clock = options.now ?? Date.now;
	let passed = 0;
	const world = createWorld({ ...options, now: () => clock() + passed, developerPublicKey });
	const reset = createReset(world, options.switches);
	const traffic: Traffic = {
		requests: [],
		faults: [],
		throttle: createThrottle(world.switches),
		clock: () => (options.throttleClock ?? (() => performance.now()))() + passed,
		inFlight: 0,
		maxInFlight: 0,
	};
	const {
		notify,
		isAddressTooLong,
		reset: resetCallbacks,
		...callbacks
	} = createCallbackSender(world, {
		connectTimeoutMs: options.callbackConnectTimeoutMs ?? 3000,
		readTimeoutMs: options.callbackReadTimeoutMs ?? 5000,
	});
	Object.assign(world, { notify, isAddressTooLong });
	const control = createControl(world);
	const prefix = options.prefix ?? DEFAULT_PREFIX;
	const app = buildServer(world, traffic, {
		prefix,
		bodyLimit: options.bodyLimitBytes ?? DEFAULT_BODY_LIMIT,
	});

	let job: NodeJS.Timeout | undefined;
	const tokenOf = (isOurs: boolean) =>
		world.credentials.find(
			({ token, company }) => token !== world.token && (company === world.companyName) === isOurs,
		)?.token ?? '';
	const line = (name: LineName) => world.lines.get(name)?.signReId ?? '';
	const template = (world.lines.get('template') ?? world.lines.get('presetTemplate'))?.template;
	const sandbox: KaifangqianSandbox = {
		origin: '',
		baseUrl: '',
		token: world.token,
		disabledToken: tokenOf(true),
		otherToken: tokenOf(false),
		operator: personOf(OPERATOR),
		colleague: personOf(COLLEAGUE),
		visitor: personOf(VISITOR),
		lines: {
			free: line('free'),
			preset: line('preset'),
			presetTemplate: line('presetTemplate'),
			approving: line('approving'),
			approvingBeforeSigning: line('approvingBeforeSigning'),
			writing: line('writing'),
			template: line('template'),
			disabled: line('disabled'),
			foreign: line('foreign'),
		},
		sealId: world.sealId,
		templateId: template?.templateId ?? '',
		templateParamKey: template?.fields[0].key ?? '',
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
		passTime(ms) {
			passed += ms;
		},
		forgetRequests() {
			traffic.requests.length = 0;
			traffic.maxInFlight = traffic.inFlight;
		},
		reset() {
			reset();
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
	let jobAt: number | undefined;
	addPages(app, world, sandbox, { apiPrefix: prefix, nextJobAt: () => jobAt });
	addControlRoutes(app, sandbox);
	await app.listen({ port: options.port ?? 0, host: options.host ?? '127.0.0.1' });

	const { port } = app.server.address() as AddressInfo;
	sandbox.origin = options.publicOrigin ?? `http://${options.host ?? '127.0.0.1'}:${port}`;
	sandbox.baseUrl = sandbox.origin + prefix;
	world.origin = sandbox.origin;
	const every = options.scheduledJobEveryMs;
	const waitForJob = (ms: number) => {
		jobAt = Date.now() + ms;
	};
	if (every) {
		waitForJob(every);
		job = setInterval(() => {
			waitForJob(every);
			void callbacks.runScheduledJob();
		}, every).unref();
	}
	return sandbox;
}

const personOf = ({ name, contact }: { name: string; contact: string }): Person => ({
	name,
	contactType: 'MOBILE',
	contact,
});
