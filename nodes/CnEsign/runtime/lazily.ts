import { UserError } from 'n8n-workflow';

/**
 * Loads a part of the package when it is first needed: n8n loads every node whenever one of its processes
 * starts, and there needs the description alone. It is kept, so that a run goes on with what it began
 * with, also while n8n replaces the package. Throws a message for a person where it cannot be loaded.
 */
export const lazily = <T extends object>(load: () => Promise<T>): (() => Promise<T>) => {
	let loaded: T | undefined;
	return async () => {
		loaded ??= await load().catch((cause: unknown) => {
			throw new UserError('A part of the package n8n-nodes-cn-esign could not be loaded', {
				description:
					'Nothing was sent. n8n may be updating the package at this moment: wait a little and try again. If it stays so, restart n8n or install the package again.',
				cause,
			});
		});
		return loaded;
	};
};
