/** Faults a test orders for the next call or calls (docs/api/qiandun.md, 9, "Fault switches"). */
export type NamedFault =
	/** Envelope with code "500"; nothing was done. */
	| 'code500'
	/** HTTP 200, plain text; nothing was done. */
	| 'nonJson'
	/** HTTP 200, a web page; nothing was done. */
	| 'html200'
	/** Done, and half of the answer arrives. */
	| 'truncatedJson'
	/** The connection ends before anything was done. */
	| 'dropBefore'
	/** The connection ends after it was done. */
	| 'dropAfter'
	/** Done; ids above 2^53 come as bare JSON integers. */
	| 'bigIntegers';

export interface AnswerFault {
	status: number;
	body?: string | Record<string, unknown>;
	headers?: Record<string, string>;
}

export interface DelayFault {
	delayMs: number;
}

export type Fault = NamedFault | AnswerFault | DelayFault;

/** `path` as below the base or with `/api`; `'*'` = whichever call comes next. */
export type FailNext = (path: string, fault: Fault, times?: number) => void;

export const NAMED_FAULTS: readonly NamedFault[] = [
	'code500',
	'nonJson',
	'html200',
	'truncatedJson',
	'dropBefore',
	'dropAfter',
	'bigIntegers',
];

export interface Faults {
	failNext: FailNext;
	take(path: string): Fault | null;
	reset(): void;
}

export function createFaults(): Faults {
	let ordered: Array<{ path: string; fault: Fault; left: number }> = [];
	return {
		failNext(path, fault, times = 1) {
			ordered.push({ path: path.replace(/^\/api(?=\/)/, ''), fault, left: times });
		},
		take(path) {
			const below = path.replace(/^\/api(?=\/)/, '');
			const found = ordered.find((entry) => entry.path === '*' || entry.path === below);
			if (!found) return null;
			found.left -= 1;
			ordered = ordered.filter(({ left }) => left > 0);
			return found.fault;
		},
		reset() {
			ordered = [];
		},
	};
}
