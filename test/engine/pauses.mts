import { createRequire } from 'node:module';
import { join } from 'node:path';
import { projectRoot } from './engine.mjs';

type Built = typeof import('../../nodes/CnEsign/runtime/http/waiting.js');

const built = createRequire(import.meta.url)(
	join(projectRoot, 'dist/nodes/CnEsign/runtime/http/waiting.js'),
) as { pause: Built['pause'] };

/** Divides the node's own pauses by `factor`, for tests of what it does and not of when. Returns what puts them back. */
export const shortenPauses = (factor: number): (() => void) => {
	const { pause } = built;
	built.pause = async (milliseconds, signal) => await pause(milliseconds / factor, signal);
	return () => {
		built.pause = pause;
	};
};
