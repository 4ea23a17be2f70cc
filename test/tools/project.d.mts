export const root: string;
export function inRoot(...parts: string[]): string;
export function readJson(...parts: string[]): unknown;
export class PlainError extends Error {}
export function endWith(error: unknown): never;
