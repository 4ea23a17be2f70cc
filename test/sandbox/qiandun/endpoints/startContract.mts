/**
 * #30 通过文件发起合同 on the path the test configures (docs/api/qiandun.md, 5.6, 9.9). oc_40001 and
 * oc_40002 cannot be answered: the deadline's field is not known.
 */
import { ok, refuse, type RefusalCode } from '../envelope.mjs';
import {
	company,
	isAuthorised,
	nextContractId,
	person,
	type SignField,
	type Signer,
	type State,
} from '../state.mjs';
import {
	filled,
	numberOrNull,
	object,
	objectOrNull,
	textOrNull,
	type Endpoint,
	type World,
} from './endpoint.mjs';

interface Body {
	docs: Array<{ fileCode: string }>;
	attachmentFiles?: Array<{ fileCode: string }> | null;
	signFlowInitiator?: { accountId: string } | null;
	signers: Array<Omit<Signer, 'finished'> & { signFields?: SignField[] | null }>;
}

const signField = object({
	fileCode: textOrNull,
	signFieldStyle: numberOrNull,
	dateFormat: textOrNull,
	authorizeCode: textOrNull,
	signFieldPosition: objectOrNull({
		positionPage: numberOrNull,
		positionX: numberOrNull,
		positionY: numberOrNull,
	}),
});

// Required is what the checks below cannot do without; the vendor's own list is not known.
const body = object(
	{
		signFileType: textOrNull,
		docs: {
			type: 'array',
			minItems: 1,
			items: object(
				{ fileCode: filled, fileId: textOrNull, fileOrder: numberOrNull, fileName: textOrNull },
				['fileCode'],
			),
		},
		attachmentFiles: {
			type: ['array', 'null'],
			items: object({ fileCode: filled, fileOrder: numberOrNull }, ['fileCode']),
		},
		signFlowInitiator: objectOrNull({ accountId: filled }, ['accountId']),
		signers: {
			type: 'array',
			minItems: 1,
			items: object(
				{
					accountId: filled,
					seqNo: numberOrNull,
					signFields: { type: ['array', 'null'], items: signField },
					authConfig: objectOrNull({
						willingnessAuthModes: { type: ['array', 'null'], items: filled },
					}),
					noticeConfig: objectOrNull({ noticeTypes: numberOrNull }),
				},
				['accountId'],
			),
		},
	},
	['docs', 'signers'],
);

const hasRepeats = (keys: string[]) => new Set(keys).size < keys.length;

const fieldsOf = (signers: Body['signers']) =>
	signers.flatMap(({ signFields }) => signFields ?? []);

function accountRefusal(state: State, { signFlowInitiator, signers }: Body): RefusalCode | null {
	const accounts = [
		...(signFlowInitiator ? [signFlowInitiator.accountId] : []),
		...signers.map(({ accountId }) => accountId),
	].map((accountId) => person(state, accountId) ?? company(state, accountId));
	// An account nobody created: its code is not known (choice).
	if (accounts.includes(undefined)) return '400';
	return accounts.some((account) => !account?.authenticated) ? 'oc_10011' : null;
}

function fileRefusal(state: State, { docs, attachmentFiles }: Body): RefusalCode | null {
	const files = [...docs, ...(attachmentFiles ?? [])].map(({ fileCode }) =>
		state.files.find((file) => file.fileCode === fileCode),
	);
	if (files.includes(undefined)) return '400'; // never uploaded (choice)
	if (files.some((file) => !file?.formatSupported)) return 'oc_30005';
	return files.some((file) => !file?.processable) ? 'oc_30006' : null;
}

function fieldRefusal(state: State, { docs, signers }: Body): RefusalCode | null {
	const fields = fieldsOf(signers);
	const codes = docs.map(({ fileCode }) => fileCode);
	// A field on a file that is not signed (choice).
	if (fields.some(({ fileCode }) => fileCode && !codes.includes(fileCode))) return '400';

	// "签署位置不能重复": the same spot of the same file, for whomever (choice).
	const spots = fields
		.filter(({ signFieldPosition }) => signFieldPosition)
		.map(({ fileCode, signFieldPosition: spot }) =>
			JSON.stringify([fileCode, spot?.positionPage, spot?.positionX, spot?.positionY]),
		);
	if (hasRepeats(spots)) return 'oc_40016';

	// Style 2 as paging seal is unverified (§5.6).
	const pagesOf = (fileCode?: string) =>
		state.files.find((file) => file.fileCode === fileCode)?.pages;
	if (fields.some((field) => field.signFieldStyle === 2 && pagesOf(field.fileCode) === 1)) {
		return 'oc_40020';
	}

	// Unverified reading: fields with and without `authorizeCode` for one signer.
	const mixed = signers.some(({ signFields }) => {
		const silent = (signFields ?? []).map(({ authorizeCode }) => Boolean(authorizeCode));
		return silent.includes(true) && silent.includes(false);
	});
	return mixed ? 'oc_40027' : null;
}

/** The order of the checks is not known (choice). */
function refusal(state: State, request: Body): RefusalCode | null {
	if (hasRepeats(request.docs.map(({ fileCode }) => fileCode))) return 'oc_40014';
	if (hasRepeats(request.signers.map(({ accountId }) => accountId))) return 'oc_40003';
	return (
		accountRefusal(state, request) ?? fileRefusal(state, request) ?? fieldRefusal(state, request)
	);
}

/**
 * "Contracts started with the matching parameter are sealed automatically" (§5.9): every field
 * carries the code of a live authorisation of the signer's own seal. Other codes are let through.
 */
function sealsSilently(
	{ state, appKey }: World,
	{ accountId, signFields }: Body['signers'][number],
): boolean {
	const codes = state.seals
		.filter((seal) => seal.accountId === accountId && isAuthorised(seal, appKey))
		.flatMap((seal) => seal.autosignAuthorizeList.map(({ authorizeCode }) => authorizeCode));
	return (
		!!signFields?.length &&
		signFields.every(({ authorizeCode }) => !!authorizeCode && codes.includes(authorizeCode))
	);
}

export const startContract = (path: string): Endpoint => ({
	number: '30',
	method: 'POST',
	path,
	body,
	answer(world, input) {
		const request = input.body as Body;
		const refused = refusal(world.state, request);
		if (refused) return refuse(refused);

		const contractId = nextContractId(world.state);
		const signers = request.signers.map((signer) => ({
			...signer,
			signFields: signer.signFields ?? [],
			finished: sealsSilently(world, signer),
		}));
		world.state.contracts.push({
			contractId,
			businessCode: null, // the field of a business id is not known
			status: null,
			initiatorAccountId: request.signFlowInitiator?.accountId ?? null,
			signers,
			request,
		});
		for (const { accountId, finished } of signers) {
			if (finished)
				world.notify('OPEN_CONTRACT_SIGNED', { contractId, accountId, signStatus: 'finished' });
		}
		// That the answer is `{ contractId }` is unverified (§5.6).
		return ok({
			contractId: world.switches.startContractIdAsNumber ? BigInt(contractId) : contractId,
		});
	},
});
