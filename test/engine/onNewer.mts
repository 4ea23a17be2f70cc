import { it } from 'vitest';
import { isProjects } from './whichN8n.mjs';

/**
 * For what is known not to work with an n8n other than the project's own (README, Compatibility). It has
 * to fail there, so that whoever mends it notices.
 */
export const onNewer = isProjects ? it : it.fails;
