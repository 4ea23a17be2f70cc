import { describe, expect, it } from 'vitest';
import { playFile, RECORDINGS, scenariosIn } from '../../replay/replay.mjs';

describe('the stand-in answers as the recorded server did', () => {
	const files = scenariosIn(RECORDINGS);

	it('in every recorded scenario', () => {
		expect(files.length).toBeGreaterThanOrEqual(36);
	});

	it.each(files)('%s', async (file) => {
		expect(await playFile(RECORDINGS, file)).toEqual([]);
	});
});
