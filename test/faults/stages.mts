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
import type { PlatformName } from './fault.mjs';
import type { Marks } from './hunt.mjs';
import type { Inputs } from './inputs/input.mjs';
import { kaifangqianInputs } from './inputs/kaifangqian.mjs';
import { qiandunInputs } from './inputs/qiandun.mjs';
import type { Upstream } from './proxy.mjs';
import type { Spoiling } from '../sandbox/kaifangqian/switches.mjs';

/** A contract as the platform has it. */
export interface StoredContract {
	id: string;
	/** '' where the platform has none that matters here. */
	status: string;
	/** Open tasks. */
	asked: number;
	/** Everything that the item is known by which it was made for. */
	text: string;
}

const ASKING_NOBODY = ['DRAFT', 'RECALLED', 'DELETED'];

/** Whether somebody is asked by it, or was: what there must not be twice for one item. */
export const isAsking = ({ status, asked }: StoredContract): boolean =>
	!ASKING_NOBODY.includes(status) && !(asked === 0 && ['START', 'SIGNING'].includes(status));

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
	contracts(): StoredContract[];
	/** How often calls have met that must not. */
	overlaps(): number;
	/** The next start is mixed up. */
	spoil(how: Spoiling): void;
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
		// Endpoint 16 exists on the hosted site only.
		const switches = { throttle: false, hostedSite: true };
		const sandbox = await startKaifangqian({ now, switches });
		const secret = sandbox.developerPrivateKey;
		return {
			sandbox,
			origin: sandbox.origin,
			reset() {
				skew = 0;
				sandbox.reset();
				// Nobody meets anybody while a test prepares.
				sandbox.switches.startMs = 0;
			},
			arm() {
				sandbox.switches.strictSign = true;
				sandbox.switches.startMs = 40;
			},
			close: async () => await sandbox.close(),
			skew(ms) {
				skew = ms;
			},
			contracts: () =>
				sandbox.control.contracts().map((contract) => ({
					id: contract.contractId,
					status: contract.status,
					asked: contract.openTasks.length,
					text: JSON.stringify(contract),
				})),
			overlaps: () => sandbox.control.overlaps(),
			spoil: (how) => void sandbox.switches.spoilNext.push(how),
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
			contracts: () =>
				sandbox.control.contracts().map((contract) => ({
					...{ id: contract.contractId, status: '', asked: 1 },
					text: JSON.stringify(contract),
				})),
			overlaps: () => 0,
			spoil() {
				throw new Error('Qiandun is not known to mix up contracts');
			},
			credential: (origin) =>
				qiandunCredential(sandbox, { baseUrl: sandbox.baseUrl.replace(sandbox.origin, origin) }),
			marks: { secrets: [appSecret], personal: [appKey, ...personal], recognisable },
			options: {},
		};
	},
};
