/** The page of a face check, to which only the contradictory sample of #4 leads (docs/api/qiandun.md 5.2). */
import type { FastifyInstance } from 'fastify';
import { formOf, sendPage } from '../../shared/forms.mjs';
import { html } from '../../shared/html.mjs';
import { facts } from '../../shared/parts.mjs';
import { FACE_PAGE } from '../endpoints/faceResult.mjs';
import type { FaceCheck } from '../state.mjs';
import type { QiandunSandbox } from '../types.mjs';
import { layout, unknownPage } from './layout.mjs';
import { VERIFY_RESULTS } from './person.mjs';

export function addFacePage(pages: FastifyInstance, sandbox: QiandunSandbox): void {
	const find = (params: unknown) =>
		sandbox.state.faceChecks.find(
			({ serviceId }) => serviceId === (params as { serviceId: string }).serviceId,
		);

	pages.get(`${FACE_PAGE}/:serviceId`, (request, reply) => {
		const check = find(request.params);
		return check ? sendPage(reply, view(check)) : sendPage(reply, unknownPage(), 404);
	});
	pages.post(`${FACE_PAGE}/:serviceId`, (request, reply) => {
		const check = find(request.params);
		if (!check) return sendPage(reply, unknownPage(), 404);
		const { action } = formOf(request);
		if (action !== 'pass' && action !== 'fail') return sendPage(reply, view(check), 400);
		const { serviceId, businessCode } = check;
		sandbox.control.faceDone({
			serviceId,
			businessCode: businessCode ?? undefined,
			verifyStatus: action === 'pass' ? 'passed' : 'un_passed',
		});
		return reply.redirect(`${FACE_PAGE}/${encodeURIComponent(serviceId)}`, 303);
	});
}

function view({ serviceId, flowNo, verifyStatus }: FaceCheck): string {
	const title = '人脸核身 Face check';
	return layout(
		title,
		html`<h1>${title}</h1>
			${facts([
				['serviceId', serviceId],
				['flowNo', flowNo],
				['结果 Result', VERIFY_RESULTS[verifyStatus]],
			])}
			<form method="post">
				<button name="action" value="pass">核身通过 Pass</button
				><button class="refuse" name="action" value="fail">核身失败 Fail</button>
			</form>`,
	);
}
