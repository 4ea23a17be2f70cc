import { ensureN8n, type InstalledN8n } from '../install.mjs';
import { OLDEST } from './oldest.mjs';

export interface Version {
	/** Which end of the range it is. */
	name: string;
	ensure(): Promise<InstalledN8n>;
	/** What it needs to be told. */
	env?: Record<string, string>;
	/** Where it keeps files besides the file system. */
	otherStorage: 'database' | 'default';
}

/** Both ends of what the README promises. */
export const newest: Version = {
	name: 'newest',
	ensure: async () => await ensureN8n(),
	otherStorage: 'database',
};

export const oldest: Version = {
	name: 'oldest',
	ensure: async () => await ensureN8n(OLDEST),
	// In memory, and with the execution in the database: what it does unless told otherwise.
	otherStorage: 'default',
};

export const oldestOnNode20: Version = {
	...oldest,
	name: 'oldest on Node 20',
	ensure: async () => await ensureN8n({ ...OLDEST, node: 'own' }),
	env: { N8N_EXPRESSION_ENGINE: 'legacy' },
};
