/** The two platforms as the matrix needs them. */
import type { IDataObject } from 'n8n-workflow';
import type { EngineOptions } from '../engine/engine.mjs';
import {
	credentialFor as kaifangqianCredential,
	startKaifangqian,
	type KaifangqianSandbox,
} from '../engine/kaifangqian.mjs';
import {
	credentialFor as qiandunCredential,
	startQiandun,
	type QiandunSandbox,
} from '../engine/qiandun.mjs';
import type { PlatformName } from './faults.mjs';
import type { Marks } from './hunt.mjs';
import type { Inputs } from './inputs/input.mjs';
import { kaifangqianInputs } from './inputs/kaifangqian.mjs';
import { qiandunInputs } from './inputs/qiandun.mjs';
import type { Upstream } from './proxy.mjs';

/** A stand-in that runs. */
export interface Running<Sandbox> {
	sandbox: Sandbox;
	origin: string;
	reset(): void;
	/** From now on the platform looks closely: what a test prepares is not signed. */
	arm(): void;
	close(): Promise<void>;
	/** How far the platform's clock is ahead of ours, in ms. */
	skew(ms: number): void;
	/** Contracts that exist on the platform. */
	contracts(): number;
	/** The credential as n8n would hand it out, for another origin. */
	credential(origin: string): EngineOptions['secrets'];
	marks: Marks;
	options: IDataObject;
}

export interface Stage<Sandbox> {
	name: PlatformName;
	inputs: Inputs<Sandbox>;
	isDone(answer: Upstream): boolean;
	start(): Promise<Running<Sandbox>>;
}

/** Made-up people, as the inputs and the stand-ins name them. */
const recognisable = [
	...['110101199001011234', '13800138000', '13900139000'],
	...['13912345670', '13912345671', '13912345672'],
];
const personal = [...recognisable, '张三', '李四', '6222020000000000000'];

const codeOf = ({ body }: Upstream): string | undefined => {
	try {
		return String((JSON.parse(body.toString()) as { code?: unknown }).code);
	} catch {
		return undefined;
	}
};

export const kaifangqianStage: Stage<KaifangqianSandbox> = {
	name: 'kaifangqian',
	inputs: kaifangqianInputs,
	isDone: (answer) =>
		codeOf(answer) === '10000' ||
		(answer.status === 200 && String(answer.headers['content-type']).includes('octet-stream')),
	async start() {
		let skew = 0;
		const now = () => Date.now() + skew;
		const switches = { throttle: false };
		const sandbox = await startKaifangqian({ now, switches });
		const secret = sandbox.developerPrivateKey;
		return {
			sandbox,
			origin: sandbox.origin,
			reset() {
				skew = 0;
				sandbox.reset();
			},
			arm() {
				sandbox.switches.strictSign = true;
			},
			close: async () => await sandbox.close(),
			skew(ms) {
				skew = ms;
			},
			contracts: () => sandbox.control.contracts().length,
			credential: (origin) =>
				kaifangqianCredential(sandbox, {
					baseUrl: sandbox.baseUrl.replace(sandbox.origin, origin),
					secret,
				}) as EngineOptions['secrets'],
			marks: {
				secrets: [sandbox.token, ...secret.split('\n').slice(1, -2)],
				personal,
				recognisable,
			},
			// Nothing is throttled, so nothing need be paced.
			options: { callsPerSecond: 0 },
		};
	},
};

export const qiandunStage: Stage<QiandunSandbox> = {
	name: 'qiandun',
	inputs: qiandunInputs,
	isDone: (answer) => codeOf(answer) === '200',
	async start() {
		const appKey = 'MARKED-app-key';
		const appSecret = 'MARKED-app-secret-not-a-real-one';
		const sandbox = await startQiandun({ controlApi: false, appKey, appSecret });
		return {
			sandbox,
			origin: sandbox.origin,
			reset: () => sandbox.reset(),
			arm() {
				sandbox.switches.strictSignedHeaders = true;
			},
			close: async () => await sandbox.close(),
			skew(ms) {
				sandbox.switches.clockSkewMs = ms;
			},
			contracts: () => sandbox.control.contracts().length,
			credential: (origin) =>
				qiandunCredential(sandbox, { baseUrl: sandbox.baseUrl.replace(sandbox.origin, origin) }),
			marks: { secrets: [appSecret], personal: [appKey, ...personal], recognisable },
			options: {},
		};
	},
};
