/** The page of #8: a person proves who they are, or fails to (docs/api/qiandun.md 5.3). */
import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { formOf, sendPage } from '../../shared/forms.mjs';
import { html, type SafeHtml } from '../../shared/html.mjs';
import { backLink } from '../../shared/parts.mjs';
import { PERSON_PAGE } from '../endpoints/personUrl.mjs';
import type { PersonPage, VerifyStatus } from '../state.mjs';
import type { QiandunSandbox } from '../types.mjs';
import { layout, unknownPage } from './layout.mjs';

const FIELDS = [
	['psnName', '姓名 Name'],
	['psnIDCardNum', '证件号 ID number'],
	['psnMobile', '手机号 Mobile'],
] as const;

type FieldName = (typeof FIELDS)[number][0];
type Typed = Record<FieldName, string>;

/** Mainland ID card: the only type that a sample shows. */
const USUAL_ID_TYPE = 'CRED_PSN_CH_IDCARD';

export const VERIFY_RESULTS: Record<VerifyStatus, string> = {
	passed: '认证通过 Passed',
	un_passed: '认证未通过 Failed',
};

export function addPersonPage(pages: FastifyInstance, sandbox: QiandunSandbox): void {
	const find = (params: unknown) =>
		sandbox.state.personPages.find(({ id }) => id === (params as { id: string }).id);

	pages.get(`${PERSON_PAGE}/:id`, (request, reply) => {
		const page = find(request.params);
		return page ? sendPage(reply, view(page)) : sendPage(reply, unknownPage(), 404);
	});
	pages.post(`${PERSON_PAGE}/:id`, (request, reply) => {
		const page = find(request.params);
		if (!page) return sendPage(reply, unknownPage(), 404);
		const { action, ...form } = formOf(request);
		const typed = typedIn(page, form);
		if (action !== 'pass' && action !== 'fail') return sendPage(reply, view(page, typed), 400);
		if (page.result === undefined) {
			const isComplete = FIELDS.every(([name]) => typed[name] !== '');
			if (action === 'pass' && !isComplete)
				return sendPage(reply, view(page, typed, '请完善信息 Fill in all fields.'), 409);
			verify(sandbox, page, typed, action === 'pass' ? 'passed' : 'un_passed');
		}
		return reply.redirect(`${PERSON_PAGE}/${page.id}`, 303);
	});
}

function verify(
	{ control, state }: QiandunSandbox,
	page: PersonPage,
	typed: Typed,
	verifyStatus: VerifyStatus,
): void {
	const { psnAuthConfig, businessCode } = page.request;
	// The request names no account: the person is known by ID number or mobile, or is a new one (choice).
	const known = state.persons.find(
		({ psnIDCardNum, psnMobile }) =>
			(typed.psnIDCardNum !== '' && psnIDCardNum === typed.psnIDCardNum) ||
			(typed.psnMobile !== '' && psnMobile === typed.psnMobile),
	);
	const accountId = known?.accountId ?? `PSN_${randomBytes(4).toString('hex').toUpperCase()}`;
	page.result = { verifyStatus, accountId };
	const psnIDCardType = psnAuthConfig?.psnIDCardType ?? USUAL_ID_TYPE;
	control.passPerson({
		accountId,
		businessCode: businessCode ?? undefined,
		verifyStatus,
		data: verifyStatus === 'passed' ? { ...typed, psnIDCardType } : undefined,
	});
}

const givenFor = ({ request }: PersonPage, name: FieldName): string =>
	request.psnAuthConfig?.[name] ?? '';

/** What was not given can be filled in (choice), whatever the list of editable fields says. */
function isEditable(page: PersonPage, name: FieldName): boolean {
	const list = page.request.pageConfig?.psnEditableFields;
	return !list || list.includes(name) || givenFor(page, name) === '';
}

function typedIn(page: PersonPage, form: Record<string, string | undefined>): Typed {
	const valueOf = (name: FieldName) =>
		isEditable(page, name) ? (form[name] ?? '').trim() : givenFor(page, name);
	return {
		psnName: valueOf('psnName'),
		psnIDCardNum: valueOf('psnIDCardNum'),
		psnMobile: valueOf('psnMobile'),
	};
}

function view(page: PersonPage, typed?: Typed, complaint?: string): string {
	const title = '个人实名认证 Person verification';
	return layout(
		title,
		html`<h1>${title}</h1>
			${page.result ? resultView(page, page.result) : formView(page, typed, complaint)}`,
	);
}

const resultView = (
	{ request }: PersonPage,
	{ verifyStatus, accountId }: NonNullable<PersonPage['result']>,
): SafeHtml =>
	html`<p><b>${VERIFY_RESULTS[verifyStatus]}</b> <span class="soft">账号 ${accountId}</span></p>
		${backLink(request.integrationConfig?.redirectConfig?.redirectUrl ?? undefined)}`;

const formView = (page: PersonPage, typed?: Typed, complaint?: string): SafeHtml =>
	html`<form method="post">
		${FIELDS.map(
			([name, label]) =>
				html`<label
					>${label}<input
						name="${name}"
						value="${typed?.[name] ?? givenFor(page, name)}"
						${isEditable(page, name) ? '' : 'readonly'}
				/></label>`,
		)}
		${complaint ? html`<p class="ended small">${complaint}</p>` : html``}
		<button name="action" value="pass">认证通过 Pass</button
		><button class="refuse" name="action" value="fail">认证失败 Fail</button>
	</form>`;
