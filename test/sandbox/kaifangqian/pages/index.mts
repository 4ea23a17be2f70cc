import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { form2 } from '../answers.mjs';
import type { CallbackSender } from '../callbacks.mjs';
import { complete, refuseStep } from '../contract/machine.mjs';
import { stampedDocuments } from '../stamp/documents.mjs';
import type { PageLink, World } from '../world.mjs';
import { contractView, loginView, tasksOf } from './contract-view.mjs';
import { addIdentityPages } from './identity.mjs';
import { notice } from './layout.mjs';

const COOKIE = 'kaifangqian_login';

/** The pages behind links, and what a web console answers where there is no API. */
export function addPages(
	app: FastifyInstance,
	world: World,
	callbacks: CallbackSender,
	{ apiPrefix }: { apiPrefix: string },
): void {
	app.register(async (pages) => {
		pages.addContentTypeParser(
			'application/x-www-form-urlencoded',
			{ parseAs: 'string' },
			(_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
		);
		pages.addHook('onSend', async (_request, reply) => {
			reply.header('Cache-Control', 'no-store').header('Referrer-Policy', 'no-referrer');
		});
		pages.get('/', (_request, reply) => page(reply, consolePage()));
		pages.get('/contract/detail/base', (request, reply) => {
			const { code } = request.query as { code?: string };
			return show(world, request, reply, String(code ?? ''));
		});
		pages.get('/task/:code', (request, reply) => show(world, request, reply, codeOf(request)));
		pages.post('/contract/page/:code', (request, reply) => act(world, request, reply));
		pages.get('/contract/page/:code/document/:docId', (request, reply) =>
			document(world, request, reply),
		);
		addIdentityPages(pages, world, callbacks);
	});
	const [, firstPart] = apiPrefix.split('/');
	app.setNotFoundHandler((request, reply) => {
		const { switches } = world;
		// The back end's part of the host answers form 2 (§9.1), the rest is the console's web server.
		if (request.url.startsWith(`/${firstPart}/`)) {
			const { status, type, body } = form2(switches, world.now(), '请求路径或方法不存在');
			return reply.code(status).type(type).send(body);
		}
		return page(reply, consolePage(), request.method === 'GET' ? 200 : 405);
	});
}

const codeOf = (request: FastifyRequest): string => (request.params as { code: string }).code;

const page = (reply: FastifyReply, body: string, status = 200) =>
	reply.code(status).type('text/html;charset=utf-8').send(body);

/** Links of `pageUrl` have the console's form `/#/contract/detail/base?code=…`; the page behind # is opened by a script. */
const consolePage = (): string =>
	notice('开放签', 'Web console of the stand-in. 控制台').replace(
		'</body>',
		"<script>if (location.hash.startsWith('#/contract/')) location.replace(location.hash.slice(1));</script>\n</body>",
	);

type Opened = { link: PageLink; loggedIn: boolean } | { refusal: string };

function open(world: World, request: FastifyRequest, code: string): Opened {
	const link = world.links.get(code);
	if (!link || !world.contracts.has(link.contractId))
		return { refusal: '链接无效 This link is not known.' };
	if (link.expiresAt !== undefined && world.now() > link.expiresAt) {
		return { refusal: '链接已过期 This link has expired.' };
	}
	return { link, loggedIn: link.noLogin || sessionOf(world, request) === link.contact };
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
	const { link, loggedIn } = opened;
	if (!loggedIn) return page(reply, loginView(link));
	const { done } = request.query as { done?: string };
	return page(
		reply,
		contractView(world, world.contracts.get(link.contractId)!, link, done === '1'),
	);
}

const addressOf = (link: PageLink, done = false): string =>
	`/contract/detail/base?code=${link.code}${done ? '&done=1' : ''}`;

function act(world: World, request: FastifyRequest, reply: FastifyReply) {
	const opened = open(world, request, codeOf(request));
	if ('refusal' in opened)
		return page(reply, notice('无法打开 Cannot be opened', opened.refusal), 404);
	const { link, loggedIn } = opened;
	const { action, taskId, reason } = (request.body ?? {}) as Record<string, string | undefined>;
	if (action === 'login') {
		const session = randomBytes(16).toString('hex');
		world.sessions.set(session, link.contact);
		reply.header('Set-Cookie', `${COOKIE}=${session}; Path=/; HttpOnly; SameSite=Lax`);
		return reply.redirect(addressOf(link), 303);
	}
	if (!loggedIn) return page(reply, loginView(link), 403);
	const contract = world.contracts.get(link.contractId)!;
	const step = tasksOf(contract, link).find((task) => task.taskId === taskId);
	if (!step)
		return page(
			reply,
			notice('任务不存在 No such task', '任务已办理或已关闭 It is done or closed.'),
			409,
		);
	if (action === 'do') complete(world, contract, step);
	else if (action === 'refuse') refuseStep(world, contract, step, reason?.trim() || undefined);
	else return page(reply, notice('无法办理 Cannot be done', ''), 400);
	return reply.redirect(addressOf(link, true), 303);
}

async function document(world: World, request: FastifyRequest, reply: FastifyReply) {
	const opened = open(world, request, codeOf(request));
	if ('refusal' in opened || !opened.loggedIn)
		return page(reply, notice('无法打开 Cannot be opened', ''), 403);
	const { docId } = request.params as { docId: string };
	const documents = await stampedDocuments(world, world.contracts.get(opened.link.contractId)!);
	const found = documents.find(({ id }) => id === docId);
	if (!found) return page(reply, notice('文件不存在 No such document', ''), 404);
	const type = found.suffix === '.pdf' ? 'application/pdf' : 'application/octet-stream';
	return reply
		.type(type)
		.header('X-Content-Type-Options', 'nosniff')
		.send(Buffer.from(found.bytes));
}
