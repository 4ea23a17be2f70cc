/** What several measurements of one thing give. */
export interface Sample {
	median: number;
	min: number;
	max: number;
	count: number;
}

export const median = (values: number[]): number => {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

export const sampleOf = (values: number[]): Sample => {
	if (values.length === 0 || values.some((value) => !Number.isFinite(value)))
		throw new Error(`Not measured: ${JSON.stringify(values)}`);
	return {
		median: median(values),
		min: Math.min(...values),
		max: Math.max(...values),
		count: values.length,
	};
};

/**
 * Pair by pair, because the machine's speed drifts: what stood side by side in time is compared, and the
 * median is taken of the ratios, not of the figures.
 */
export const ratioOf = (ours: number[], theirs: number[]): Sample =>
	sampleOf(ours.map((value, index) => value / theirs[index]));

/** How fast the time grows with the size: 1 = in proportion. */
export const exponentOf = (
	small: { size: number; ms: number },
	large: { size: number; ms: number },
): number => Math.log(large.ms / small.ms) / Math.log(large.size / small.size);
