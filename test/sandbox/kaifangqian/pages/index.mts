import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { formOf, sendPage as page, servePages } from '../../shared/forms.mjs';
import { form3 } from '../answers.mjs';
import { actOn } from '../control.mjs';
import { newLink, taskById } from '../endpoints/following.mjs';
import { stampedDocuments } from '../stamp/documents.mjs';
import type { Contract } from '../contract/model.mjs';
import type { PageLink, World } from '../world.mjs';
import type { KaifangqianSandbox } from '../index.mjs';
import { addConsole } from './console/index.mjs';
import { contractView, FILLED, loginView, tasksOf } from './contractView.mjs';
import { addIdentityPages } from './identity.mjs';
import { notice, refusal as refusalPage, unknownPage } from './layout.mjs';

const COOKIE = 'kaifangqian_login';

/** The pages behind links, the console, and what its web server answers where there is no API. */
export function addPages(
	app: FastifyInstance,
	world: World,
	sandbox: KaifangqianSandbox,
	{ apiPrefix, nextJobAt }: { apiPrefix: string; nextJobAt: () => number | undefined },
): void {
	app.register(async (pages) => {
		servePages(pages, refusalPage);
		pages.get('/contract/detail/base', (request, reply) => {
			const { code, ...asked } = request.query as Record<string, string | undefined>;
			if (code === undefined && asked.taskId) return openTaskLink(world, reply, asked);
			return show(world, request, reply, code ?? '');
		});
		pages.post('/contract/page/:code', (request, reply) => act(world, request, reply));
		pages.get('/contract/page/:code/document/:docId', (request, reply) =>
			document(world, request, reply),
		);
		addIdentityPages(pages, world, sandbox.callbacks);
		addConsole(pages, world, sandbox, nextJobAt);
	});
	const [, firstPart] = apiPrefix.split('/');
	app.setNotFoundHandler((request, reply) => {
		// The back end's part of the host ends at the login filter, the rest is the console's web server.
		if (request.url.startsWith(`/${firstPart}/`)) {
			const { status, type, body } = form3(world.now());
			return reply.code(status).header('content-type', type).send(body);
		}
		return page(reply, unknownPage(), request.method === 'GET' ? 200 : 405);
	});
}

const codeOf = (request: FastifyRequest): string => (request.params as { code: string }).code;

/** A task's link carries its own parameters; it is the person's who has to do it. */
function openTaskLink(
	world: World,
	reply: FastifyReply,
	{ taskId = '', signRuId = '', callbackPageNo = '' }: Record<string, string | undefined>,
) {
	const contact = taskById(world, taskId)?.person?.contact ?? '';
	const callbackPage = world.callbackPages.get(callbackPageNo);
	const link = newLink(world, {
		contractId: signRuId,
		contact,
		taskId,
		noLogin: false,
		callbackPage,
	});
	return reply.redirect(addressOf(link), 303);
}

type Opened = { contract: Contract; link: PageLink; loggedIn: boolean } | { refusal: string };

function open(world: World, request: FastifyRequest, code: string): Opened {
	const link = world.links.get(code);
	const contract = link && world.contracts.get(link.contractId);
	if (!contract) return { refusal: '链接无效 This link is not known.' };
	if (link.expiresAt !== undefined && world.now() > link.expiresAt) {
		return { refusal: '链接已过期 This link has expired.' };
	}
	const loggedIn = link.noLogin || sessionOf(world, request) === link.contact;
	return { contract, link, loggedIn };
}

function sessionOf(world: World, request: FastifyRequest): string | undefined {
	const cookies = (request.headers.cookie ?? '')
		.split(';')
		.map((cookie) => cookie.trim().split('='));
	const session = cookies.find(([name]) => name === COOKIE)?.[1];
	return session === undefined ? undefined : world.sessions.get(session);
}

function show(world: World, request: FastifyRequest, reply: FastifyReply, code: string) {
	const opened = open(world, request, code);
	if ('refusal' in opened)
		return page(reply, notice('无法打开 Cannot be opened', opened.refusal), 404);
	const { contract, link, loggedIn } = opened;
	if (!loggedIn) return page(reply, loginView(link));
	const { done } = request.query as { done?: string };
	return page(reply, contractView(world, contract, link, done === '1'));
}

const addressOf = (link: PageLink, done = false): string =>
	`/contract/detail/base?code=${link.code}${done ? '&done=1' : ''}`;

function act(world: World, request: FastifyRequest, reply: FastifyReply) {
	const opened = open(world, request, codeOf(request));
	if ('refusal' in opened)
		return page(reply, notice('无法打开 Cannot be opened', opened.refusal), 404);
	const { contract, link, loggedIn } = opened;
	const body = formOf(request);
	const { action, taskId, reason } = body;
	if (action === 'login') {
		const session = randomBytes(16).toString('hex');
		world.sessions.set(session, link.contact);
		reply.header('Set-Cookie', `${COOKIE}=${session}; Path=/; HttpOnly; SameSite=Lax`);
		return reply.redirect(addressOf(link), 303);
	}
	if (!loggedIn) return page(reply, loginView(link), 403);
	const task = tasksOf(contract, link).find((open) => open.taskId === taskId);
	if (!task)
		return page(
			reply,
			notice('任务不存在 No such task', '任务已办理或已关闭 It is done or closed.'),
			409,
		);
	const refusal = reason?.trim() || undefined;
	if (action !== 'do' && action !== 'refuse') return page(reply, refusalPage(''), 400);
	try {
		actOn(world, contract, task, action === 'do' ? { values: filledIn(body) } : { refusal });
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		return page(reply, refusalPage(why), 409);
	}
	return reply.redirect(addressOf(link, true), 303);
}

const filledIn = (body: Record<string, string | undefined>): Record<string, string> =>
	Object.fromEntries(
		Object.entries(body).flatMap(([name, value]) =>
			name.startsWith(FILLED) && value ? [[name.slice(FILLED.length), value]] : [],
		),
	);

async function document(world: World, request: FastifyRequest, reply: FastifyReply) {
	const opened = open(world, request, codeOf(request));
	if ('refusal' in opened || !opened.loggedIn)
		return page(reply, notice('无法打开 Cannot be opened', ''), 403);
	const { docId } = request.params as { docId: string };
	const documents = await stampedDocuments(world, opened.contract);
	const found = documents.find(({ id }) => id === docId);
	if (!found) return page(reply, notice('文件不存在 No such document', ''), 404);
	return reply
		.type('application/pdf')
		.header('X-Content-Type-Options', 'nosniff')
		.send(Buffer.from(found.bytes));
}
