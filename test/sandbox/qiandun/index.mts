/**
 * A stand-in for 签盾开放平台-电子签约服务 (edition A of docs/api/qiandun.md): everything documented, nothing
 * guessed. What is not known is either refused or a switch (`switches.mts`).
 *
 * Not served, because nothing or too little is known: 36 of the 45 menu entries (no path), uploading
 * (#26), contract statuses, every `signStatus` but `finished`, the deadline codes oc_40001/oc_40002,
 * rate limits, file limits, a signature of callbacks.
 */
import Fastify from 'fastify';
import { sendPage } from '../shared/forms.mjs';
import { registerApi } from './api.mjs';
import { createCallbacks } from './callbacks.mjs';
import { createControl } from './control.mjs';
import { addControlRoutes } from './controlRoutes.mjs';
import type { World } from './endpoints/endpoint.mjs';
import { createFaults } from './faults.mjs';
import { createGate } from './gate.mjs';
import { unknownPage } from './pages/layout.mjs';
import { addPages } from './pages/index.mjs';
import { createSeeds } from './seeds.mjs';
import { createState } from './state.mjs';
import { defaultSwitches } from './switches.mjs';
import type { ConfiguredPaths, QiandunOptions, QiandunSandbox, RecordedRequest } from './types.mjs';

export { BUSINESS_TYPES } from './callbacks.mjs';
export type { CallbackEvent, Callbacks, Delivery } from './callbacks.mjs';
export type { Control } from './control.mjs';
export { ECHO_PATH } from './echo.mjs';
export { MESSAGES } from './envelope.mjs';
export type { Fault } from './faults.mjs';
export type { Seeds } from './seeds.mjs';
export { defaultSwitches } from './switches.mjs';
export type { Switches } from './switches.mjs';
export type {
	ConfiguredPaths,
	Outcome,
	QiandunOptions,
	QiandunSandbox,
	RecordedRequest,
} from './types.mjs';

/** Plainly artificial: the real paths of #30, #39 and #40 are not public. */
const DEFAULT_PATHS: ConfiguredPaths = {
	start: '/sandbox-only/contract/start',
	details: '/sandbox-only/callback/details',
	confirm: '/sandbox-only/callback/confirm',
};

export async function startQiandun(options: QiandunOptions = {}): Promise<QiandunSandbox> {
	const appKey = options.appKey ?? 'sandboxAppKey';
	const appSecret = options.appSecret ?? 'sandboxAppSecret-not-a-real-one';
	const paths = { ...DEFAULT_PATHS, ...options.paths };
	const initialSwitches = () => ({ ...defaultSwitches(), ...options.switches });
	const switches = initialSwitches();
	const clock = options.now ?? Date.now;
	const now = () => clock() + switches.clockSkewMs;

	let state = createState(appKey);
	let inFlight = 0;
	let maxInFlight = 0;
	const requests: RecordedRequest[] = [];
	const faults = createFaults();
	const desk = createCallbacks(switches);
	const gate = createGate({
		secretOf: (key) => (key === appKey ? appSecret : undefined),
		switches,
		now,
	});
	const control = createControl({ state: () => state, appKey, now, desk });
	const world: World = {
		get state() {
			return state;
		},
		switches,
		appKey,
		origin: '',
		now,
		notify: desk.notify,
		pull: desk.pull,
		confirm: desk.confirm,
	};

	// No logger: headers and bodies never reach a console.
	const app = Fastify({
		logger: false,
		forceCloseConnections: true,
		exposeHeadRoutes: false,
		// A URL that cannot be routed at all; the framework's own JSON would pass for the platform's.
		frameworkErrors(_error, _request, reply) {
			reply.hijack();
			reply.raw.writeHead(400).end();
		},
		bodyLimit: 256 * 1024 * 1024, // the platform's own limits are not known
		// A stand-in that mends its callers' types would hide their mistakes.
		ajv: {
			customOptions: {
				coerceTypes: false,
				removeAdditional: false,
				useDefaults: false,
				allowUnionTypes: true,
			},
		},
	});
	app.setNotFoundHandler((_request, reply) => sendPage(reply, unknownPage(), 404));

	const sandbox: QiandunSandbox = {
		origin: '',
		baseUrl: '',
		appKey,
		appSecret,
		paths,
		seeds: createSeeds(appKey).seeds,
		get state() {
			return state;
		},
		requests,
		get maxInFlight() {
			return maxInFlight;
		},
		switches,
		failNext: faults.failNext,
		control,
		callbacks: desk.api,
		reset() {
			state = createState(appKey);
			Object.assign(switches, initialSwitches());
			requests.length = 0;
			maxInFlight = inFlight;
			faults.reset();
			gate.reset();
			desk.reset();
		},
		async close() {
			desk.reset();
			await app.close();
		},
	};

	await app.register(
		async (api) =>
			registerApi(api, {
				world,
				gate,
				faults,
				paths,
				requests,
				inFlight(change) {
					inFlight += change;
					maxInFlight = Math.max(maxInFlight, inFlight);
				},
			}),
		{ prefix: '/api' },
	);
	if (options.controlApi !== false) {
		await app.register(async (part) => addControlRoutes(part, sandbox), { prefix: '/__control' });
		await app.register(async (part) => addPages(part, sandbox));
	}

	sandbox.origin = world.origin = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
	sandbox.baseUrl = `${sandbox.origin}/api`;
	return sandbox;
}
