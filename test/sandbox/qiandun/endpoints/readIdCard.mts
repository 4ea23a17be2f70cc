/** #43 身份证OCR (docs/api/qiandun.md, 5.10, 9.9). */
import { ok, refuse } from '../envelope.mjs';
import { object, textOrNull, type Endpoint } from './endpoint.mjs';

/** Note the lower-case d of `psnIdCardNum` (§8 row 13). */
const FRONT = {
	name: '张三',
	sex: '男',
	nation: '汉',
	birth: '19900101',
	address: '北京市',
	psnIdCardNum: '110101199001011234',
	authority: '',
	validDate: '',
};

/** Which members are empty for the back is not known (choice): what is not printed there. */
const BACK = {
	...Object.fromEntries(Object.keys(FRONT).map((name) => [name, ''])),
	authority: '北京市公安局',
	validDate: '20200101-20400101',
};

export const readIdCard: Endpoint = {
	number: '43',
	method: 'POST',
	path: '/open/api/ocr/idCard',
	// Whether `cardSide` is required is not known, so it is not; without it the front is read (choice).
	body: object({
		imageBase64: textOrNull,
		imageUrl: textOrNull,
		cardSide: { enum: ['front', 'back', null] },
	}),
	answer(_world, { body }) {
		const { imageBase64, imageUrl, cardSide } = body as Record<string, string | null | undefined>;
		if (Boolean(imageBase64) === Boolean(imageUrl)) return refuse('400');
		return ok(cardSide === 'back' ? BACK : FRONT);
	},
};
