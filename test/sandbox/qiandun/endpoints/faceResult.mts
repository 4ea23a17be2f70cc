/** #4 个人人脸核验查询 (docs/api/qiandun.md, 5.2, 9.9). */
import { ok, refuse } from '../envelope.mjs';
import { object, textOrNull, type Endpoint } from './endpoint.mjs';

/** Where the page is; the real address is not known. */
export const FACE_PAGE = '/sandbox-only/face';

export const faceResult: Endpoint = {
	number: '4',
	method: 'POST',
	path: '/open/psnCert/faceResult',
	body: object({ serviceId: textOrNull, businessCode: textOrNull }),
	answer({ state, switches, origin }, { body }) {
		const { serviceId, businessCode } = body as {
			serviceId?: string | null;
			businessCode?: string | null;
		};
		if (!serviceId && !businessCode) return refuse('400');
		// Both given: both must name the same check (choice). The newest wins for a repeated business code.
		const check = state.faceChecks
			.filter(
				(entry) =>
					(!serviceId || entry.serviceId === serviceId) &&
					(!businessCode || entry.businessCode === businessCode),
			)
			.at(-1);
		if (!check) return refuse('400');
		// The page's printed sample contradicts its own schema (§8 row 12).
		if (switches.faceSampleContradiction) {
			return ok({
				subFlowId: check.flowNo,
				faceUrl: `${origin}${FACE_PAGE}/${encodeURIComponent(check.serviceId)}`,
			});
		}
		return ok({
			flowNo: check.flowNo,
			verifyStatus: check.verifyStatus,
			serviceId: check.serviceId,
		});
	},
};
