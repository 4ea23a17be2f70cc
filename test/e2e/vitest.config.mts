import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** By name: the numbers in front say what comes first. */
class ByName extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		return [...files].sort((a, b) => (a.moduleId < b.moduleId ? -1 : 1));
	}
}

export default defineConfig({
	test: {
		include: ['test/e2e/suite/**/*.e2e.mts'],
		globalSetup: ['test/e2e/suite/setup.mts'],
		// One n8n for all, and some tests restart it.
		fileParallelism: false,
		sequence: { sequencer: ByName },
		testTimeout: 90_000,
		hookTimeout: 120_000,
		reporters: ['verbose'],
	},
});
