import type { INodeProperties } from 'n8n-workflow';

/** Options of the trigger for this platform. */
export const options: INodeProperties[] = [
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
