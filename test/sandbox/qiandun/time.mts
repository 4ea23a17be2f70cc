/** `2024-12-19 17:21:39` as in the samples. Their time zone is not stated (choice): China, UTC+8. */
export function chinaTime(at: number): string {
	return new Date(at + 8 * 3600 * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
