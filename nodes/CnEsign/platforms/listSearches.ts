import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { createClient } from '../runtime/http/createClient';
import { readCredential } from '../runtime/http/credential';
import { singleCall } from '../runtime/items/settings';
import type { ListSearch, PlatformDefinition } from './definition';

const TIMEOUT = 20_000;

type Search = (this: ILoadOptionsFunctions, filter?: string) => Promise<INodeListSearchResult>;

const searchOn = (
	platform: PlatformDefinition,
	platforms: PlatformDefinition[],
	search: ListSearch,
): Search =>
	async function (filter) {
		const credential = await readCredential(this, platform, platforms);
		// Somebody waits in the editor: one more try, and no longer.
		const settings = { ...singleCall(TIMEOUT), retries: 1 };
		const client = createClient(platform.actions.client, this, settings, credential).forItem(0);
		return await search(client, this, filter);
	};

/** The lists of all platforms as n8n's editor asks for them. */
export function listSearches(platforms: PlatformDefinition[]): Record<string, Search> {
	return Object.fromEntries(
		platforms.flatMap((platform) =>
			Object.entries(platform.actions.listSearch ?? {}).map(([name, search]) => [
				name,
				searchOn(platform, platforms, search),
			]),
		),
	);
}
