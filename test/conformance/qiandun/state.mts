import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { expectThat, type Trial } from '../suite.mjs';
import type { QiandunTarget } from './target.mjs';

export type Kind =
	| 'personCheck'
	| 'companyCheck'
	| 'cardReading'
	| 'contract'
	| 'verificationLink'
	| 'silentSignLink';

/** What earlier trials have made for later ones. */
export interface State {
	isStarted?: boolean;
	contractId?: string;
}

export type QiandunTrial = Trial<QiandunTarget, State, Kind>;

/**
 * For calls that make something or are billed: not even one that the platform was too busy to accept
 * is sent again, so that what was said beforehand holds whatever it counts.
 */
export const onlyOnce: IDataObject = { retries: 0 };

export const onlyItem = (items: INodeExecutionData[]): IDataObject => {
	expectThat(items.length === 1, `the operation gave ${items.length} items`);
	return items[0].json;
};

/** A link is a secret: what it looks like is said, not what it is. */
export const linkNote = (link: string): string => `a page on ${new URL(link).host}`;
