import { breakDown } from './answers.mjs';

// What a request may hold and how the server's JSON reader takes it: numbers become texts and texts
// numbers where that can be done, everything else breaks the call. Unknown fields are ignored.

type Kind = 'text' | 'integer' | 'boolean';
interface List<S extends Shape = Shape> {
	item: S;
}
interface ObjectOf<F extends Fields = Fields> {
	fields: F;
}
export type Fields = { readonly [name: string]: Shape };
export type Shape = Kind | List | ObjectOf;

/** What `readAs` gives for a shape; a field sent as null is a field not sent. */
export type Read<S extends Shape> = S extends 'text'
	? string | undefined
	: S extends 'integer'
		? number | undefined
		: S extends 'boolean'
			? boolean | undefined
			: S extends List<infer I>
				? Array<NonNullable<Read<I>>> | undefined
				: S extends ObjectOf<infer F>
					? ReadFields<F> | undefined
					: never;
export type ReadFields<F extends Fields> = { [N in keyof F]?: Read<F[N]> };

const text = 'text' satisfies Kind;
const integer = 'integer' satisfies Kind;
const list = <S extends Shape>(item: S): List<S> => ({ item });
const object = <F extends Fields>(fields: F): ObjectOf<F> => ({ fields });

const user = object({ name: text, contactType: text, contact: text });

const position = object({
	controlType: text,
	signPositionType: text,
	relationDocList: list(object({ docType: text, docId: text })),
	pageConfig: text,
	keyword: text,
	keywordType: text,
	offsetX: text,
	offsetY: text,
	controlWidth: text,
	controlHeight: text,
	signDateFormat: text,
});

const signingRules = {
	verifyType: text,
	signConfirm: text,
	agreeSkipWillingness: integer,
	personalSignAuth: text,
	sealType: text,
} as const;

const node = object({
	nodeType: text,
	signerOrder: text,
	autoSign: text,
	sealId: text,
	signer: user,
	positionParamList: list(position),
	...signingRules,
});

const signer = object({
	signerType: text,
	signerName: text,
	signerOrder: text,
	internalNodeList: list(node),
	receiver: user,
	positionParamList: list(position),
	...signingRules,
});

const template = object({
	templateId: text,
	templateName: text,
	templateParamList: list(object({ paramKey: text, paramValue: text })),
});

const contract = {
	operator: user,
	signReId: text,
	send: text,
	sn: text,
	subject: text,
	expireDate: text,
	signDocumentList: list(object({ docId: text })),
	annexList: list(object({ fileId: text })),
	signTemplateParamList: list(template),
	signOrderType: text,
	signerList: list(signer),
	controlChangeFlag: text,
	autoFinish: integer,
	enterpriseName: text,
} as const;

export type ContractUser = NonNullable<Read<typeof user>>;
export type ContractPositionParam = NonNullable<Read<typeof position>>;
export type ContractInternalNode = NonNullable<Read<typeof node>>;
export type ContractSigner = NonNullable<Read<typeof signer>>;
export type SignTemplateParam = NonNullable<Read<typeof template>>;

/** The fields of each endpoint (docs/api/kaifangqian.md 6), beside the common ones. */
export const requests = {
	signRes: { contact: text },
	file: { file: text, fileName: text, fileSuffix: text },
	draft: contract,
	// "The server accepts the same structure as 6.4; the other fields are not needed" (6.5).
	addSigners: { ...contract, contractId: text },
	approval: { contractId: text, signer: user, approval: integer, comment: text },
	contractOnly: { contractId: text },
	proxy: {
		contractId: text,
		signatureSubjectType: text,
		signer: user,
		positionParamList: list(position),
	},
	taskUrl: { contractId: text, taskId: text, linkType: text, callbackPage: text },
	pageUrl: {
		contact: text,
		contractId: text,
		taskId: text,
		partyName: text,
		noLogin: 'boolean',
		pageUrlExpireTime: text,
	},
	download: { contact: text, contractId: text },
	company: {
		account: user,
		companyName: text,
		creditCode: text,
		legalPerson: text,
		identity: text,
		isMakeSeal: integer,
	},
	person: { account: user, idCardType: integer, identity: text, mobile: text, bankCard: text },
	identityLink: {
		accountName: text,
		clientUserId: text,
		corpIdentInfo: object({
			companyName: text,
			creditCode: text,
			legalRepName: text,
			companyType: integer,
			license: text,
		}),
		corpIdentConfig: object({ corpVerifyMethods: list(text), unmodifiableParams: list(text) }),
		oprIdentInfo: object({
			name: text,
			idCard: text,
			idCardType: integer,
			mobile: text,
			bankCard: text,
		}),
		oprIdentConfig: object({ personVerifyMethods: list(text), unmodifiableParams: list(text) }),
		callbackPage: text,
		authCallbackUrl: text,
		clientRequestId: text,
	},
} as const satisfies Record<string, Fields>;

export function readFields<F extends Fields>(
	fields: F,
	value: Record<string, unknown>,
): ReadFields<F> {
	const read = Object.entries(fields)
		.filter(([name]) => value[name] !== undefined && value[name] !== null)
		.map(([name, shape]) => [name, readAs(shape, value[name], name)] as const)
		.filter(([, item]) => item !== undefined);
	return Object.fromEntries(read) as ReadFields<F>;
}

function readAs(shape: Shape, value: unknown, name: string): unknown {
	if (shape === 'text') return readText(value, name);
	if (shape === 'integer') return readInteger(value, name);
	if (shape === 'boolean') return readBoolean(value, name);
	if ('fields' in shape) {
		if (!isRecord(value)) return cannotRead(name);
		return readFields(shape.fields, value);
	}
	if (!Array.isArray(value)) return cannotRead(name);
	return value.map((item) => {
		if (item === null) return breakDown(`Cannot read a member of "${name}" because it is null`);
		return readAs(shape.item, item, name);
	});
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const cannotRead = (name: string): never =>
	breakDown(`JSON parse error: Cannot deserialize value of "${name}"`);

const readText = (value: unknown, name: string): string =>
	typeof value === 'object' ? cannotRead(name) : String(value);

function readInteger(value: unknown, name: string): number | undefined {
	if (typeof value === 'number') return Math.trunc(value);
	if (typeof value !== 'string') return cannotRead(name);
	const trimmed = value.trim();
	if (trimmed === '') return undefined;
	return /^[+-]?\d+$/.test(trimmed) ? Number(trimmed) : cannotRead(name);
}

/** Of a query. */
function readBoolean(value: unknown, name: string): boolean | undefined {
	const word = String(value).trim().toLowerCase();
	if (word === '') return undefined;
	if (['true', 'on', 'yes', '1'].includes(word)) return true;
	return ['false', 'off', 'no', '0'].includes(word) ? false : cannotRead(name);
}

const COMMON = ['appAuthToken', 'uniqueCode', 'operatorAccount'];

/** Paths of fields no document names. The server ignores them; tests want to know. */
export const unknownFields = (value: Record<string, unknown>, fields: Fields): string[] =>
	unknownIn(value, { fields }, '').filter((name) => !COMMON.includes(name));

function unknownIn(value: unknown, shape: Shape, path: string): string[] {
	if (typeof shape === 'string') return [];
	if ('item' in shape) {
		if (!Array.isArray(value)) return [];
		return value.flatMap((item, index) => unknownIn(item, shape.item, `${path}[${index}]`));
	}
	if (!isRecord(value)) return [];
	return Object.entries(value).flatMap(([name, item]) => {
		const here = path ? `${path}.${name}` : name;
		return name in shape.fields ? unknownIn(item, shape.fields[name], here) : [here];
	});
}
