import type { PlatformDefinition } from './definition';
import { kaifangqian } from './kaifangqian';
import { qiandun } from './qiandun';

/**
 * All platforms, in the order in which people choose from them; the first is the default. The only place
 * outside a platform's folder that names one.
 */
export const platforms: PlatformDefinition[] = [kaifangqian, qiandun];
