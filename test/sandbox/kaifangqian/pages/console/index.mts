import type { FastifyInstance } from 'fastify';
import { CALLBACK_FORM, onCallbackAddress } from '../../../shared/callbackAddress.mjs';
import { createNotices, formOf, pressed, sendPage } from '../../../shared/forms.mjs';
import { CALLBACK_ADDRESS } from '../../contract/limits.mjs';
import { CONTRACT_ACTIONS } from '../../controlRoutes.mjs';
import { newLink } from '../../endpoints/following.mjs';
import type { KaifangqianSandbox } from '../../index.mjs';
import type { World } from '../../world.mjs';
import { notice } from '../layout.mjs';
import { BUTTONS, CONTRACT_FORM, OPEN_AS } from './contracts.mjs';
import { RETRY_FORM } from './deliveries.mjs';
import { consoleView } from './view.mjs';

/** What the platform's users see in its consoles, on one page, with what tests do as buttons. */
export function addConsole(
	pages: FastifyInstance,
	world: World,
	sandbox: KaifangqianSandbox,
	nextJobAt: () => number | undefined,
): void {
	const { control, callbacks } = sandbox;
	const notices = createNotices();

	pages.get('/', (request, reply) => {
		const said = notices.of(request);
		const warning = warningFor(said?.typed ?? control.callbackUrl() ?? '');
		return sendPage(reply, consoleView({ world, sandbox, said, warning, nextJobAt: nextJobAt() }));
	});

	pages.post(
		CALLBACK_FORM,
		async (request, reply) =>
			await pressed(
				notices,
				reply,
				async () =>
					await onCallbackAddress(formOf(request), {
						test: control.testCallbackUrl,
						save: control.setCallbackUrl,
						isDoubtful: (url) => warningFor(url) !== undefined,
					}),
			),
	);

	pages.post(CONTRACT_FORM, async (request, reply) => {
		const { action = '', contractId = '', who, reason } = formOf(request);
		return await pressed(notices, reply, () => {
			const button = BUTTONS.find((candidate) => candidate.action === action);
			if (!button) throw new Error(`There is no button '${action}'`);
			CONTRACT_ACTIONS[action](sandbox, { contractId, who, reason: reason?.trim() });
			const { status } = control.contract(contractId);
			return { tone: 'good', text: `${button.label}: contract ${contractId} is ${status} now.` };
		});
	});

	pages.post(RETRY_FORM, async (_request, reply) =>
		pressed(notices, reply, async () => {
			const count = callbacks.waiting().length;
			await callbacks.runScheduledJob();
			const left = callbacks.waiting().length;
			return { tone: 'good', text: `Tried ${count} again; ${left} of them still wait.` };
		}),
	);

	/** A link as the one of docs/api/kaifangqian.md 6.12, for a person who is logged in already. */
	pages.get(`${OPEN_AS}/:contractId/:taskId?`, (request, reply) => {
		const { contractId, taskId } = request.params as { contractId: string; taskId?: string };
		const contract = world.contracts.get(contractId);
		const task = contract?.tasks.find((candidate) => candidate.taskId === taskId);
		const contact = taskId === undefined ? contract?.operator.contact : task?.person?.contact;
		if (contact === undefined)
			return sendPage(reply, notice('无法打开 Cannot be opened', NOT_THERE), 404);
		const link = newLink(world, { contractId, contact, taskId, noLogin: true });
		return reply.redirect(`/contract/detail/base?code=${link.code}`, 303);
	});
}

const NOT_THERE = 'There is no such contract, or nobody to open it as.';

const warningFor = (url: string): string | undefined =>
	url.length > CALLBACK_ADDRESS
		? `This address has ${url.length} characters. Above ${CALLBACK_ADDRESS} the platform breaks calls: a start answers with an error while the contract runs, recalls and ends are undone.`
		: undefined;
