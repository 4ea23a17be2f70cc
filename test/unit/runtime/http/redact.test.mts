import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { client as kaifangqian } from '../../../../nodes/CnEsign/platforms/kaifangqian/client.js';
import {
	redact,
	sentValues as valuesIn,
	shorten,
} from '../../../../nodes/CnEsign/runtime/http/redact.js';

const digits = (count: number) =>
	fc
		.array(fc.integer({ min: 0, max: 9 }), { minLength: count, maxLength: count })
		.map((all) => all.join(''));

const around = fc.constantFrom('', ' ', '：', '手机号', '(', '，', '"', '=');

describe('redact', () => {
	it('sees through percent signs, and leaves no control character', () => {
		const said = encodeURIComponent('用户欧阳某 13912345678 不存在');
		expect(redact(said, ['欧阳某'])).toBe('用户[hidden] [phone number] 不存在');
		expect(redact('100% of %zz and %00\u0000.')).not.toMatch(/\p{Cc}/u);
		expect(redact('100% of it')).toBe('100% of it');
	});

	it('hides mobile numbers in the ways they are written', () => {
		const prefixes = fc.constantFrom('', '+86', '86', '+86 ', '+86-');
		fc.assert(
			fc.property(
				around,
				prefixes,
				fc.integer({ min: 3, max: 9 }),
				digits(9),
				(before, prefix, second, rest) => {
					const phone = `1${second}${rest}`;
					const clean = redact(`经办人${before}${prefix}${phone}不存在`);
					expect(clean).not.toContain(phone);
					expect(clean).toContain('[phone number]');
				},
			),
		);
	});

	it('hides ID numbers, email addresses and links', () => {
		expect(redact('证件11010119900101123x 无效')).toBe('证件[ID number] 无效');
		expect(redact('110101199001011234')).toBe('[ID number]');
		expect(redact('账号wang.xiao+er@mail.example.com未注册')).toMatch(/^账号?\[email\]/);
		expect(redact('打开https://sign.example/a?code=abc。然后签署')).toBe('打开[link]。然后签署');
		expect(redact('HTTP://127.0.0.1:8899/x')).toBe('[link]');
	});

	it('leaves contract ids, codes, dates and amounts readable', () => {
		const ids = fc.oneof(
			digits(19).map((id) => `1${id.slice(1)}`),
			digits(20),
			fc.uuid(),
			fc.constantFrom('31000', '999999', '2030-06-29 18:00:00', '1775010802000', 'HT-2030-0001'),
			// A phone's digits inside a longer number are no phone.
			digits(11).map((id) => `139123456781${id.slice(0, 8)}`),
		);
		fc.assert(
			fc.property(ids, around, (id, before) => {
				expect(redact(`合同${before}${id} 状态不正确`)).toContain(id);
			}),
		);
	});

	it('hides known values wherever they stand', () => {
		fc.assert(
			fc.property(
				anyName,
				fc.string({ unit: fc.constantFrom('人', ' ', 'x', '：') }),
				(name, text) => {
					const clean = redact(`${text}${name}${text}${name}`, [name]);
					expect(clean).not.toContain(name);
				},
			),
		);
		expect(redact('用户张三丰未注册', ['张三丰', '张三'])).toBe('用户[hidden]未注册');
		expect(redact('abc', [''])).toBe('abc');
		// A value is text, never a pattern.
		expect(redact('token PV9L.QW$1 wrong', ['PV9L.QW$1', '.*'])).toBe('token [hidden] wrong');
	});
});

const sentValues = (value: unknown) => valuesIn(value, kaifangqian.isPersonalField);

const anyName = fc.string({
	unit: fc.constantFrom('张', '三', '王', 'Q', '9', '.'),
	minLength: 2,
	maxLength: 6,
});

describe('sentValues', () => {
	it('finds persons, companies, secrets and every other text of a request, longest first', () => {
		const request = {
			appAuthToken: 'PV9LQWZA',
			contractId: 'contract-0001',
			subject: '服务合同',
			signerList: [
				{
					signerName: '某某科技有限公司',
					internalNodeList: [{ signer: { name: '王五', contact: 'wangwu@example.com' } }],
				},
			],
			oprIdentInfo: { idCard: '110101199001011234', mobile: 13900139000 },
		};
		expect(sentValues(request)).toEqual([
			'wangwu@example.com',
			'110101199001011234',
			'13900139000',
			'PV9LQWZA',
			'某某科技有限公司',
			'服务合同',
			'王五',
		]);
	});

	it('finds the values of a template, which may be the shortest of names', () => {
		const signTemplateParamList = [
			{ templateId: 'tpl-1', templateParamList: [{ paramKey: '乙方', paramValue: '张三' }] },
		];
		expect(sentValues({ signTemplateParamList })).toContain('张三');
	});

	it('leaves readable what says nothing about anybody and a message needs', () => {
		const request = {
			...{ contractId: 'contract-0001', taskId: 'task-1', signReId: 'line-1', docIds: ['doc-1'] },
			...{
				signerType: 'RECEIVER_PERSONAL',
				send: '1',
				linkType: 'h5',
				noLogin: 'true',
				amount: 1000,
			},
		};
		expect(sentValues(request)).toEqual([]);
		// Under a personal name the same are personal.
		expect(sentValues({ name: 'ANNA', mobile: '1234567' })).toEqual(['1234567', 'ANNA']);
	});

	it('does not look into files, and ignores texts too short to mean anything', () => {
		const file = { size: 1, open: () => [], name: '张三' };
		expect(
			sentValues({
				file: new (class {
					name = '张三';
				})(),
			}),
		).toEqual([]);
		expect(sentValues({ name: 'x', contact: '', subject: 'ab' })).toEqual([]);
		expect(sentValues({ name: 'y'.repeat(201) })).toEqual([]);
		expect(sentValues(file)).toEqual(['张三']);
	});

	it('takes lists of names as names', () => {
		expect(sentValues({ name: ['张三', '李四'] }).sort()).toEqual(['张三', '李四'].sort());
	});
});

describe('shorten', () => {
	it('gives one line that fits', () => {
		expect(shorten(' a\n\tb  c ')).toBe('a b c');
		fc.assert(
			fc.property(fc.string({ maxLength: 900 }), (text) => {
				const short = shorten(text);
				expect(short.length).toBeLessThanOrEqual(301);
				expect(short).not.toMatch(/[\r\n\t]/);
				if (text.length > 400 && !/\s/.test(text)) expect(short.endsWith('…')).toBe(true);
			}),
		);
	});
});
