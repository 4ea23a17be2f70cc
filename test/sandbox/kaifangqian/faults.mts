import { form1, form2, form3, htmlAnswer, type Answer } from './answers.mjs';
import type { Switches } from './switches.mjs';

// What a server or a network can do to a call, planned by a test.

export type Fault =
	/** Answered without doing the work: an unexpected exception, the login filter, the throttle in both forms. */
	| 'form2'
	| 'form3'
	| 'throttled1'
	| 'throttled3'
	/** A web page: of a proxy in front with HTTP 500, or with HTTP 200. */
	| 'html500'
	| 'html200'
	| 'hugeHtml'
	| { status: number; body: string; headers?: Record<string, string> }
	/** Connection destroyed before any work. */
	| 'dropBefore'
	/** Work done, then the connection destroyed. */
	| 'dropAfter'
	/** Work done, then half of the JSON text in a complete HTTP answer. */
	| 'truncatedJson'
	/** Download: some of the bytes, then the connection destroyed. */
	| 'cutBody'
	/** A late answer that is otherwise as usual. */
	| { delayMs: number };

export interface PlannedFault {
	path: string;
	fault: Fault;
	left: number;
}

/** The next fault planned for this path (`*` = any), used up by asking. */
export function takeFault(planned: PlannedFault[], path: string): Fault | undefined {
	const found = planned.find(
		(entry) => entry.left > 0 && (entry.path === '*' || entry.path === path),
	);
	if (!found) return undefined;
	found.left -= 1;
	return found.fault;
}

const TEN_MEGABYTES = 10 * 1024 * 1024;

/** The answer of a fault that needs no work; undefined for the others. */
export function answerOf(
	fault: Fault,
	switches: Switches,
	now: number,
): (Answer & { headers?: Record<string, string> }) | undefined {
	if (typeof fault === 'object') {
		if ('delayMs' in fault) return undefined;
		const named = Object.entries(fault.headers ?? {}).find(
			([name]) => name.toLowerCase() === 'content-type',
		);
		const type = named?.[1] ?? 'application/json;charset=UTF-8';
		return { status: fault.status, type, body: fault.body, headers: fault.headers };
	}
	switch (fault) {
		case 'form2':
			return form2('操作失败，系统异常', now);
		case 'form3':
		case 'throttled3':
			return form3(now);
		case 'throttled1':
			return form1(999999, '请勿频繁操作', null, switches, now);
		case 'html500':
			return htmlAnswer(
				500,
				'<!doctype html><html lang="en"><head><title>500 Internal Server Error</title></head>' +
					'<body><h1>500 Internal Server Error</h1></body></html>',
			);
		case 'html200':
			return htmlAnswer(200, '<!doctype html><html><body><h1>开放签</h1></body></html>');
		case 'hugeHtml':
			return htmlAnswer(
				200,
				`<!doctype html><html><body>${'<p>开放签 page</p>\n'.repeat(TEN_MEGABYTES / 20)}</body></html>`,
			);
		default:
			return undefined;
	}
}
