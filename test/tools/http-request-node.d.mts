export const httpRequestNode: { entry: string; stub: string };
export function fetchHttpRequestNode(): void;
