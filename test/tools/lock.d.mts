export function alone<T>(work: () => Promise<T>, lock?: { file: string; what: string }): Promise<T>;
