import { describe, expect, it } from 'vitest';
import { fileItem, memoryFileItem } from '../engine.mjs';
import { bodyText, stage } from './support.mjs';

const { sandbox, act, once } = await stage();

describe('ocr: readIdCard', () => {
	// The first bytes of a JPEG, and more than one piece behind them.
	const picture = Buffer.concat([
		Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
		Buffer.from('😀 '.repeat(20_000)),
	]);
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

	const uri = `data:image/jpeg;base64,${picture.toString('base64')}`;

	// Each reading is billed.
	it.each([
		['a data URI', Buffer.from(uri)],
		['a data URI that a node has read as Base64', Buffer.from(uri, 'base64')],
		['a web page', Buffer.from('\ufeff<!-- 登录 --><html>')],
		['a document', Buffer.from('%PDF-1.7')],
	])('sends nothing where the file is no picture but %s', async (_what, bytes) => {
		const input = [await fileItem(bytes, 'front.jpg', 'image/jpeg')];
		const { error } = await act('ocr', 'readIdCard', { imageSource: 'binary' }, { input });
		expect(error?.message).toMatch(/^The file in 'Input Data Field Name' is no picture but /);
		expect(error?.description).toContain('Nothing was sent.');
		expect(sandbox.requests).toEqual([]);
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
