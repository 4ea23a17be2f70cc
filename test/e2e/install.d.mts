export interface InstalledN8n {
	version: string;
	/** Where it is installed; its packages are in node_modules below. */
	folder: string;
	/** n8n's start script, to be run by `node`. */
	bin: string;
	/** The Node program that n8n needs. */
	node: string;
	/** The environment in which n8n is started, with `extra` on top. */
	env(extra?: Record<string, string>): Record<string, string>;
}

export interface N8nChoice {
	/** Folder below test/e2e with package.json and package-lock.json; `n8n` unless told. */
	name?: string;
	/** Likewise for Node; `node24` unless told. `own`: the one that runs this. */
	node?: string;
	/** Major version of Node that n8n needs; 24 unless told. */
	major?: number;
}

export function ensureN8n(choice?: N8nChoice): Promise<InstalledN8n>;
export function ensurePackage(name: string, version: string): Promise<string>;
