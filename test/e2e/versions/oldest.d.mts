import type { N8nChoice } from '../install.mjs';

export const OLDEST: N8nChoice;
