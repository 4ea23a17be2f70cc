import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

/** What a trial makes on the platform, counted in the kinds a platform has. */
export type Creates<Kind extends string> = Partial<Record<Kind, number>>;

export type Outcome =
	| { kind: 'ok'; note: string }
	/** The platform said no, with its code. */
	| { kind: 'refused'; code: string; note: string }
	/** Anything else that is not as it should be. */
	| { kind: 'failed'; note: string }
	| { kind: 'notTried'; note: string };

/** Ends a trial: the answer is not what the operation promises. */
export class Unexpected extends Error {}

/** Ends a trial that lacks something, before anything is sent. */
export class NotTried extends Error {}

/** Runs one operation through the node, in n8n's engine. With `goOn` a refused item gives an item of its own. */
export type Operate = (
	operation: string,
	parameters?: IDataObject,
	input?: INodeExecutionData[],
	goOn?: boolean,
) => Promise<INodeExecutionData[]>;

/**
 * One operation of the node, tried once. Trials run in the order of their list and hand over what
 * they made in `state`.
 */
export interface Trial<Target, State, Kind extends string> {
	/** `resource.operation`. */
	operation: string;
	creates?: Creates<Kind>;
	/** Changes something that is there without making anything. */
	changes?: boolean;
	/** Why it cannot be tried on this target; known before anything is sent. */
	impossible?(target: Target): string | undefined;
	/** Returns what was seen, in a few words without names, numbers or links. */
	run(call: { operate: Operate; target: Target; state: State }): Promise<string>;
}

/** Where a suite runs. */
export interface TargetBase {
	/** The stand-in, where people act at once and everything may be tried. */
	isStandIn: boolean;
	/** How the place is called in the report; never with a secret. */
	name: string;
	/** Whether something may be made or changed there. */
	mayWrite: boolean;
	credential: IDataObject;
	close(): Promise<void>;
}

export interface Suite<Target extends TargetBase, State, Kind extends string> {
	platform: string;
	title: string;
	/** Words for what trials make: singular, plural. */
	kinds: Record<Kind, [string, string]>;
	/** Which operations make something; a trial can call them only as often as its `creates` says. */
	makers: Array<{
		operation: string;
		kind: Kind;
		/** A call that only reads all the same. */
		unless?(parameters: IDataObject): boolean;
	}>;
	/** The stand-in, or the server that the environment names. */
	openTarget(env: NodeJS.ProcessEnv): Promise<Target>;
	newState(): State;
	trials: Array<Trial<Target, State, Kind>>;
	/** What becomes of what is still open at the end, said before anything is sent. */
	afterwards?: string;
	/** Ends what was begun and is still open, or names it; returns what it did. */
	tidy?(call: { operate: Operate; target: Target; state: State }): Promise<string[]>;
}

export type AnySuite = Suite<TargetBase, unknown, string>;

/** A suite in the form in which suites of all platforms are kept together. */
export const anySuite = <Target extends TargetBase, State, Kind extends string>(
	suite: Suite<Target, State, Kind>,
): AnySuite => suite as unknown as AnySuite;

export const textIn = (json: IDataObject | undefined, field: string): string => {
	const value = json?.[field];
	if (typeof value === 'string' && value !== '') return value;
	throw new Unexpected(`the answer has no '${field}' that is a text`);
};

export const expectThat = (condition: unknown, otherwise: string): void => {
	if (!condition) throw new Unexpected(otherwise);
};
