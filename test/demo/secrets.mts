import type { Secrets } from '../engine/engine.mjs';
import type { KaifangqianSandbox } from '../sandbox/kaifangqian/index.mjs';

/** The credential that the example workflows name, filled in for the stand-in. */
export const demoSecrets = (kaifangqian: KaifangqianSandbox): Secrets => ({
	cnEsignApi: {
		platform: 'kaifangqian',
		baseUrl: kaifangqian.baseUrl,
		appAuthToken: kaifangqian.token,
		secret: '',
		platformPublicKey: '',
	},
});
