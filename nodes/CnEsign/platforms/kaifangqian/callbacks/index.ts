import type { INodeProperties } from 'n8n-workflow';
import { openJson } from '../../callbacks';
import type { TriggerDefinition } from '../../definition';
import type { KaifangqianCredential } from '../signing';
import { isRunning } from './askBack';
import { events } from './events';
import { normalise } from './normalise';
import { prove } from './prove';

const options: INodeProperties[] = [
	{
		displayName: 'Accept Unproven Deletions',
		name: 'acceptUnprovenDeletions',
		type: 'boolean',
		default: false,
		description:
			"Whether to start for deletions that nobody can check, because the platform no longer knows the contract ('verified' is 'none')",
	},
	{
		displayName: 'Confirm With Platform',
		name: 'confirmWithPlatform',
		type: 'boolean',
		default: true,
		description:
			'Whether to ask the platform first where there is no public key. Turned off, anybody who knows the address starts the workflow.',
	},
];

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
