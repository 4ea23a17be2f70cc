import { describe, expect, it } from 'vitest';
import { fileItem, memoryFileItem } from '../engine.mjs';
import { bodyText, stage } from './support.mjs';

const { sandbox, act, once } = await stage();

describe('ocr: readIdCard', () => {
	const picture = Buffer.from('not really a picture 😀 '.repeat(1000));
	const result = {
		name: '张三',
		sex: '男',
		nation: '汉',
		birth: '19900101',
		address: '北京市',
		psnIdCardNum: '110101199001011234',
		authority: '',
		validDate: '',
	};

	it.each([
		['n8n keeps in files', async () => await fileItem(picture, 'front.jpg', 'image/jpeg')],
		['n8n keeps in memory', async () => memoryFileItem(picture, 'front.jpg', 'image/jpeg')],
	])('sends a picture that %s as Base64', async (_where, item) => {
		const { request, json } = await once(
			'ocr',
			'readIdCard',
			{ imageSource: 'binary', cardSide: 'front' },
			{ input: [await item()] },
		);
		expect(`${request.method} ${request.path}`).toBe('POST /api/open/api/ocr/idCard');
		expect(bodyText(request)).toBe(
			`{"imageBase64":"${picture.toString('base64')}","cardSide":"front"}`,
		);
		expect(json).toEqual(result);
	});

	it('sends an address', async () => {
		const { request, json } = await once('ocr', 'readIdCard', {
			imageSource: 'url',
			imageUrl: 'https://your-domain.com/id-back.jpg',
			cardSide: 'back',
		});
		expect(bodyText(request)).toBe(
			'{"imageUrl":"https://your-domain.com/id-back.jpg","cardSide":"back"}',
		);
		expect(json.authority).toBe('北京市公安局');
	});

	it('refuses an empty file and an address that is none', async () => {
		const input = [memoryFileItem(Buffer.alloc(0), 'front.jpg', 'image/jpeg')];
		const empty = await act('ocr', 'readIdCard', { imageSource: 'binary' }, { input });
		expect(empty.error?.message).toContain('is empty');
		const url = await act('ocr', 'readIdCard', { imageSource: 'url', imageUrl: 'front.jpg' });
		expect(url.error?.message).toBe("'Picture URL' is not a web address");
		expect(sandbox.requests).toEqual([]);
	});
});
