import { openJson } from '../../callbacks/openJson';
import type { TriggerDefinition } from '../../definition';
import type { KaifangqianCredential } from '../signing';
import { events } from './events';
import { isRunning } from './askBack';
import { normalise } from './normalise';
import { options } from './options';
import { prove } from './prove';

/** docs/api/kaifangqian.md, 7. */
export const trigger: TriggerDefinition<KaifangqianCredential> = {
	events,
	options,
	notice:
		'Copy the production URL above into the admin console (运营后台): 接口授权 → 回调地址. A company has one address, so the test URL and the production URL cannot both be there. The address, with ?secret= if you use one, may have at most 128 characters: a longer one breaks the starting and recalling of contracts.',
	// Exactly this body, with HTTP 200 (docs/api/kaifangqian.md, 7.1).
	acknowledgement: 'success',
	longestUrl: {
		characters: 128,
		otherwise: 'a longer one breaks the starting and recalling of contracts',
	},
	open: ({ delivery }) => openJson(delivery),
	normalise,
	prove,
	isRunning,
};
