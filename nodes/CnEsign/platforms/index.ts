import type { PlatformDefinition } from './definition';
import { kaifangqian } from './kaifangqian';
import { qiandun } from './qiandun';

/**
 * All platforms, in the order in which people choose from them; the first is the default. The only place
 * outside a platform's folder that names one.
 */
export const platforms: PlatformDefinition[] = [kaifangqian, qiandun];

/** The platform with this value, if there is one. */
export function platformOf(value: unknown): PlatformDefinition | undefined {
	return platforms.find((platform) => platform.value === value);
}
