import { describe, expect, it } from 'vitest';
import {
	endpointOf,
	endpoints,
	pageOf,
} from '../../../../nodes/CnEsign/platforms/qiandun/endpoints.js';

/** The vendor's menu as in docs/api/qiandun.md, 4: number, Chinese name, group, method, path (- = not published). */
const menu = `
1|个人身份二要素核验|实名认证 / 个人认证项|POST|-
2|个人运营商三要素核验|实名认证 / 个人认证项|POST|/open/psnCert/3element
3|个人人脸核验(H5适配)|实名认证 / 个人认证项|POST|-
4|个人人脸核验查询|实名认证 / 个人认证项|POST|/open/psnCert/faceResult
5|发送短信验证码|实名认证 / 个人认证项|POST|-
6|校验短信验证码|实名认证 / 个人认证项|POST|-
7|个人银行卡四要素核验|实名认证 / 个人认证项|POST|-
8|个人实名认证地址(页面)|实名认证 / 个人认证|POST|/open/psnCert/getUrl
9|企业四要素核验|实名认证 / 企业认证项|POST|/open/corpCert/4element
10|企业三要素核验|实名认证 / 企业认证项|-|-
11|发起打款认证(正向打款)|实名认证 / 企业认证项|-|-
12|验证打款金额(正向打款)|实名认证 / 企业认证项|-|-
13|查询打款进度(正向打款)|实名认证 / 企业认证项|-|-
14|企业经办人授权书认证-上传|实名认证 / 企业认证项|-|-
15|企业经办人授权书认证-查询|实名认证 / 企业认证项|-|-
16|查询打款银行信息|实名认证 / 企业认证项|-|-
17|企业实名认证地址(页面)|实名认证 / 企业认证|-|-
18|查询认证信息|实名认证|GET|-
19|修改个人用户|用户管理 / 个人用户|POST|-
20|创建已认证个人用户|用户管理 / 个人用户|POST|-
21|查询个人用户信息|用户管理 / 个人用户|GET|/open/psnGet
22|查询企业用户信息|用户管理 / 企业用户|-|-
23|创建已认证企业用户|用户管理 / 企业用户|-|-
24|创建未认证用户(暂不支持企业)|用户管理|POST|-
25|创建未认证用户|用户管理|POST|-
26|上传文件|文件相关|POST|-
27|基于模板生成文件|文件相关|POST|-
28|获取拖章定位|文件相关|GET|-
29|获取拖章定位页面|文件相关|POST|-
30|通过文件发起合同|合同相关|POST|-
31|查询签署方信息|合同相关|GET|/open/contract/signer
32|下载合同文件及附件|合同相关|GET|-
33|合同查询|合同相关|GET|-
34|获取合同签署链接(页面)|合同相关|POST|-
35|无感签署(申请开放)|合同相关|POST|-
36|查询印章列表|印章管理|GET|-
37|查询印章详情|印章管理|GET|/open/seal/detail
38|印章静默签授权地址(H5页面)|印章管理|POST|/open/seal/autosign/auth/url
39|获取回调信息|接口回调|-|-
40|回调成功确认|接口回调|-|-
41|短信验证码|开放接口|-|-
42|通知短信发送|开放接口|-|-
43|身份证OCR|开放接口|POST|/open/api/ocr/idCard
44|营业执照OCR|开放接口|-|-
45|银行卡OCR|开放接口|-|-
`
	.trim()
	.split('\n')
	.map((line) => line.split('|'));

describe('the list of endpoints', () => {
	it("is the vendor's menu: 45 entries, nothing guessed, nothing left out", () => {
		expect(
			endpoints.map(({ value, chinese, group, method, path }) => [
				value,
				chinese,
				group,
				method ?? '-',
				path ?? '-',
			]),
		).toEqual(menu);
		expect(menu).toHaveLength(45);
		expect(endpoints.filter(({ path }) => path)).toHaveLength(9);
	});

	it('has an English name of its own for each', () => {
		const names = endpoints.map(({ english }) => english);
		expect(new Set(names).size).toBe(45);
		for (const name of names) expect(name).toMatch(/^[A-Z][\x20-\x7e]+$/);
		expect(names).toEqual(
			expect.arrayContaining([
				'ID Two-Factor Check',
				'Upload File',
				'Download Contract Files',
				'List Seals',
				'Confirm Callback',
				'Bank Card OCR',
			]),
		);
	});

	it('finds an entry by its number, and nothing by anything else', () => {
		expect(endpointOf('21')?.english).toBe('Query Person');
		for (const value of ['0', '46', '', 'other', '021']) expect(endpointOf(value)).toBeUndefined();
	});

	it("names the page of the vendor's documentation", () => {
		expect(pageOf(endpoints[25])).toBe('文件相关 / 上传文件');
	});
});
