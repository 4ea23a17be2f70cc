import type { KaifangqianSandbox } from '../sandbox/kaifangqian/index.mjs';

/** What the parts of the demo share. */
export interface Stage {
	kaifangqian: KaifangqianSandbox;
	/** Folder for what the user is to look at. */
	output: string;
}

/** One workflow of the demo. They run one after another on the same stage. */
export interface Part {
	title: string;
	run(stage: Stage): Promise<void>;
}
