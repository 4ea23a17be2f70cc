import type { FastifyInstance } from 'fastify';
import { CALLBACK_FORM, onCallbackAddress } from '../../../shared/callbackAddress.mjs';
import { createNotices, formOf, pressed, sendPage } from '../../../shared/forms.mjs';
import type { VerifyStatus } from '../../state.mjs';
import type { QiandunSandbox } from '../../types.mjs';
import { ACTION_FORM, REDELIVER_FORM, type Action } from './forms.mjs';
import { consoleView } from './view.mjs';

type Values = Record<string, string | undefined>;
type Control = QiandunSandbox['control'];

const verifyStatusOf = ({ verifyStatus }: Values): VerifyStatus =>
	verifyStatus === 'passed' ? 'passed' : 'un_passed';

const ACTIONS: Record<Action, (control: Control, values: Values) => string | null> = {
	sign: (control, { contractId = '', accountId = '' }) =>
		control.contractSigned(contractId, accountId),
	status: (control, { contractId = '', status }) =>
		control.contractStatusChanged(contractId, status?.trim() || undefined),
	person: (control, values) =>
		control.passPerson({
			accountId: values.accountId ?? '',
			verifyStatus: verifyStatusOf(values),
		}),
	company: (control, values) =>
		control.passCompany({
			accountId: values.accountId ?? '',
			verifyStatus: verifyStatusOf(values),
		}),
};

const isAction = (name: string | undefined): name is Action =>
	name !== undefined && Object.hasOwn(ACTIONS, name);

/** What the console of an app shows, on one page, with what tests do as buttons. */
export function addConsole(pages: FastifyInstance, sandbox: QiandunSandbox): void {
	const { control, callbacks } = sandbox;
	const notices = createNotices();

	pages.get('/', (request, reply) => sendPage(reply, consoleView(sandbox, notices.of(request))));

	pages.post(
		CALLBACK_FORM,
		async (request, reply) =>
			await pressed(
				notices,
				reply,
				async () =>
					await onCallbackAddress(formOf(request), {
						test: control.testCallbackUrl,
						save: async (url) =>
							await control.setCallbackUrl(
								url ?? null,
								control.callbackTarget()?.types ?? undefined,
							),
						isDoubtful: () => false,
					}),
			),
	);

	pages.post(
		ACTION_FORM,
		async (request, reply) =>
			await pressed(notices, reply, () => {
				const { action, ...values } = formOf(request);
				if (!isAction(action)) throw new Error(`There is no button '${action ?? ''}'`);
				const transactionId = ACTIONS[action](control, values);
				return transactionId === null
					? { tone: 'warn', text: 'Done. Nobody is told: no callback address is saved.' }
					: { tone: 'good', text: `Done, and told as ${transactionId}.` };
			}),
	);

	pages.post(
		REDELIVER_FORM,
		async (_request, reply) =>
			await pressed(notices, reply, async () => {
				const count = callbacks.pending().length;
				await callbacks.redeliver();
				return { tone: 'good', text: `Sent ${count} again.` };
			}),
	);
}
