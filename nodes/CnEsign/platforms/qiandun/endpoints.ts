import type { IHttpRequestMethods } from 'n8n-workflow';

/** One entry of the vendor's menu (docs/api/qiandun.md, 4). `undefined`: not published. */
export interface Endpoint {
	/** Number in the menu, as the parameter's value. */
	value: string;
	chinese: string;
	english: string;
	group: string;
	method?: IHttpRequestMethods;
	path?: string;
}

/** Stands for a path that is not in the menu. */
export const OTHER = 'other';

type Row = [
	number: number,
	chinese: string,
	english: string,
	method?: IHttpRequestMethods,
	path?: string,
];

const menu: Array<[group: string, rows: Row[]]> = [
	[
		'实名认证 / 个人认证项',
		[
			[1, '个人身份二要素核验', 'ID Two-Factor Check', 'POST'],
			[
				2,
				'个人运营商三要素核验',
				'Mobile Carrier Three-Factor Check',
				'POST',
				'/open/psnCert/3element',
			],
			[3, '个人人脸核验(H5适配)', 'Face Check (H5)', 'POST'],
			[4, '个人人脸核验查询', 'Face Check Result', 'POST', '/open/psnCert/faceResult'],
			[5, '发送短信验证码', 'Send SMS Code', 'POST'],
			[6, '校验短信验证码', 'Check SMS Code', 'POST'],
			[7, '个人银行卡四要素核验', 'Bank Card Four-Factor Check', 'POST'],
		],
	],
	[
		'实名认证 / 个人认证',
		[[8, '个人实名认证地址(页面)', 'Person Identity Page Link', 'POST', '/open/psnCert/getUrl']],
	],
	[
		'实名认证 / 企业认证项',
		[
			[9, '企业四要素核验', 'Company Four-Factor Check', 'POST', '/open/corpCert/4element'],
			[10, '企业三要素核验', 'Company Three-Factor Check'],
			[11, '发起打款认证(正向打款)', 'Start Bank Transfer Check'],
			[12, '验证打款金额(正向打款)', 'Verify Transferred Amount'],
			[13, '查询打款进度(正向打款)', 'Transfer Progress'],
			[14, '企业经办人授权书认证-上传', "Agent's Authorization Letter: Upload"],
			[15, '企业经办人授权书认证-查询', "Agent's Authorization Letter: Query"],
			[16, '查询打款银行信息', 'Banks for the Transfer'],
		],
	],
	['实名认证 / 企业认证', [[17, '企业实名认证地址(页面)', 'Company Identity Page Link']]],
	['实名认证', [[18, '查询认证信息', 'Query Authentication', 'GET']]],
	[
		'用户管理 / 个人用户',
		[
			[19, '修改个人用户', 'Modify Person', 'POST'],
			[20, '创建已认证个人用户', 'Create Authenticated Person', 'POST'],
			[21, '查询个人用户信息', 'Query Person', 'GET', '/open/psnGet'],
		],
	],
	[
		'用户管理 / 企业用户',
		[
			[22, '查询企业用户信息', 'Query Company'],
			[23, '创建已认证企业用户', 'Create Authenticated Company'],
		],
	],
	[
		'用户管理',
		[
			[
				24,
				'创建未认证用户(暂不支持企业)',
				'Create Unauthenticated User (No Companies Yet)',
				'POST',
			],
			[25, '创建未认证用户', 'Create Unauthenticated User (Newer)', 'POST'],
		],
	],
	[
		'文件相关',
		[
			[26, '上传文件', 'Upload File', 'POST'],
			[27, '基于模板生成文件', 'Make File From Template', 'POST'],
			[28, '获取拖章定位', 'Get Dragged Seal Positions', 'GET'],
			[29, '获取拖章定位页面', 'Seal Dragging Page Link', 'POST'],
		],
	],
	[
		'合同相关',
		[
			[30, '通过文件发起合同', 'Start Contract From Files', 'POST'],
			[31, '查询签署方信息', 'Query Signer', 'GET', '/open/contract/signer'],
			[32, '下载合同文件及附件', 'Download Contract Files', 'GET'],
			[33, '合同查询', 'Query Contract', 'GET'],
			[34, '获取合同签署链接(页面)', 'Signing Page Link', 'POST'],
			[35, '无感签署(申请开放)', 'Signing Without Interaction (On Application)', 'POST'],
		],
	],
	[
		'印章管理',
		[
			[36, '查询印章列表', 'List Seals', 'GET'],
			[37, '查询印章详情', 'Seal Detail', 'GET', '/open/seal/detail'],
			[
				38,
				'印章静默签授权地址(H5页面)',
				'Silent Signing Authorization Link',
				'POST',
				'/open/seal/autosign/auth/url',
			],
		],
	],
	[
		'接口回调',
		[
			[39, '获取回调信息', 'Get Callback Content'],
			[40, '回调成功确认', 'Confirm Callback'],
		],
	],
	[
		'开放接口',
		[
			[41, '短信验证码', 'SMS Code'],
			[42, '通知短信发送', 'Send Notification SMS'],
			[43, '身份证OCR', 'ID Card OCR', 'POST', '/open/api/ocr/idCard'],
			[44, '营业执照OCR', 'Business License OCR'],
			[45, '银行卡OCR', 'Bank Card OCR'],
		],
	],
];

export const endpoints: Endpoint[] = menu.flatMap(([group, rows]) =>
	rows.map(([number, chinese, english, method, path]) => ({
		value: String(number),
		chinese,
		english,
		group,
		method,
		path,
	})),
);

/** The entry with this number. */
export function endpointOf(value: string): Endpoint | undefined {
	return endpoints.find((entry) => entry.value === value);
}

/** Where in the vendor's documentation an unpublished path is found. */
export function pageOf({ chinese, group }: Endpoint): string {
	return `${group} / ${chinese}`;
}
