import type { INodeProperties } from 'n8n-workflow';
import { byName } from '../../runtime/properties/properties';
import type { PlatformDefinition } from '../definition';

/** "Kaifangqian (开放签) or Qiandun (签盾)" */
export function platformNames(platforms: PlatformDefinition[]): string {
	return platforms.map(({ name, localName }) => `${name} (${localName})`).join(' or ');
}

/** The choice of a platform, as both nodes and the credential have it. */
export function platformProperty(
	platforms: PlatformDefinition[],
	description: string,
): INodeProperties {
	const [{ value: first }] = platforms;
	return {
		displayName: 'Platform',
		name: 'platform',
		type: 'options',
		noDataExpression: true,
		options: platforms
			.map(({ name, value, description: what }) => ({ name, value, description: what }))
			.sort(byName),
		default: first,
		description,
	};
}
