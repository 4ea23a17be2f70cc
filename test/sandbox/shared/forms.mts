import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { html, type SafeHtml } from './html.mjs';

/** Reads forms and answers in HTML; browsers keep nothing of it and tell other sites nothing. */
export function servePages(pages: FastifyInstance, refusal: (text: string) => string): void {
	pages.addContentTypeParser(
		'application/x-www-form-urlencoded',
		{ parseAs: 'string' },
		(_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
	);
	pages.addHook('onSend', async (_request, reply) => {
		reply.header('Cache-Control', 'no-store').header('Referrer-Policy', 'no-referrer');
	});
	// The page of another site must not press these buttons. Only browsers send the header.
	pages.addHook('onRequest', async (request, reply) => {
		const from = request.headers['sec-fetch-site'];
		if (request.method !== 'POST' || from === undefined) return;
		if (from !== 'same-origin' && from !== 'none')
			return sendPage(reply, refusal('This button was pressed by a page of another site.'), 403);
	});
	pages.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) =>
		sendPage(reply, refusal(error.message), error.statusCode ?? 500),
	);
}

export const sendPage = (reply: FastifyReply, body: string, status = 200) =>
	reply.code(status).type('text/html;charset=utf-8').send(body);

/** What a form has sent; nothing for what is not a form. */
export const formOf = ({ body }: FastifyRequest): Record<string, string | undefined> =>
	typeof body === 'object' && body !== null ? (body as Record<string, string | undefined>) : {};

/** What a button has done, for the page to which it leads back. */
export interface Notice {
	tone: 'good' | 'warn' | 'bad';
	text: string;
	/** The callback address as it was typed, if it was not saved. */
	typed?: string;
}

export interface Notices {
	/** Keeps it, and says where it will be shown. */
	keep(notice: Notice): string;
	of(request: FastifyRequest): Notice | undefined;
}

const MOST_NOTICES = 50;

export function createNotices(): Notices {
	const kept = new Map<string, Notice>();
	return {
		keep(notice) {
			const id = randomBytes(6).toString('hex');
			kept.set(id, notice);
			const [oldest] = kept.keys();
			if (kept.size > MOST_NOTICES && oldest !== undefined) kept.delete(oldest);
			return `/?said=${id}`;
		},
		of: ({ query }) => kept.get(String((query as { said?: unknown }).said)),
	};
}

export const noticeView = (notice: Notice | undefined): SafeHtml =>
	notice
		? html`<section class="notice ${notice.tone}" role="status">${notice.text}</section>`
		: html``;

/** Does what a button asks for. A refusal is shown like a success. */
export async function pressed(
	notices: Notices,
	reply: FastifyReply,
	act: () => Notice | Promise<Notice>,
): Promise<FastifyReply> {
	try {
		return reply.redirect(notices.keep(await act()), 303);
	} catch (error) {
		const text = error instanceof Error ? error.message : String(error);
		return reply.redirect(notices.keep({ tone: 'bad', text }), 303);
	}
}
